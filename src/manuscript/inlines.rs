//! Inline text: Markdown's nodes and the marks of the manuscript to the model.

use std::ops::Range;

use crate::diag::{Code, Diagnostic, Span};
use crate::files::join;
use crate::model::{ImageRef, Inline, Language, LinkTarget, Mark, MarkKind};

use super::attributes::{self, Attributes};
use super::desk::{Desk, Stretch};
use super::events::{MAX_DEPTH, Node, NodeKind, Target, parse_inline};
use super::html::{self, Piece};
use super::ids::{Ids, percent_decode};
use super::lines;
use super::pen::{Opener, Pen, opener};
use super::ruby::ruby;
use super::runs::Run;

/// Where inline text stands: some marks depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Setting {
    /// In a headline `／` marks where it may break.
    pub(crate) headline: bool,
    /// In verse a line break of the source is kept.
    pub(crate) verse: bool,
    /// In a table a bar is written `\|`.
    pub(crate) table: bool,
    /// How deep the text is nested already.
    pub(crate) depth: usize,
}

impl Setting {
    fn deeper(self) -> Self {
        Self {
            depth: self.depth + 1,
            ..self
        }
    }
}

impl Desk<'_> {
    /// Inline text from a piece of text that is not part of the body: a title, a caption.
    pub(crate) fn line(&mut self, on: &Stretch<'_>, setting: Setting) -> Vec<Inline> {
        let nodes = parse_inline(on.text);
        self.inlines(&nodes, on, setting)
    }

    /// Inline text from nodes, its source lines joined.
    pub(crate) fn inlines(
        &mut self,
        nodes: &[Node<'_>],
        on: &Stretch<'_>,
        setting: Setting,
    ) -> Vec<Inline> {
        let mut run = self.nested(nodes, on, setting);
        lines::join(&mut run, self.language.is_cjk());
        run
    }

    fn nested(&mut self, nodes: &[Node<'_>], on: &Stretch<'_>, setting: Setting) -> Vec<Inline> {
        let mut pen = Pen::new(MAX_DEPTH.saturating_sub(setting.depth));
        let mut run = Run::default();
        let mut end_before = 0;
        for node in nodes {
            if let NodeKind::Text { text, verbatim } = &node.kind {
                let start = node.range.start;
                let escaped = *verbatim
                    && start > end_before
                    && on.text.as_bytes().get(start.wrapping_sub(1)) == Some(&b'\\');
                run.push(text, node.range.clone(), *verbatim, escaped);
            } else {
                let text = std::mem::take(&mut run);
                self.write_run(&text, on, setting, &mut pen);
                self.write_node(node, on, setting, &mut pen);
            }
            end_before = node.range.end;
        }
        self.write_run(&run, on, setting, &mut pen);
        pen.finish_text(self.sink)
    }

    fn write_node(&mut self, node: &Node<'_>, on: &Stretch<'_>, setting: Setting, pen: &mut Pen) {
        let span = on.span(&node.range);
        let mark = |kind, children| {
            Inline::Mark(Mark {
                kind,
                children,
                span,
            })
        };
        match &node.kind {
            NodeKind::Emphasis => {
                let children = self.nested(&node.children, on, setting.deeper());
                pen.push(mark(MarkKind::Emphasis, children));
            }
            NodeKind::Strong => {
                let children = self.nested(&node.children, on, setting.deeper());
                pen.push(mark(MarkKind::Strong, children));
            }
            NodeKind::Strike => {
                let children = self.nested(&node.children, on, setting.deeper());
                if on.text[node.range.clone()].starts_with("~~") {
                    pen.push(mark(MarkKind::Strike, children));
                } else {
                    // `10~20元` is a range and no stroke.
                    let (start, end) = (node.range.start, node.range.end);
                    pen.text("~", on.span(&(start..start + 1)));
                    for child in children {
                        match child {
                            Inline::Text { text, span } => pen.text(&text, span),
                            other => pen.push(other),
                        }
                    }
                    pen.text("~", on.span(&(end - 1..end)));
                }
            }
            NodeKind::Link(target) => {
                let children = self.nested(&node.children, on, setting.deeper());
                self.write_link(target, children, span, pen);
            }
            NodeKind::Image(target) => {
                if let Some(image) = self.image(&target.address, span) {
                    let alt = self.alt(&node.children, on);
                    pen.push(Inline::Image { image, alt, span });
                }
            }
            NodeKind::Code => {
                pen.push(Inline::Code {
                    text: code(&on.text[node.range.clone()], setting.table),
                    span,
                });
            }
            NodeKind::Html => self.write_html(&on.text[node.range.clone()], span, pen),
            NodeKind::NoteRef(label) => {
                if let Some(note) = self.notes.mark(label, span, self.sink) {
                    pen.push(Inline::NoteRef { note, span });
                }
            }
            NodeKind::SoftBreak if setting.verse => pen.push(Inline::LineBreak { span }),
            // Not yet a space: `lines` decides when its neighbours are known.
            NodeKind::SoftBreak => pen.push(Inline::Text {
                text: "\n".to_owned(),
                span,
            }),
            NodeKind::HardBreak => pen.push(Inline::LineBreak { span }),
            _ => {
                let children = self.nested(&node.children, on, setting.deeper());
                children.into_iter().for_each(|child| pen.push(child));
            }
        }
    }

    /// The words for a blind reader: the text of an image without its marks.
    pub(crate) fn alt(&mut self, nodes: &[Node<'_>], on: &Stretch<'_>) -> String {
        let mut words = self.nested(nodes, on, Setting::default());
        lines::join(&mut words, self.language.is_cjk());
        Inline::plain(&words).trim().to_owned()
    }

    /// A picture by the address that the author typed; a path that leaves the folder is told.
    pub(crate) fn image(&mut self, address: &str, span: Span) -> Option<ImageRef> {
        let address = address.trim();
        if has_scheme(address) {
            return Some(ImageRef {
                path: address.to_owned(),
                span,
            });
        }
        let plain = join(self.path, address);
        let decoded = join(self.path, &percent_decode(address));
        let path = match (plain, decoded) {
            (Some(plain), _) if self.files.exists(&plain) => plain,
            (_, Some(decoded)) => decoded,
            (Some(_), None) | (None, None) => {
                self.tell(
                    Diagnostic::error(
                        Code::FileOutside,
                        span,
                        format!("`{address}` leaves the publication's folder"),
                    )
                    .hint("copy the picture into the folder and name it from the article"),
                );
                return None;
            }
        };
        Some(ImageRef { path, span })
    }

    fn write_link(
        &mut self,
        target: &Target<'_>,
        children: Vec<Inline>,
        span: Span,
        pen: &mut Pen,
    ) {
        let address = target.address.trim();
        let target = if has_scheme(address) || address.starts_with("//") {
            Some(LinkTarget::External(address.to_owned()))
        } else {
            let internal = Ids::internal(self.article, self.path, address);
            if internal.is_none() {
                self.tell_stray(address, span);
            }
            internal.map(|id| LinkTarget::Internal {
                id,
                with_page: false,
            })
        };
        match target {
            Some(target) => pen.push(Inline::Link {
                target,
                children,
                span,
            }),
            None => children.into_iter().for_each(|child| pen.push(child)),
        }
    }

    /// A link to a file that is no article: it would lead out of what is made.
    fn tell_stray(&mut self, address: &str, span: Span) {
        let path = address.split(['#', '?']).next().unwrap_or("");
        if !path.is_empty() && join(self.path, &percent_decode(path)).is_none() {
            self.tell(
                Diagnostic::error(
                    Code::FileOutside,
                    span,
                    format!("`{address}` leaves the publication's folder"),
                )
                .hint("link to an article of this publication or to an address on the network"),
            );
            return;
        }
        self.tell(
            Diagnostic::warning(
                Code::ReferenceUndefined,
                span,
                format!("`{address}` is no article of this publication; its text is kept"),
            )
            .hint("link to an article, to `#id`, or to a whole address with https://"),
        );
    }

    fn write_html(&mut self, raw: &str, span: Span, pen: &mut Pen) {
        match html::piece(raw).map(|(piece, _)| piece) {
            Some(Piece::Open(tag)) => match tag.name.as_str() {
                "br" => pen.push(Inline::LineBreak { span }),
                "img" => {
                    let address = entities(tag.get("src").unwrap_or(""));
                    if let Some(image) = self.image(&address, span) {
                        let alt = entities(tag.get("alt").unwrap_or(""));
                        pen.push(Inline::Image { image, alt, span });
                    }
                }
                "rb" | "rtc" if pen.in_ruby() => {}
                "rt" | "rp" if !pen.in_ruby() => self.tell(
                    Diagnostic::warning(
                        Code::HtmlUnbalanced,
                        span,
                        format!("`<{}>` stands outside of `<ruby>`", tag.name),
                    )
                    .hint("write `<ruby>漢<rt>かん</rt></ruby>`"),
                ),
                _ => match opener(&tag) {
                    Some(_) if tag.closed => {}
                    Some(opener) => {
                        if !pen.open(opener, span) {
                            self.too_deep(span);
                        }
                    }
                    None => self.unknown_tag(&tag.name, span),
                },
            },
            Some(Piece::Close(name)) => match name.as_str() {
                "b" | "strong" | "i" | "em" | "sup" | "sub" | "mark" | "kbd" | "u" | "ins"
                | "s" | "del" | "small" | "ruby" | "rt" | "rp" => {
                    pen.close_tag(&name, span, self.sink);
                }
                // A `<span>` without a language opened nothing.
                "span" => {
                    let mut aside = crate::diag::Sink::new();
                    pen.close_tag(&name, span, &mut aside);
                }
                _ => {}
            },
            Some(Piece::Silent) => {}
            None => pen.text(raw, span),
        }
    }

    /// Tells, once a paragraph at most, that marks are nested deeper than is followed.
    fn too_deep(&mut self, span: Span) {
        self.tell(
            Diagnostic::error(
                Code::NestingDepth,
                span,
                format!("marks are nested deeper than {MAX_DEPTH} levels"),
            )
            .hint("write the text with fewer marks inside one another"),
        );
    }

    /// Characters with the marks that are ours.
    fn write_run(&mut self, run: &Run, on: &Stretch<'_>, setting: Setting, pen: &mut Pen) {
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
                '{' if !escaped => break,
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
    // A backslash keeps it, though Markdown knows escapes of ASCII alone.
    if text[..here].ends_with('\\') {
        return None;
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

/// Whether an address names its scheme.
fn has_scheme(address: &str) -> bool {
    address.split_once(':').is_some_and(|(scheme, _)| {
        scheme.len() > 1
            && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
    })
}

/// Code between its backticks (CommonMark 0.31, code spans).
fn code(raw: &str, table: bool) -> String {
    let fence = raw.len() - raw.trim_start_matches('`').len();
    let inside = raw
        .get(fence..raw.len().saturating_sub(fence))
        .unwrap_or("");
    let mut text = inside.replace("\r\n", " ").replace(['\n', '\r'], " ");
    if table {
        text = text.replace("\\|", "|");
    }
    let blank = text.chars().all(|c| c == ' ');
    match text.strip_prefix(' ').and_then(|t| t.strip_suffix(' ')) {
        Some(inner) if !blank => inner.to_owned(),
        _ => text,
    }
}

/// Entities of an attribute's value resolved.
pub(crate) fn entities(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(40).position(|b| b == b';');
        let told = end.and_then(|end| Some((entity(&rest[..=end])?, end + 1)));
        match told {
            Some((character, length)) => {
                out.push_str(&character);
                rest = &rest[length..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// One entity, resolved by the Markdown parser, which knows their names.
fn entity(text: &str) -> Option<String> {
    let nodes = parse_inline(text);
    match nodes.as_slice() {
        [
            Node {
                kind:
                    NodeKind::Text {
                        text,
                        verbatim: false,
                    },
                ..
            },
        ] => Some(text.to_string()),
        _ => None,
    }
}
