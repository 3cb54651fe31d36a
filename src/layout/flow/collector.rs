//! The collector: takes lines, blanks and islands in, and gives a galley of strips.

use crate::diag::{Sink, Span};
use crate::geom::Length;
use crate::layout::frame::FrameKind;
use crate::layout::grid::PageGrid;
use crate::layout::inline::TextAlign;
use crate::layout::line::Line;
use crate::model::Inline;
use crate::rules::notes::NotePlace;

use super::desk::{Desk, Job};
use super::galley::{Content, Cut, Dress, Float, Galley, Group, GroupId, Island, Start, Strip};
use super::jidori::spread_few;
use super::place::{Pitch, Place};
use super::strips::{line_strip, paragraph_cut};

/// Takes in what an article is made of and gives a galley.
pub(crate) struct Collector<'a> {
    /// What is at hand.
    pub(crate) desk: Desk<'a>,
    /// What is done.
    pub(crate) galley: Galley<'a>,
    /// Faults met.
    pub(crate) sink: Sink,
    /// Level of the article's highest subheading.
    pub(super) top_level: u8,
    /// Where the article's notes stand.
    pub(crate) notes_at: NotePlace,
    /// How many more lines stay with what is before them.
    pub(super) keep: u8,
}

impl<'a> Collector<'a> {
    /// A collector with an empty galley.
    pub(crate) fn new(desk: Desk<'a>) -> Self {
        Self {
            desk,
            galley: Galley::default(),
            sink: Sink::new(),
            top_level: 1,
            notes_at: NotePlace::ChapterEnd,
            keep: 0,
        }
    }

