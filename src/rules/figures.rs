//! How one word stands in a vertical line: numbers, ranges, codes, acronyms, by their form alone.

use crate::model::style::{Acronym, LongDigits};
use crate::model::{Style, Tradition};

use super::class::is_attached;

/// How a token stands in a vertical line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Setting {
    /// Each character in its own cell, upright or turned as UAX #50 has it: Chinese and Japanese
    /// text.
    Upright,
    /// Turned a quarter clockwise as a whole: Western words, long numbers; small letters among
    /// them.
    Rotated,
    /// The same without small letters: it stands on the axis by the height of its capitals.
    RotatedCapitals,
    /// 縱中橫: side by side in one cell.
    Combined,
    /// Western characters upright, one a cell.
    Stacked,
    /// A dash or tilde between two numbers that stand upright: turned, its ink on the axis.
    Connector,
}

impl Setting {
    /// Whether the token is turned as a whole.
    #[must_use]
    pub const fn is_rotated(self) -> bool {
        matches!(self, Self::Rotated | Self::RotatedCapitals)
    }
}

/// A part of a word and how it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part {
    /// Its bytes.
    pub(super) length: usize,
    /// How it stands.
    pub(super) setting: Setting,
}

/// Signs after a number that stand in a cell of their own under a short one and turn with a long
/// one: longer ones first, each with how it stands (composition rules §10.5, row 4).
const SIGNS: &[(&str, Setting)] = &[
    ("°C", Setting::Combined),
    ("°F", Setting::Combined),
    ("%", Setting::Stacked),
    ("％", Setting::Upright),
    ("‰", Setting::Upright),
    ("℃", Setting::Upright),
    ("℉", Setting::Upright),
];
/// The sign that shares the cell of its number, and turns with a longer one.
const DEGREE: char = '°';
/// Dashes and tildes that join two numbers (row 5).
const CONNECTORS: &[char] = &['~', '–', '—', '〜', '～'];
/// Brackets and quotes before a word, and after it with commas and stops.
const OPENERS: &[char] = &['(', '[', '{', '"', '“', '‘'];
const CLOSERS: &[char] = &[')', ']', '}', '"', '”', ',', ';', ':', '.'];
/// The longest acronym that is stacked (§10.3, row 7).
const MAX_STACKED_LETTERS: usize = 4;
/// The longest number that is stacked (row 2).
const MAX_STACKED_DIGITS: usize = 6;

/// Whether a text is a sign that follows a number.
pub(super) fn is_sign(text: &str) -> bool {
    text.strip_prefix(DEGREE) == Some("") || SIGNS.iter().any(|(sign, _)| *sign == text)
}

/// Whether a character is a wide sign that goes with the number before it.
pub(super) fn is_wide_sign(c: char) -> bool {
    matches!(c, '％' | '‰' | '℃' | '℉')
}

/// Whether a sign after a number may end with this character.
pub(super) fn is_sign_end(c: char) -> bool {
    is_wide_sign(c) || matches!(c, '%' | '°' | 'C' | 'F')
}

/// Whether a character joins two numbers to a range.
pub(super) fn is_connector(c: char) -> bool {
    CONNECTORS.contains(&c)
}

/// The parts of a word in order; `None` where it turns as a whole.
pub(super) fn parts(word: &str, style: &Style) -> Option<Vec<Part>> {
    let inner = word.trim_start_matches(OPENERS);
    let before = word.len() - inner.len();
    let inner = inner.trim_end_matches(CLOSERS);
    let after = word.len() - before - inner.len();
    if inner.is_empty() || before + after == 0 {
        return bare(word, style);
    }
    // Brackets turn; what they hold stands as it would alone.
    let mut parts = bare(inner, style)?;
    if before > 0 {
        parts.insert(0, part(before, Setting::Rotated));
    }
    if after > 0 {
        parts.push(part(after, Setting::Rotated));
    }
    Some(parts)
}

fn part(length: usize, setting: Setting) -> Part {
    Part { length, setting }
}

/// The same for a word without brackets.
fn bare(word: &str, style: &Style) -> Option<Vec<Part>> {
    if word.chars().any(|c| c.is_ascii_digit())
        && let Some(parts) = quantity(word, style).or_else(|| range(word, style))
    {
        return Some(parts);
    }
    let one = |setting| Some(vec![part(word.len(), setting)]);
    let count = word.chars().filter(|c| !is_attached(*c)).count();
    let first = word.chars().next()?;
    if count == 1 {
        let letter = first.is_uppercase() || first.is_lowercase();
        let upright = letter || matches!(first, '!' | '?' | '&' | '%' | '@' | '#');
        return upright.then(|| vec![part(word.len(), Setting::Stacked)]);
    }
    if word.bytes().all(|b| matches!(b, b'!' | b'?')) {
        return marks(word, style);
    }
    if is_code(word) {
        return one(Setting::Combined);
    }
    if word.bytes().all(|b| b.is_ascii_uppercase()) {
        return match style.acronym {
            Acronym::Tcy2 if count == 2 => one(Setting::Combined),
            Acronym::Stack if count <= MAX_STACKED_LETTERS => one(Setting::Stacked),
            Acronym::Tcy2 | Acronym::Stack | Acronym::Rotate => None,
        };
    }
    None
}

