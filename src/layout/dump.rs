//! A layout as JSON for other programs and as stable text for tests.

use std::fmt::Write as _;

use crate::diag::{Sources, Span};
use crate::geom::{Em, Length, Point, Size};

use super::frame::{Frame, Item, Layout, Page, Side, Turn};
use super::line::{Line, SetGlyph};
use super::stand::Stand;

/// The layout as `banxin inspect --format json` prints it.
///
/// Places count from the trim's upper left corner in points; a frame's lines are those that stand
/// in it directly, and frames inside it follow it in the list. Each line tells its origin beside
/// what `inspect lines` tells of it.
#[must_use]
pub fn json(layout: &Layout, sources: &Sources) -> String {
    let mut out = String::from("{\"pages\":[");
    for (at, page) in layout.pages.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        out.push('\n');
        json_page(page, sources, &mut out);
    }
    out.push_str("\n]}\n");
    out
}

fn json_page(page: &Page, sources: &Sources, out: &mut String) {
    let _ = write!(
        out,
        "{{\"number\":{},\"side\":\"{}\",\"trim_pt\":[{},{}],\"frames\":[",
        quoted(&page.number),
        side(page.side),
        points(page.trim.width),
        points(page.trim.height)
    );
    let mut frames = Vec::new();
    gather(&page.frame, Stand::PAGE, &mut frames);
    for (at, lies) in frames.into_iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        out.push('\n');
        json_frame(&lies, sources, out);
    }
    out.push_str("]}");
}

/// Where a frame lies on the page: its corner, its extent, and its inside.
struct Lies<'f> {
    corner: Point,
    size: Size,
    inside: Stand,
    frame: &'f Frame,
}

/// Every frame inside a frame, a parent before its children, with its corner on the page.
fn gather<'f>(frame: &'f Frame, stand: Stand, frames: &mut Vec<Lies<'f>>) {
    for (at, item) in &frame.items {
        if let Item::Group(inner) = item {
            let inside = stand.inside(*at, inner);
            frames.push(Lies {
                corner: stand.corner(*at, inner.size),
                size: stand.turn.extent(inner.size),
                inside,
                frame: inner,
            });
            gather(inner, inside, frames);
        }
    }
}

fn json_frame(lies: &Lies<'_>, sources: &Sources, out: &mut String) {
    let Lies {
        corner,
        size,
        inside,
        frame,
    } = lies;
    let _ = write!(out, "{{\"kind\":\"{}\",\"article\":", frame.kind.name());
    match &frame.article {
        Some(article) => out.push_str(&quoted(article)),
        None => out.push_str("null"),
    }
    let _ = write!(
        out,
        ",\"x_pt\":{},\"y_pt\":{},\"w_pt\":{},\"h_pt\":{},",
        points(corner.x),
        points(corner.y),
        points(size.width),
        points(size.height)
    );
    if inside.turn != Turn::None {
        let _ = write!(out, "\"turn\":\"{}\",", inside.turn.name());
    }
    out.push_str("\"lines\":[");
    let lines = frame.items.iter().filter_map(|(at, item)| match item {
        Item::Line(line) => Some((inside.point(*at), line)),
        _ => None,
    });
    for (nth, (origin, line)) in lines.enumerate() {
        if nth > 0 {
            out.push(',');
        }
        let _ = write!(
            out,
            "\n{{\"x_pt\":{},\"y_pt\":{},{}}}",
            points(origin.x),
            points(origin.y),
            line_members(line)
        );
    }
    out.push_str("],\"source\":");
    match frame.source.and_then(|span| place(span, sources)) {
        Some((file, line)) => {
            let _ = write!(out, "{{\"file\":{},\"line\":{line}}}", quoted(file));
        }
        None => out.push_str("null"),
    }
    out.push('}');
}

fn place(span: Span, sources: &Sources) -> Option<(&str, usize)> {
    let source = sources.get(span.file)?;
    Some((&source.name, sources.place(span.file, span.start).line))
}

/// One line as `inspect lines` and `inspect --format json` tell it.
///
/// Lengths are in em of the line's size, of a glyph's in em of the glyph's.
#[must_use]
pub fn line(line: &Line) -> String {
    format!("{{{}}}", line_members(line))
}

