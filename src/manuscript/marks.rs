//! The manuscript's own marks in a run of characters: ruby, attributes, upright figures, notes.

use std::ops::Range;

use crate::diag::{Code, Diagnostic, Span};
use crate::model::{Inline, Language, LinkTarget, Mark, MarkKind};

use super::attributes::{self, Attributes};
use super::desk::{Desk, Stretch};
use super::ids::Ids;
use super::inlines::Setting;
use super::pen::{Opener, Pen};
use super::ruby::{nested, nested_ruby, ruby};
use super::runs::Run;

impl Desk<'_> {
    /// Characters with the marks that are ours.
    pub(crate) fn write_run(
        &mut self,
        run: &Run,
        on: &Stretch<'_>,
        setting: Setting,
        pen: &mut Pen,
    ) {
        let text = run.text.as_str();
        let is_mark =
            |c: char| matches!(c, '{' | '[' | ']' | '^') || (c == '／' && setting.headline);
        let mut at = self.attributes_of_link(run, on, pen);
        let mut plain = at;
        while let Some(found) = text[at..].find(is_mark) {
            let here = at + found;
            let Some(mark) = text[here..].chars().next() else {
                break;
            };
            at = here + mark.len_utf8();
            if run.is_escaped(here) {
                continue;
            }
            let taken = match mark {
                '{' => self.brace(run, here, on, setting),
                '^' => self.caret(run, here, plain, on, pen),
                '[' => self.note(run, here, on),
                '／' => break_hint(run, here, on),
                _ => None,
            };
            if let Some((inline, start, end)) = taken {
                write_plain(run, plain..start, on, pen);
                if let Some(inline) = inline {
                    pen.push(inline);
                }
                at = end;
                plain = end;
                continue;
            }
            match mark {
                '[' => {
                    write_plain(run, plain..here, on, pen);
                    plain = here;
                    if pen.open(Opener::Bracket, on.span(&run.source(here..here + 1))) {
                        plain = at;
                    }
                }
                ']' => {
                    write_plain(run, plain..here, on, pen);
                    plain = here;
                    let Some((inside, open)) = pen.close_bracket() else {
                        continue;
                    };
                    match attributes_at(run, at) {
                        Some((attributes, end)) => {
                            let span = open.to(on.span(&run.source(here..end)));
                            for inline in self.spanned(inside, &attributes, span) {
                                pen.push(inline);
                            }
                            at = end;
                            plain = end;
                        }
                        None => pen.bracket_as_text(inside, open),
                    }
                }
                _ => {}
            }
        }
        write_plain(run, plain..text.len(), on, pen);
    }

    /// Attributes right behind a link belong to it: `[見圖](#map){.pn}`. Gives where the run goes
    /// on.
    fn attributes_of_link(&mut self, run: &Run, on: &Stretch<'_>, pen: &mut Pen) -> usize {
        if run.is_escaped(0) {
            return 0;
        }
        let Some((attributes, end)) = attributes_at(run, 0) else {
            return 0;
        };
        let start = run.source(0..1).start;
        match pen.take_last() {
            Some(Inline::Link {
                target,
                children,
                span,
            }) if on
                .text
                .as_bytes()
                .get(start.wrapping_sub(1))
                .is_some_and(|b| matches!(b, b')' | b']')) =>
            {
                let whole = span.to(on.span(&run.source(0..end)));
                // The form wins over a definition of the same name.
                let by_name = on.text.as_bytes().get(start.wrapping_sub(1)) == Some(&b']');
                let inside = if by_name {
                    children
                } else {
                    vec![Inline::Link {
                        target,
                        children,
                        span,
                    }]
                };
                for inline in self.spanned(inside, &attributes, whole) {
                    pen.push(inline);
                }
                end
            }
            Some(other) => {
                pen.push(other);
                0
            }
            None => 0,
        }
    }

    /// `{base|reading}`: ruby, or words on what is wrong with it.
    fn brace(
        &mut self,
        run: &Run,
        here: usize,
        on: &Stretch<'_>,
        setting: Setting,
    ) -> Option<(Option<Inline>, usize, usize)> {
        let text = run.text.as_str();
        let mut bars = Vec::new();
        let mut close = None;
        for (found, c) in text[here + 1..].char_indices() {
            let at = here + 1 + found;
            let escaped = run.is_escaped(at);
            match c {
                '|' if !escaped || setting.table => bars.push(at),
                '}' if !escaped => {
                    close = Some(at);
                    break;
                }
                '{' if !escaped => {
                    if let Some(end) = nested(&text[here..]) {
                        let place = on.span(&run.source(here..here + end));
                        self.tell(nested_ruby(place));
                        return None;
                    }
                    break;
                }
                _ => {}
            }
        }
        let first = bars.first().copied()?;
        let Some(close) = close else {
            let place = on.span(&run.source(here..first + 1));
            self.tell(
                Diagnostic::error(
                    Code::RubySyntax,
                    place,
                    format!("the ruby `{}` is not closed", &text[here..=first]),
                )
                .hint("close it with `}` on the same line, or write `\\{` for a brace"),
            );
            return None;
        };
        let span = on.span(&run.source(here..close + 1));
        let ends = bars.iter().skip(1).copied().chain([close]);
        let readings: Vec<&str> = bars
            .iter()
            .zip(ends)
            .map(|(bar, end)| &text[bar + 1..end])
            .collect();
        let (made, fault) = ruby(&text[here + 1..first], &readings, span);
        if let Some(fault) = fault {
            self.tell(fault);
        }
        Some((Some(Inline::Ruby(made)), here, close + 1))
    }

    /// `^12^`: upright, or a superscript after a Latin letter or digit.
    fn caret(
        &mut self,
        run: &Run,
        here: usize,
        plain: usize,
        on: &Stretch<'_>,
        pen: &Pen,
    ) -> Option<(Option<Inline>, usize, usize)> {
        let text = run.text.as_str();
        let tail = &text[here + 1..];
        let stop = tail.find(|c: char| c == '^' || c.is_whitespace())?;
        let close = here + 1 + stop;
        let inside = &text[here + 1..close];
        let spoken = inside
            .chars()
            .any(|c| c.is_alphanumeric() || matches!(c, '+' | '-' | '−' | '!' | '?' | '*'));
        if !text[close..].starts_with('^') || run.is_escaped(close) || !spoken {
            return None;
        }
        let before = text[plain..here]
            .chars()
            .next_back()
            .or_else(|| pen.last_character());
        let source = run.source(here..close + 1);
        let span = on.span(&source);
        let inside_span = on.span(&run.source(here + 1..close));
        let inline = if before.is_some_and(is_latin) {
            Inline::Mark(Mark {
                kind: MarkKind::Superscript,
                children: vec![Inline::Text {
                    text: inside.to_owned(),
                    span: inside_span,
                }],
                span,
            })
        } else {
            Inline::Upright {
                text: inside.to_owned(),
                span: inside_span,
            }
        };
        Some((Some(inline), here, close + 1))
    }

    /// `[^1]` that the parser left: the mark of a note in a caption, or a note not written.
    fn note(
        &mut self,
        run: &Run,
        here: usize,
        on: &Stretch<'_>,
    ) -> Option<(Option<Inline>, usize, usize)> {
        let label = run.text[here..].strip_prefix("[^")?;
        let length = label.find(['[', ']'])?;
        let close = here + 2 + length;
        let label = &label[..length];
        if label.trim().is_empty() || label.contains('^') || !run.text[close..].starts_with(']') {
            return None;
        }
        let span = on.span(&run.source(here..close + 1));
        let note = self.notes.mark(label, span, self.sink);
        let inline = note.map(|note| Inline::NoteRef { note, span });
        Some((inline, here, close + 1))
    }

    /// Text under the attributes of its bracket.
    fn spanned(&mut self, inside: Vec<Inline>, attributes: &Attributes, span: Span) -> Vec<Inline> {
        let mut run = inside;
        let mut unknown: Vec<String> = Vec::new();
        if let Some(id) = &attributes.id {
            unknown.push(format!("#{id}"));
        }
        for class in &attributes.classes {
            let kind = match class.as_str() {
                "pn" => MarkKind::ProperName,
                "bt" => MarkKind::BookTitle,
                "warichu" => MarkKind::Warichu,
                "sideline" => MarkKind::SideLine,
                "tcy" => {
                    run = vec![Inline::Upright {
                        text: Inline::plain(&run),
                        span: run
                            .first()
                            .map_or(span, |i| i.span().to(run[run.len() - 1].span())),
                    }];
                    continue;
                }
                other => {
                    unknown.push(format!(".{other}"));
                    continue;
                }
            };
            if self.marks.insert(class.clone()) {
                super::effect::tell_mark(class, span, self.sink);
            }
            run = vec![Inline::Mark(Mark {
                kind,
                children: run,
                span,
            })];
        }
        for (key, value) in &attributes.pairs {
            match key.as_str() {
                "lang" if Language::new(value).is_well_formed() => {
                    run = vec![Inline::Mark(Mark {
                        kind: MarkKind::Language(Language::new(value)),
                        children: run,
                        span,
                    })];
                }
                "ref" if !value.is_empty() => {
                    run = vec![Inline::Link {
                        target: LinkTarget::Internal {
                            id: Ids::pending(self.article, value.trim_start_matches('#')),
                            with_page: true,
                        },
                        children: run,
                        span,
                    }];
                }
                _ => unknown.push(format!("{key}={value}")),
            }
        }
        for word in unknown {
            self.tell_mark(&word, span);
        }
        run
    }

    /// Tells of a class or attribute that is not understood.
    pub(crate) fn tell_mark(&mut self, word: &str, span: Span) {
        self.tell(
            Diagnostic::warning(
                Code::MarkUnknown,
                span,
                format!("`{word}` is not understood here; the text is kept"),
            )
            .hint("text in brackets takes .pn .bt .warichu .tcy .sideline, lang=…, ref=…"),
        );
    }
}

