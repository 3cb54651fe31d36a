//! A section of a book's pages: one article or one piece of front matter, cut into sheets.

use crate::diag::Diagnostic;
use crate::layout::flow::collector::Collector;
use crate::layout::flow::distribute::{Sheet, groups_of};
use crate::layout::flow::galley::Groups;
use crate::layout::flow::spread::{FirstPage, distribute};
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
    /// Its words in the running heads of odd pages.
    pub(crate) head: String,
    /// Faults met while it was set.
    pub(crate) found: Vec<Diagnostic>,
}

/// A section that is measured and does not know its pages yet.
pub(crate) struct Draft<'a> {
    /// What it is.
    pub(crate) role: Role,
    /// Its words in the running heads of odd pages.
    pub(crate) head: String,
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
        let Self { role, head, from } = self;
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
            head,
            found: sink.into_inner(),
        }
    }
}

impl Section {
    /// Cuts what a collector gathered for a section of a page or two, whose sides decide nothing.
    pub(crate) fn cut(role: Role, head: String, from: Collector<'_>) -> Self {
        Draft { role, head, from }.cut(1)
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