    /// The page's grid.
    pub(crate) fn grid(&self) -> &'a PageGrid {
        self.desk.grid
    }

    /// Adds a group in a place.
    pub(crate) fn open(
        &mut self,
        kind: FrameKind,
        place: &Place,
        source: impl Into<Option<Span>>,
    ) -> GroupId {
        self.dressed(kind, place, source.into(), Dress::Plain)
    }

    /// Adds a group with something drawn around it.
    pub(crate) fn dressed(
        &mut self,
        kind: FrameKind,
        place: &Place,
        source: Option<Span>,
        dress: Dress,
    ) -> GroupId {
        self.galley.group(Group {
            kind,
            parent: place.group,
            // Words of the program's own stand nowhere in the source.
            source: source.filter(|span| *span != Span::default()),
            inset: place.inset,
            measure: place.measure,
            dress,
            level: if kind == FrameKind::Heading {
                place.level.max(2)
            } else {
                0
            },
        })
    }

    /// Adds a strip; after a heading it may not be parted from it.
    pub(crate) fn push(&mut self, mut strip: Strip) {
        if self.keep > 0 && strip.cut == Cut::Free {
            strip.cut = Cut::Keep;
        }
        match strip.content {
            Content::Lines(_) => self.keep = self.keep.saturating_sub(1),
            // A piece that stays in its place is as good as lines.
            Content::Island(_) if strip.float() == Float::Stay => self.keep = 0,
            _ => {}
        }
        self.galley.strips.push(strip);
    }

    /// Keeps the next lines with what is before them.
    pub(crate) fn keep_next(&mut self, lines: u8) {
        self.keep = self.keep.max(lines);
    }

    /// A blank of whole lines, dropped at a page's edges and never doubled.
    pub(crate) fn space(&mut self, lines: i32, place: &Place) {
        if self.galley.strips.last().is_none_or(Strip::is_space) {
            return;
        }
        self.blank(lines, place, Content::Space);
    }

    /// A blank of whole lines that stays.
    pub(crate) fn padding(&mut self, lines: i32, place: &Place) {
        self.blank(lines, place, Content::Padding);
    }

    fn blank(&mut self, lines: i32, place: &Place, content: Content) {
        let group = match place.group {
            Some(group) => group,
            None => self.open(FrameKind::Paragraph, place, None),
        };
        let body = match content {
            Content::Space => Length::ZERO,
            _ => self.grid().depth_of(lines),
        };
        self.push(Strip {
            advance: self.grid().pitch * lines,
            body,
            content,
            ..Strip::empty(group, place)
        });
    }

    /// Sets a paragraph in a group of its own and keeps its first and last lines together with
    /// their neighbours: no widow, no orphan.
    pub(crate) fn text(&mut self, job: &Job<'_>, place: &Place, source: Span) -> Option<GroupId> {
        let lines = self.desk.lines(job, &mut self.sink);
        if lines.is_empty() {
            return None;
        }
        let group = self.open(place.kind, place, source);
        self.lines(lines, &place.inside(group));
        Some(group)
    }

    /// Adds lines as strips of a group.
    pub(super) fn lines(&mut self, lines: Vec<Line>, place: &Place) {
        let count = lines.len();
        for (nth, line) in lines.into_iter().enumerate() {
            let strip = self.line(line, place, paragraph_cut(nth, count));
            self.push(strip);
        }
    }

    /// One line as a strip of the place's group.
    pub(crate) fn line(&mut self, line: Line, place: &Place, cut: Cut) -> Strip {
        let group = match place.group {
            Some(group) => group,
            None => self.open(place.kind, place, line.span),
        };
        line_strip(&self.desk, line, (place, group), cut)
    }

    /// A frame that was set before, as one strip on whole lines of the grid.
    pub(crate) fn island(&mut self, group: GroupId, island: Island, anchors: Vec<String>) {
        let grid = self.grid();
        // Half a gap more than between lines keeps the ink of an island off its neighbours.
        let lines = grid.lines_for(island.depth + grid.gap());
        let lines = if lines > grid.lines {
            grid.lines_for(island.depth)
        } else {
            lines
        };
        self.push(Strip {
            advance: grid.pitch * lines,
            body: island.depth.min(grid.depth_of(lines)),
            notes: self.desk.notes_in(&island.frame),
            content: Content::Island(island),
            anchors,
            ..self.island_strip(group)
        });
    }

    /// One of several frames that follow each other closely, as rows of a table or code.
    pub(crate) fn loose_island(&mut self, group: GroupId, island: Island) {
        if self.desk.is_vertical() {
            self.island(group, island, Vec::new());
            return;
        }
        self.close_island(group, island);
    }

    /// One of several frames that follow each other without any blank, on pages of either
    /// direction.
    pub(crate) fn close_island(&mut self, group: GroupId, island: Island) {
        let depth = island.depth;
        self.push(Strip {
            advance: depth,
            body: depth,
            start: Start::Anywhere,
            notes: self.desk.notes_in(&island.frame),
            content: Content::Island(island),
            ..self.island_strip(group)
        });
    }

    fn island_strip(&self, id: GroupId) -> Strip {
        let group = &self.galley.groups[id.0];
        let place = Place {
            inset: group.inset,
            measure: group.measure,
            ..Place::page(self.desk.grid)
        };
        Strip::empty(id, &place)
    }

    /// Whether the group of a place stands in no other.
    pub(crate) fn is_outermost(&self, place: &Place) -> bool {
        place
            .group
            .is_none_or(|group| self.galley.groups[group.0].parent.is_none())
    }

    /// A job in a place.
    pub(crate) fn job<'t>(&self, text: &'t [Inline], place: &Place) -> Job<'t> {
        Job {
            text,
            measure: place.measure,
            mode: self.desk.grid.mode,
            size: place.size,
            voice: place.voice,
            indent: Length::ZERO,
            align: place.align(),
        }
    }

    /// A title of one or more lines that stay together and with what follows.
    pub(crate) fn title(&mut self, text: &[Inline], place: &Place, source: Span, id: Option<&str>) {
        let job = Job {
            align: TextAlign::Start,
            ..self.job(text, place)
        };
        let mut lines = self.desk.lines(&job, &mut self.sink);
        if let [line] = lines.as_mut_slice()
            && place.size * place.spread <= place.measure
        {
            spread_few(line, place.size, place.spread);
        }
        let group = self.open(place.kind, place, source);
        let mut place = place.inside(group);
        // Only the last line stands away from what follows; turned lines stand close.
        let asked = place.pitch;
        if lines.len() > 1 {
            place.pitch = Pitch::Grid(self.grid().lines_for(place.size));
        }
        let count = lines.len();
        let mut anchors: Vec<String> = id.map(str::to_owned).into_iter().collect();
        if count == 0 && !anchors.is_empty() {
            self.anchor_only(anchors, &place);
            return;
        }
        for (at, line) in lines.into_iter().enumerate() {
            if at + 1 == count && count == 1 {
                place.pitch = asked;
            }
            let cut = if at == 0 { Cut::Free } else { Cut::Keep };
            let mut strip = self.line(line, &place, cut);
            strip.anchors.append(&mut anchors);
            self.push(strip);
            self.keep_next(1);
        }
    }

    /// A place for ids of something that sets no line.
    pub(super) fn anchor_only(&mut self, anchors: Vec<String>, place: &Place) {
        let group = match place.group {
            Some(group) => group,
            None => self.open(place.kind, place, None),
        };
        self.push(Strip {
            start: Start::Anywhere,
            anchors,
            ..Strip::empty(group, place)
        });
    }
}
