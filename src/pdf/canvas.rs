//! A page's content stream as it is written: numbers, state, and the one place where y flips.

use std::fmt::Write as _;

use crate::geom::{Length, Point, Size};
use crate::layout::{Ink, Turn};
use crate::model::PdfColour;

use super::tags::Owner;

/// Horizontal scaling (`Tz`) of horizontal runs in percent; the text matrix is as much wider.
///
/// It changes nothing that is seen. Readers that guess spaces from gaps in units of the text
/// matrix (pdf.js: 0.102 em) then take the quarter em between Han and Western text for what it is,
/// no space, and still find a typed one by its own glyph.
const NARROW: i64 = 25;

/// Where on the sheet a page lies.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sheet {
    /// Media size: trim and bleed.
    pub(crate) media: Size,
    /// Distance from the media's edge to the trimmed edge on every side.
    pub(crate) bleed: Length,
}

impl Sheet {
    /// The sheet of a page trimmed to `trim` with ink `bleed` beyond it.
    pub(crate) fn new(trim: Size, bleed: Length) -> Self {
        let bleed = bleed.at_least_zero();
        Self {
            media: Size::new(trim.width + bleed + bleed, trim.height + bleed + bleed),
            bleed,
        }
    }

    /// From the media's left edge to `x` from the trim's left edge, in thousandths of a point.
    pub(crate) fn x(self, x: Length) -> i64 {
        self.bleed.wide() + x.wide()
    }

    /// From the media's lower edge to `y` **down** from the trim's upper edge.
    pub(crate) fn y(self, y: Length) -> i64 {
        self.media.height.wide() - self.bleed.wide() - y.wide()
    }
}

/// How glyphs follow each other on the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stand {
    /// To the right.
    Across,
    /// Downwards.
    Down,
}

/// The operators of one page.
#[derive(Debug)]
pub(crate) struct Canvas {
    sheet: Sheet,
    colour: PdfColour,
    ops: String,
    bytes: Vec<u8>,
    in_text: bool,
    state: State,
    /// To whom what follows belongs, by which tag.
    wanted: (Owner, &'static str),
    /// To whom the open stretch belongs; nobody where none is open.
    open: Owner,
    /// The element of each stretch, by its number.
    owners: Vec<usize>,
    /// The last run.
    last: Option<Shown>,
}

/// A run that was shown: readers sort what follows it by where its last string starts.
#[derive(Debug)]
struct Shown {
    /// Where it starts in the content.
    from: usize,
    /// Of a column: its glyphs, which may be parted; else none.
    glyphs: Vec<(u16, i64)>,
    /// How far below the run's start each glyph stands.
    below: Vec<Length>,
    /// The place of the first.
    at: Point,
    size: Length,
    /// The glyph before which it is parted in two strings; 0 for one string.
    parted: usize,
}

impl Shown {
    /// Whether PDFium takes a run that starts at `next` to lie on one line with the string that
    /// starts at a glyph, and so puts what lies further left before it: half the width of a
    /// glyph decides.
    fn is_beside(&self, glyph: usize, (next, size): (Point, Length)) -> bool {
        let below = self.below.get(glyph).copied().unwrap_or_default();
        let apart = (next.y - self.at.y - below).abs();
        next.x < self.at.x && apart <= size.max(self.size).scale(BESIDE, 1000)
    }

    /// The glyph before which it is best parted, where `next` follows: as it is, else as far from
    /// it as can be.
    fn parting(&self, next: (Point, Length)) -> usize {
        if !self.is_beside(self.parted, next) {
            return self.parted;
        }
        let apart = |glyph: &usize| (next.0.y - self.at.y - self.below[*glyph]).abs();
        (0..self.glyphs.len()).max_by_key(apart).unwrap_or(0)
    }
}

/// How near to each other two strings are sorted by where they start across, in thousandths of the
/// larger size: half of it, and a little for rounding.
const BESIDE: i64 = 510;

/// What is set and goes on until it is set anew.
#[derive(Debug, Clone)]
pub(crate) struct State {
    font: String,
    narrow: bool,
    spacing: i64,
    fill: Ink,
}

impl Canvas {
    /// An empty page.
    pub(crate) fn new(sheet: Sheet, colour: PdfColour) -> Self {
        let mut canvas = Self {
            sheet,
            colour,
            ops: String::new(),
            bytes: Vec::new(),
            in_text: false,
            state: State {
                font: String::new(),
                narrow: false,
                spacing: 0,
                fill: Ink::BLACK,
            },
            wanted: (Owner::Nobody, ""),
            open: Owner::Nobody,
            owners: Vec::new(),
            last: None,
        };
        // Black is the initial colour of a press page too, but there it must be K alone.
        if colour == PdfColour::Cmyk {
            canvas.put_ink(Ink::BLACK, "k");
        }
        canvas
    }

