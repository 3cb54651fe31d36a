//! Rows of pixels as differences from their neighbours, as PNG and PDF both read them.

use std::collections::BTreeMap;

use printpdf::DictItem;

/// Rows that each name their own predictor (ISO 32000-2, 7.4.4.4), as those of PNG do.
pub(crate) fn row_parameters(
    columns: u32,
    channels: usize,
    bits: u8,
) -> BTreeMap<String, DictItem> {
    BTreeMap::from([
        ("Predictor".into(), DictItem::Int(15)),
        ("Colors".into(), DictItem::Int(channels as i64)),
        ("BitsPerComponent".into(), DictItem::Int(bits.into())),
        ("Columns".into(), DictItem::Int(columns.into())),
    ])
}

/// The filters of a row (PNG, 9.2), by their numbers.
const FILTERS: [fn([u8; 3]) -> u8; 5] = [
    |_| 0,
    |[left, ..]| left,
    |[_, above, _]| above,
    |[left, above, _]| ((u16::from(left) + u16::from(above)) / 2) as u8,
    paeth,
];

/// Which of left, above and upper left is nearest to left + above - upper left (PNG, 9.4).
fn paeth([left, above, corner]: [u8; 3]) -> u8 {
    let (a, b, c) = (i16::from(left), i16::from(above), i16::from(corner));
    let (to_left, to_above, to_corner) = ((b - c).abs(), (a - c).abs(), (a + b - 2 * c).abs());
    if to_left <= to_above && to_left <= to_corner {
        left
    } else if to_above <= to_corner {
        above
    } else {
        corner
    }
}

/// Rows of `row` bytes, each as differences by the filter that leaves the least (PNG, 12.7);
/// `step` bytes make a pixel.
pub(crate) fn filtered(samples: &[u8], row: usize, step: usize) -> Vec<u8> {
    let (row, step) = (row.max(1), step.max(1));
    let mut out = Vec::with_capacity(samples.len() + samples.len() / row + 1);
    let first = vec![0; row];
    let above = std::iter::once(&first[..]).chain(samples.chunks_exact(row));
    let mut tried = vec![0; row];
    let mut best = vec![0; row];
    for (line, above) in samples.chunks_exact(row).zip(above) {
        let (mut least, mut chosen) = (u64::MAX, 0);
        for (number, predicted) in (0_u8..).zip(FILTERS) {
            let mut sum = 0;
            for at in 0..row {
                let back = |values: &[u8]| at.checked_sub(step).map_or(0, |left| values[left]);
                let difference =
                    line[at].wrapping_sub(predicted([back(line), above[at], back(above)]));
                tried[at] = difference;
                sum += u64::from(difference.cast_signed().unsigned_abs());
            }
            if sum < least {
                (least, chosen) = (sum, number);
                std::mem::swap(&mut tried, &mut best);
            }
        }
        out.push(chosen);
        out.extend_from_slice(&best);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filtered_rows_can_be_undone() {
        let samples: Vec<u8> = (0..90_u32).map(|n| (n * n * 7 % 251) as u8).collect();
        let rows = filtered(&samples, 15, 3);
        assert_eq!(rows.len(), 96);
        let mut restored: Vec<u8> = Vec::new();
        for line in rows.chunks_exact(16) {
            let start = restored.len();
            for (at, value) in line[1..].iter().enumerate() {
                let get = |back: usize| {
                    let place = (start + at).checked_sub(back)?;
                    restored.get(place).copied()
                };
                let left = if at >= 3 { get(3) } else { None };
                let corner = if at >= 3 { get(18) } else { None };
                let near = [left, get(15), corner].map(Option::unwrap_or_default);
                restored.push(value.wrapping_add(FILTERS[usize::from(line[0])](near)));
            }
        }
        assert_eq!(restored, samples);
    }
}
