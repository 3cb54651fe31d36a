//! The grid of a newspaper page: tiers (欄) by lines, and where each of their rectangles lies on the sheet.

use crate::diag::{Code, Diagnostic, Sink};
use crate::geom::{Em, Length, Logical, Point, Size, WritingMode};
use crate::layout::grid::PageGrid;
use crate::model::{PdfOutput, Style};
use crate::rules::newspaper;

use super::area::Area;

/// Lines of a tier that the short head of a story's later part and a jump line take at most.
const HEAD_AND_JUMP: u16 = 5;

/// The least of a margin: what a press needs to hold the sheet.
const LEAST_MARGIN: Length = Length::micrometres(6_000);
/// Height of the band that holds the section head (報眉), in thousandths of the body size.
const BAND: i64 = 2_600;
/// Between tiers, in thousandths of an em (composition rules §16): no less and no more, whatever is
/// left over.
const NARROWEST_GAP: i64 = 1_250;
const WIDER_GAP: i64 = 300;
/// A tier of fewer characters than this cannot be set decently.
const FEWEST_CHARACTERS: i32 = 5;
/// A page of fewer lines than this holds no story.
const FEWEST_LINES: i32 = 6;

/// The grid of a newspaper's pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tiers {
    /// Which way lines run.
    pub(crate) mode: WritingMode,
    /// Trimmed size.
    pub(crate) trim: Size,
    /// Body size: the em-box.
    pub(crate) size: Length,
    /// From one line's middle to the next one's.
    pub(crate) pitch: Length,
    /// Em-boxes of a line of one tier.
    pub(crate) characters: i32,
    /// Tiers of a page.
    pub(crate) tiers: u16,
    /// Between two tiers.
    pub(crate) gap: Length,
    /// Lines of a tier.
    pub(crate) lines: u16,
    /// Upper left corner of the tiers on the page.
    pub(crate) corner: Point,
    /// Height of the band above them that holds the section head.
    pub(crate) band: Length,
}

impl Tiers {
    /// The grid of a publication's newspaper pages at a body size.
    pub(crate) fn new(output: &PdfOutput, style: &Style, size: Length) -> Self {
        let trim = output.page.trim;
        let size = size.max(Length::pt(1));
        let margins = &output.margins;
        let held = |margin: Length, whole: Length| margin.max(LEAST_MARGIN.min(whole / 20));
        let theme = &output.theme;
        let own = theme.margins.on(trim);
        let (wide, high) = (trim.width, trim.height);
        let head = margins.head.unwrap_or_else(|| held(own.head, high));
        let foot = margins.foot.unwrap_or_else(|| held(own.foot, high));
        let fold = margins.gutter.unwrap_or_else(|| held(own.gutter, wide));
        let edge = margins
            .fore_edge
            .unwrap_or_else(|| held(own.fore_edge, wide));
        let band = size.scale(BAND, 1000);
        let room = Size::new(
            (trim.width - fold - edge).max(size),
            (trim.height - head - foot - band).max(size),
        );
        let room = Logical::from_size(room, style.writing_mode);
        let mut grid = Self {
            mode: style.writing_mode,
            trim,
            size,
            pitch: size,
            characters: 1,
            tiers: 1,
            gap: theme
                .newspaper
                .gap
                .of(size)
                .max(size.scale(NARROWEST_GAP, 1000)),
            lines: 1,
            corner: Point::new(fold, head + band),
            band,
        };
        let (vertical, horizontal) = theme.newspaper.characters;
        let characters = match style.writing_mode {
            WritingMode::VerticalRl => vertical,
            WritingMode::HorizontalTb => horizontal,
        };
        grid.share_inline(room.inline, (output.columns, i64::from(characters)));
        grid.share_block(room.block, style, theme.pitch);
        // What is left over lies half on either side.
        let area = grid.area();
        let inner = room.to_size(grid.mode);
        grid.corner.x += (inner.width - area.width).at_least_zero() / 2;
        grid.corner.y += (inner.height - area.height).at_least_zero() / 2;
        grid
    }

