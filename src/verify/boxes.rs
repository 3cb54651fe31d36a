//! The boxes of pages: the trim inside the bleed inside the sheet (ISO 32000-1, 14.11.2; ISO 15930-7, 6.11).

use lopdf::{Dictionary, Object};

use super::faults::Faults;
use super::file::File;
use super::packet::Claims;
use crate::diag::Code;

/// Sides of a page of PDF/A-2, in points (ISO 19005-2, 6.1.13).
const SIDES: std::ops::RangeInclusive<f32> = 3.0..=14_400.0;

/// Looks at the boxes of every page.
pub(super) fn check(file: &File<'_>, claims: &Claims, faults: &mut Faults) {
    for page in &file.pages {
        let mut broken = |words: &'static str| faults.broken(Code::PdfBoxes, words, page.name());
        let area = |key: &[u8]| area(file, &page.dictionary, key);
        let Some(media) = area(b"MediaBox") else {
            broken("there is no MediaBox");
            continue;
        };
        let sides = [media[2] - media[0], media[3] - media[1]];
        if claims.archive.is_some() && sides.iter().any(|side| !SIDES.contains(side)) {
            broken("the sheet is smaller or larger than PDF/A allows");
        }
        let crop = area(b"CropBox").unwrap_or(media);
        let bleed = area(b"BleedBox").unwrap_or(crop);
        if !within(bleed, media) {
            broken("the BleedBox is not within the MediaBox");
        }
        match area(b"TrimBox") {
            Some(trim) if !within(trim, bleed) => {
                broken("the TrimBox is not within the BleedBox");
            }
            None if claims.press.is_some() => broken("there is no TrimBox"),
            _ => {}
        }
        if claims.press.is_some() && page.dictionary.has(b"ArtBox") {
            broken("a press page has a TrimBox and an ArtBox");
        }
    }
}

/// A box: left, bottom, right, top.
fn area(file: &File<'_>, page: &Dictionary, key: &[u8]) -> Option<[f32; 4]> {
    let numbers: Vec<f32> = file
        .array(page, key)?
        .iter()
        .filter_map(|number| file.follow(number).and_then(|n| Object::as_float(n).ok()))
        .collect();
    let [a, b, c, d] = <[f32; 4]>::try_from(numbers).ok()?;
    Some([a.min(c), b.min(d), a.max(c), b.max(d)])
}

/// Whether a box lies in another, a thousandth of a point not counted.
fn within(inner: [f32; 4], outer: [f32; 4]) -> bool {
    const SLACK: f32 = 0.001;
    inner[0] >= outer[0] - SLACK
        && inner[1] >= outer[1] - SLACK
        && inner[2] <= outer[2] + SLACK
        && inner[3] <= outer[3] + SLACK
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_lies_in_itself_and_in_a_larger_one() {
        let trim = [10.0, 10.0, 90.0, 90.0];
        assert!(within(trim, trim));
        assert!(within(trim, [0.0, 0.0, 100.0, 100.0]));
        assert!(!within(trim, [10.0, 11.0, 90.0, 90.0]));
    }
}