    /// The page's content, finished, and the element of each stretch of it.
    pub(crate) fn finish(mut self) -> (Vec<u8>, Vec<usize>) {
        self.end_text();
        self.close_stretch();
        self.spill();
        (self.bytes, self.owners)
    }

    /// Tells to whom what follows belongs, by which tag.
    pub(crate) fn belong(&mut self, owner: Owner, tag: &'static str) {
        self.wanted = (owner, tag);
    }

    /// Opens a stretch for what is drawn next, where it belongs to another than what was drawn
    /// before.
    fn open_stretch(&mut self) {
        let (owner, tag) = self.wanted;
        if self.open == owner {
            return;
        }
        self.close_stretch();
        match owner {
            Owner::Nobody => return,
            Owner::Page => self.ops.push_str("/Artifact BMC\n"),
            Owner::Element(element) => {
                let _ = writeln!(self.ops, "/{tag}<</MCID {}>>BDC", self.owners.len());
                self.owners.push(element);
            }
        }
        self.open = owner;
    }

    fn close_stretch(&mut self) {
        if self.open != Owner::Nobody {
            self.ops.push_str("EMC\n");
            self.open = Owner::Nobody;
        }
    }

    /// Moves what was written as characters behind the bytes written before.
    fn spill(&mut self) {
        self.bytes.extend_from_slice(self.ops.as_bytes());
        self.ops.clear();
    }

    fn begin_text(&mut self) {
        if !self.in_text {
            // A stretch and a text object lie inside one another or apart (14.6.1).
            self.close_stretch();
            self.ops.push_str("BT\n");
            self.in_text = true;
        }
    }

    fn end_text(&mut self) {
        if self.in_text {
            self.close_stretch();
            self.ops.push_str("ET\n");
            self.in_text = false;
        }
    }

    /// Turns what follows around a place that becomes its corner: where `x` and `y` start anew.
    /// Gives the state to which [`Canvas::end_turn`] goes back.
    pub(crate) fn begin_turn(&mut self, origin: Point, turn: Turn) -> State {
        self.last = None;
        self.end_text();
        self.close_stretch();
        // A point (x, y) is written as (X, Y) = (x + left, top - y); turned right it lies at
        // origin + (-y, x), turned left at origin + (y, -x).
        let (left, top) = (self.sheet.x(Length::ZERO), self.sheet.y(Length::ZERO));
        let (x, y) = (self.sheet.x(origin.x), self.sheet.y(origin.y));
        let (linear, x, y) = match turn {
            Turn::None => ("1 0 0 1", x - left, y - top),
            Turn::Right => ("0 -1 1 0", x - top, y + left),
            Turn::Left => ("0 1 -1 0", x + top, y - left),
        };
        let _ = write!(self.ops, "q {linear} ");
        for value in [x, y] {
            decimal(&mut self.ops, value, 3);
            self.ops.push(' ');
        }
        self.ops.push_str("cm\n");
        self.state.clone()
    }

    /// Goes back to a state.
    pub(crate) fn end_turn(&mut self, state: State) {
        self.last = None;
        self.end_text();
        self.close_stretch();
        self.ops.push_str("Q\n");
        self.state = state;
    }

    /// Selects a font, its size, the direction of its run and the place of the next glyph.
    pub(crate) fn place_run(&mut self, font: &str, stand: Stand, size: Length, at: Point) {
        self.last = None;
        self.ink(Ink::BLACK);
        self.begin_text();
        self.open_stretch();
        if self.state.font != font {
            font.clone_into(&mut self.state.font);
            let _ = writeln!(self.ops, "/{font} 1 Tf");
        }
        let narrow = stand == Stand::Across;
        if self.state.narrow != narrow {
            self.state.narrow = narrow;
            let _ = writeln!(self.ops, "{} Tz", if narrow { NARROW } else { 100 });
        }
        // Along a horizontal run the narrowing is taken back.
        let size = size.wide();
        decimal(
            &mut self.ops,
            if narrow { size * 100 / NARROW } else { size },
            3,
        );
        self.ops.push_str(" 0 0 ");
        decimal(&mut self.ops, size, 3);
        self.ops.push(' ');
        self.point(at);
        self.ops.push_str("Tm\n");
    }

