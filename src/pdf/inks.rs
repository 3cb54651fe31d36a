//! Inks without a press: how CMYK that says nothing of its press looks on a screen.

use std::collections::BTreeMap;

use printpdf::{DictItem, ExternalStream};

use super::entry::name;

/// sRGB of the sixteen ways to print four inks on one another, fully or not at all: cyan changes
/// from one to the next, then magenta, then yellow, then black. Coated paper (FOGRA39L),
/// relative colorimetric with black-point compensation.
const PRINTED: [[u8; 3]; 16] = [
    [255, 255, 255],
    [0, 159, 227],
    [230, 0, 126],
    [49, 39, 131],
    [255, 237, 0],
    [0, 150, 64],
    [227, 6, 19],
    [50, 50, 48],
    [29, 29, 27],
    [0, 13, 31],
    [38, 0, 0],
    [4, 0, 11],
    [28, 29, 0],
    [0, 20, 0],
    [34, 0, 0],
    [0, 0, 0],
];

/// A space of four process inks that a reader shows in RGB, between the printed solids as the dots
/// of a screen mix (Neugebauer). So the stream of a CMYK picture stays as it is in a document whose
/// output is RGB, where DeviceCMYK is forbidden (ISO 19005-2, 6.2.4.3).
pub(crate) fn space() -> DictItem {
    let inks = ["Cyan", "Magenta", "Yellow", "Black"];
    let whole =
        |values: &[i64]| DictItem::Array(values.iter().map(|v| DictItem::Int(*v)).collect());
    let dict = BTreeMap::from([
        ("FunctionType".into(), DictItem::Int(0)),
        ("Domain".into(), whole(&[0, 1].repeat(inks.len()))),
        ("Range".into(), whole(&[0, 1].repeat(3))),
        ("Size".into(), whole(&[2; 4])),
        ("BitsPerSample".into(), DictItem::Int(8)),
    ]);
    let stream = ExternalStream {
        dict,
        content: PRINTED.concat(),
        compress: false,
    };
    DictItem::Array(vec![
        name("DeviceN"),
        DictItem::Array(inks.map(name).into()),
        name("DeviceRGB"),
        DictItem::Stream { stream },
    ])
}
