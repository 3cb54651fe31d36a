//! Unicode's own test of UAX #14, for text without any tailoring.

use std::fmt::Write as _;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use banxin::rules::uax14::breaks;
use flate2::read::GzDecoder;

fn cases() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/suite/unicode/LineBreakTest-18.0.0.txt.gz");
    let mut text = String::new();
    GzDecoder::new(File::open(path).unwrap())
        .read_to_string(&mut text)
        .unwrap();
    text
}

/// A case as the file writes it: every character with `÷` or `×` before it and at the end.
fn written(chars: &[char]) -> String {
    let text: String = chars.iter().collect();
    let places: Vec<usize> = breaks(&text).into_iter().map(|(at, _)| at).collect();
    let mut out = String::new();
    let mut at = 0;
    for c in chars {
        let sign = if places.contains(&at) { '÷' } else { '×' };
        let _ = write!(out, "{sign} {:04X} ", u32::from(*c));
        at += c.len_utf8();
    }
    out.push(if places.contains(&at) { '÷' } else { '×' });
    out
}

#[test]
fn every_case_of_unicode_passes() {
    let text = cases();
    let mut count = 0;
    let mut wrong = Vec::new();
    for line in text.lines() {
        let (case, comment) = line.split_once('#').unwrap_or((line, ""));
        let case = case.trim();
        if case.is_empty() {
            continue;
        }
        count += 1;
        let chars: Vec<char> = case
            .split(' ')
            .filter_map(|word| char::from_u32(u32::from_str_radix(word, 16).ok()?))
            .collect();
        let found = written(&chars);
        if found != case {
            let told = format!("{case}\n{found}\n{comment}");
            wrong.push(told);
        }
    }
    assert!(count > 19_000, "{count} cases were read");
    let told: Vec<&String> = wrong.iter().take(20).collect();
    assert!(
        wrong.is_empty(),
        "{} of {count} cases differ: {told:#?}",
        wrong.len()
    );
}
