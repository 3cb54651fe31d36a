//! The typographic cover: title, subtitle, writers and publisher on a bound board, for a publication without a picture of its own.

use crate::diag::Span;
use crate::font::{FaceRole, Faces, Weight};
use crate::geom::{Length, Logical, Point, Size, WritingMode};
use crate::model::{Book, Inline};

use super::frame::{Frame, FrameKind, Ink, Item, Rule};
use super::grid::PageGrid;
use super::inline::{Composer, Setting, TextAlign};
use super::line::Line;

/// The board, the cloth along its back, and paper, as inks.
const BOARD: Ink = Ink(90);
const CLOTH: Ink = Ink(720);
const PAPER: Ink = Ink(0);
/// Width of the cloth and of the board's free edges, in thousandths of the cover's width.
const BACK: i64 = 75;
const EDGE: i64 = 95;
/// The title slip (題簽) starts this far from the head, in thousandths of the height.
const SLIP_AT: i64 = 95;
/// Sizes of the title, in thousandths of the cover's width: the largest that takes few lines.
const TITLE: [i64; 10] = [165, 145, 126, 110, 96, 84, 73, 64, 56, 48];
/// A title of more lines than this is set in the next smaller size.
const TITLE_LINES: usize = 2;
/// Sizes of the subtitle and of names, in the same measure.
const SUBTITLE: [i64; 4] = [58, 50, 44, 38];
const NAMES: [i64; 3] = [48, 42, 36];
/// From line to line, in thousandths of the size.
const PITCH: i64 = 1350;
/// After these a title is parted first.
const SENSE: [char; 3] = ['：', '\u{3000}', ':'];
/// The slip's two rules: heavy outside, fine inside, in thousandths of the cover's width.
const HEAVY: i64 = 5;
const FINE: i64 = 1;
/// From the heavy rule to the fine one, and from that to the type, in the same measure.
const BETWEEN: i64 = 9;
const INSIDE: i64 = 36;

/// The cover of a publication at a trimmed size, bound at the right where lines are vertical.
///
/// It holds lines and rules only. Names that do not fit are left to the title page.
///
/// ```
/// use banxin::geom::{Length, Size, WritingMode};
/// let publication = banxin::Publication::open("book", &Default::default())?.value;
/// let size = Size::new(Length::mm(148), Length::mm(210));
/// let cover = banxin::layout::cover(
///     &publication.book,
///     &publication.faces,
///     (WritingMode::VerticalRl, size),
/// );
/// assert_eq!(cover.size, size);
/// # Ok::<(), banxin::Error>(())
/// ```
#[must_use]
pub fn cover(book: &Book, faces: &Faces, (mode, trim): (WritingMode, Size)) -> Frame {
    let composer = Composer::new(faces, &book.style);
    let designer = Designer {
        book,
        composer: &composer,
        trim,
        mode,
    };
    designer.cover()
}

struct Designer<'a> {
    book: &'a Book,
    composer: &'a Composer<'a>,
    trim: Size,
    mode: WritingMode,
}

/// Words to be set on the cover.
#[derive(Clone, Copy)]
struct Piece<'a> {
    text: &'a str,
    kind: FrameKind,
    /// Sizes in thousandths of the cover's width, the largest first.
    sizes: &'a [i64],
    /// The most lines that it should take.
    most: usize,
    measure: Length,
    mode: WritingMode,
}

/// Lines of one size in one face, before they have their place.
struct Copy {
    kind: FrameKind,
    size: Length,
    lines: Vec<Line>,
}

impl Copy {
    /// Extent along and across its lines.
    fn extent(&self) -> Logical<Length> {
        let longest = self.lines.iter().map(|line| line.set).max();
        let count = i32::try_from(self.lines.len()).unwrap_or(i32::MAX);
        let pitch = self.size.scale(PITCH, 1000);
        let across = (pitch * count - (pitch - self.size)).at_least_zero();
        Logical::new(longest.unwrap_or(Length::ZERO), across)
    }
}

