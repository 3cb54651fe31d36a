//! The page grid (版心): where on the sheet the em-boxes of a page's lines may stand.

use crate::diag::{Code, Diagnostic, Sink};
use crate::geom::{Length, Logical, Point, Size, WritingMode};
use crate::model::output::Margins;
use crate::model::{PdfOutput, Style};

use super::frame::Side;

/// A line of fewer characters than this cannot be set decently.
const FEWEST_CHARACTERS: i32 = 4;
/// A page of fewer lines than this cannot keep a heading with its text.
const FEWEST_LINES: i32 = 3;
/// The alphabetic baseline stands this far below the middle of the em-box, in thousandths of an
/// em: the ideographic em-box of the bundled faces runs from 880 to −120.
const BASELINE: i64 = 380;

/// The type area of a book's pages: `lines` lines of `characters` em-boxes, and where it lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageGrid {
    /// Which way lines run.
    pub mode: WritingMode,
    /// Trimmed size.
    pub trim: Size,
    /// Body size: the em-box.
    pub size: Length,
    /// From one line's middle to the next one's.
    pub pitch: Length,
    /// Em-boxes a line.
    pub characters: i32,
    /// Lines a page.
    pub lines: i32,
    /// From the trimmed edge at the head to the type area.
    pub head: Length,
    /// From the trimmed edge at the foot to the type area.
    pub foot: Length,
    /// From the fold to the type area.
    pub gutter: Length,
    /// From the fore-edge to the type area.
    pub fore_edge: Length,
}

impl PageGrid {
    /// The grid of a publication's book pages. A page that leaves no room for text gets an error
    /// and a grid on narrower margins, so that the work can go on.
    #[must_use]
    pub fn of_book(output: &PdfOutput, style: &Style, sink: &mut Sink) -> Self {
        let wanted = Self::fit(output, &output.margins, style);
        if wanted.characters >= FEWEST_CHARACTERS && wanted.lines >= FEWEST_LINES {
            return wanted;
        }
        sink.push(
            Diagnostic::error(
                Code::PageNoRoom,
                None,
                format!(
                    "page {} with its margins holds {} lines of {} characters",
                    output.page.name,
                    wanted.lines.max(0),
                    wanted.characters.max(0)
                ),
            )
            .hint("choose a larger page, narrower margins or a smaller body-size"),
        );
        let thin = |side: Length| Some(side.scale(1, 20));
        let trim = output.page.trim;
        let margins = Margins {
            head: thin(trim.height),
            foot: thin(trim.height),
            gutter: thin(trim.width),
            fore_edge: thin(trim.width),
        };
        let mut held = Self::fit(output, &margins, style);
        held.characters = held.characters.max(1);
        held.lines = held.lines.max(1);
        held
    }

    fn fit(output: &PdfOutput, margins: &Margins, style: &Style) -> Self {
        let trim = output.page.trim;
        let own = output.theme.margins.on(trim);
        let head = margins.head.unwrap_or(own.head);
        let foot = margins.foot.unwrap_or(own.foot);
        let gutter = margins.gutter.unwrap_or(own.gutter);
        let fore_edge = margins.fore_edge.unwrap_or(own.fore_edge);
        let room = Size::new(trim.width - gutter - fore_edge, trim.height - head - foot);
        let room = Logical::from_size(room, style.writing_mode);
        let size = style.body_size.max(Length::from_milli(1));
        let pitch = style.line_pitch.max(size);
        let characters = room.inline.milli().max(0) / size.milli();
        let lines = if room.block < size {
            0
        } else {
            (room.block - size).milli() / pitch.milli() + 1
        };
        let mut grid = Self {
            mode: style.writing_mode,
            trim,
            size,
            pitch,
            characters,
            lines,
            head,
            foot,
            gutter,
            fore_edge,
        };
        grid.share_rest(margins);
        grid
    }

    /// What is left over beside whole characters and lines goes to the margin that the author
    /// left open, or to both alike.
    fn share_rest(&mut self, margins: &Margins) {
        let area = self.area().to_size(self.mode);
        let down = (self.trim.height - self.head - self.foot - area.height).at_least_zero();
        let across = (self.trim.width - self.gutter - self.fore_edge - area.width).at_least_zero();
        let first = |rest: Length, first: Option<Length>, second: Option<Length>| match (
            first.is_some(),
            second.is_some(),
        ) {
            (true, false) => Length::ZERO,
            (false, true) => rest,
            _ => rest / 2,
        };
        let to_head = first(down, margins.head, margins.foot);
        self.head += to_head;
        self.foot += down - to_head;
        let to_gutter = first(across, margins.gutter, margins.fore_edge);
        self.gutter += to_gutter;
        self.fore_edge += across - to_gutter;
    }

    /// The measure: length of a line.
    #[must_use]
    pub fn measure(&self) -> Length {
        self.size * self.characters
    }

