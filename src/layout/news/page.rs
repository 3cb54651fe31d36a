//! A planned page becomes frames: heads, pieces and text of every part in reading order, then rules and furniture.

use crate::diag::{Diagnostic, Sink, Span};
use crate::geom::{Length, Logical, Point, Size};
use crate::layout::flow::compose::{Sheets, compose};
use crate::layout::flow::desk::{Desk, Job, words};
use crate::layout::flow::distribute::{Sheet, groups_of};
use crate::layout::flow::galley::{Content, Groups, Strip};
use crate::layout::frame::{Frame, FrameKind, Item, Page, Side};
use crate::layout::grid::PageGrid;
use crate::layout::inline::TextAlign;
use crate::layout::line::Line;
use crate::model::{Article, Book, Inline, LinkTarget, theme};
use crate::rules::words::{Jump, jump};

use super::area::Area;
use super::fall::Fall;
use super::fill::sheet;
use super::furniture::{SectionHead, section_head};
use super::headline::{Headline, Words};
use super::piece::SetPiece;
use super::plan::{Part, Plan, PlannedPage};
use super::rules;
use super::story::{Copy, Stone, Story};
use super::tiers::Tiers;

/// A story whose text has its place.
pub(crate) struct SetStory<'a> {
    words: Words<'a>,
    heads: Vec<Headline>,
    turns: Vec<Headline>,
    pieces: Vec<SetPiece<'a>>,
    groups: Groups,
    /// Runs of each part, to be taken once.
    parts: Vec<Vec<Run>>,
    /// On which page each part stands.
    pages: Vec<usize>,
}

/// A run of lines with what stands in it.
struct Run {
    area: Area,
    sheet: Sheet,
    /// The line of the story's running text after its last one.
    end: u32,
    /// How many of its lines are filled.
    used: u16,
    /// The end mark, where the story ends here.
    mark: Option<(Logical<Length>, Line)>,
}

impl<'a> SetStory<'a> {
    /// Takes a story's strips into their runs.
    pub(crate) fn new(story: Story<'a>, fall: Fall, grid: &PageGrid) -> Self {
        let Story {
            mut galley,
            words,
            heads,
            turns,
            pieces,
            mut end,
            ..
        } = story;
        let mut line = 0;
        let mut pages = Vec::new();
        let mut parts = Vec::new();
        for part in fall.parts {
            pages.push(part.page);
            let mut runs = Vec::new();
            for (area, filled) in part.runs {
                let place = end.as_ref().and_then(|(index, along, mark)| {
                    let slot = filled.slots.iter().find(|slot| slot.index == *index)?;
                    let axis = last_axis(&galley.strips[slot.index], mark);
                    Some(Logical::new(*along, slot.at + axis - middle(mark)))
                });
                let mark = place.and_then(|place| Some((place, end.take()?.2)));
                let used = filled.end.wide() / grid.pitch.wide().max(1);
                let used = u16::try_from(used).unwrap_or(u16::MAX);
                line += u32::from(used);
                runs.push(Run {
                    area,
                    sheet: sheet(&mut galley, &filled),
                    end: line,
                    used: used.min(area.lines),
                    mark,
                });
            }
            parts.push(runs);
        }
        Self {
            words,
            heads,
            turns,
            pieces,
            groups: groups_of(galley),
            parts,
            pages,
        }
    }
}

/// Across a strip, where a mark's axis lies: its last line's, of whatever size that is.
fn last_axis(strip: &Strip, mark: &Line) -> Length {
    match &strip.content {
        Content::Lines(lines) => lines.last().map_or(middle(mark), |last| last.axis),
        _ => middle(mark),
    }
}

/// The axis of a line in an extent of its own size.
fn middle(line: &Line) -> Length {
    PageGrid::axis(line.size / 2, line.size, line.mode)
}

impl SetStory<'_> {
    /// The lines of a part that nothing fills.
    fn blank(&self, part: &Part) -> impl Iterator<Item = Area> {
        let runs = self.parts.get(usize::from(part.nth));
        runs.into_iter().flatten().map(|run| {
            let area = run.area;
            let left = (area.tier, area.line + run.used);
            Area::new(left, (area.tiers, area.lines - run.used))
        })
    }
}

/// Sets planned pages.
pub(crate) struct Setter<'s> {
    /// The publication.
    pub(crate) book: &'s Book,
    /// Its articles in the order of the plan.
    pub(crate) copies: &'s [Copy<'s>],
    /// What every story is set with.
    pub(crate) stone: Stone<'s>,
    /// The page's grid.
    pub(crate) tiers: &'s Tiers,
    /// The grid of one tier.
    pub(crate) grid: &'s PageGrid,
    /// What is planned.
    pub(crate) plan: &'s Plan,
    /// The printed number of each page.
    pub(crate) numbers: &'s [String],
}

