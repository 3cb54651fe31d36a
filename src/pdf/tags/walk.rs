//! From frames to elements: what each frame, line and picture of a page is in its structure.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::diag::Span;
use crate::layout::{Frame, FrameKind, Line, Voice};
use crate::model::LinkTarget;

use super::page::{Key, Owner, PageTags, Piece};
use super::repeated::{HeadRows, head_row, table_of};
use super::role::{Role, Treatment, treatment};

/// The structure of a page while its frames are drawn; without one, nothing belongs to anybody.
#[derive(Debug)]
pub(crate) struct Walk<'a> {
    tags: Option<PageTags>,
    /// None where there is no structure.
    heads: Option<&'a HeadRows>,
    page: usize,
    /// The table that is being drawn.
    table: Option<Span>,
    /// Its head rows that stand on this page.
    seen: BTreeSet<(Option<Span>, Span)>,
}

/// To whom a line belongs: its stretches, and the readings beside it.
#[derive(Debug)]
pub(crate) struct Lines {
    /// Its stretches; the first starts it.
    pub(crate) parts: Vec<Piece>,
    /// The owner of each line beside it.
    pub(crate) beside: Vec<(Owner, &'static str)>,
}

/// An element around what is being drawn, and the table before it.
pub(crate) struct Entered {
    pub(crate) owner: Owner,
    table: Option<Span>,
}

impl<'a> Walk<'a> {
    /// A page, with a structure or without.
    pub(crate) fn new(heads: Option<&'a HeadRows>, page: usize) -> Self {
        Self {
            tags: heads.map(|_| PageTags::new()),
            heads,
            page,
            table: None,
            seen: BTreeSet::new(),
        }
    }

    /// The structure, with the owners of the page's stretches.
    pub(crate) fn finish(self, owners: Vec<usize>) -> Option<PageTags> {
        let mut tags = self.tags?;
        tags.owners = owners;
        Some(tags)
    }

    /// To whom the page itself belongs.
    pub(crate) fn root(&self) -> Owner {
        match self.tags {
            Some(_) => Owner::Element(0),
            None => Owner::Nobody,
        }
    }

    /// To whom rules and fields belong.
    pub(crate) fn furniture(&self) -> Owner {
        match self.tags {
            Some(_) => Owner::Page,
            None => Owner::Nobody,
        }
    }

    /// Enters a frame that lies in what `owner` owns.
    pub(crate) fn enter(&mut self, frame: &Frame, owner: Owner, area: [i64; 4]) -> Entered {
        let table = self.table;
        self.table = table_of(frame, table);
        let owner = match (owner, treatment(frame.kind, frame.level)) {
            (Owner::Element(_), Treatment::Artifact) => Owner::Page,
            (Owner::Element(at), Treatment::Element(role)) => {
                self.element(frame, (at, role), (area, table))
            }
            (owner, _) => owner,
        };
        Entered { owner, table }
    }

    /// Leaves a frame.
    pub(crate) fn leave(&mut self, entered: &Entered) {
        self.table = entered.table;
    }

    fn element(
        &mut self,
        frame: &Frame,
        (at, role): (usize, Role),
        (area, around): ([i64; 4], Option<Span>),
    ) -> Owner {
        if let Some(row) = head_row(frame) {
            let known = !self.seen.insert((self.table, row));
            let is_repeated = |heads: &HeadRows| heads.is_repeated(self.table, row, self.page);
            if known || self.heads.is_some_and(is_repeated) {
                return Owner::Page;
            }
        }
        let Some(tags) = &mut self.tags else {
            return Owner::Nobody;
        };
        let parent = parent_for(tags, at, role, frame.article.as_deref());
        let above = tags.elements[parent].role;
        // A frame inside its like is a part of it: the head and the body of a table.
        let within = matches!(role, Role::Table if around.is_some())
            || role == Role::Paragraph && is_text(above);
        if within {
            return Owner::Element(parent);
        }
        let key = match role {
            Role::Cell | Role::HeadCell => Some(Key::Nth(tags.children(parent))),
            _ => frame.source.map(|source| Key::Frame(frame.kind, source)),
        };
        let own = tags.open(parent, role, key);
        if role == Role::Table {
            tags.elements[own].area = Some(area);
        }
        Owner::Element(match frame.kind {
            FrameKind::Code => tags.only(own, Role::Code),
            _ => own,
        })
    }