impl Designer<'_> {
    fn part(&self, thousandths: i64) -> Length {
        self.trim.width.scale(thousandths, 1000)
    }

    fn cover(&self) -> Frame {
        let mut frame = Frame::new(FrameKind::Figure, self.trim);
        field(&mut frame, Point::ORIGIN, self.trim, BOARD);
        let back = Size::new(self.part(BACK), self.trim.height);
        let left = if self.mode.is_vertical() {
            self.trim.width - back.width
        } else {
            Length::ZERO
        };
        field(&mut frame, Point::new(left, Length::ZERO), back, CLOTH);
        let foot = self.foot(&mut frame);
        if self.mode.is_vertical() {
            self.vertical(&mut frame, foot);
        } else {
            self.horizontal(&mut frame, foot);
        }
        frame
    }

    /// The board beside the cloth, from edge to edge.
    fn board(&self) -> (Length, Length) {
        let (edge, back) = (self.part(EDGE), self.part(BACK));
        if self.mode.is_vertical() {
            (edge, self.trim.width - back - edge)
        } else {
            (back + edge, self.trim.width - edge)
        }
    }

    /// The publisher in the middle of the foot; gives the head of its line.
    fn foot(&self, frame: &mut Frame) -> Length {
        let meta = &self.book.meta;
        let issue = meta.issue.as_ref().and_then(|i| i.publication.as_ref());
        let head = self.trim.height - self.trim.height.scale(SLIP_AT, 1000);
        let Some(name) = meta.publisher.as_ref().or(issue) else {
            return head;
        };
        let (from, to) = self.board();
        let copy = self.set(&Piece {
            text: name,
            kind: FrameKind::Credit,
            sizes: &NAMES,
            most: 1,
            measure: to - from,
            mode: WritingMode::HorizontalTb,
        });
        let at = head - copy.size;
        self.stack(frame, copy, Point::new(from, at), to - from);
        at
    }

    /// The slip at the upper left, names in a column at its right.
    fn vertical(&self, frame: &mut Frame, foot: Length) {
        let meta = &self.book.meta;
        let top = self.trim.height.scale(SLIP_AT, 1000);
        let pad = self.part(HEAVY + BETWEEN + FINE + INSIDE);
        let (from, to) = self.board();
        let names = self.names();
        let kept = if names.is_empty() {
            Length::ZERO
        } else {
            self.part(NAMES[0] * 2)
        };
        let measure = (foot - top).scale(860, 1000) - pad * 2;
        let room = to - from - kept - pad * 2;
        let title = self.title(measure, room.scale(700, 1000));
        let mut width = title.extent().block;
        let subtitle = meta.subtitle.as_ref().map(|text| {
            let copy = self.small(&Piece {
                text,
                kind: FrameKind::Deck,
                sizes: &SUBTITLE,
                most: 2,
                measure,
                mode: WritingMode::VerticalRl,
            });
            width += copy.size.scale(700, 1000) + copy.extent().block;
            copy
        });
        let along = subtitle.iter().map(|copy| copy.extent().inline);
        let length = along
            .fold(title.extent().inline, Length::max)
            .max(self.trim.height.scale(240, 1000))
            .min(measure);
        let slip = Size::new(width + pad * 2, length + pad * 2);
        self.slip(frame, Point::new(from, top), slip);
        let right = from + slip.width - pad;
        let spare = (length - title.extent().inline).at_least_zero() / 2;
        let after = right - title.extent().block;
        self.columns(frame, title, Point::new(right, top + pad + spare));
        if let Some(copy) = subtitle {
            // It ends where the slip's inside ends, as a signature would.
            let right = after - copy.size.scale(700, 1000);
            let down = (length - copy.extent().inline).at_least_zero();
            self.columns(frame, copy, Point::new(right, top + pad + down));
        }
        if !names.is_empty() {
            let most = foot - top - self.part(EDGE);
            let copy = self.small(&Piece {
                text: &names,
                kind: FrameKind::Credit,
                sizes: &NAMES,
                most: 2,
                measure: most,
                mode: WritingMode::VerticalRl,
            });
            let bottom = foot - self.part(EDGE);
            let down = (bottom - copy.extent().inline).max(top);
            self.columns(frame, copy, Point::new(to, down));
        }
    }

    /// The slip over the board's width, names under it.
    fn horizontal(&self, frame: &mut Frame, foot: Length) {
        let meta = &self.book.meta;
        let top = self.trim.height.scale(SLIP_AT, 1000);
        let pad = self.part(HEAVY + BETWEEN + FINE + INSIDE);
        let (from, to) = self.board();
        let measure = to - from - pad * 2;
        let room = (foot - top).scale(520, 1000) - pad * 2;
        let title = self.title(measure, room);
        let air = self.part(INSIDE);
        let mut height = title.extent().block + air * 2;
        let subtitle = meta.subtitle.as_ref().map(|text| {
            let copy = self.small(&Piece {
                text,
                kind: FrameKind::Deck,
                sizes: &SUBTITLE,
                most: 3,
                measure,
                mode: WritingMode::HorizontalTb,
            });
            height += copy.size + copy.extent().block;
            copy
        });
        let slip = Size::new(to - from, height + pad * 2);
        self.slip(frame, Point::new(from, top), slip);
        let mut at = Point::new(from + pad, top + pad + air);
        let down = title.extent().block;
        self.stack(frame, title, at, measure);
        if let Some(copy) = subtitle {
            at.y += down + copy.size;
            self.stack(frame, copy, at, measure);
        }
        let names = self.names();
        if !names.is_empty() {
            let copy = self.small(&Piece {
                text: &names,
                kind: FrameKind::Credit,
                sizes: &NAMES,
                most: 3,
                measure,
                mode: WritingMode::HorizontalTb,
            });
            let at = Point::new(from + pad, top + slip.height + copy.size.scale(1500, 1000));
            if at.y + copy.extent().block < foot {
                self.stack(frame, copy, at, measure);
            }
        }
    }

    /// Who made the publication, in one line.
    fn names(&self) -> String {
        let credits = self.book.meta.credits.iter();
        let names: Vec<&str> = credits
            .filter(|credit| credit.role.is_creator())
            .map(|credit| credit.name.as_str())
            .collect();
        names.join("\u{3000}")
    }

    /// The title in the largest size in which it takes few lines and keeps to its room, else in
    /// the largest that keeps to its room, else in the least.
    fn title(&self, measure: Length, room: Length) -> Copy {
        let piece = Piece {
            text: &self.book.meta.title,
            kind: FrameKind::Headline,
            sizes: &TITLE,
            most: TITLE_LINES,
            measure,
            mode: self.mode,
        };
        let mut of_many_lines = None;
        for size in &TITLE {
            let sizes = std::slice::from_ref(size);
            let copy = self.set(&Piece { sizes, ..piece });
            if copy.extent().block > room {
                continue;
            }
            if copy.lines.len() <= TITLE_LINES {
                return copy;
            }
            of_many_lines = of_many_lines.or(Some(copy));
        }
        let least = &TITLE[TITLE.len() - 1..];
        of_many_lines.unwrap_or_else(|| {
            self.set(&Piece {
                sizes: least,
                ..piece
            })
        })
    }

    /// A piece on one line where one of its sizes allows it, else on as many as it may take.
    fn small(&self, piece: &Piece<'_>) -> Copy {
        let one = self.set(&Piece { most: 1, ..*piece });
        if one.lines.len() <= 1 {
            return one;
        }
        self.set(piece)
    }

    /// A piece in the largest of its sizes in which it takes no more lines than it may. What needs
    /// more than one is parted after a colon or a blank where its parts fit, so that lines end
    /// with the sense.
    fn set(&self, piece: &Piece<'_>) -> Copy {
        let text = piece.text;
        let whole = [text];
        let parts: Vec<&str> = text
            .split_inclusive(SENSE)
            .filter(|part| !part.trim().is_empty())
            .collect();
        let style = &self.book.style;
        let (role, weight) = match piece.kind {
            FrameKind::Headline => (FaceRole::Heading, Weight::Bold),
            _ => (FaceRole::Body, Weight::Regular),
        };
        let mut copy = Copy {
            kind: piece.kind,
            size: Length::ZERO,
            lines: Vec::new(),
        };
        for size in piece.sizes {
            let size = self.part(*size);
            let setting = Setting {
                size,
                role,
                weight,
                mode: piece.mode,
                align: TextAlign::Start,
                ..Setting::new(style, &self.book.meta.language, piece.measure.max(size))
            };
            let lines = |parts: &[&str]| -> Vec<Line> {
                let set = parts.iter().map(|part| {
                    let text = [Inline::Text {
                        text: part.trim().to_owned(),
                        span: Span::default(),
                    }];
                    self.composer.paragraph(&text, &setting).value
                });
                set.flatten().collect()
            };
            copy.size = size;
            copy.lines = lines(&whole);
            if copy.lines.len() > 1 && parts.len() > 1 {
                let parted = lines(&parts);
                if parted.len() <= copy.lines.len().max(parts.len()) {
                    copy.lines = parted;
                }
            }
            if copy.lines.len() <= piece.most {
                break;
            }
        }
        copy
    }

    /// White paper with a heavy rule and a fine one inside it.
    fn slip(&self, frame: &mut Frame, at: Point, size: Size) {
        field(frame, at, size, PAPER);
        let inset = self.part(HEAVY + BETWEEN);
        for (by, weight) in [(Length::ZERO, HEAVY), (inset, FINE)] {
            let inner = Size::new(size.width - by * 2, size.height - by * 2);
            let weight = self.part(weight).max(Length::from_milli(250));
            let (across, down) = (
                Size::new(inner.width, weight),
                Size::new(weight, inner.height),
            );
            let corner = at + Point::new(by, by);
            for (shift, size) in [
                (Point::ORIGIN, across),
                (Point::new(inner.width - weight, Length::ZERO), down),
                (Point::new(Length::ZERO, inner.height - weight), across),
                (Point::ORIGIN, down),
            ] {
                field(frame, corner + shift, size, Ink::BLACK);
            }
        }
    }

    /// Vertical lines from a corner at their upper right.
    fn columns(&self, frame: &mut Frame, copy: Copy, corner: Point) {
        let extent = copy.extent();
        let size = Size::new(extent.block, extent.inline);
        let mut inner = Frame::new(copy.kind, size);
        let pitch = copy.size.scale(PITCH, 1000);
        let mut right = size.width;
        for line in copy.lines {
            let x = right - PageGrid::axis(copy.size / 2, copy.size, line.mode);
            inner.push(Point::new(x, Length::ZERO), Item::Line(line));
            right -= pitch;
        }
        let at = Point::new(corner.x - size.width, corner.y);
        frame.push(at, Item::Group(inner));
    }

    /// Horizontal lines, each in the middle of a measure.
    fn stack(&self, frame: &mut Frame, copy: Copy, corner: Point, measure: Length) {
        let size = Size::new(measure, copy.extent().block);
        let mut inner = Frame::new(copy.kind, size);
        let pitch = copy.size.scale(PITCH, 1000);
        let mut top = Length::ZERO;
        for line in copy.lines {
            let x = (measure - line.set) / 2;
            let y = top + PageGrid::axis(copy.size / 2, copy.size, line.mode);
            inner.push(Point::new(x, y), Item::Line(line));
            top += pitch;
        }
        frame.push(corner, Item::Group(inner));
    }
}