/// A8, 5G, V1 (row 7).
fn is_code(word: &str) -> bool {
    let [a, b] = word.as_bytes() else {
        return false;
    };
    a.is_ascii_alphabetic() && b.is_ascii_digit() || a.is_ascii_digit() && b.is_ascii_alphabetic()
}

/// `!!` and `!?` share a cell; three take two em on the Mainland and a cell each elsewhere (§10.4).
fn marks(word: &str, style: &Style) -> Option<Vec<Part>> {
    Some(match word.len() {
        2 => vec![part(2, Setting::Combined)],
        3 if style.tradition == Tradition::Mainland => {
            vec![part(2, Setting::Combined), part(1, Setting::Stacked)]
        }
        length => vec![part(length, Setting::Stacked)],
    })
}

/// A number with what belongs to it: a wide currency sign before it, a sign after it.
fn quantity(word: &str, style: &Style) -> Option<Vec<Part>> {
    let mut parts = Vec::with_capacity(3);
    let first = word.chars().next()?;
    let mut rest = word;
    if !first.is_ascii() && !first.is_alphanumeric() {
        // Only a wide one starts a word.
        rest = &word[first.len_utf8()..];
        if !rest.starts_with(|c: char| c.is_ascii_digit()) || !stands_alone(first) {
            return None;
        }
        parts.push(part(first.len_utf8(), Setting::Upright));
    }
    if let Some(digits) = rest.strip_suffix(DEGREE) {
        // In a cell of its own its ring would be read as a full stop.
        let combines = matches!((figures(digits)?, digits.len()), (Form::Whole, 1 | 2));
        parts.push(part(rest.len(), combines.then_some(Setting::Combined)?));
        return Some(parts);
    }
    let sign = SIGNS.iter().find(|(sign, _)| rest.ends_with(sign));
    let Some((sign, setting)) = sign else {
        parts.push(part(rest.len(), number(rest, style)?));
        return Some(parts);
    };
    let spaced = &rest[..rest.len() - sign.len()];
    let digits = spaced.trim_end();
    parts.push(part(digits.len(), before_sign(digits)?));
    if digits.len() < spaced.len() {
        parts.push(part(spaced.len() - digits.len(), Setting::Upright));
    }
    parts.push(part(sign.len(), *setting));
    Some(parts)
}

/// Currency and number signs that are drawn in a full cell.
const fn stands_alone(c: char) -> bool {
    matches!(c, '№' | '＄' | '￡' | '￥' | '￦')
}

/// How a plain number stands; `None` where it turns or the word is none.
fn number(word: &str, style: &Style) -> Option<Setting> {
    let stacks = style.long_digits == LongDigits::Stack;
    match (figures(word)?, word.len()) {
        (Form::Whole, 1) => Some(Setting::Stacked),
        (Form::Whole, 2 | 3) | (Form::Decimal, 3) => Some(Setting::Combined),
        (Form::Whole, ..=MAX_STACKED_DIGITS) if stacks => Some(Setting::Stacked),
        // Japan sets the point as ・ in a cell of its own.
        (Form::Decimal, ..=MAX_STACKED_DIGITS) if stacks && style.tradition == Tradition::Japan => {
            Some(Setting::Stacked)
        }
        _ => None,
    }
}

/// How the number before a sign stands: one or two digits, a decimal of three glyphs, or 100.
fn before_sign(word: &str) -> Option<Setting> {
    match (figures(word)?, word.len()) {
        (Form::Whole, 1) => Some(Setting::Stacked),
        (Form::Whole, 2) | (Form::Decimal, 3) => Some(Setting::Combined),
        (Form::Whole, 3) if word == "100" => Some(Setting::Combined),
        _ => None,
    }
}

/// What a number is made of.
#[derive(Clone, Copy)]
enum Form {
    /// Digits only.
    Whole,
    /// Digits around one point.
    Decimal,
}

/// The form of a plain number; `None` for anything else.
fn figures(word: &str) -> Option<Form> {
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if all_digits(word) {
        return Some(Form::Whole);
    }
    let (whole, part) = word.split_once('.')?;
    (all_digits(whole) && all_digits(part)).then_some(Form::Decimal)
}

/// `10–20`: a turned connector between two numbers of at most two digits, or stacked ones (row 5).
fn range(word: &str, style: &Style) -> Option<Vec<Part>> {
    let connector = word.chars().find(|c| is_connector(*c))?;
    let (from, to) = word.split_once(connector)?;
    let end = |word: &str| {
        let parts = quantity(word, style)?;
        let digits = word.bytes().filter(u8::is_ascii_digit).count();
        (digits <= 2 || style.long_digits == LongDigits::Stack).then_some(parts)
    };
    let mut parts = end(from)?;
    parts.push(part(connector.len_utf8(), Setting::Connector));
    parts.extend(end(to)?);
    Some(parts)
}
