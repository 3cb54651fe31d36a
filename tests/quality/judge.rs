//! A judge of composed lines who knows the rules from the books alone, not from the composer.

use banxin::diag::Code;
use banxin::geom::{Length, WritingMode};
use banxin::layout::Line;
use banxin::layout::inline::{Composer, Setting};
use banxin::model::style::Kinsoku;
use banxin::model::{Inline, Language, Style, Tradition};

/// One em of all that is judged.
pub const EM: i32 = 10_000;

/// The levels that are judged, each in the language of a house that sets by it.
pub const LEVELS: &[(Tradition, &str, Kinsoku)] = &[
    (Tradition::HongKong, "zh-HK", Kinsoku::None),
    (Tradition::HongKong, "zh-HK", Kinsoku::Basic),
    (Tradition::Mainland, "zh-CN", Kinsoku::Gb),
    (Tradition::Taiwan, "zh-TW", Kinsoku::Strict),
    (Tradition::Japan, "ja", Kinsoku::VeryLoose),
    (Tradition::Japan, "ja", Kinsoku::Loose),
    (Tradition::Japan, "ja", Kinsoku::Strict),
    (Tradition::Japan, "ja", Kinsoku::VeryStrict),
    (Tradition::Taiwan, "zh-TW", Kinsoku::Basic),
];

/// Characters kept from line heads, level by level (clreq, jlreq; composition rules §6.1). Quotes
/// and dashes that Western text shares are looked at only where no Western letter stands beside.
const CLOSERS: &str = "〉》」』】〕〗〙〛〞〟）］｝｠︒”’、，。．";
const BASIC: &str = "：；！？‼⁇⁈⁉·・‧～〜–゠／";
const ZH_STRICT: &str = "—―…‥⋯々〻ゝゞヽヾ";
const JA_LOOSE: &str = "！？‼⁇⁈⁉：；ゝゞヽヾ";
const JA_STRICT: &str = "～〜–゠！？‼⁇⁈⁉・·：；ゝゞヽヾ";
const JA_VERY_STRICT: &str = "々ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ";
const OPENERS: &str = "〈《「『【〔〖〘〚〝（［｛｟“‘";
const COUNTERS: &str = "年月日人頁歲屆元個";