impl Setter<'_> {
    /// All pages, and what was met.
    pub(crate) fn pages(&self, mut stories: Vec<SetStory<'_>>) -> (Vec<Page>, Vec<Diagnostic>) {
        let mut sink = Sink::new();
        let mut pages = Vec::new();
        for (at, planned) in self.plan.pages.iter().enumerate() {
            let number = u32::try_from(at + 1).unwrap_or(u32::MAX);
            let side = self.grid.side(number);
            let mut frame = Frame::new(FrameKind::Page, self.tiers.trim);
            self.head(&mut frame, (at, planned), side);
            let mut blank = Vec::new();
            for (nth, part) in planned.parts.iter().enumerate() {
                if let Some(story) = stories.get_mut(part.story) {
                    blank.extend(story.blank(part).map(|area| (nth, area)));
                    self.part(&mut frame, part, story, &mut sink);
                }
            }
            let weights = self.stone.theme.rules;
            rules::draw(&mut frame, planned, (self.tiers, weights), &blank);
            pages.push(Page {
                number: self.numbers[at].clone(),
                side,
                trim: self.tiers.trim,
                bleed: self.book.output.pdf.bleed,
                frame,
            });
        }
        (pages, sink.into_inner())
    }

    fn head(&self, frame: &mut Frame, (at, planned): (usize, &PlannedPage), side: Side) {
        let Some(copy) = self.copies.first() else {
            return;
        };
        let first = planned
            .parts
            .first()
            .and_then(|part| self.copies.get(part.story));
        let head = SectionHead {
            book: self.book,
            number: &self.numbers[at],
            section: first.and_then(|copy| copy.article.section.as_deref()),
            side,
        };
        let desk = Desk {
            language: &self.book.meta.language,
            ..copy.desk(self.stone, self.grid)
        };
        section_head(frame, &head, &desk, self.tiers);
    }

    fn part(&self, page: &mut Frame, part: &Part, story: &mut SetStory<'_>, sink: &mut Sink) {
        let copy = &self.copies[part.story];
        let desk = copy.desk(self.stone, self.grid);
        let nth = usize::from(part.nth);
        if let Some((which, area)) = part.head {
            let frames = if part.nth == 0 {
                let head = &story.heads[which];
                story
                    .words
                    .set((head, area.lines), (&desk, self.tiers), sink)
            } else {
                let from = self.jump_words(copy.article, story, (Jump::From, nth));
                let mut frames = story.words.set_turn(
                    (&story.turns[which], area.lines),
                    &from,
                    (&desk, self.tiers),
                );
                if let Some((_, frame)) = frames.first_mut() {
                    let id = turn_id(copy.article, nth);
                    frame.items.insert(0, (Point::ORIGIN, Item::Anchor(id)));
                }
                frames
            };
            let corner = self.tiers.corner_of(area);
            for (at, frame) in frames {
                page.push(at + corner, Item::Group(frame));
            }
        }
        let mut pieces: Vec<_> = part.pieces.iter().collect();
        pieces.sort_by_key(|(which, _, _)| *which);
        let mut pieces = pieces.into_iter().peekable();
        let runs = story
            .parts
            .get_mut(nth)
            .map(std::mem::take)
            .unwrap_or_default();
        let last = runs.last().map(|run| run.area);
        for run in runs {
            let grid = self.tiers.run(run.area);
            // The last line of a part that goes on elsewhere says where.
            let kept = i32::from(part.jumps && Some(run.area) == last);
            let sheets = Sheets::new(&grid, Side::Right).without_last(kept);
            let mark = run.mark.map(|(at, line)| {
                let extent = Logical::new(line.set, self.tiers.size);
                let (corner, size) = sheets.place(at, extent);
                let mut frame = Frame::new(FrameKind::EndMark, size);
                frame.article = Some(copy.article.id.clone());
                let origin = Logical::new(Length::ZERO, middle(&line));
                frame.push(
                    origin.to_corner(self.tiers.mode, size, Size::default()),
                    Item::Line(line),
                );
                (corner, Item::Group(frame))
            });
            compose(page, run.sheet, &story.groups, &sheets);
            page.items.extend(mark);
            while let Some((which, size, area)) =
                pieces.next_if(|(which, _, _)| story.pieces[*which].form.reference <= run.end)
            {
                self.piece(
                    page,
                    &story.pieces[*which],
                    (*size, *area),
                    (&desk, copy.article),
                    sink,
                );
            }
        }
        for (which, size, area) in pieces {
            self.piece(
                page,
                &story.pieces[*which],
                (*size, *area),
                (&desk, copy.article),
                sink,
            );
        }
        if let (true, Some(area)) = (part.jumps, last) {
            let text = self.jump_words(copy.article, story, (Jump::To, nth));
            self.jump_line(page, area, &text, (&desk, copy.article));
        }
    }

    /// Puts a piece in its rectangle: in the middle, but at the page's edge on it.
    fn piece(
        &self,
        page: &mut Frame,
        piece: &SetPiece<'_>,
        (_, area): (usize, Area),
        (desk, article): (&Desk<'_>, &Article),
        sink: &mut Sink,
    ) {
        let tiers = self.tiers;
        let mut frame = piece.set((area.tiers, area.lines), (desk, tiers), sink);
        frame.article = Some(article.id.clone());
        let id = piece.id().to_owned();
        if !id.is_empty() && !has_anchor(&frame, &id) {
            frame.items.insert(0, (Point::ORIGIN, Item::Anchor(id)));
        }
        let whole = tiers.size_of((area.tiers, area.lines));
        let spare = Size::new(
            (whole.width - frame.size.width).at_least_zero(),
            (whole.height - frame.size.height).at_least_zero(),
        );
        let at = if tiers.mode.is_vertical() {
            let x = if area.line == 0 {
                spare.width
            } else if area.end_line() >= tiers.lines {
                Length::ZERO
            } else {
                spare.width / 2
            };
            Point::new(x, Length::ZERO)
        } else {
            let y = if area.line == 0 {
                Length::ZERO
            } else if area.end_line() >= tiers.lines {
                spare.height
            } else {
                (spare.height / 2).max(tiers.side_blank().min(spare.height))
            };
            Point::new(spare.width / 2, y)
        };
        page.push(at + tiers.corner_of(area), Item::Group(frame));
    }

    /// The words that lead to another part of a story, linked.
    fn jump_words(
        &self,
        article: &Article,
        story: &SetStory<'_>,
        (which, nth): (Jump, usize),
    ) -> Vec<Inline> {
        let other = match which {
            Jump::To => nth + 1,
            Jump::From => nth.saturating_sub(1),
        };
        let Some(page) = story.pages.get(other) else {
            return Vec::new();
        };
        let vertical = self.tiers.mode.is_vertical();
        let house = (&article.language, self.book.style.tradition);
        let text = jump(which, &self.numbers[*page], house, vertical);
        let id = match other {
            0 => article.id.clone(),
            nth => turn_id(article, nth),
        };
        vec![Inline::Link {
            target: LinkTarget::Internal {
                id,
                with_page: false,
            },
            children: words(text, Span::default()),
            span: Span::default(),
        }]
    }

    /// The last line of a part that goes on elsewhere.
    fn jump_line(
        &self,
        page: &mut Frame,
        run: Area,
        text: &[Inline],
        (desk, article): (&Desk<'_>, &Article),
    ) {
        let tiers = self.tiers;
        let line = Area::new((run.tier, run.end_line().saturating_sub(1)), (1, 1));
        let job = Job {
            text,
            measure: tiers.measure(),
            mode: tiers.mode,
            size: desk.look(theme::Part::Jump).size.of(tiers.size),
            voice: desk.voice(theme::Part::Jump),
            indent: Length::ZERO,
            align: TextAlign::End,
        };
        let Some(set) = desk.lines(&job, &mut Sink::new()).into_iter().next() else {
            return;
        };
        let size = tiers.size_of((1, 1));
        let mut frame = Frame::new(FrameKind::Jump, size);
        frame.article = Some(article.id.clone());
        let axis = PageGrid::axis(tiers.size / 2, set.size, tiers.mode);
        let origin = Logical::new(Length::ZERO, axis);
        frame.push(
            origin.to_corner(tiers.mode, size, Size::default()),
            Item::Line(set),
        );
        page.push(tiers.corner_of(line), Item::Group(frame));
    }
}

/// The id of a part of a story on another page.
fn turn_id(article: &Article, nth: usize) -> String {
    format!("{}-part-{}", article.id, nth + 1)
}

fn has_anchor(frame: &Frame, id: &str) -> bool {
    frame.items.iter().any(|(_, item)| match item {
        Item::Anchor(found) => found == id,
        Item::Group(inner) => has_anchor(inner, id),
        _ => false,
    })
}
