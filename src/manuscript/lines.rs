//! Line breaks of the source: joined without a space beside a CJK character, else a space.

use crate::diag::Span;
use crate::model::Inline;

use super::scripts::{is_shared_mark, joins_lines};

/// Replaces every line break that was left in text. `cjk` is whether the article is Chinese or
/// Japanese: it decides between two marks that both kinds of text use.
pub(crate) fn join(run: &mut Vec<Inline>, cjk: bool) {
    if !holds_break(run) {
        return;
    }
    let mut seen = Vec::new();
    gather(run, &mut seen);
    let mut decisions = decide(&seen, cjk).into_iter();
    apply(run, &mut decisions);
}

fn holds_break(run: &[Inline]) -> bool {
    run.iter().any(|inline| match inline {
        Inline::Text { text, .. } => text.contains(['\n', '\r']),
        Inline::Mark(mark) => holds_break(&mark.children),
        Inline::Link { children, .. } => holds_break(children),
        _ => false,
    })
}

/// What stands in order: characters beside breaks, and breaks as `None`.
fn gather(run: &[Inline], seen: &mut Vec<Option<char>>) {
    let ends = |text: &str, seen: &mut Vec<Option<char>>| {
        seen.extend(text.chars().next().map(Some));
        seen.extend(text.chars().next_back().map(Some));
    };
    for inline in run {
        match inline {
            Inline::Text { text, .. } => {
                let mut first = true;
                for line in text.split('\n') {
                    if !first {
                        seen.push(None);
                    }
                    first = false;
                    ends(line.trim_matches([' ', '\t', '\r']), seen);
                }
            }
            Inline::Upright { text, .. } | Inline::Code { text, .. } => ends(text, seen),
            Inline::Mark(mark) => gather(&mark.children, seen),
            Inline::Link { children, .. } => gather(children, seen),
            Inline::Ruby(ruby) => {
                for part in &ruby.parts {
                    ends(&part.base, seen);
                }
            }
            // A picture is set like a Western word.
            Inline::Image { .. } => seen.push(Some('x')),
            _ => {}
        }
    }
}

/// For each break whether a space takes its place.
fn decide(seen: &[Option<char>], cjk: bool) -> Vec<bool> {
    let mut after = vec![None; seen.len()];
    let mut next = None;
    for (slot, item) in after.iter_mut().zip(seen).rev() {
        *slot = next;
        if item.is_some() {
            next = *item;
        }
    }
    let mut before = None;
    let mut spaces = Vec::new();
    for (item, after) in seen.iter().zip(after) {
        match item {
            Some(_) => before = *item,
            None => spaces.push(match (before, after) {
                (Some(a), Some(b)) => {
                    let joined = joins_lines(a)
                        || joins_lines(b)
                        || (cjk && is_shared_mark(a) && is_shared_mark(b));
                    !joined
                }
                _ => false,
            }),
        }
    }
    spaces
}

fn apply(run: &mut Vec<Inline>, decisions: &mut impl Iterator<Item = bool>) {
    let mut joined: Vec<Inline> = Vec::with_capacity(run.len());
    for mut inline in run.drain(..) {
        match &mut inline {
            Inline::Text { text, span } if text.contains(['\n', '\r']) => {
                for (piece, place) in pieces(text, *span, decisions) {
                    write(&piece, place, &mut joined);
                }
                continue;
            }
            Inline::Text { text, span } => {
                write(text, *span, &mut joined);
                continue;
            }
            Inline::Mark(mark) => apply(&mut mark.children, decisions),
            Inline::Link { children, .. } => apply(children, decisions),
            _ => {}
        }
        joined.push(inline);
    }
    *run = joined;
}

/// A text parted at its line breaks, so that each piece stands in the source as it is.
fn pieces(
    text: &str,
    span: Span,
    decisions: &mut impl Iterator<Item = bool>,
) -> Vec<(String, Span)> {
    let verbatim = span.range().len() == text.len();
    let place = |start: usize, end: usize| {
        if verbatim {
            Span::new(
                span.file,
                span.range().start + start,
                span.range().start + end,
            )
        } else {
            span
        }
    };
    let mut found = Vec::new();
    let mut start = 0;
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 && decisions.next().unwrap_or(false) {
            found.push((" ".to_owned(), place(start - 1, start)));
        }
        let ends = [' ', '\t', '\r'];
        let last = start + line.len() == text.len();
        let from = if index == 0 {
            0
        } else {
            line.len() - line.trim_start_matches(ends).len()
        };
        let to = if last {
            line.len()
        } else {
            line.trim_end_matches(ends).len()
        };
        if from < to {
            found.push((line[from..to].to_owned(), place(start + from, start + to)));
        }
        start += line.len() + 1;
    }
    found
}

/// Adds text, joined to the text before it where the source joins them.
fn write(text: &str, span: Span, out: &mut Vec<Inline>) {
    if text.is_empty() {
        return;
    }
    if let Some(Inline::Text {
        text: before,
        span: place,
    }) = out.last_mut()
        && place.file == span.file
        && place.end == span.start
        && place.range().len() == before.len()
        && span.range().len() == text.len()
    {
        before.push_str(text);
        place.end = span.end;
        return;
    }
    out.push(Inline::Text {
        text: text.to_owned(),
        span,
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(text: &str) -> String {
        let mut run = vec![Inline::Text {
            text: text.to_owned(),
            span: Default::default(),
        }];
        join(&mut run, true);
        Inline::plain(&run)
    }

    #[test]
    fn lines_join_as_their_script_asks() {
        assert_eq!(joined("香港\n九龍"), "香港九龍");
        assert_eq!(joined("香港，\r\n九龍"), "香港，九龍");
        assert_eq!(joined("Hong\nKong"), "Hong Kong");
        assert_eq!(joined("用\nRust 寫"), "用Rust 寫");
        assert_eq!(joined("한국\n사람"), "한국 사람");
        assert_eq!(joined("“a”\n“b”"), "“a”“b”");
    }
}