    /// Blank between the em-boxes of neighbouring lines.
    #[must_use]
    pub fn gap(&self) -> Length {
        self.pitch - self.size
    }

    /// Logical extent of the type area.
    #[must_use]
    pub fn area(&self) -> Logical<Length> {
        Logical::new(self.measure(), self.depth_of(self.lines))
    }

    /// Block extent of so many lines, without the gap after the last.
    #[must_use]
    pub fn depth_of(&self, lines: i32) -> Length {
        (self.pitch * lines - self.gap()).at_least_zero()
    }

    /// The fewest lines whose place holds a block extent.
    #[must_use]
    pub fn lines_for(&self, extent: Length) -> i32 {
        let wanted = (extent + self.gap()).wide();
        let pitch = self.pitch.wide().max(1);
        i32::try_from((wanted + pitch - 1) / pitch)
            .unwrap_or(i32::MAX)
            .max(1)
    }

    /// A block offset moved forward to the next line of the grid.
    #[must_use]
    pub fn align(&self, offset: Length) -> Length {
        let pitch = self.pitch.wide().max(1);
        Length::from_wide((offset.wide() + pitch - 1).div_euclid(pitch) * pitch)
    }

    /// On which side of the spread a page number lies: vertical books are bound at the right.
    #[must_use]
    pub fn side(&self, number: u32) -> Side {
        match (self.mode.is_vertical(), number.is_multiple_of(2)) {
            (true, true) | (false, false) => Side::Right,
            (true, false) | (false, true) => Side::Left,
        }
    }

    /// Upper left corner of the type area on a page of that side.
    #[must_use]
    pub fn corner(&self, side: Side) -> Point {
        let x = match side {
            // The fold is at the left of a right-hand page.
            Side::Right => self.gutter,
            Side::Left => self.fore_edge,
        };
        Point::new(x, self.head)
    }

    /// From the block start of an em-box of `size` whose middle lies at `middle` to the axis on
    /// which its line stands: the middle itself, or the alphabetic baseline.
    #[must_use]
    pub fn axis(middle: Length, size: Length, mode: WritingMode) -> Length {
        match mode {
            WritingMode::VerticalRl => middle,
            WritingMode::HorizontalTb => middle + size.scale(BASELINE, 1000),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::output::{PageSize, parse_length};

    fn output(page: &str) -> PdfOutput {
        let layout = crate::model::PageLayout::Book;
        let theme = crate::manuscript::shipped_theme(layout);
        PdfOutput::plain(layout, PageSize::parse(page).unwrap(), theme)
    }

    fn grid(page: &str, margins: Margins, style: &Style) -> (PageGrid, Vec<Diagnostic>) {
        let mut sink = Sink::new();
        let mut output = output(page);
        output.margins = margins;
        let grid = PageGrid::of_book(&output, style, &mut sink);
        (grid, sink.into_inner())
    }

    #[test]
    fn a5_holds_whole_characters_and_lines() {
        let (grid, found) = grid("A5", Margins::default(), &Style::default());
        assert!(found.is_empty());
        // 172 mm of 10.5 pt characters, 113 mm of lines at 18.375 pt.
        assert_eq!((grid.characters, grid.lines), (46, 17));
        let area = grid.area().to_size(grid.mode);
        assert_eq!(
            grid.head + area.height + grid.foot,
            Length::micrometres(210_000)
        );
        assert_eq!(
            grid.gutter + area.width + grid.fore_edge,
            Length::micrometres(148_000)
        );
    }

    #[test]
    fn a_margin_by_value_is_kept() {
        let margins = Margins {
            head: parse_length("25mm"),
            ..Margins::default()
        };
        let (grid, _) = grid("A5", margins, &Style::default());
        assert_eq!(grid.head, Length::mm(25));
    }

    #[test]
    fn a_page_without_room_is_an_error_and_still_a_grid() {
        let margins = Margins {
            head: Some(Length::mm(200)),
            ..Margins::default()
        };
        let (grid, found) = grid("20mm x 20mm", margins, &Style::default());
        assert_eq!(found[0].code, Code::PageNoRoom);
        assert!(grid.characters >= 1 && grid.lines >= 1);
    }

    #[test]
    fn even_pages_of_vertical_books_lie_at_the_right() {
        let (grid, _) = grid("A5", Margins::default(), &Style::default());
        assert_eq!(grid.side(2), Side::Right);
        assert_eq!(grid.side(1), Side::Left);
        assert_eq!(grid.corner(Side::Right).x, grid.gutter);
    }

    #[test]
    fn lines_hold_extents() {
        let (grid, _) = grid("A5", Margins::default(), &Style::default());
        assert_eq!(grid.lines_for(grid.size), 1);
        assert_eq!(grid.lines_for(grid.size + Length::from_milli(1)), 2);
        assert_eq!(grid.lines_for(grid.depth_of(5)), 5);
        assert_eq!(
            grid.align(grid.pitch + Length::from_milli(1)),
            grid.pitch * 2
        );
    }
}
