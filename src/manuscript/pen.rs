//! The pen that writes inline text: what is open, and what was written inside of it.

use crate::diag::{Code, Diagnostic, Sink, Span};
use crate::model::{Inline, Mark, MarkKind, Ruby, RubyKind, RubyPart};

use super::html::Tag;
use super::ruby::characters;
use super::scripts::is_bopomofo;

/// What a frame waits for.
pub(crate) enum Opener {
    /// The end of the text.
    End,
    /// `]`
    Bracket,
    /// The closing tag of a mark.
    Tag(String, MarkKind),
    /// `</ruby>`; base and reading of the parts so far.
    Ruby(Vec<(Vec<Inline>, String)>),
    /// `</rt>`
    Reading,
    /// `</rp>`
    Parenthesis,
}

struct Frame {
    opener: Opener,
    span: Span,
    out: Vec<Inline>,
}

/// Writes inline text from left to right.
pub(crate) struct Pen {
    frames: Vec<Frame>,
    /// How many frames may still be opened.
    room: usize,
}

impl Pen {
    /// A pen that nests at most `room` deep.
    pub(crate) fn new(room: usize) -> Self {
        Self {
            frames: vec![Frame {
                opener: Opener::End,
                span: Span::default(),
                out: Vec::new(),
            }],
            room,
        }
    }

    fn top(&mut self) -> &mut Frame {
        self.frames
            .last_mut()
            .expect("the frame of the whole text is never taken off")
    }

    /// Writes a piece.
    pub(crate) fn push(&mut self, inline: Inline) {
        self.top().out.push(inline);
    }

    /// Writes characters, joined to those before them where the source joins them.
    pub(crate) fn text(&mut self, text: &str, span: Span) {
        if text.is_empty() {
            return;
        }
        if let Some(Inline::Text {
            text: last,
            span: before,
        }) = self.top().out.last_mut()
            && before.file == span.file
            && before.end == span.start
            && before.range().len() == last.len()
            && span.range().len() == text.len()
        {
            last.push_str(text);
            before.end = span.end;
            return;
        }
        self.push(Inline::Text {
            text: text.to_owned(),
            span,
        });
    }

    /// The last character written in the open frame.
    pub(crate) fn last_character(&self) -> Option<char> {
        fn last(run: &[Inline]) -> Option<char> {
            match run.last()? {
                Inline::Text { text, .. }
                | Inline::Upright { text, .. }
                | Inline::Code { text, .. } => text.chars().next_back(),
                Inline::Mark(mark) => last(&mark.children),
                Inline::Link { children, .. } => last(children),
                Inline::Ruby(ruby) => ruby.parts.last()?.base.chars().next_back(),
                _ => None,
            }
        }
        last(&self.frames.last()?.out)
    }

    /// Takes back the last piece written in the open frame.
    pub(crate) fn take_last(&mut self) -> Option<Inline> {
        self.top().out.pop()
    }

    /// Opens a frame; without room left nothing is opened and `false` is given.
    pub(crate) fn open(&mut self, opener: Opener, span: Span) -> bool {
        if self.frames.len() > self.room {
            return false;
        }
        self.frames.push(Frame {
            opener,
            span,
            out: Vec::new(),
        });
        true
    }

    /// Closes a bracket: what was written in it and where it opened, if one is open here.
    pub(crate) fn close_bracket(&mut self) -> Option<(Vec<Inline>, Span)> {
        if !matches!(self.frames.last()?.opener, Opener::Bracket) {
            return None;
        }
        self.frames.pop().map(|frame| (frame.out, frame.span))
    }

    /// Writes a bracket that is none of ours as it was typed.
    pub(crate) fn bracket_as_text(&mut self, inside: Vec<Inline>, open: Span) {
        self.text("[", open);
        for inline in inside {
            match inline {
                Inline::Text { text, span } => self.text(&text, span),
                other => self.push(other),
            }
        }
    }

    /// Whether ruby is open around the next piece.
    pub(crate) fn in_ruby(&self) -> bool {
        self.frames
            .iter()
            .any(|frame| matches!(frame.opener, Opener::Ruby(_)))
    }

