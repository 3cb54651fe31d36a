//! UAX #14: where the text of any language may be parted into lines.

use icu_properties::props::{
    EastAsianWidth, ExtendedPictographic, GeneralCategory, LineBreak as Property,
};
use icu_properties::{CodePointMapData, CodePointSetData};

/// A line breaking class of UAX #14, doubtful ones resolved (LB1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[rustfmt::skip]
#[expect(clippy::upper_case_acronyms, reason = "the names of UAX #14")]
pub(crate) enum Lb {
    AK, AL, AP, AS, B2, BA, BB, BK, CB, CL, CM, CP, CR, EB, EM, EX, GL, H2, H3, HH, HL, HY, ID, IN,
    IS, JL, JT, JV, LF, NL, NS, NU, OP, PO, PR, QU, RI, SP, SY, VF, VI, WJ, ZW, ZWJ,
}

use Lb::*;

/// A character of East Asian width F, W or H (LB19a, LB30).
const EAST_ASIAN: u8 = 1;
/// An initial and a final quotation mark (LB15a, LB15b, LB19).
const INITIAL: u8 = 2;
const FINAL: u8 = 4;
/// ◌, which acts as a letter of Brahmic scripts (LB28a).
const DOTTED_CIRCLE: u8 = 8;
/// A pictograph that is not yet assigned (LB30b).
const FUTURE_EMOJI: u8 = 16;
/// The last of its characters is a joiner (LB8a).
const ENDS_JOINED: u8 = 32;

/// A character with what combines with it (LB9).
#[derive(Debug, Clone, Copy)]
pub(crate) struct Item {
    /// Its first byte in the text.
    pub(crate) start: u32,
    pub(crate) class: Lb,
    flags: u8,
    /// Its first character.
    pub(crate) first: char,
}

impl Item {
    const fn has(&self, flag: u8) -> bool {
        self.flags & flag != 0
    }

    const fn is_east_asian(&self) -> bool {
        self.has(EAST_ASIAN)
    }

    /// Whether a joiner keeps it with what follows (LB8a).
    pub(crate) const fn is_joined(&self) -> bool {
        self.has(ENDS_JOINED)
    }

    /// Whether it is a quotation mark that binds what follows it, whatever that is (LB19).
    pub(crate) const fn binds(&self) -> bool {
        matches!(self.class, QU) && !self.has(FINAL)
    }

    const fn is_aksara(&self) -> bool {
        matches!(self.class, AK | AS) || self.has(DOTTED_CIRCLE)
    }
}

/// Whether a line may end at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Chance {
    /// It may.
    Allowed,
    /// It must.
    Mandatory,
}

/// What is set over UAX #14: another class for a character, and places that are decided before
/// its rules.
pub(crate) trait Tailoring {
    /// The class of a character whose own is `class`; `property` is as Unicode's data have it.
    fn class(&self, c: char, property: Property, class: Lb) -> Lb;

    /// Whether a break before item `i`, which is not the first, is allowed or forbidden, whatever
    /// LB8 to LB31 say.
    fn before(&self, items: &[Item], i: usize) -> Option<bool>;
}

/// UAX #14 as it stands.
#[derive(Debug, Clone, Copy)]
struct Untailored;

impl Tailoring for Untailored {
    fn class(&self, _: char, _: Property, class: Lb) -> Lb {
        class
    }

    fn before(&self, _: &[Item], _: usize) -> Option<bool> {
        None
    }
}

/// Every place where a line may or must end, by its byte, in order; the end of the text is the
/// last. Scripts that need a dictionary (Thai) are parted at spaces only.
///
/// ```
/// use banxin::rules::uax14::{Chance, breaks};
/// assert_eq!(breaks("a b\nc"), [(2, Chance::Allowed), (4, Chance::Mandatory), (5, Chance::Mandatory)]);
/// ```
#[must_use]
pub fn breaks(text: &str) -> Vec<(usize, Chance)> {
    tailored(text, &Untailored)
}

/// The same with what a caller sets over it.
pub(crate) fn tailored(text: &str, tailoring: &impl Tailoring) -> Vec<(usize, Chance)> {
    let items = items(text, tailoring);
    let mut found = Vec::with_capacity(items.len());
    let mut walk = Walk {
        items: &items,
        solid: None,
        number: Number::No,
        flags: 0,
    };
    for (i, item) in items.iter().enumerate() {
        if i > 0
            && let Some(chance) = walk.before(i, tailoring)
        {
            found.push((item.start as usize, chance));
        }
        walk.pass(i);
    }
    if !text.is_empty() {
        found.push((text.len(), Chance::Mandatory));
    }
    found
}