    /// Tiers and their characters.
    fn share_inline(&mut self, room: Length, (asked, ideal): (Option<u32>, i64)) {
        let (size, gap) = (self.size.wide(), self.gap.wide());
        let tiers = match asked {
            Some(count) => i64::from(count),
            None => (room.wide() + gap + (ideal * size + gap) / 2) / (ideal * size + gap),
        };
        // No tier is narrower than one character.
        let tiers = tiers.clamp(1, ((room.wide() + gap) / (size + gap)).max(1));
        let characters = ((room.wide() - gap * (tiers - 1)) / (tiers * size)).max(1);
        self.tiers = u16::try_from(tiers).unwrap_or(u16::MAX);
        self.characters = i32::try_from(characters).unwrap_or(i32::MAX);
        if tiers > 1 {
            let spare = room.wide() - characters * size * tiers - gap * (tiers - 1);
            let spare = spare.max(0);
            let widest = gap + self.size.scale(WIDER_GAP, 1000).wide();
            self.gap = Length::from_wide((gap + spare / (tiers - 1)).min(widest));
        }
    }

    /// Lines and their pitch: the lines end where the room ends.
    fn share_block(&mut self, room: Length, style: &Style, pitch: Em) {
        let asked = self
            .size
            .scale(style.line_pitch.wide(), style.body_size.wide());
        let pitch = if style.pitch_given {
            asked
        } else {
            pitch.of(self.size)
        };
        let pitch = pitch.max(self.size);
        let lines = ((room - self.size).wide() / pitch.wide().max(1)).max(0) + 1;
        self.lines = u16::try_from(lines).unwrap_or(u16::MAX);
        self.pitch = pitch;
        if !style.pitch_given && lines > 8 {
            let rest = (room - self.size).wide() - pitch.wide() * (lines - 1);
            self.pitch += Length::from_wide(rest / (lines - 1));
        }
    }

    /// Whether a page holds newspaper text; one that does not is told of.
    pub(crate) fn check(&self, name: &str, sink: &mut Sink) -> bool {
        if !self.holds() {
            sink.push(
                Diagnostic::error(
                    Code::PageNoRoom,
                    None,
                    format!(
                        "page {name} holds {} tiers of {} lines of {} characters",
                        self.tiers, self.lines, self.characters
                    ),
                )
                .hint("choose a larger page, fewer `columns` or a smaller body-size"),
            );
        }
        self.holds()
    }

    /// Whether there is room for newspaper text.
    pub(crate) fn holds(&self) -> bool {
        self.characters >= FEWEST_CHARACTERS && i32::from(self.lines) >= FEWEST_LINES
    }

    /// Whether its lines are as long as newspapers have them (§16).
    pub(crate) fn is_usual(&self) -> bool {
        newspaper::is_usual(self.mode, self.characters)
    }

    /// Length of a line of one tier.
    pub(crate) fn measure(&self) -> Length {
        self.size * self.characters
    }

    /// Extent of so many tiers along the lines.
    pub(crate) fn span(&self, tiers: u16) -> Length {
        (self.measure() + self.gap) * i32::from(tiers) - self.gap
    }

    /// Between the em-boxes of neighbouring lines.
    pub(crate) fn between(&self) -> Length {
        self.pitch - self.size
    }

    /// Extent of so many lines across them.
    pub(crate) fn depth(&self, lines: u16) -> Length {
        (self.pitch * i32::from(lines) - self.between()).at_least_zero()
    }

    /// The fewest lines whose place holds an extent across them.
    pub(crate) fn lines_for(&self, extent: Length) -> u16 {
        let pitch = self.pitch.wide().max(1);
        let lines = ((extent + self.between()).wide() + pitch - 1) / pitch;
        u16::try_from(lines.max(1)).unwrap_or(u16::MAX)
    }

    /// The whole of the tiers on the sheet.
    pub(crate) fn area(&self) -> Size {
        self.size_of((self.tiers, self.lines))
    }

    /// The page as a rectangle.
    pub(crate) fn page(&self) -> Area {
        Area::new((0, 0), (self.tiers, self.lines))
    }

    /// The extent on the sheet of so many tiers by so many lines.
    pub(crate) fn size_of(&self, (tiers, lines): (u16, u16)) -> Size {
        Logical::new(self.span(tiers), self.depth(lines)).to_size(self.mode)
    }

