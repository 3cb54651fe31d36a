//! A TrueType font program made from outlines: the tables that PDF asks of one, and no more.

/// Units in the em: half thousandths, so that the implied points of quadratic outlines are whole.
const UNITS: u16 = 2000;

/// Upper and lower edge of the em-box, as in the bundled faces, in thousandths.
const EM_BOX: (f32, f32) = (880.0, -120.0);

/// A closed contour.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Contour {
    /// Points in thousandths of the em, `y` up, each with whether it lies on the curve.
    pub(crate) points: Vec<([f32; 2], bool)>,
}

/// A glyph to be: its outline, filled by the non-zero rule, and its advance in thousandths of the
/// em.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Sketch {
    /// Its contours.
    pub(crate) contours: Vec<Contour>,
    /// Its advance.
    pub(crate) advance: i64,
}

/// A font of these glyphs, numbered from 0.
pub(crate) fn font_program(glyphs: &[Sketch]) -> Vec<u8> {
    let mut glyf = Vec::new();
    let mut loca = vec![0_u32];
    let mut metrics = Vec::new();
    let mut widest = 0;
    let (mut bounds, mut most) = (Bounds::default(), (0, 0));
    for glyph in glyphs {
        let outline: Vec<Vec<(i16, i16, bool)>> = glyph.contours.iter().map(in_units).collect();
        let own = Bounds::of(&outline);
        bounds = bounds.with(own);
        let advance = units(glyph.advance as f32).max(0);
        widest = widest.max(advance);
        metrics.extend(advance.to_be_bytes());
        metrics.extend(own.left.to_be_bytes());
        let points = outline.iter().map(Vec::len).sum::<usize>();
        most = (most.0.max(points), most.1.max(outline.len()));
        if points > 0 {
            glyf.extend(simple_glyph(&outline, own));
        }
        loca.push(glyf.len() as u32);
    }
    let count = glyphs.len() as u16;
    let (points, contours) = (most.0 as u16, most.1 as u16);
    assemble(&[
        (*b"glyf", glyf),
        (*b"head", head(bounds)),
        (*b"hhea", hhea(bounds, (widest, count))),
        (*b"hmtx", metrics),
        (
            *b"loca",
            loca.iter().flat_map(|at| at.to_be_bytes()).collect(),
        ),
        (
            *b"maxp",
            words(&[
                1, 0, count, points, contours, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0,
            ]),
        ),
    ])
}

/// The edges of ink, in units.
#[derive(Debug, Clone, Copy, Default)]
struct Bounds {
    left: i16,
    lower: i16,
    right: i16,
    upper: i16,
}

impl Bounds {
    fn of(outline: &[Vec<(i16, i16, bool)>]) -> Self {
        let points = || outline.iter().flatten();
        Self {
            left: points().map(|p| p.0).min().unwrap_or(0),
            lower: points().map(|p| p.1).min().unwrap_or(0),
            right: points().map(|p| p.0).max().unwrap_or(0),
            upper: points().map(|p| p.1).max().unwrap_or(0),
        }
    }

    fn with(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            lower: self.lower.min(other.lower),
            right: self.right.max(other.right),
            upper: self.upper.max(other.upper),
        }
    }
}

fn units(thousandths: f32) -> i16 {
    // The cast saturates; an outline that far out is no letter.
    (thousandths * f32::from(UNITS) / 1000.0).round() as i16
}

fn in_units(contour: &Contour) -> Vec<(i16, i16, bool)> {
    let point = |&([x, y], on): &([f32; 2], bool)| (units(x), units(y), on);
    contour.points.iter().map(point).collect()
}

/// A simple glyph (OpenType `glyf`), its coordinates as words.
fn simple_glyph(outline: &[Vec<(i16, i16, bool)>], bounds: Bounds) -> Vec<u8> {
    let mut out = Vec::new();
    let Bounds {
        left,
        lower,
        right,
        upper,
    } = bounds;
    for word in [outline.len() as i16, left, lower, right, upper] {
        out.extend(word.to_be_bytes());
    }
    let mut end = 0_u16;
    for contour in outline {
        end = end.wrapping_add(contour.len() as u16);
        out.extend(end.wrapping_sub(1).to_be_bytes());
    }
    out.extend([0, 0]); // no instructions
    let points = || outline.iter().flatten();
    out.extend(points().map(|point| u8::from(point.2)));
    for axis in [|p: &(i16, i16, bool)| p.0, |p: &(i16, i16, bool)| p.1] {
        let mut before = 0_i16;
        for value in points().map(axis) {
            out.extend(value.wrapping_sub(before).to_be_bytes());
            before = value;
        }
    }
    out.resize(out.len().next_multiple_of(4), 0);
    out
}

