//! A headline's lines: broken by sense, near in length, never inside a name, a number or a quotation.

use crate::diag::Span;
use crate::model::Inline;
use crate::rules::headline::{PAIRS, between, cost};

/// No line of a headline is shorter than this many half-em.
const SHORTEST: u32 = 4;
/// A text of more pieces than this is no headline: its lines end where they are full.
const MOST_ATOMS: usize = 240;

/// A piece of a headline that nothing parts.
#[derive(Debug, Clone)]
struct Atom {
    inline: Inline,
    /// Length in half-em, as far as it can be told without a face.
    width: u32,
    /// What a line's end after it costs; `None` where none may be.
    after: Option<u32>,
}

/// A line of a headline.
#[derive(Debug, Clone)]
pub(crate) struct Broken {
    /// What is set.
    pub(crate) text: Vec<Inline>,
    /// What its end swallows: it is not set, and read all the same.
    pub(crate) silent: String,
}

/// The lines of a headline where it has `count` of them, or `None` where it cannot.
pub(crate) fn lines(title: &[Inline], count: usize) -> Option<Vec<Broken>> {
    let atoms = atoms(title);
    if atoms.is_empty() {
        return None;
    }
    let ends = if atoms.len() > MOST_ATOMS {
        chopped(&atoms, count)?
    } else {
        best(&atoms, count)?
    };
    let mut lines = Vec::with_capacity(count);
    let mut from = 0;
    for end in ends {
        lines.push(joined(&atoms[from..end]));
        from = end;
    }
    Some(lines)
}

/// Where each line ends: the least sum of what the breaks cost and of the squares by which lines
/// differ from an even share.
fn best(atoms: &[Atom], count: usize) -> Option<Vec<usize>> {
    let mut sums = vec![0u32];
    for atom in atoms {
        sums.push(sums.last().copied().unwrap_or(0) + atom.width);
    }
    let whole = sums[atoms.len()];
    let share = whole / u32::try_from(count).ok()?.max(1);
    let places: Vec<(usize, u32)> = atoms
        .iter()
        .enumerate()
        .take(atoms.len() - 1)
        .filter_map(|(at, atom)| Some((at + 1, atom.after?)))
        .collect();
    // costs[k] at a place: the best way of ending line k there.
    let mut ways: Vec<Option<(u64, Vec<usize>)>> = vec![None; atoms.len() + 1];
    ways[0] = Some((0, Vec::new()));
    for line in 0..count {
        let mut next: Vec<Option<(u64, Vec<usize>)>> = vec![None; atoms.len() + 1];
        let last = line + 1 == count;
        let ends: &[(usize, u32)] = if last { &[(atoms.len(), 0)] } else { &places };
        for (end, price) in ends {
            for from in 0..*end {
                let Some((sum, taken)) = &ways[from] else {
                    continue;
                };
                let width = sums[*end] - sums[from];
                if width < SHORTEST && count > 1 {
                    continue;
                }
                let off = u64::from(width.abs_diff(share));
                let sum = sum + off * off + u64::from(*price);
                if next[*end].as_ref().is_none_or(|(best, _)| sum < *best) {
                    let mut taken = taken.clone();
                    taken.push(*end);
                    next[*end] = Some((sum, taken));
                }
            }
        }
        ways = next;
    }
    ways[atoms.len()].take().map(|(_, ends)| ends)
}

/// Where each line of a long text ends: after its even share, at the next place that allows it.
fn chopped(atoms: &[Atom], count: usize) -> Option<Vec<usize>> {
    let whole: u32 = atoms.iter().map(|atom| atom.width).sum();
    let share = whole / u32::try_from(count).ok()?.max(1);
    let mut ends = Vec::with_capacity(count);
    let mut width = 0;
    for (at, atom) in atoms.iter().enumerate() {
        width += atom.width;
        if width >= share && atom.after.is_some() && ends.len() + 1 < count {
            ends.push(at + 1);
            width = 0;
        }
    }
    if ends.last() != Some(&atoms.len()) {
        ends.push(atoms.len());
    }
    Some(ends)
}

