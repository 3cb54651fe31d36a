//! A font made for one document: framed boxes with the code points of characters no face has.

use super::sfnt::{Contour, Sketch};

/// Rows of the hexadecimal digits, three dots wide and five high, most significant bit left.
const DIGITS: [[u8; 5]; 16] = [
    [0b111, 0b101, 0b101, 0b101, 0b111],
    [0b010, 0b110, 0b010, 0b010, 0b111],
    [0b111, 0b001, 0b111, 0b100, 0b111],
    [0b111, 0b001, 0b111, 0b001, 0b111],
    [0b101, 0b101, 0b111, 0b001, 0b001],
    [0b111, 0b100, 0b111, 0b001, 0b111],
    [0b111, 0b100, 0b111, 0b101, 0b111],
    [0b111, 0b001, 0b010, 0b010, 0b010],
    [0b111, 0b101, 0b111, 0b101, 0b111],
    [0b111, 0b101, 0b111, 0b001, 0b111],
    [0b111, 0b101, 0b111, 0b101, 0b101],
    [0b110, 0b101, 0b110, 0b101, 0b110],
    [0b111, 0b100, 0b100, 0b100, 0b111],
    [0b110, 0b101, 0b101, 0b101, 0b110],
    [0b111, 0b100, 0b111, 0b100, 0b111],
    [0b111, 0b100, 0b111, 0b100, 0b100],
];

/// The frame's outer edges: left, lower, right, upper; and its thickness.
const FRAME: Rectangle = [50, -70, 950, 830];
const THICKNESS: i16 = 40;

/// A rectangle in thousandths of the em: left, lower, right, upper edge.
type Rectangle = [i16; 4];

/// The box for a code point, in an em-box of one em.
pub(crate) fn box_sketch(code: u32) -> Sketch {
    Sketch {
        contours: contours(code),
        advance: 1000,
    }
}

/// The frame, and the digits of a code point in two rows inside it: clockwise contours are ink.
fn contours(code: u32) -> Vec<Contour> {
    let inner = [
        FRAME[0] + THICKNESS,
        FRAME[1] + THICKNESS,
        FRAME[2] - THICKNESS,
        FRAME[3] - THICKNESS,
    ];
    let mut all = vec![clockwise(FRAME), counter_clockwise(inner)];
    let digits = format!("{code:04X}");
    let columns = digits.len().div_ceil(2) as i16;
    // Dots of the grid: three a digit and one between, five a row and two between.
    let unit = ((inner[2] - inner[0]) / (columns * 4 + 1)).min(60);
    let (wide, high) = ((columns * 4 - 1) * unit, 12 * unit);
    let left = (inner[0] + inner[2] - wide) / 2;
    let top = (inner[1] + inner[3] + high) / 2;
    for (place, digit) in digits.chars().filter_map(|c| c.to_digit(16)).enumerate() {
        let place = place as i16;
        let x = left + place % columns * 4 * unit;
        let y = top - place / columns * 7 * unit;
        for (row, dots) in (0_i16..).zip(DIGITS[digit as usize]) {
            for (from, to) in runs(dots) {
                let upper = y - row * unit;
                let dots = [x + from * unit, upper - unit, x + to * unit, upper];
                all.push(clockwise(dots));
            }
        }
    }
    all
}

/// The stretches of set dots in a row of three.
fn runs(dots: u8) -> Vec<(i16, i16)> {
    let set = |place: i16| place < 3 && dots >> (2 - place) & 1 == 1;
    let starts = (0..3).filter(|p| set(*p) && (*p == 0 || !set(p - 1)));
    starts
        .map(|start| (start, (start..=3).find(|p| !set(*p)).unwrap_or(3)))
        .collect()
}

fn clockwise([left, lower, right, upper]: Rectangle) -> Contour {
    contour([(left, lower), (left, upper), (right, upper), (right, lower)])
}

fn counter_clockwise([left, lower, right, upper]: Rectangle) -> Contour {
    contour([(left, lower), (right, lower), (right, upper), (left, upper)])
}

fn contour(corners: [(i16, i16); 4]) -> Contour {
    Contour {
        points: corners
            .map(|(x, y)| ([f32::from(x), f32::from(y)], true))
            .to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_digits_stay_inside_the_frame() {
        for code in [0x20, 0x2_BB37, 0x10_FFFF] {
            let digits = contours(code).into_iter().skip(2);
            for ([x, y], _) in digits.flat_map(|contour| contour.points) {
                assert!(
                    (90.0..=910.0).contains(&x) && (-30.0..=790.0).contains(&y),
                    "{x} {y}"
                );
            }
        }
    }

    #[test]
    fn codes_look_different() {
        assert_ne!(contours(0x4E00), contours(0x4E01));
    }
}