    /// An id that leads to what `owner` owns.
    pub(crate) fn anchor(&mut self, owner: Owner, id: &str) {
        if let (Some(tags), Owner::Element(at)) = (&mut self.tags, owner) {
            let note = tags.around(at, Role::Note);
            if let Some(note) = note {
                tags.elements[note].id.get_or_insert_with(|| id.to_owned());
            }
        }
    }

    /// A picture; one without words is decoration.
    pub(crate) fn picture(&mut self, owner: Owner, alt: &str, area: [i64; 4]) -> Owner {
        let (Some(tags), Owner::Element(at)) = (&mut self.tags, owner) else {
            return owner;
        };
        if alt.trim().is_empty() {
            return Owner::Page;
        }
        let own = tags.open(at, Role::Figure, None);
        tags.elements[own].alt = Some(alt.to_owned());
        tags.elements[own].area = Some(area);
        Owner::Element(own)
    }

    /// A line whose first link is `first_link` on the page.
    pub(crate) fn line(&mut self, line: &Line, owner: Owner, first_link: usize) -> Lines {
        let (Some(tags), Owner::Element(at)) = (&mut self.tags, owner) else {
            let name = "";
            return Lines {
                parts: vec![(0, owner, name)],
                beside: vec![(owner, name); line.beside.len()],
            };
        };
        let (at, outer) = holder(tags, line, at);
        tags.elements[at].mode.get_or_insert(line.mode);
        let mut made = Made {
            tags,
            at,
            outer,
            first_link,
            links: Vec::new(),
            readings: Vec::new(),
            voices: Vec::new(),
        };
        made.parts(line)
    }
}

/// Whether an element holds text and no paragraphs.
const fn is_text(role: Role) -> bool {
    matches!(
        role,
        Role::Paragraph | Role::Named(_) | Role::Heading(_) | Role::Label
    )
}

/// What holds an element of a role that lies in `at`.
fn parent_for(tags: &mut PageTags, at: usize, role: Role, article: Option<&str>) -> usize {
    match tags.elements[at].role {
        Role::Document => match article {
            Some(id) => tags.article(id),
            None => at,
        },
        Role::Item if role != Role::Label => tags.only(at, Role::Body),
        _ => at,
    }
}

/// The element that holds the text of a line that lies in `at`, and that which holds its links.
fn holder(tags: &mut PageTags, line: &Line, at: usize) -> (usize, usize) {
    if line.label {
        let item = tags.around(at, Role::Item);
        let note = tags.around(at, Role::Note);
        if let Some(around) = item.max(note) {
            if line.text.chars().any(char::is_alphanumeric)
                && let Some(list) = tags.around(around, Role::List)
            {
                tags.elements[list].numbered = true;
            }
            let label = tags.only(around, Role::Label);
            return (label, label);
        }
    }
    match tags.elements[at].role {
        Role::Entry => (tags.only(at, Role::Paragraph), at),
        Role::Item => {
            let body = tags.only(at, Role::Body);
            (body, body)
        }
        Role::Document | Role::Article | Role::Section | Role::Division => {
            let paragraph = tags.open(at, Role::Paragraph, None);
            (paragraph, paragraph)
        }
        _ => (at, at),
    }
}

/// A line's elements while they are made.
struct Made<'t> {
    tags: &'t mut PageTags,
    at: usize,
    outer: usize,
    first_link: usize,
    /// The element of each link.
    links: Vec<Option<usize>>,
    /// Base and reading of each line beside.
    readings: Vec<Option<[usize; 2]>>,
    /// What each voice made: one element, or the three of a note between the lines.
    voices: Vec<Option<[usize; 3]>>,
}