/// The text as items: what combines goes with what is before it (LB9, LB10).
fn items(text: &str, tailoring: &impl Tailoring) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::with_capacity(text.len() / 2 + 1);
    for (at, c) in text.char_indices() {
        let mut item = item(c, at, tailoring);
        if matches!(item.class, CM | ZWJ) {
            let joined = if item.class == ZWJ { ENDS_JOINED } else { 0 };
            match items.last_mut() {
                Some(last) if !matches!(last.class, BK | CR | LF | NL | SP | ZW) => {
                    last.flags = last.flags & !ENDS_JOINED | joined;
                    continue;
                }
                _ => {
                    item.class = AL;
                    item.flags |= joined;
                }
            }
        }
        items.push(item);
    }
    items
}

fn item(c: char, at: usize, tailoring: &impl Tailoring) -> Item {
    let start = u32::try_from(at).unwrap_or(u32::MAX);
    if matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}') {
        return Item {
            start,
            class: ID,
            flags: EAST_ASIAN,
            first: c,
        };
    }
    let property = CodePointMapData::<Property>::new().get(c);
    let class = tailoring.class(c, property, resolved(c, property));
    let mut flags = 0;
    if c >= '\u{1100}'
        && matches!(
            CodePointMapData::<EastAsianWidth>::new().get(c),
            EastAsianWidth::Fullwidth | EastAsianWidth::Wide | EastAsianWidth::Halfwidth
        )
    {
        flags |= EAST_ASIAN;
    }
    if property == Property::Quotation {
        flags |= match CodePointMapData::<GeneralCategory>::new().get(c) {
            GeneralCategory::InitialPunctuation => INITIAL,
            GeneralCategory::FinalPunctuation => FINAL,
            _ => 0,
        };
    }
    if c == '\u{25cc}' {
        flags |= DOTTED_CIRCLE;
    }
    if matches!(property, Property::Ideographic | Property::Unknown)
        && c >= '\u{1f000}'
        && CodePointMapData::<GeneralCategory>::new().get(c) == GeneralCategory::Unassigned
        && CodePointSetData::new::<ExtendedPictographic>().contains(c)
    {
        flags |= FUTURE_EMOJI;
    }
    Item {
        start,
        class,
        flags,
        first: c,
    }
}

/// LB1: AI, SG and XX are letters; SA are letters or combine; CJ are non-starters.
fn resolved(c: char, property: Property) -> Lb {
    match property {
        Property::Aksara => AK,
        Property::AksaraPrebase => AP,
        Property::AksaraStart => AS,
        Property::BreakBoth => B2,
        Property::BreakAfter => BA,
        Property::BreakBefore => BB,
        Property::MandatoryBreak => BK,
        Property::ContingentBreak => CB,
        Property::ClosePunctuation => CL,
        Property::CombiningMark => CM,
        Property::CloseParenthesis => CP,
        Property::CarriageReturn => CR,
        Property::EBase => EB,
        Property::EModifier => EM,
        Property::Exclamation => EX,
        Property::Glue => GL,
        Property::H2 => H2,
        Property::H3 => H3,
        Property::UnambiguousHyphen => HH,
        Property::HebrewLetter => HL,
        Property::Hyphen => HY,
        Property::Ideographic => ID,
        Property::Inseparable => IN,
        Property::InfixNumeric => IS,
        Property::JL => JL,
        Property::JT => JT,
        Property::JV => JV,
        Property::LineFeed => LF,
        Property::NextLine => NL,
        Property::Nonstarter | Property::ConditionalJapaneseStarter => NS,
        Property::Numeric => NU,
        Property::OpenPunctuation => OP,
        Property::PostfixNumeric => PO,
        Property::PrefixNumeric => PR,
        Property::Quotation => QU,
        Property::RegionalIndicator => RI,
        Property::Space => SP,
        Property::BreakSymbols => SY,
        Property::ViramaFinal => VF,
        Property::Virama => VI,
        Property::WordJoiner => WJ,
        Property::ZWSpace => ZW,
        Property::ZWJ => ZWJ,
        Property::ComplexContext => match CodePointMapData::<GeneralCategory>::new().get(c) {
            GeneralCategory::NonspacingMark | GeneralCategory::SpacingMark => CM,
            _ => AL,
        },
        _ => AL,
    }
}