    /// Closes the frame of a tag, and what is open inside of it.
    pub(crate) fn close_tag(&mut self, name: &str, span: Span, sink: &mut Sink) {
        let waits = |opener: &Opener| match opener {
            Opener::Tag(waited, _) => waited == name,
            Opener::Ruby(_) => name == "ruby",
            Opener::Reading => name == "rt",
            Opener::Parenthesis => name == "rp",
            Opener::End | Opener::Bracket => false,
        };
        let Some(at) = self.frames.iter().rposition(|frame| waits(&frame.opener)) else {
            sink.push(
                Diagnostic::warning(
                    Code::HtmlUnbalanced,
                    span,
                    format!("`</{name}>` closes nothing that is open here"),
                )
                .hint("open and close a tag in the same paragraph"),
            );
            return;
        };
        while self.frames.len() > at + 1 {
            self.drop_frame(sink);
        }
        if let Some(frame) = self.frames.pop() {
            self.finish(frame, span);
        }
    }

    /// Leaves a frame whose end was not written.
    fn drop_frame(&mut self, sink: &mut Sink) {
        let Some(frame) = self.frames.pop() else {
            return;
        };
        match &frame.opener {
            Opener::End => self.frames.push(frame),
            Opener::Bracket => self.bracket_as_text(frame.out, frame.span),
            // HTML lets these end with what holds them.
            Opener::Reading | Opener::Parenthesis => {
                let span = frame.span;
                self.finish(frame, span);
            }
            Opener::Tag(..) | Opener::Ruby(_) => {
                let name = match &frame.opener {
                    Opener::Tag(name, _) => name.as_str(),
                    _ => "ruby",
                };
                sink.push(
                    Diagnostic::warning(
                        Code::HtmlUnbalanced,
                        frame.span,
                        format!("`<{name}>` is not closed in its paragraph"),
                    )
                    .hint(format!("close it with `</{name}>`")),
                );
                let span = frame.span;
                self.finish(frame, span);
            }
        }
    }

    fn finish(&mut self, frame: Frame, end: Span) {
        let span = frame.span.to(end);
        match frame.opener {
            Opener::Tag(_, kind) => {
                if !frame.out.is_empty() {
                    self.push(Inline::Mark(Mark {
                        kind,
                        children: frame.out,
                        span,
                    }));
                }
            }
            Opener::Reading => {
                let reading = Inline::plain(&frame.out).trim().to_owned();
                let top = self.top();
                if let Opener::Ruby(parts) = &mut top.opener {
                    parts.push((std::mem::take(&mut top.out), reading));
                } else {
                    top.out.extend(frame.out);
                }
            }
            Opener::Ruby(parts) => {
                for inline in from_html(parts, span) {
                    self.push(inline);
                }
                // A base without a reading is text.
                self.top().out.extend(frame.out);
            }
            Opener::End | Opener::Bracket => self.top().out.extend(frame.out),
            Opener::Parenthesis => {}
        }
    }

    /// Ends the text: what is still open is told and closed.
    pub(crate) fn finish_text(mut self, sink: &mut Sink) -> Vec<Inline> {
        while self.frames.len() > 1 {
            self.drop_frame(sink);
        }
        self.frames.pop().map(|frame| frame.out).unwrap_or_default()
    }
}

/// Ruby from HTML: readings over single characters stand together, others each for itself, and a
/// base without a reading is text.
fn from_html(parts: Vec<(Vec<Inline>, String)>, span: Span) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::new();
    for (inside, text) in parts {
        let base = Inline::plain(&inside).trim().to_owned();
        if text.is_empty() || base.is_empty() {
            out.extend(inside);
            continue;
        }
        let spoken = text.chars().all(|c| is_bopomofo(c) || c.is_whitespace());
        let kind = match characters(&base).len() {
            1 if spoken => RubyKind::Bopomofo,
            1 => RubyKind::Mono,
            _ => RubyKind::Group,
        };
        let part = RubyPart { base, text };
        match out.last_mut() {
            Some(Inline::Ruby(ruby)) if ruby.kind == kind && kind != RubyKind::Group => {
                ruby.parts.push(part);
            }
            _ => out.push(Inline::Ruby(Ruby {
                kind,
                parts: vec![part],
                span,
            })),
        }
    }
    out
}

/// The frame for an opening tag; `None` for a tag that opens none.
pub(crate) fn opener(tag: &Tag) -> Option<Opener> {
    match tag.name.as_str() {
        "ruby" => Some(Opener::Ruby(Vec::new())),
        "rt" => Some(Opener::Reading),
        "rp" => Some(Opener::Parenthesis),
        name => super::html::mark(tag).map(|kind| Opener::Tag(name.to_owned(), kind)),
    }
}