    /// Sets the space after every glyph, in thousandths of the size.
    pub(crate) fn space_glyphs(&mut self, spacing: i64) {
        if self.state.spacing != spacing {
            self.state.spacing = spacing;
            decimal(&mut self.ops, spacing, 3);
            self.ops.push_str(" Tc\n");
        }
    }

    /// Parts the column before what is set next, so that PDFium reads the two in their order;
    /// `false` where it does not all the same.
    pub(crate) fn part_before(&mut self, next: (Point, Length)) -> bool {
        let Some(mut last) = self.last.take() else {
            return true;
        };
        let parted = last.parting(next);
        if parted != last.parted {
            last.parted = parted;
            self.bytes.truncate(last.from);
            self.show_parted(&last);
        }
        let apart = !last.is_beside(parted, next);
        self.last = Some(last);
        apart
    }

    /// Sets what reads as a space and is not seen, well apart from what stands before it and from what follows
    /// at a place: it parts the two for readers, and belongs to nobody's text.
    pub(crate) fn pause(&mut self, font: &str, code: u16, (at, size): (Point, Length)) {
        let owner = match self.wanted.0 {
            Owner::Nobody => Owner::Nobody,
            _ => Owner::Page,
        };
        let wanted = std::mem::replace(&mut self.wanted, (owner, "Artifact"));
        let apart = Point::new(at.x, at.y + size * 4);
        self.place_run(font, Stand::Across, size, apart);
        self.ops.push_str("3 Tr\n");
        self.show(&[(code, 0)], Stand::Across);
        self.ops.push_str("0 Tr\n");
        self.wanted = wanted;
        self.last = None;
    }

    /// Shows glyphs down a column from `at`, each so far below it: in two strings where it is
    /// `halved`.
    pub(crate) fn show_column(
        &mut self,
        glyphs: Vec<(u16, i64)>,
        (at, below, size): (Point, Vec<Length>, Length),
        halved: bool,
    ) {
        self.spill();
        let shown = Shown {
            from: self.bytes.len(),
            parted: if halved { glyphs.len() / 2 } else { 0 },
            glyphs,
            below,
            at,
            size,
        };
        self.show_parted(&shown);
        self.last = Some(shown);
    }

    /// Shows glyphs along a line from `at`.
    pub(crate) fn show_line(&mut self, glyphs: &[(u16, i64)], (at, size): (Point, Length)) {
        self.show(glyphs, Stand::Across);
        self.last = Some(Shown {
            from: self.bytes.len(),
            glyphs: Vec::new(),
            below: vec![Length::ZERO],
            at,
            size,
            parted: 0,
        });
    }

    fn show_parted(&mut self, shown: &Shown) {
        let (head, tail) = shown.glyphs.split_at(shown.parted);
        if !head.is_empty() {
            self.show_bytes(head, Stand::Down);
        }
        self.show_bytes(tail, Stand::Down);
    }

    /// Shows glyphs: codes and, after each, how far the next moves on beyond its advance, in
    /// thousandths of the size.
    fn show(&mut self, glyphs: &[(u16, i64)], stand: Stand) {
        self.spill();
        self.show_bytes(glyphs, stand);
    }

    fn show_bytes(&mut self, glyphs: &[(u16, i64)], stand: Stand) {
        // A positive number in TJ moves left, and in vertical writing down (ISO 32000-2, 9.4.3).
        let sign = if stand == Stand::Down { 1 } else { -1 };
        let bytes = &mut self.bytes;
        let plain = glyphs.iter().all(|(_, gap)| *gap == 0);
        if !plain {
            bytes.push(b'[');
        }
        let mut open = false;
        for (code, gap) in glyphs {
            if !open {
                bytes.push(b'(');
                open = true;
            }
            for byte in code.to_be_bytes() {
                match byte {
                    b'(' | b')' | b'\\' => bytes.extend([b'\\', byte]),
                    // A bare line end would read as a line feed (7.3.4.2).
                    b'\r' => bytes.extend(b"\\r"),
                    _ => bytes.push(byte),
                }
            }
            if *gap != 0 {
                bytes.push(b')');
                open = false;
                bytes.extend((sign * gap).to_string().into_bytes());
            }
        }
        if open {
            bytes.push(b')');
        }
        bytes.extend_from_slice(if plain { b"Tj\n" } else { b"]TJ\n" });
    }

