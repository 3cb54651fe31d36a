//! The galley: an article's strips in reading order, measured, before they know their page.

use std::sync::Arc;

use crate::diag::{Diagnostic, Span};
use crate::geom::Length;
use crate::layout::frame::{Frame, FrameKind};
use crate::layout::line::Line;
use crate::model::Inline;

pub(crate) use super::place::GroupId;
use super::place::Place;

/// Everything of one article or of one piece of front matter, ready to be cut into pages.
#[derive(Debug, Clone, Default)]
pub(crate) struct Galley<'a> {
    /// What the strips belong to; a parent stands before its children.
    pub(crate) groups: Vec<Group>,
    /// The strips, in reading order.
    pub(crate) strips: Vec<Strip>,
    /// The paragraphs that can be set anew beside a picture.
    pub(crate) paragraphs: Vec<Source<'a>>,
    /// The notes that stand on the pages of their marks.
    pub(crate) notes: Vec<PageNote>,
    /// The id of its article.
    pub(crate) article: Option<String>,
}

/// A note that stands on the page of its mark.
#[derive(Debug, Clone)]
pub(crate) struct PageNote {
    /// Its place among the article's notes.
    pub(crate) number: usize,
    /// Its strips.
    pub(crate) strips: Vec<Strip>,
}

/// Strips that make one frame on each page that they reach.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    /// What the frame holds.
    pub(crate) kind: FrameKind,
    /// The group around it.
    pub(crate) parent: Option<GroupId>,
    /// Where it stands in the source.
    pub(crate) source: Option<Span>,
    /// From the head of the type area to its head.
    pub(crate) inset: Length,
    /// Its extent along the lines.
    pub(crate) measure: Length,
    /// What is drawn around it.
    pub(crate) dress: Dress,
    /// Of a heading: how deep it stands.
    pub(crate) level: u8,
}

/// What is drawn around a group. A first and a last blank of one pitch inside the group hold the
/// rules that run along the lines; where the group goes on on another page its frame stays open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dress {
    /// Nothing.
    Plain,
    /// Rules on all four sides.
    Box(Length),
    /// Rules before the first and after the last line.
    Rules(Length),
    /// A rule at the head of the lines.
    Side(Length),
    /// A rule after the last line of a page where it goes on on another.
    Cut(Length),
}

impl Dress {
    /// Whether it is drawn on all that is inside: what has nothing around it may be set anew, and
    /// stands for its only piece.
    pub(crate) fn is_plain(self) -> bool {
        matches!(self, Self::Plain | Self::Cut(_))
    }
}

/// A paragraph that can be set anew where a picture takes a part of its lines.
#[derive(Debug, Clone)]
pub(crate) struct Source<'a> {
    /// Its text.
    pub(crate) text: &'a [Inline],
    /// Where it is set.
    pub(crate) place: Place,
    /// First-line indent.
    pub(crate) indent: Length,
    /// How many lines are done, and with what measure each.
    pub(crate) done: Vec<(usize, Length)>,
    /// What pictures take from the lines that follow.
    pub(crate) taken: Taken,
    /// What was met when it was last set beside a picture; a setting given up tells nothing.
    pub(crate) met: Vec<Diagnostic>,
}

/// What a picture takes from the lines beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Taken {
    /// At their head.
    pub(crate) head: Length,
    /// At their foot.
    pub(crate) foot: Length,
}

impl Taken {
    /// Nothing.
    pub(crate) const NOTHING: Self = Self {
        head: Length::ZERO,
        foot: Length::ZERO,
    };

    /// What is left of a measure.
    pub(crate) fn from(self, measure: Length) -> Length {
        measure - self.head - self.foot
    }
}

/// A line of a paragraph that can be set anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TextLine {
    /// The paragraph, by its place in the galley.
    pub(crate) paragraph: usize,
    /// Which of its lines.
    pub(crate) nth: usize,
}

/// A piece of a galley that no page break parts.
#[derive(Debug, Clone)]
pub(crate) struct Strip {
    /// The group to which it belongs.
    pub(crate) group: GroupId,
    /// From the head of the type area to its own.
    pub(crate) inset: Length,
    /// Its extent along the lines.
    pub(crate) measure: Length,
    /// What pictures have taken from it.
    pub(crate) taken: Taken,
    /// Which line of which paragraph it is, where it can be set anew.
    pub(crate) text: Option<TextLine>,
    /// From its start to the start of the next strip.
    pub(crate) advance: Length,
    /// What must fit on the page: the advance without the blank that may hang over its edge.
    pub(crate) body: Length,
    /// Where it may start.
    pub(crate) start: Start,
    /// Whether a page may end before it.
    pub(crate) cut: Cut,
    /// What it holds.
    pub(crate) content: Content,
    /// Ids that lead to it.
    pub(crate) anchors: Vec<String>,
    /// The notes whose marks stand in it, by their places among the article's.
    pub(crate) notes: Vec<usize>,
    /// What is repeated before it where it starts a page: the head of its table.
    pub(crate) head: Option<Arc<Head>>,
}