fn words(values: &[u16]) -> Vec<u8> {
    values.iter().flat_map(|v| v.to_be_bytes()).collect()
}

fn head(bounds: Bounds) -> Vec<u8> {
    let mut out = words(&[1, 0, 1, 0, 0, 0]); // version, revision, no checksum adjustment
    out.extend(0x5F0F_3CF5_u32.to_be_bytes());
    out.extend(words(&[0b11, UNITS])); // baseline at 0, bearings are the ink's edge
    out.extend([0; 16]); // no dates
    for edge in [bounds.left, bounds.lower, bounds.right, bounds.upper] {
        out.extend(edge.to_be_bytes());
    }
    out.extend(words(&[0, 8, 2, 1, 0])); // plain, 8 ppem, direction, long loca, glyf format 0
    out
}

fn hhea(bounds: Bounds, (widest, count): (i16, u16)) -> Vec<u8> {
    let mut out = words(&[1, 0]);
    let far = widest.saturating_sub(bounds.right);
    for value in [
        units(EM_BOX.0),
        units(EM_BOX.1),
        0,
        widest,
        bounds.left,
        far,
        bounds.right,
    ] {
        out.extend(value.to_be_bytes());
    }
    out.extend(words(&[1, 0, 0, 0, 0, 0, 0, 0, count])); // upright caret, an advance for each
    out
}

/// The file: table directory, then the tables, each on a multiple of four.
fn assemble(tables: &[([u8; 4], Vec<u8>)]) -> Vec<u8> {
    let count = tables.len() as u16;
    let power = count.ilog2() as u16;
    let range = 16 << power;
    let mut out = 0x0001_0000_u32.to_be_bytes().to_vec();
    out.extend(words(&[count, range, power, count * 16 - range]));
    let mut at = 12 + 16 * tables.len();
    for (tag, data) in tables {
        out.extend(tag);
        let sum = data.chunks(4).fold(0_u32, |sum, part| {
            let mut word = [0; 4];
            word[..part.len()].copy_from_slice(part);
            sum.wrapping_add(u32::from_be_bytes(word))
        });
        for value in [sum, at as u32, data.len() as u32] {
            out.extend(value.to_be_bytes());
        }
        at += data.len().next_multiple_of(4);
    }
    for (_, data) in tables {
        out.extend(data);
        out.resize(out.len().next_multiple_of(4), 0);
    }
    out
}

#[cfg(test)]
mod tests {
    use skrifa::raw::{FontRef, TableProvider};

    use super::*;

    #[test]
    fn what_is_written_can_be_read() {
        let triangle = Contour {
            points: vec![
                ([100.0, 0.5], true),
                ([500.0, 900.0], false),
                ([900.0, 0.5], true),
            ],
        };
        let bytes = font_program(&[
            Sketch::default(),
            Sketch {
                contours: vec![triangle],
                advance: 1250,
            },
        ]);
        let font = FontRef::new(&bytes).unwrap();
        assert_eq!(font.maxp().unwrap().num_glyphs(), 2);
        assert_eq!(font.head().unwrap().units_per_em(), UNITS);
        let hmtx = font.hmtx().unwrap();
        assert_eq!(hmtx.side_bearing(1_u32.into()), Some(200));
        assert_eq!(hmtx.advance(1_u32.into()), Some(2500));
        let (loca, glyf) = (font.loca(None).unwrap(), font.glyf().unwrap());
        assert!(loca.get_glyf(0_u32.into(), &glyf).unwrap().is_none());
        let glyph = loca.get_glyf(1_u32.into(), &glyf).unwrap().unwrap();
        assert_eq!(
            (glyph.x_min(), glyph.y_min(), glyph.x_max()),
            (200, 1, 1800)
        );
    }
}