    /// Opens a stretch of text that reads as `text`, whatever its glyphs read as.
    pub(crate) fn begin_actual_text(&mut self, text: &str) {
        self.begin_text();
        self.open_stretch();
        self.ops.push_str("/Span<</ActualText<FEFF");
        for unit in text.encode_utf16() {
            let _ = write!(self.ops, "{unit:04X}");
        }
        self.ops.push_str(">>>BDC\n");
    }

    /// Closes it.
    pub(crate) fn end_actual_text(&mut self) {
        self.ops.push_str("EMC\n");
    }

    /// Selects the ink of what follows.
    fn ink(&mut self, ink: Ink) {
        if self.state.fill != ink {
            self.put_ink(
                ink,
                if self.colour == PdfColour::Cmyk {
                    "k"
                } else {
                    "g"
                },
            );
        }
    }

    fn put_ink(&mut self, ink: Ink, operator: &str) {
        self.state.fill = ink;
        let dark = i64::from(ink.0.min(1000));
        match self.colour {
            PdfColour::Cmyk => {
                self.ops.push_str("0 0 0 ");
                decimal(&mut self.ops, dark, 3);
            }
            PdfColour::Rgb => decimal(&mut self.ops, 1000 - dark, 3),
        }
        let _ = writeln!(self.ops, " {operator}");
    }

    /// Fills a rectangle; `at` is its upper left corner.
    pub(crate) fn fill_rectangle(&mut self, at: Point, size: Size, ink: Ink) {
        if size.width <= Length::ZERO || size.height <= Length::ZERO {
            return;
        }
        self.end_text();
        self.open_stretch();
        self.ink(ink);
        self.point(Point::new(at.x, at.y + size.height));
        for side in [size.width, size.height] {
            decimal(&mut self.ops, side.wide(), 3);
            self.ops.push(' ');
        }
        self.ops.push_str("re f\n");
    }

    /// Fills a disc around `centre`.
    pub(crate) fn fill_disc(&mut self, centre: Point, diameter: Length, ink: Ink) {
        if diameter <= Length::ZERO {
            return;
        }
        let r = diameter / 2;
        // Four Bézier quarters: handles of 0.5523 of the radius.
        let k = r.scale(5523, 10_000);
        let (zero, at) = (Length::ZERO, |x: Length, y: Length| {
            centre + Point::new(x, y)
        });
        let quarters = [
            [at(r, k), at(k, r), at(zero, r)],
            [at(-k, r), at(-r, k), at(-r, zero)],
            [at(-r, -k), at(-k, -r), at(zero, -r)],
            [at(k, -r), at(r, -k), at(r, zero)],
        ];
        self.fill_curves(at(r, zero), &quarters, ink);
    }

    /// Fills what curves enclose from `start`, each with its two control points and its end.
    pub(crate) fn fill_curves(&mut self, start: Point, curves: &[[Point; 3]], ink: Ink) {
        self.end_text();
        self.open_stretch();
        self.ink(ink);
        self.curves(start, curves);
        self.ops.push_str("f\n");
    }

    /// Describes curves from `start`.
    fn curves(&mut self, start: Point, curves: &[[Point; 3]]) {
        self.point(start);
        self.ops.push_str("m ");
        for points in curves {
            for point in points {
                self.point(*point);
            }
            self.ops.push_str("c ");
        }
    }

    /// Strokes curves from `start`, each with its two control points and its end, in black.
    pub(crate) fn stroke_curves(&mut self, start: Point, curves: &[[Point; 3]], weight: Length) {
        self.end_text();
        self.open_stretch();
        self.ops.push_str("q ");
        if self.colour == PdfColour::Cmyk {
            self.ops.push_str("0 0 0 1 K ");
        }
        decimal(&mut self.ops, weight.wide(), 3);
        self.ops.push_str(" w ");
        self.curves(start, curves);
        self.ops.push_str("S Q\n");
    }

    /// Paints a named object whose unit square is laid on a rectangle by `turn`, the linear part
    /// of a matrix from the unit square to the rectangle's own, `y` up, with its offset.
    pub(crate) fn paint(&mut self, name: &str, at: Point, size: Size, turn: [i64; 6]) {
        self.end_text();
        self.open_stretch();
        let (w, h) = (size.width.wide(), size.height.wide());
        self.ops.push_str("q ");
        for value in [turn[0] * w, turn[1] * h, turn[2] * w, turn[3] * h] {
            decimal(&mut self.ops, value, 3);
            self.ops.push(' ');
        }
        let corner = Point::new(
            at.x + Length::from_wide(turn[4] * w),
            at.y + size.height - Length::from_wide(turn[5] * h),
        );
        self.point(corner);
        let _ = writeln!(self.ops, "cm /{name} Do Q");
    }