/// A headline in pieces. What the author's mark parts is joined by an em of blank in one line.
fn atoms(title: &[Inline]) -> Vec<Atom> {
    let mut atoms: Vec<Atom> = Vec::new();
    let mut open: Vec<char> = Vec::new();
    let mut last: Option<char> = None;
    for inline in title {
        match inline {
            Inline::Text { text, span } => {
                for c in text.chars() {
                    let c = if c == '\n' { ' ' } else { c };
                    if let (Some(before), Some(atom)) = (last, atoms.last_mut())
                        && atom.after != Some(cost::ASKED)
                    {
                        atom.after = between(before, c).filter(|_| open.is_empty());
                    }
                    if let Some((_, close)) = PAIRS.iter().find(|(first, _)| *first == c) {
                        open.push(*close);
                    } else if open.last() == Some(&c) {
                        open.pop();
                    }
                    atoms.push(Atom {
                        inline: Inline::Text {
                            text: c.to_string(),
                            span: *span,
                        },
                        width: width(c),
                        after: None,
                    });
                    last = Some(c);
                }
            }
            Inline::BreakHint { .. } | Inline::LineBreak { .. } => {
                // A mark inside quotation marks is the author's wish all the same.
                if let Some(atom) = atoms.last_mut() {
                    atom.after = Some(cost::ASKED);
                    last = None;
                }
            }
            other => {
                let plain = Inline::plain(std::slice::from_ref(other));
                let (first, end) = (plain.chars().next(), plain.chars().last());
                if let (Some(before), Some(c), Some(atom)) = (last, first, atoms.last_mut())
                    && atom.after != Some(cost::ASKED)
                {
                    atom.after = between(before, c).filter(|_| open.is_empty());
                }
                atoms.push(Atom {
                    inline: other.clone(),
                    width: plain.chars().map(width).sum(),
                    after: None,
                });
                last = end;
            }
        }
    }
    atoms
}

/// Length of a character in half-em.
fn width(c: char) -> u32 {
    match c {
        '，' | '、' | '。' | '；' | '：' | '「' | '」' | '『' | '』' | '《' | '》' | '（'
        | '）' => 1,
        c if c.is_ascii() => 1,
        _ => 2,
    }
}

/// Pieces as one line, texts of one place joined; without blank at its ends.
fn joined(atoms: &[Atom]) -> Broken {
    let mut line: Vec<Inline> = Vec::new();
    for (at, atom) in atoms.iter().enumerate() {
        push(&mut line, &atom.inline);
        if atom.after == Some(cost::ASKED) && at + 1 < atoms.len() {
            let blank = Inline::Text {
                text: "\u{3000}".to_owned(),
                span: atom.inline.span(),
            };
            push(&mut line, &blank);
        }
    }
    let silent = trim(&mut line);
    Broken { text: line, silent }
}

fn push(line: &mut Vec<Inline>, inline: &Inline) {
    if let (
        Some(Inline::Text { text, span }),
        Inline::Text {
            text: more,
            span: next,
        },
    ) = (line.last_mut(), inline)
    {
        text.push_str(more);
        *span = Span::to(*span, *next);
        return;
    }
    line.push(inline.clone());
}

/// Takes blank and a comma or stop away from a line's ends (composition rules §16.1); gives the
/// comma or stop.
fn trim(line: &mut Vec<Inline>) -> String {
    let mut silent = String::new();
    if let Some(Inline::Text { text, .. }) = line.first_mut() {
        *text = text.trim_start().to_owned();
    }
    if let Some(Inline::Text { text, .. }) = line.last_mut() {
        let whole = text.trim_end();
        let kept = whole.trim_end_matches(['，', '、', '。']);
        silent = whole[kept.len()..].to_owned();
        *text = kept.to_owned();
    }
    line.retain(|inline| !matches!(inline, Inline::Text { text, .. } if text.is_empty()));
    silent
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Inline {
        Inline::Text {
            text: text.into(),
            span: Span::default(),
        }
    }

    fn broken(title: &[Inline], count: usize) -> Vec<String> {
        lines(title, count)
            .unwrap_or_default()
            .iter()
            .map(|line| Inline::plain(&line.text))
            .collect()
    }

    #[test]
    fn the_author_s_mark_comes_first() {
        let title = [
            text("學者看好香港潛力"),
            Inline::BreakHint {
                span: Span::default(),
            },
            text("灣區AI生態齊備"),
        ];
        assert_eq!(broken(&title, 2), ["學者看好香港潛力", "灣區AI生態齊備"]);
        assert_eq!(broken(&title, 1), ["學者看好香港潛力　灣區AI生態齊備"]);
    }

    #[test]
    fn without_a_mark_lines_pause_and_are_near_in_length() {
        let title = [text("政府宣布新措施，市民普遍歡迎")];
        assert_eq!(broken(&title, 2), ["政府宣布新措施", "市民普遍歡迎"]);
        let title = [text("「六小龍」帶動DeepSeek熱潮席捲全港中小企業")];
        let two = broken(&title, 2);
        assert!(two.iter().all(|line| line.chars().count() > 3), "{two:?}");
        assert!(two.iter().any(|line| line.contains("DeepSeek")), "{two:?}");
    }

    #[test]
    fn what_cannot_be_parted_is_not() {
        assert!(lines(&[text("DeepSeek")], 2).is_none());
        assert_eq!(broken(&[text("是")], 1), ["是"]);
        assert!(lines(&[], 1).is_none());
    }
}
