//! 字取り: a few Han characters spread over a length, the same blank between any two.

use crate::geom::Length;
use crate::layout::line::Line;

/// Words of so many characters may be spread (composition rules §15).
pub(crate) const FEW: std::ops::RangeInclusive<i32> = 2..=3;

/// Spreads words of few Han characters over so many em of their size; all others stay as they are.
pub(crate) fn spread_few(line: &mut Line, size: Length, em: i32) {
    if han_em(line, size).is_some_and(|own| FEW.contains(&own)) {
        spread(line, size * em);
    }
}

/// How many Han characters a line has, where it has nothing else.
pub(crate) fn han_em(line: &Line, size: Length) -> Option<i32> {
    let plain = line.beside.is_empty() && line.decorations.is_empty() && line.links.is_empty();
    let han = line.text.chars().all(is_han);
    let count = i32::try_from(line.glyphs.len()).ok()?;
    let solid = line.set.wide() == (size * count).wide();
    (plain && han && solid && count > 0).then_some(count)
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Spreads a line's characters over a length, the same blank between any two; it keeps its middle
/// or its head as it stood.
pub(crate) fn spread(line: &mut Line, length: Length) {
    let gaps = i64::try_from(line.glyphs.len()).unwrap_or(1) - 1;
    if gaps < 1 || length <= line.set {
        return;
    }
    let more = length - line.set;
    let by = |nth: i64| Length::from_wide(more.wide() * nth / gaps);
    let back = match line.start > Length::ZERO {
        true => (more / 2).min(line.start),
        false => Length::ZERO,
    };
    for (nth, glyph) in (0..).zip(&mut line.glyphs) {
        glyph.at += by(nth) - back;
        if nth < gaps {
            glyph.advance += by(nth + 1) - by(nth);
        }
    }
    line.start -= back;
    line.set += more;
    line.natural += more;
}