    /// Blank on either side of a piece across the lines.
    pub(crate) fn side_blank(&self) -> Length {
        self.size / 4
    }

    /// The room of a piece: its rectangle less a little blank before its first line and after its
    /// last, where it would else touch its neighbours.
    pub(crate) fn room(&self, extent: (u16, u16)) -> Size {
        let whole = self.size_of(extent);
        let blank = self.side_blank() * 2;
        if self.mode.is_vertical() {
            Size::new((whole.width - blank).max(self.size), whole.height)
        } else {
            Size::new(whole.width, (whole.height - blank).max(self.size))
        }
    }

    /// Upper left corner of a rectangle on the page.
    pub(crate) fn corner_of(&self, area: Area) -> Point {
        let at = Logical::new(
            (self.measure() + self.gap) * i32::from(area.tier),
            self.pitch * i32::from(area.line),
        );
        let size = self.size_of((area.tiers, area.lines));
        at.to_corner(self.mode, self.area(), size) + self.corner
    }

    /// The type area of a run of lines: flow places lines in it as on a page of its own.
    pub(crate) fn run(&self, area: Area) -> PageGrid {
        self.grid_at(self.corner_of(area), (self.characters, area.lines))
    }

    /// A type area for measuring: one tier, as many lines as a page has.
    pub(crate) fn tier(&self) -> PageGrid {
        self.grid_at(self.corner, (self.characters, self.lines))
    }

    /// The same for text that is to fall into tiers: nothing in it is higher than what the head
    /// and the jump line of a part leave of one.
    pub(crate) fn held(&self) -> PageGrid {
        let kept = HEAD_AND_JUMP.min(self.lines / 2);
        self.grid_at(self.corner, (self.characters, self.lines - kept))
    }

    fn grid_at(&self, corner: Point, (characters, lines): (i32, u16)) -> PageGrid {
        PageGrid {
            mode: self.mode,
            trim: self.trim,
            size: self.size,
            pitch: self.pitch,
            characters,
            lines: i32::from(lines),
            head: corner.y,
            foot: Length::ZERO,
            gutter: corner.x,
            fore_edge: corner.x,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn output(page: &str) -> PdfOutput {
        let layout = crate::model::PageLayout::Newspaper;
        let theme = crate::manuscript::shipped_theme(layout);
        PdfOutput::plain(layout, crate::model::PageSize::parse(page).unwrap(), theme)
    }

    #[test]
    fn tiers_hold_as_many_characters_as_newspapers_have() {
        for page in ["A3", "broadsheet", "tabloid"] {
            for size in 36..=48 {
                let size = Length::from_milli(size * 250);
                let mut style = Style::default();
                let vertical = Tiers::new(&output(page), &style, size);
                assert!((9..=14).contains(&vertical.characters), "{vertical:?}");
                style.writing_mode = WritingMode::HorizontalTb;
                let horizontal = Tiers::new(&output(page), &style, size);
                assert!((13..=20).contains(&horizontal.characters), "{horizontal:?}");
            }
        }
    }

    #[test]
    fn rectangles_lie_in_the_page_and_side_by_side() {
        let grid = Tiers::new(&output("A3"), &Style::default(), Length::pt(10));
        let whole = grid.size_of((grid.tiers, grid.lines));
        assert_eq!(grid.corner_of(grid.page()), grid.corner);
        // The second tier of a vertical page lies below the first, the second line left of it.
        let first = Area::new((0, 0), (1, 1));
        let at = grid.corner_of(first);
        assert_eq!(at.x + grid.size, grid.corner.x + whole.width);
        assert_eq!(
            grid.corner_of(Area::new((1, 0), (1, 1))).y - at.y,
            grid.measure() + grid.gap
        );
        assert_eq!(
            at.x - grid.corner_of(Area::new((0, 1), (1, 1))).x,
            grid.pitch
        );
    }

    #[test]
    fn a_page_too_small_is_told() {
        let mut sink = Sink::new();
        let grid = Tiers::new(&output("20mm x 20mm"), &Style::default(), Length::pt(10));
        assert!(!grid.check("20mm x 20mm", &mut sink));
        assert_eq!(sink.into_inner().len(), 1);
        assert!(grid.tiers >= 1 && grid.lines >= 1 && grid.characters >= 1);
    }
}
