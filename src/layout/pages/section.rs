//! A section of a book's pages: one article or one piece of front matter, cut into sheets.

use std::collections::BTreeMap;

use crate::diag::Diagnostic;
use crate::layout::flow::collector::Collector;
use crate::layout::flow::distribute::{Sheet, groups_of};
use crate::layout::flow::galley::Groups;
use crate::layout::flow::spread::{FirstPage, distribute};
use crate::model::{Article, Block, Inline};
use crate::rules::notes::NotePlace;

/// One article or one piece of front matter, cut into sheets.
#[derive(Debug)]
pub(crate) struct Section {
    /// What it is.
    pub(crate) role: Role,
    /// The groups of its strips.
    pub(crate) groups: Groups,
    /// Its pages' contents.
    pub(crate) sheets: Vec<Sheet>,
    /// Its titles, for running heads.
    pub(crate) titles: Titles,
    /// Faults met while it was set.
    pub(crate) found: Vec<Diagnostic>,
}

/// The titles that the running heads of a section may say.
#[derive(Debug, Clone, Default)]
pub(crate) struct Titles {
    /// Of the part to which it belongs.
    pub(crate) part: Option<String>,
    /// Its own.
    pub(crate) own: String,
    /// Its highest subheadings, each by its id.
    pub(crate) subheads: Vec<(String, String)>,
}

impl Titles {
    /// A title of its own and nothing else.
    pub(crate) fn own(title: impl Into<String>) -> Self {
        Self {
            own: title.into(),
            ..Self::default()
        }
    }

    /// Those of an article.
    pub(crate) fn of(article: &Article, part: Option<&[Inline]>) -> Self {
        let headings = || {
            article.body.iter().filter_map(|block| match block {
                Block::Heading(heading) => Some(heading),
                _ => None,
            })
        };
        let top = headings().map(|heading| heading.level).min();
        let subheads = headings()
            .filter(|heading| Some(heading.level) == top)
            .map(|heading| (heading.id.clone(), Inline::in_one_line(&heading.content)));
        Self {
            part: part.map(Inline::in_one_line),
            own: Inline::in_one_line(&article.title),
            subheads: subheads.collect(),
        }
    }
}

/// A section that is measured and does not know its pages yet.
pub(crate) struct Draft<'a> {
    /// What it is.
    pub(crate) role: Role,
    /// Its titles, for running heads.
    pub(crate) titles: Titles,
    /// What is measured.
    pub(crate) from: Collector<'a>,
}

/// What a section is: it decides on which side it opens and what its margins hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// The cover.
    Cover,
    /// The half-title, a leaf before the title page.
    HalfTitle,
    /// The title page.
    Title,
    /// The contents.
    Contents,
    /// The title page of a part.
    Part,
    /// An article.
    Article,
    /// 版權頁.
    Colophon,
}

impl Role {
    /// Whether it belongs to the front matter.
    pub(crate) const fn is_front(self) -> bool {
        matches!(
            self,
            Self::Cover | Self::HalfTitle | Self::Title | Self::Contents
        )
    }

    /// Whether it opens on an odd page.
    pub(crate) const fn opens_odd(self) -> bool {
        matches!(
            self,
            Self::Cover | Self::HalfTitle | Self::Title | Self::Part
        )
    }

    /// Whether its pages have running heads and folios.
    pub(crate) const fn has_furniture(self) -> bool {
        matches!(self, Self::Contents | Self::Article)
    }
}

impl Draft<'_> {
    /// Cuts it into sheets, of which the first has a number.
    pub(crate) fn cut(self, number: u32) -> Section {
        let Self { role, titles, from } = self;
        let Collector {
            mut galley,
            mut sink,
            desk,
            notes_at,
            ..
        } = from;
        let first = FirstPage {
            number,
            spread_notes: notes_at == NotePlace::SpreadEnd,
        };
        let sheets = distribute(&mut galley, first, &desk, &mut sink);
        Section {
            role,
            groups: groups_of(galley),
            sheets,
            titles,
            found: sink.into_inner(),
        }
    }
}

impl Section {
    /// Cuts what a collector gathered for a section of a page or two, whose sides decide nothing.
    pub(crate) fn cut(role: Role, titles: Titles, from: Collector<'_>) -> Self {
        Draft { role, titles, from }.cut(1)
    }

    /// For each sheet the subheading in force at its start, else the first on it, by its place
    /// among the section's titles.
    pub(crate) fn subheads(&self) -> Vec<Option<usize>> {
        let places: BTreeMap<&str, usize> = self
            .titles
            .subheads
            .iter()
            .enumerate()
            .map(|(at, (id, _))| (id.as_str(), at))
            .collect();
        let mut in_force = None;
        let mut sheets = Vec::with_capacity(self.sheets.len());
        for sheet in &self.sheets {
            let mut first = None;
            for (at, placed) in sheet.placed.iter().enumerate() {
                let ids = placed.strip.anchors.iter();
                let Some(found) = ids.filter_map(|id| places.get(id.as_str())).next_back() else {
                    continue;
                };
                // At the very start of a page the new one counts, and not the one that ended.
                if at == 0 {
                    in_force = Some(*found);
                }
                first = first.or(Some((in_force, *found)));
                in_force = Some(*found);
            }
            sheets.push(match first {
                Some((before, found)) => before.or(Some(found)),
                None => in_force,
            });
        }
        sheets
    }

    /// The ids that lead to each sheet.
    pub(crate) fn anchors(&self) -> impl Iterator<Item = (usize, &String)> {
        self.sheets.iter().enumerate().flat_map(|(at, sheet)| {
            sheet
                .placed
                .iter()
                .flat_map(move |placed| placed.strip.anchors.iter().map(move |id| (at, id)))
        })
    }
}