fn field(frame: &mut Frame, at: Point, size: Size, ink: Ink) {
    frame.push(at, Item::Rule(Rule { size, ink }));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::Memory;
    use crate::manuscript::{Request, read};

    fn book(title: &str) -> Book {
        let config =
            format!("[book]\ntitle = \"{title}\"\nsubtitle = \"副題\"\nauthors = [\"某人\"]\n");
        let files = Memory::new([
            ("book.toml", config.into_bytes()),
            ("articles/1.md", "# 一\n\n文。\n".into()),
        ]);
        read(&files, &Request::default()).unwrap().value.book
    }

    fn texts(frame: &Frame) -> Vec<(FrameKind, String)> {
        frame
            .items
            .iter()
            .filter_map(|(_, item)| match item {
                Item::Group(inner) => Some((
                    inner.kind,
                    inner
                        .items
                        .iter()
                        .filter_map(|(_, item)| match item {
                            Item::Line(line) => Some(line.text.clone()),
                            _ => None,
                        })
                        .collect::<Vec<_>>()
                        .join("|"),
                )),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn long_titles_are_parted_by_their_sense_and_keep_to_the_board() {
        let size = Size::new(Length::mm(148), Length::mm(210));
        let faces = Faces::bundled();
        for mode in [WritingMode::VerticalRl, WritingMode::HorizontalTb] {
            let book = book("一部書名很長的書：從排版的黃昏到黎明");
            let cover = cover(&book, &faces, (mode, size));
            let found = texts(&cover);
            assert!(
                found.contains(&(
                    FrameKind::Headline,
                    "一部書名很長的書：|從排版的黃昏到黎明".into()
                )),
                "{found:?}"
            );
            for (at, item) in &cover.items {
                if let Item::Group(inner) = item {
                    assert!(at.x >= Length::ZERO && at.x + inner.size.width <= size.width);
                    assert!(at.y >= Length::ZERO && at.y + inner.size.height <= size.height);
                }
            }
        }
    }
}