impl Made<'_> {
    fn parts(&mut self, line: &Line) -> Lines {
        let links: Vec<Range<u32>> = line
            .links
            .iter()
            .filter(|link| link.to > link.from)
            .map(|link| {
                let inside = || {
                    let glyphs = line.glyphs.iter();
                    glyphs.filter(|glyph| glyph.at >= link.from && glyph.at < link.to)
                };
                let start = inside().map(|glyph| glyph.start).min().unwrap_or(0);
                start..inside().map(|glyph| glyph.end).max().unwrap_or(0)
            })
            .collect();
        let targets: Vec<&LinkTarget> = line
            .links
            .iter()
            .filter(|link| link.to > link.from)
            .map(|link| &link.target)
            .collect();
        self.links = vec![None; links.len()];
        self.readings = vec![None; line.beside.len()];
        self.voices = vec![None; line.voices.len()];
        let mut edges: BTreeSet<u32> = [0].into();
        for range in &links {
            edges.extend([range.start, range.end]);
        }
        for (_, beside) in &line.beside {
            edges.extend([beside.base.start, beside.base.end]);
        }
        for (range, voice) in &line.voices {
            edges.extend([range.start, range.end]);
            if let Voice::Interlinear(inner) = voice {
                edges.extend([inner.start, inner.end]);
            }
        }
        let mut parts: Vec<Piece> = Vec::with_capacity(edges.len());
        for start in edges {
            let link = links.iter().position(|range| range.contains(&start));
            let reading = line
                .beside
                .iter()
                .position(|(_, beside)| beside.base.contains(&start));
            let mut own = self.at;
            for (nth, (range, voice)) in line.voices.iter().enumerate() {
                if range.contains(&start) {
                    own = self.voice(nth, own, (voice, start));
                }
            }
            if let Some(nth) = link {
                own = self.link(nth, targets[nth], own);
            }
            if let Some(nth) = reading {
                own = self.reading(nth, own)[0];
            }
            let owner = Owner::Element(own);
            if parts.last().is_none_or(|(_, before, _)| *before != owner) {
                parts.push((start, owner, self.tags.elements[own].role.name()));
            }
        }
        // A link without words is still told of.
        for (nth, target) in targets.iter().enumerate() {
            self.link(nth, target, self.at);
        }
        let beside = (0..line.beside.len())
            .map(|nth| {
                let own = self.readings[nth].map_or(self.at, |[_, text]| text);
                (Owner::Element(own), self.tags.elements[own].role.name())
            })
            .collect();
        Lines { parts, beside }
    }

    /// The element of a stretch that is read in its own way, at a byte of the line.
    fn voice(&mut self, nth: usize, parent: usize, (voice, at): (&Voice, u32)) -> usize {
        let made = match self.voices[nth] {
            Some(known) => known,
            None => match voice {
                Voice::Language(language) => {
                    let own = self.tags.open(parent, Role::Span, None);
                    self.tags.elements[own].language = Some(language.tag().to_owned());
                    [own; 3]
                }
                Voice::Interlinear(_) => {
                    let note = self.tags.open(parent, Role::Interlinear, None);
                    [
                        Role::InterlinearOpen,
                        Role::InterlinearText,
                        Role::InterlinearClose,
                    ]
                    .map(|role| self.tags.open(note, role, None))
                }
            },
        };
        self.voices[nth] = Some(made);
        match voice {
            Voice::Interlinear(inner) if at < inner.start => made[0],
            Voice::Interlinear(inner) if at >= inner.end => made[2],
            _ => made[1],
        }
    }

    /// The element of a link that lies in `parent`.
    fn link(&mut self, nth: usize, target: &LinkTarget, parent: usize) -> usize {
        if let Some(known) = self.links[nth] {
            return known;
        }
        let parent = match target {
            LinkTarget::Internal { .. } => {
                let around = if parent == self.at {
                    self.outer
                } else {
                    parent
                };
                self.tags.open(around, Role::Reference, None)
            }
            LinkTarget::External(_) => parent,
        };
        let own = self.tags.open(parent, Role::Link, None);
        self.tags.elements[own].link = Some(self.first_link + nth);
        self.links[nth] = Some(own);
        own
    }

    /// Base and reading of a line beside.
    fn reading(&mut self, nth: usize, parent: usize) -> [usize; 2] {
        if let Some(known) = self.readings[nth] {
            return known;
        }
        let ruby = self.tags.open(parent, Role::Ruby, None);
        let own = [Role::RubyBase, Role::RubyText].map(|role| self.tags.open(ruby, role, None));
        self.readings[nth] = Some(own);
        own
    }
}