/// What a line may not start with, and not end with.
fn forbidden(kinsoku: Kinsoku, tradition: Tradition) -> ([&'static str; 3], &'static str) {
    match (kinsoku, tradition) {
        (Kinsoku::None, _) => (["", "", ""], ""),
        (Kinsoku::Basic, _) => ([CLOSERS, BASIC, ""], OPENERS),
        (Kinsoku::Gb, _) => ([CLOSERS, BASIC, ""], "〈《「『【〔〖〘〚〝（［｛｟“‘／"),
        (Kinsoku::Strict, Tradition::Japan) => ([CLOSERS, JA_STRICT, ""], OPENERS),
        (Kinsoku::Strict, _) => (
            [CLOSERS, BASIC, ZH_STRICT],
            "〈《「『【〔〖〘〚〝（［｛｟“‘／",
        ),
        (Kinsoku::VeryLoose, _) => ([CLOSERS, "", ""], OPENERS),
        (Kinsoku::Loose, _) => ([CLOSERS, JA_LOOSE, ""], OPENERS),
        (Kinsoku::VeryStrict, _) => ([CLOSERS, JA_STRICT, JA_VERY_STRICT], OPENERS),
    }
}

/// What was found.
#[derive(Debug, Default, Clone)]
pub struct Findings {
    /// Characters and lines judged.
    pub characters: usize,
    pub lines: usize,
    /// Lines that start, end or part as the level forbids, with what was seen.
    pub heads: Vec<String>,
    pub ends: Vec<String>,
    pub pairs: Vec<String>,
    /// Lines that start with a leader though the house forbids it but in need.
    pub leaders: usize,
    /// Clusters of marks parted by the house's leave, each told.
    pub escapes: usize,
    /// Lines longer than their measure, and justified lines shorter than it.
    pub overfull: Vec<String>,
    pub short: Vec<String>,
    /// Cells set under their least length.
    pub squeezed: Vec<String>,
    /// Justified lines of 20 em and more, and those whose stretching is within a quarter em.
    pub wide: usize,
    pub within: usize,
    /// Loose lines that no diagnostic told.
    pub untold: Vec<String>,
    /// Last lines of a single character.
    pub orphans: usize,
    /// Sum of the squares of what justified lines were changed by, in em² by the million.
    pub deviation: i128,
}

impl Findings {
    /// Every fault that is never allowed.
    pub fn faults(&self) -> Vec<&String> {
        [
            &self.heads,
            &self.ends,
            &self.pairs,
            &self.overfull,
            &self.short,
            &self.squeezed,
            &self.untold,
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// The share of wide lines within limits, by the ten thousand.
    pub fn share(&self) -> usize {
        self.within * 10_000 / self.wide.max(1)
    }
}

/// A text set to a measure in a direction.
pub struct Job<'a> {
    pub text: &'a [Inline],
    pub mode: WritingMode,
    /// In em.
    pub measure: i32,
    pub language: &'a Language,
    pub labels: &'a [String],
}

/// Composes a text and judges its lines.
pub fn judge(composer: &Composer<'_>, style: &Style, job: &Job<'_>, found: &mut Findings) {
    let measure = Length::from_milli(EM * job.measure);
    let setting = Setting {
        mode: job.mode,
        indent: style.indent.of(Length::from_milli(EM)),
        note_labels: job.labels,
        ..Setting::new(style, job.language, measure)
    };
    let composed = composer.paragraph(job.text, &setting);
    let told = |code: Code| {
        composed
            .diagnostics
            .iter()
            .filter(|d| d.code == code)
            .count()
    };
    found.escapes += told(Code::LineEscape);
    let mut loose = 0;
    let lines = &composed.value;
    // Beside bopomofo every cell of a horizontal paragraph is half an em longer (§12.2).
    let read = lines
        .iter()
        .flat_map(|line| &line.beside)
        .any(|(_, beside)| {
            beside
                .text
                .contains(|c| ('\u{3105}'..='\u{312f}').contains(&c))
        });
    let strip = if read && !job.mode.is_vertical() {
        EM / 2
    } else {
        0
    };
    for (i, line) in lines.iter().enumerate() {
        found.lines += 1;
        found.characters += line.text.chars().count();
        let reach = line.start + line.set;
        if reach > measure {
            found.overfull.push(format!("{} {reach:?}", line.text));
        }
        squeezed(line, style.tradition, found);
        let last = line.last || i + 1 == lines.len();
        if last {
            let letters = line.text.chars().filter(|c| c.is_alphanumeric()).count();
            found.orphans += usize::from(i > 0 && letters == 1 && i + 1 == lines.len());
            continue;
        }
        if reach != measure {
            found
                .short
                .push(format!("{} {reach:?} of {measure:?}", line.text));
        }
        let change = i128::from(line.set.milli() - line.natural.milli());
        found.deviation += change * change / 100;
        let stretched = stretched(line) - strip;
        if stretched > EM / 4 + 2 {
            loose += 1;
        }
        if job.measure >= 20 {
            found.wide += 1;
            found.within += usize::from(stretched <= EM / 4 + 2);
        }
        if let Some(next) = lines.get(i + 1) {
            edges(line, next, style, found);
        }
    }
    if told(Code::LineLoose) + told(Code::LineOverfull) < loose {
        found
            .untold
            .push(lines.iter().map(|l| l.text.as_str()).collect());
    }
}

/// What was added between two Chinese or Japanese characters, as a rule: the middle of all such
/// places, since words under readings are spread of their own.
fn stretched(line: &Line) -> i32 {
    let cjk = |text: &str| {
        text.chars()
            .next()
            .is_some_and(|c| ('\u{3041}'..'\u{ff00}').contains(&c) && c.is_alphabetic())
    };
    let mut added: Vec<i32> = line
        .glyphs
        .windows(2)
        .filter(|pair| cjk(&line.text[pair[0].range()]) && cjk(&line.text[pair[1].range()]))
        .map(|pair| pair[0].advance.milli() - EM)
        .collect();
    added.sort_unstable();
    added.get(added.len() / 2).copied().unwrap_or(0)
}

/// Cells under their least length: half an em for marks, one for characters.
fn squeezed(line: &Line, tradition: Tradition, found: &mut Findings) {
    for glyph in &line.glyphs {
        let text = &line.text[glyph.range()];
        let Some(c) = text
            .chars()
            .next()
            .filter(|c| !line.text.ends_with(*c) || !c.is_whitespace())
        else {
            continue;
        };
        let least = if ('\u{3400}'..='\u{9fff}').contains(&c) || "ーあのゝ々".contains(c) {
            EM
        } else if "、，。「」『』（）《》：；".contains(c) {
            EM / 2
        } else {
            continue;
        };
        if glyph.advance.milli() < least && line.hang == Length::ZERO {
            found.squeezed.push(format!(
                "{c} {:?} {tradition:?}: {}",
                glyph.advance, line.text
            ));
        }
    }
}

/// What stands at both sides of a break.
fn edges(line: &Line, next: &Line, style: &Style, found: &mut Findings) {
    let (heads, ends) = forbidden(style.kinsoku, style.tradition);
    let head = next.text.trim_start().chars().next();
    let end = line.text.trim_end().chars().next_back();
    let (Some(head), Some(end)) = (head, end) else {
        return;
    };
    let spaced =
        next.text.starts_with(char::is_whitespace) || line.text.ends_with(char::is_whitespace);
    let told = || format!("{} | {}", line.text, next.text);
    let western = |text: &str| text.chars().any(|c| c.is_ascii_alphanumeric());
    let shared = |c: char| "“”‘’–·".contains(c) && (western(&line.text) || western(&next.text));
    if heads.iter().any(|set| set.contains(head)) && !shared(head) {
        found.heads.push(told());
    }
    if ends.contains(end) && !shared(end) {
        found.ends.push(told());
    }
    if "…‥⋯".contains(head) && !style.ellipsis_at_line_head {
        found.leaders += 1;
    }
    if spaced {
        return;
    }
    let very_loose = style.kinsoku == Kinsoku::VeryLoose;
    let free = very_loose || style.kinsoku == Kinsoku::Loose && "…‥".contains(head);
    let run = line.text.chars().rev().take_while(|c| *c == end).count();
    let digit = |c: char| c.is_ascii_digit();
    let parted = head == end && "—―…‥⋯".contains(head) && run % 2 == 1 && !free
        || digit(end) && (digit(head) || COUNTERS.contains(head))
        || digit(end) && "％%‰℃".contains(head) && !very_loose
        || "￥$€£".contains(end) && digit(head) && !very_loose
        || end == '〳' && head == '〵'
        || "一二三四五六七八九十".contains(end)
            && head == '、'
            && next
                .text
                .chars()
                .nth(1)
                .is_some_and(|c| "一二三四五六七八九十".contains(c));
    let word = end.is_ascii_alphabetic() && head.is_ascii_alphabetic();
    let hyphenated = line.glyphs.last().is_some_and(|g| g.start == g.end);
    if parted || word && !hyphenated {
        found.pairs.push(told());
    }
}