fn line_members(line: &Line) -> String {
    let mut out = format!(
        "\"text\":{},\"natural_em\":{},\"set_em\":{},\"hang_em\":{},\"glyphs\":[",
        quoted(&line.text),
        ems(line.natural.in_em(line.size)),
        ems(line.set.in_em(line.size)),
        ems(line.hang.in_em(line.size))
    );
    for (at, glyph) in line.glyphs.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        let _ = write!(
            out,
            "{{\"text\":{},\"gid\":{},\"advance_em\":{},\"offset_em\":{},\"orientation\":\"{}\"}}",
            quoted(text_of(line, glyph)),
            glyph.id,
            ems(glyph.advance.in_em(glyph.size)),
            ems(glyph.offset.inline.in_em(glyph.size)),
            glyph.orientation.name()
        );
    }
    out.push(']');
    out
}

fn text_of<'l>(line: &'l Line, glyph: &SetGlyph) -> &'l str {
    line.text.get(glyph.range()).unwrap_or("")
}

/// The layout as text with one fact a line and every length in thousandths of a point: the form
/// in which tests keep pages.
#[must_use]
pub fn text(layout: &Layout) -> String {
    let mut out = String::new();
    for page in &layout.pages {
        let _ = writeln!(
            out,
            "page {} {} {}×{}",
            page.number,
            side(page.side),
            page.trim.width.milli(),
            page.trim.height.milli()
        );
        text_frame(&page.frame, (Stand::PAGE, 1), &mut out);
    }
    for bookmark in &layout.bookmarks {
        let _ = writeln!(
            out,
            "bookmark {}{} → {} {}",
            "  ".repeat(usize::from(bookmark.depth)),
            bookmark.title,
            bookmark.page,
            corner(bookmark.at)
        );
    }
    out
}

fn text_frame(frame: &Frame, (stand, depth): (Stand, usize), out: &mut String) {
    let indent = "  ".repeat(depth);
    for (at, item) in &frame.items {
        let place = stand.point(*at);
        let boxed = |size: Size| {
            let lies = stand.turn.extent(size);
            format!(
                "{} {}×{}",
                corner(stand.corner(*at, size)),
                lies.width.milli(),
                lies.height.milli()
            )
        };
        let _ = write!(out, "{indent}");
        let _ = match item {
            Item::Line(line) => {
                text_line(line, place, out);
                Ok(())
            }
            Item::Rule(rule) => {
                let tint = if rule.ink.0 == 1000 { "" } else { " tint" };
                writeln!(out, "rule {}{tint}", boxed(rule.size))
            }
            Item::Image { path, size, .. } => writeln!(out, "image {} {path}", boxed(*size)),
            Item::Group(inner) => {
                let turn = match inner.turn {
                    Turn::None => String::new(),
                    turn => format!(" turned {}", turn.name()),
                };
                let name = inner.kind.name();
                let _ = writeln!(out, "{name} {}{turn}", boxed(inner.size));
                text_frame(inner, (stand.inside(*at, inner), depth + 1), out);
                Ok(())
            }
            Item::Anchor(id) => writeln!(out, "anchor {} {id}", corner(place)),
        };
    }
}

fn text_line(line: &Line, at: Point, out: &mut String) {
    let _ = write!(
        out,
        "line {} size {} start {} set {}",
        corner(at),
        line.size.milli(),
        line.start.milli(),
        line.set.milli()
    );
    if line.natural != line.set {
        let _ = write!(out, " natural {}", line.natural.milli());
    }
    if line.hang != Length::ZERO {
        let _ = write!(out, " hang {}", line.hang.milli());
    }
    let _ = writeln!(out, " {}", line.text);
}

fn corner(at: Point) -> String {
    format!("{},{}", at.x.milli(), at.y.milli())
}

fn side(side: Side) -> &'static str {
    match side {
        Side::Left => "left",
        Side::Right => "right",
    }
}

/// A length in points, as JSON writes it.
fn points(length: Length) -> String {
    thousandths(length.milli())
}

fn ems(em: Em) -> String {
    thousandths(em.milli())
}

/// A number of thousandths as a decimal without needless zeros.
fn thousandths(milli: i32) -> String {
    let sign = if milli < 0 { "-" } else { "" };
    let (whole, part) = (milli.unsigned_abs() / 1000, milli.unsigned_abs() % 1000);
    if part == 0 {
        return format!("{sign}{whole}");
    }
    let part = format!("{part:03}");
    format!("{sign}{whole}.{}", part.trim_end_matches('0'))
}

/// A JSON string.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals() {
        assert_eq!(thousandths(1500), "1.5");
        assert_eq!(thousandths(-30), "-0.03");
        assert_eq!(thousandths(2000), "2");
    }

    #[test]
    fn strings_are_escaped() {
        assert_eq!(quoted("「\"\n」"), "\"「\\\"\\n」\"");
    }
}