/// Writes characters without marks.
fn write_plain(run: &Run, range: Range<usize>, on: &Stretch<'_>, pen: &mut Pen) {
    for (text, source) in run.parts(range) {
        pen.text(text, on.span(&source));
    }
}

/// `／` with the blank around it.
fn break_hint(run: &Run, here: usize, on: &Stretch<'_>) -> Option<(Option<Inline>, usize, usize)> {
    let text = run.text.as_str();
    // A backslash keeps it, though Markdown itself knows escapes of ASCII alone.
    if text[..here].ends_with('\\') {
        let end = here + '／'.len_utf8();
        let kept = Inline::Text {
            text: '／'.to_string(),
            span: on.span(&run.source(here..end)),
        };
        return Some((Some(kept), here - 1, end));
    }
    let end = here + '／'.len_utf8();
    let start = text[..here].trim_end().len();
    let after = end + (text[end..].len() - text[end..].trim_start().len());
    let span = on.span(&run.source(here..end));
    Some((Some(Inline::BreakHint { span }), start, after))
}

/// Attributes in braces at a byte of a run, and where they end.
fn attributes_at(run: &Run, at: usize) -> Option<(Attributes, usize)> {
    let rest = run.text.get(at..)?.strip_prefix('{')?;
    let close = rest.find(['}', '{', '\n'])?;
    if !rest[close..].starts_with('}') {
        return None;
    }
    Some((attributes::parse(&rest[..close])?, at + close + 2))
}

fn is_latin(character: char) -> bool {
    character.is_ascii_alphanumeric()
        || matches!(character, '\u{C0}'..='\u{24F}' | '\u{370}'..='\u{3FF}')
            && character.is_alphabetic()
}