/// Where in a number the walk stands (LB25).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Number {
    No,
    /// After `NU (SY | IS)*`.
    Inside,
    /// After `NU (SY | IS)* (CL | CP)`.
    Closed,
}

struct Walk<'i> {
    items: &'i [Item],
    /// The last item that is no space.
    solid: Option<usize>,
    number: Number,
    /// How many regional indicators stand before the place.
    flags: usize,
}

impl Walk<'_> {
    /// Passes item `i`.
    fn pass(&mut self, i: usize) {
        let class = self.items[i].class;
        if class != SP {
            self.solid = Some(i);
        }
        self.number = match (class, self.number) {
            (NU, _) | (SY | IS, Number::Inside) => Number::Inside,
            (CL | CP, Number::Inside) => Number::Closed,
            _ => Number::No,
        };
        self.flags = if class == RI { self.flags + 1 } else { 0 };
    }

    /// Whether a line may end before item `i`, which is not the first.
    fn before(&self, i: usize, tailoring: &impl Tailoring) -> Option<Chance> {
        let (a, b) = (&self.items[i - 1], &self.items[i]);
        match (a.class, b.class) {
            (CR, LF) => return None,
            (BK | CR | LF | NL, _) => return Some(Chance::Mandatory),
            (_, BK | CR | LF | NL | SP | ZW) => return None,
            (ID, ID) if !a.has(ENDS_JOINED) => return Some(Chance::Allowed),
            _ => {}
        }
        self.is_allowed(i, tailoring).then_some(Chance::Allowed)
    }

    /// LB8 to LB31.
    fn is_allowed(&self, i: usize, tailoring: &impl Tailoring) -> bool {
        let (a, b) = (&self.items[i - 1], &self.items[i]);
        if let Some(decided) = tailoring.before(self.items, i) {
            return decided;
        }
        let solid = self.solid.map(|at| &self.items[at]);
        // LB8, LB8a
        if solid.is_some_and(|item| item.class == ZW) {
            return true;
        }
        if a.has(ENDS_JOINED) {
            return false;
        }
        // LB11, LB12, LB14
        if matches!(a.class, WJ | GL) || b.class == WJ || solid.is_some_and(|item| item.class == OP)
        {
            return false;
        }
        match (a.class, b.class) {
            // LB12a, LB13
            (before, GL) if !matches!(before, SP | HY | HH) => return false,
            (_, CL | CP | EX | SY) => return false,
            _ => {}
        }
        if let Some(decided) = self.over_spaces(i) {
            return decided;
        }
        // LB19, LB19a
        if (a.class == QU || b.class == QU) && self.is_quoted(i) {
            return false;
        }
        !self.is_kept(i)
    }

    /// LB15a to LB18: rules that look over spaces.
    fn over_spaces(&self, i: usize) -> Option<bool> {
        let (a, b) = (&self.items[i - 1], &self.items[i]);
        let next = self.items.get(i + 1);
        if let Some(at) = self.solid {
            let solid = &self.items[at];
            let opens = |at: usize| {
                at == 0
                    || matches!(
                        self.items[at - 1].class,
                        BK | CR | LF | NL | OP | QU | GL | SP | ZW
                    )
            };
            if solid.class == QU && solid.has(INITIAL) && opens(at) {
                return Some(false);
            }
            match (solid.class, b.class) {
                (CL | CP, NS) | (B2, B2) => return Some(false),
                _ => {}
            }
        }
        let closes = |next: Option<&Item>| {
            next.is_none_or(|item| {
                matches!(
                    item.class,
                    SP | GL | WJ | CL | QU | CP | EX | IS | SY | BK | CR | LF | NL | ZW
                )
            })
        };
        if b.class == QU && b.has(FINAL) && closes(next) {
            return Some(false);
        }
        if b.class == IS {
            return Some(a.class == SP && next.is_some_and(|item| item.class == NU));
        }
        (a.class == SP).then_some(true)
    }

    /// LB19 and LB19a.
    fn is_quoted(&self, i: usize) -> bool {
        let (a, b) = (&self.items[i - 1], &self.items[i]);
        let western = |item: Option<&Item>| item.is_none_or(|item| !item.is_east_asian());
        if b.class == QU
            && (!b.has(INITIAL) || !a.is_east_asian() || western(self.items.get(i + 1)))
        {
            return true;
        }
        let before = i.checked_sub(2).map(|at| &self.items[at]);
        a.class == QU && (!a.has(FINAL) || !b.is_east_asian() || western(before))
    }

    /// LB20 to LB30b: whether two neighbours stay together.
    fn is_kept(&self, i: usize) -> bool {
        let (a, b) = (&self.items[i - 1], &self.items[i]);
        let before = i.checked_sub(2).map(|at| &self.items[at]);
        let class_before = before.map(|item| item.class);
        let next = self.items.get(i + 1);
        let class_next = next.map(|item| item.class);
        match (a.class, b.class) {
            // LB20
            (CB, _) | (_, CB) => return false,
            // LB20a
            (HY | HH, AL | HL)
                if class_before
                    .is_none_or(|c| matches!(c, BK | CR | LF | NL | SP | ZW | CB | GL)) =>
            {
                return true;
            }
            // LB21
            (_, BA | HH | HY | NS) | (BB, _) => return true,
            // LB21a
            (HY | HH, after) if class_before == Some(HL) && after != HL => return true,
            // LB21b, LB22
            (SY, HL) | (_, IN) => return true,
            // LB23, LB23a, LB24
            (AL | HL, NU) | (NU, AL | HL) => return true,
            (PR, ID | EB | EM) | (ID | EB | EM, PO) => return true,
            (PR | PO, AL | HL) | (AL | HL, PR | PO) => return true,
            // LB25
            (PO | PR, NU) | (HY | IS, NU) => return true,
            (PO | PR, OP)
                if class_next == Some(NU)
                    || class_next == Some(IS)
                        && self.items.get(i + 2).is_some_and(|item| item.class == NU) =>
            {
                return true;
            }
            (_, PO | PR) if self.number != Number::No => return true,
            (_, NU) if self.number == Number::Inside => return true,
            // LB26, LB27
            (JL, JL | JV | H2 | H3) | (JV | H2, JV | JT) | (JT | H3, JT) => return true,
            (JL | JV | JT | H2 | H3, PO) | (PR, JL | JV | JT | H2 | H3) => return true,
            // LB28
            (AL | HL, AL | HL) => return true,
            // LB29
            (IS, AL | HL) => return true,
            // LB30
            (AL | HL | NU, OP) => return !b.is_east_asian(),
            (CP, AL | HL | NU) => return !a.is_east_asian(),
            // LB30a
            (RI, RI) => return self.flags % 2 == 1,
            // LB30b
            (EB, EM) => return true,
            (_, EM) if a.has(FUTURE_EMOJI) => return true,
            _ => {}
        }
        self.is_cluster(i)
    }

    /// LB28a: orthographic syllables of Brahmic scripts.
    fn is_cluster(&self, i: usize) -> bool {
        let (a, b) = (&self.items[i - 1], &self.items[i]);
        let before = i.checked_sub(2).map(|at| &self.items[at]);
        let ends_finally = self.items.get(i + 1).is_some_and(|item| item.class == VF);
        a.class == AP && b.is_aksara()
            || a.is_aksara() && matches!(b.class, VF | VI)
            || a.class == VI
                && before.is_some_and(Item::is_aksara)
                && (b.class == AK || b.has(DOTTED_CIRCLE))
            || a.is_aksara() && b.is_aksara() && ends_finally
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with a bar wherever a line may end.
    fn shown(text: &str) -> String {
        let mut out = String::new();
        let mut at = 0;
        for (place, _) in breaks(text) {
            out.push_str(&text[at..place]);
            out.push('|');
            at = place;
        }
        out
    }

    #[test]
    fn western_text_parts_at_spaces() {
        assert_eq!(shown("The (quick) fox."), "The |(quick) |fox.|");
        assert_eq!(shown("a\u{a0}b c"), "a\u{a0}b |c|");
        assert_eq!(shown("$1,234.56 (10%)"), "$1,234.56 |(10%)|");
        assert_eq!(shown("well-known"), "well-|known|");
        assert_eq!(shown("a\u{200b}b"), "a\u{200b}|b|");
    }

    #[test]
    fn chinese_text_parts_between_characters() {
        assert_eq!(shown("版心，「行」"), "版|心，|「行」|");
        assert_eq!(shown("升3.5％。"), "升|3.5％。|");
        assert_eq!(shown("等……了"), "等……|了|");
        assert_eq!(shown("小ゃ"), "小ゃ|");
    }

    #[test]
    fn flags_go_in_pairs() {
        assert_eq!(shown("🇭🇰🇯🇵"), "🇭🇰|🇯🇵|");
    }

    #[test]
    fn nothing_has_no_place() {
        assert!(breaks("").is_empty());
    }
}