    fn point(&mut self, at: Point) {
        for value in [self.sheet.x(at.x), self.sheet.y(at.y)] {
            decimal(&mut self.ops, value, 3);
            self.ops.push(' ');
        }
    }
}

/// Writes `value / 10^decimals` without needless digits.
pub(crate) fn decimal(out: &mut String, value: i64, decimals: usize) {
    if value < 0 {
        out.push('-');
    }
    let scale = 10_u64.pow(decimals as u32);
    let (whole, fraction) = (value.unsigned_abs() / scale, value.unsigned_abs() % scale);
    if whole > 0 || fraction == 0 {
        let _ = write!(out, "{whole}");
    }
    if fraction > 0 {
        let digits = format!("{fraction:0decimals$}");
        let _ = write!(out, ".{}", digits.trim_end_matches('0'));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(value: i64, decimals: usize) -> String {
        let mut out = String::new();
        decimal(&mut out, value, decimals);
        out
    }

    #[test]
    fn numbers_are_short_and_exact() {
        assert_eq!(written(419_528, 3), "419.528");
        assert_eq!(written(-500, 3), "-.5");
        assert_eq!(written(0, 0), "0");
        assert_eq!(written(-7_000, 3), "-7");
        assert_eq!(written(10_500, 6), ".0105");
    }

    #[test]
    fn y_points_up_from_the_media_edge() {
        let sheet = Sheet::new(Size::new(Length::pt(100), Length::pt(200)), Length::pt(9));
        assert_eq!(sheet.x(Length::ZERO), 9_000);
        assert_eq!(sheet.y(Length::ZERO), 209_000);
        assert_eq!(sheet.y(Length::pt(200)), 9_000);
    }

    #[test]
    fn what_is_turned_lies_where_its_frame_lies() {
        use crate::layout::{Frame, FrameKind, Stand};
        let sheet = Sheet::new(Size::new(Length::pt(100), Length::pt(200)), Length::pt(9));
        for turn in [Turn::None, Turn::Right, Turn::Left] {
            let mut frame = Frame::new(FrameKind::Table, Size::new(Length::pt(30), Length::pt(80)));
            frame.turn = turn;
            let stand = Stand::PAGE.inside(Point::new(Length::pt(5), Length::pt(7)), &frame);
            let mut canvas = Canvas::new(sheet, PdfColour::Rgb);
            let before = canvas.begin_turn(stand.point(Point::ORIGIN), turn);
            canvas.end_turn(before);
            let written = String::from_utf8(canvas.finish().0).unwrap();
            let matrix: Vec<f64> = written
                .split_whitespace()
                .filter_map(|word| word.parse().ok())
                .collect();
            // A point of the inside, as it is written and as it must lie on the sheet.
            let inner = Point::new(Length::pt(3), Length::pt(11));
            let place = |at: Point| (sheet.x(at.x) as f64 / 1e3, sheet.y(at.y) as f64 / 1e3);
            let (x, y) = place(inner);
            let [a, b, c, d, e, f] = matrix[..] else {
                panic!("{written}")
            };
            let lies = (a * x + c * y + e, b * x + d * y + f);
            assert_eq!(lies, place(stand.point(inner)), "{turn:?}");
        }
    }

    #[test]
    fn strings_escape_what_ends_them() {
        let sheet = Sheet::new(Size::new(Length::pt(10), Length::pt(10)), Length::ZERO);
        let mut canvas = Canvas::new(sheet, PdfColour::Rgb);
        canvas.show(&[(0x2829, 0), (0x5C0D, -7), (0x0102, 0)], Stand::Down);
        assert_eq!(canvas.finish().0, b"[(\\(\\)\\\\\\r)-7(\x01\x02)]TJ\n");
    }

    #[test]
    fn vertical_gaps_move_down_and_horizontal_ones_right() {
        let sheet = Sheet::new(Size::new(Length::pt(10), Length::pt(10)), Length::ZERO);
        for (stand, wanted) in [
            (Stand::Down, &b"[(AB)20(CD)]TJ\n"[..]),
            (Stand::Across, b"[(AB)-20(CD)]TJ\n"),
        ] {
            let mut canvas = Canvas::new(sheet, PdfColour::Rgb);
            canvas.show(&[(0x4142, 20), (0x4344, 0)], stand);
            assert_eq!(canvas.finish().0, wanted);
        }
    }
}