/// The head rows of a table, repeated on each page.
#[derive(Debug)]
pub(crate) struct Head {
    /// Their block extent.
    pub(crate) advance: Length,
    /// From the head of the type area to their edge.
    pub(crate) inline: Length,
    /// The rows, set.
    pub(crate) frame: Frame,
}

/// Where a strip may start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Start {
    /// On a line of the page's grid.
    OnGrid,
    /// Where the strip before it ends.
    Anywhere,
}

/// Whether a page may end before a strip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cut {
    /// It may.
    Free,
    /// It may not, unless nothing else is left.
    Keep,
    /// It must.
    Page,
}

/// What a strip holds.
#[derive(Debug, Clone)]
pub(crate) enum Content {
    /// Blank that is dropped where a page starts or ends with it.
    Space,
    /// Blank that stays: the inside of a box along its rule.
    Padding,
    /// Lines, each in its place.
    Lines(Vec<PlacedLine>),
    /// A picture, a table or code, set as a frame of its own.
    Island(Island),
}

/// A line in its strip.
#[derive(Debug, Clone)]
pub(crate) struct PlacedLine {
    /// From the head of the type area to the head of its measure.
    pub(crate) inline: Length,
    /// From the strip's start to the line's axis: its middle in a vertical line, its baseline in
    /// a horizontal one.
    pub(crate) axis: Length,
    /// The line.
    pub(crate) line: Line,
}

/// A frame that was set before it knew its page.
#[derive(Debug, Clone)]
pub(crate) struct Island {
    /// The frame.
    pub(crate) frame: Frame,
    /// From the head of the type area to its edge.
    pub(crate) inline: Length,
    /// Its extent across the lines.
    pub(crate) depth: Length,
    /// Whether it keeps to its place in the text.
    pub(crate) float: Float,
}

/// Whether an island keeps to its place in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Float {
    /// It stays where it was written.
    Stay,
    /// Where it does not fit, it goes to the start of the next page and the text goes on.
    Head,
    /// The same, but the text goes on no further than to the next heading: nothing else tells to
    /// which section it belongs.
    Section,
    /// It takes a page of its own, inside the type area.
    Plate,
    /// It takes a page of its own, to the trimmed edge.
    Bleed,
}

impl Galley<'_> {
    /// Adds a group.
    pub(crate) fn group(&mut self, group: Group) -> GroupId {
        self.groups.push(group);
        GroupId(self.groups.len() - 1)
    }

    /// Whether nothing is drawn around a group or its ancestors.
    pub(crate) fn is_plain(&self, id: GroupId) -> bool {
        let mut at = Some(id);
        while let Some(group) = at {
            if !self.groups[group.0].dress.is_plain() {
                return false;
            }
            at = self.groups[group.0].parent;
        }
        true
    }
}

/// The groups of a galley that has been cut into pages.
#[derive(Debug)]
pub(crate) struct Groups {
    /// The groups; a parent stands before its children.
    pub(crate) list: Vec<Group>,
    /// First and last strip of each, its children's included.
    pub(crate) ends: Vec<Option<(usize, usize)>>,
    /// The id of their article.
    pub(crate) article: Option<String>,
}

impl Groups {
    /// The group with its ancestors, the outermost first.
    pub(crate) fn path(&self, id: GroupId) -> Vec<GroupId> {
        let mut path = vec![id];
        let mut at = id;
        while let Some(parent) = self.list[at.0].parent {
            path.push(parent);
            at = parent;
        }
        path.reverse();
        path
    }
}

impl Strip {
    /// A strip of a place's group, with nothing in it.
    pub(crate) fn empty(group: GroupId, place: &Place) -> Self {
        Self {
            group,
            inset: place.inset,
            measure: place.measure,
            taken: Taken::NOTHING,
            text: None,
            advance: Length::ZERO,
            body: Length::ZERO,
            start: Start::OnGrid,
            cut: Cut::Free,
            content: Content::Padding,
            anchors: Vec::new(),
            notes: Vec::new(),
            head: None,
        }
    }

    /// Takes the strip and leaves one without content: each stands on one page only.
    pub(crate) fn take(&mut self) -> Self {
        let emptied = Self {
            content: Content::Space,
            anchors: Vec::new(),
            notes: Vec::new(),
            head: None,
            ..*self
        };
        std::mem::replace(self, emptied)
    }

    /// Whether it is dropped where a page starts with it.
    pub(crate) fn is_space(&self) -> bool {
        matches!(self.content, Content::Space)
    }

    /// Whether nothing of the manuscript stands in it.
    pub(crate) fn is_bare(&self) -> bool {
        let blank = matches!(self.content, Content::Space | Content::Padding);
        blank && self.anchors.is_empty() && self.notes.is_empty()
    }

    /// Whether it may go to the start of the next page while the text goes on.
    pub(crate) fn is_float(&self) -> bool {
        matches!(self.float(), Float::Head | Float::Section)
    }

    /// How it floats; what is no island stays.
    pub(crate) fn float(&self) -> Float {
        match &self.content {
            Content::Island(island) => island.float,
            _ => Float::Stay,
        }
    }
}
