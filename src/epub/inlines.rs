//! Inline text as XHTML: marks, ruby, links, notes, and which way characters stand.

use std::borrow::Cow;

use crate::diag::{Code, Diagnostic, Span};
use crate::model::style::VerticalQuotes;
use crate::model::{Inline, Language, LinkTarget, Mark, MarkKind, Ruby, RubyKind};
use crate::rules::context::classes;
use crate::rules::orient::corner_quote;
use crate::rules::tokens::{Setting, tokens};

use super::scribe::Scribe;
use super::voice::Voice;
use super::xhtml::Attr;

impl<'a> Scribe<'a> {
    /// Writes a run of inline text.
    pub(crate) fn inlines(&mut self, run: &'a [Inline]) {
        for item in run {
            self.inline(item);
        }
    }

    /// Writes a headline: what stands between its break hints keeps to a line of its own, or
    /// stands apart on the same one.
    pub(crate) fn headline_text(&mut self, run: &'a [Inline]) {
        let is_hint = |item: &Inline| matches!(item, Inline::BreakHint { .. });
        if !run.iter().any(is_hint) {
            return self.inlines(run);
        }
        for segment in run.split(is_hint).filter(|segment| !segment.is_empty()) {
            self.out.open("span", &[("class", "segment")]);
            self.inlines(segment);
            self.out.close("span");
        }
    }

    fn inline(&mut self, item: &'a Inline) {
        match item {
            Inline::Text { text, .. } => self.text(text),
            Inline::Mark(mark) => self.mark(mark),
            Inline::Ruby(ruby) => self.ruby(ruby),
            Inline::Upright { text, .. } => self.upright(text),
            Inline::Code { text, .. } => {
                let before = self.out.speak(Voice::CODE);
                self.out.open("code", &[("class", "code")]);
                self.out.text(text);
                self.out.close("code");
                self.out.speak(before);
            }
            Inline::Link {
                target,
                children,
                span,
            } => self.link(target, children, *span),
            Inline::NoteRef { note, .. } if self.in_link => self.held.push(*note),
            Inline::NoteRef { note, .. } => self.note_mark(*note),
            Inline::Image { image, alt, .. } => match self.context.pictures.get(&image.path) {
                Some(file) => self
                    .out
                    .empty("img", &[("class", "inline"), ("src", file), ("alt", alt)]),
                None => self.out.text(alt),
            },
            Inline::LineBreak { .. } => self.out.empty("br", &[]),
            Inline::BreakHint { .. } => self.out.empty("wbr", &[]),
        }
    }

    /// Writes text; in a vertical line short numbers share a cell and other characters stand as
    /// the same rules have them in print (composition rules §10.5).
    pub(crate) fn text(&mut self, text: &str) {
        if !self.vertical {
            self.out.text(text);
            return;
        }
        let cornered = self.cornered(text);
        let text = &*cornered;
        let mut from = 0;
        for token in tokens(text, &self.context.book.style, self.language) {
            let class = match token.setting {
                Setting::Combined => "tcy",
                Setting::Stacked => "upright",
                setting
                    if setting.is_rotated() && stands_up_by_itself(&text[token.range.clone()]) =>
                {
                    "turned"
                }
                _ => continue,
            };
            self.out.text(&text[from..token.range.start]);
            self.span(class, &text[token.range.clone()]);
            from = token.range.end;
        }
        self.out.text(&text[from..]);
    }

    /// The text with corner brackets for curly quotes where the house wants them in vertical lines
    /// (composition rules §10.2). Print only draws them; no style sheet can, so here they stand in
    /// the text.
    fn cornered<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let style = &self.context.book.style;
        let corner = |c| corner_quote(c, style.tradition);
        if style.vertical_quotes == VerticalQuotes::Keep || !text.contains(|c| corner(c).is_some())
        {
            return Cow::Borrowed(text);
        }
        let classes = classes(text, self.language);
        let mut ways = tokens(text, style, self.language).into_iter().peekable();
        let set = text.char_indices().zip(classes).map(|((at, c), class)| {
            while ways.next_if(|token| token.range.end <= at).is_some() {}
            let upright = ways
                .peek()
                .is_none_or(|token| at < token.range.start || token.setting == Setting::Upright);
            corner(c)
                .filter(|_| upright && class.is_mark())
                .unwrap_or(c)
        });
        Cow::Owned(set.collect())
    }

    fn span(&mut self, class: &str, text: &str) {
        self.out.open("span", &[("class", class)]);
        self.out.text(text);
        self.out.close("span");
    }

    fn upright(&mut self, text: &str) {
        if self.vertical {
            self.span("tcy", text);
        } else {
            self.out.text(text);
        }
    }

    fn mark(&mut self, mark: &'a Mark) {
        let before = self.out.voice();
        let (tag, class): (&str, &str) = match &mark.kind {
            MarkKind::Strong => {
                self.out.speak(before.bold());
                ("strong", "strong")
            }
            MarkKind::Emphasis if has_cjk(&mark.children) => {
                let (class, dots) = if self.language.is_japanese() {
                    ("dots-ja", "﹅•")
                } else {
                    ("dots", "●")
                };
                self.out.need(dots);
                ("em", class)
            }
            MarkKind::Emphasis => ("em", "italic"),
            // HTML names the Chinese proper-name mark as what `u` is for.
            MarkKind::ProperName => ("u", "pn"),
            MarkKind::BookTitle => ("cite", "bt"),
            MarkKind::Warichu => ("small", "warichu"),
            MarkKind::SideLine => ("u", "sideline"),
            MarkKind::Underline => ("u", "underline"),
            MarkKind::Strike => ("s", "strike"),
            MarkKind::Highlight => ("mark", "highlight"),
            MarkKind::Small => ("small", "small"),
            MarkKind::Keyboard => {
                self.out.speak(Voice::CODE);
                ("kbd", "kbd")
            }
            MarkKind::Superscript => ("sup", "sup"),
            MarkKind::Subscript => ("sub", "sub"),
            MarkKind::Language(language) => {
                self.in_language(language, &mark.children);
                return;
            }
        };
        // An index turns with the letters that it belongs to.
        let is_index = matches!(mark.kind, MarkKind::Superscript | MarkKind::Subscript);
        let vertical = self.vertical;
        self.vertical &= !is_index;
        self.out.open(tag, &[("class", class)]);
        self.inlines(&mark.children);
        self.out.close(tag);
        self.vertical = vertical;
        self.out.speak(before);
    }

    fn in_language(&mut self, language: &'a Language, children: &'a [Inline]) {
        let tag = language.tag();
        self.out.open(
            "span",
            &[("class", "lang"), ("lang", tag), ("xml:lang", tag)],
        );
        let before = std::mem::replace(&mut self.language, language);
        self.inlines(children);
        self.language = before;
        self.out.close("span");
    }

    /// Ruby: base and reading in turn, so that a reader without ruby still shows both.
    fn ruby(&mut self, ruby: &'a Ruby) {
        let class = match ruby.kind {
            RubyKind::Bopomofo => "bopomofo",
            RubyKind::Group | RubyKind::Mono => "ruby",
        };
        self.out.open("ruby", &[("class", class)]);
        for part in &ruby.parts {
            self.out.text(&part.base);
            self.out.open("rt", &[("class", "rt")]);
            self.out.text(&part.text);
            self.out.close("rt");
        }
        self.out.close("ruby");
    }

    fn link(&mut self, target: &'a LinkTarget, children: &'a [Inline], span: Span) {
        let outer = std::mem::replace(&mut self.in_link, true);
        let opened = !outer && self.open_link(target, span);
        self.inlines(children);
        if opened {
            self.out.close("a");
        }
        self.in_link = outer;
        if !outer {
            for note in std::mem::take(&mut self.held) {
                self.note_mark(note);
            }
        }
    }

    fn open_link(&mut self, target: &LinkTarget, span: Span) -> bool {
        match target {
            LinkTarget::Internal { id, .. } => match self.context.ids.get(id) {
                Some(name) => self.out.open_link(name, &[("class", "ref")]),
                None => return false,
            },
            LinkTarget::External(address) => match web_address(address) {
                Some(href) => self.out.open("a", &[("class", "link"), ("href", &href)]),
                None => {
                    let message = format!("`{address}` leads to nothing that an e-book can open");
                    self.sink.push(
                        Diagnostic::warning(Code::ReferenceUndefined, span, message)
                            .hint("name a web address with its scheme, as `https://…`; the words stay, without a link"),
                    );
                    return false;
                }
            },
        }
        true
    }

    /// The mark of a note: it leads to the note, and the note back to its first mark.
    fn note_mark(&mut self, index: usize) {
        let Some((note, name)) = self.note(index) else {
            return;
        };
        let id = self.next_mark(index, name);
        let attrs: [Attr<'_>; 4] = [
            ("class", "noteref"),
            ("id", &id),
            ("epub:type", "noteref"),
            ("role", "doc-noteref"),
        ];
        self.out.open_link(name, &attrs);
        let label = self.note_label(note.number);
        self.out.text(&label);
        self.out.close("a");
    }

    /// The mark as it is printed: 〔一〕 in vertical lines, 〔1〕 in horizontal ones (composition
    /// rules §16.1).
    pub(crate) fn note_label(&self, number: u32) -> String {
        if self.context.is_vertical() {
            format!("〔{}〕", han_number(number))
        } else {
            format!("〔{number}〕")
        }
    }
}

/// Whether a browser could keep some character of the text upright, so that turning must be asked
/// for: all but ASCII, Latin, Greek and Cyrillic (UAX #50).
fn stands_up_by_itself(text: &str) -> bool {
    text.chars().any(|c| c > '\u{52f}')
}

/// Whether any character is Han, kana or bopomofo, and so takes dots instead of italics.
fn has_cjk(run: &[Inline]) -> bool {
    Inline::plain(run).chars().any(is_cjk)
}

fn is_cjk(c: char) -> bool {
    matches!(c,
        '\u{2e80}'..='\u{2fff}' | '\u{3005}'..='\u{3007}' | '\u{3021}'..='\u{3029}'
        | '\u{3040}'..='\u{312f}' | '\u{31a0}'..='\u{31bf}' | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

/// A whole number as notes are numbered: 十二, 一百零三; from ten thousand on digit by digit.
pub(crate) fn han_number(number: u32) -> String {
    const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let digit = |n: u32| DIGITS[(n % 10) as usize];
    if number == 0 || number >= 10_000 {
        let plain = number.to_string();
        return plain.bytes().map(|b| digit(u32::from(b - b'0'))).collect();
    }
    let mut out = String::new();
    let mut skipped = false;
    for (unit, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let count = number / unit % 10;
        if count == 0 {
            skipped = !out.is_empty();
            continue;
        }
        if std::mem::take(&mut skipped) {
            out.push('零');
        }
        // 十二, but 一百一十二.
        if unit != 10 || count > 1 || !out.is_empty() {
            out.push(digit(count));
        }
        out.push_str(name);
    }
    out
}

/// Schemes that a reading system may follow.
const SCHEMES: &[&str] = &["ftp", "http", "https", "mailto", "tel"];

/// An address as a valid URL (WHATWG): unsafe characters are percent-encoded. `None` for what is
/// no address of the world outside: a link to it would be broken in the package.
fn web_address(address: &str) -> Option<String> {
    let address = address.trim();
    let (scheme, rest) = address.split_once(':')?;
    let scheme = scheme.to_ascii_lowercase();
    SCHEMES.binary_search(&scheme.as_str()).ok()?;
    if !matches!(scheme.as_str(), "mailto" | "tel") {
        let host = rest.strip_prefix("//")?.split(['/', '?', '#']).next()?;
        let bare = host.rsplit('@').next()?;
        let name = bare.split(':').next()?;
        let port = bare.strip_prefix(name)?.trim_start_matches(':');
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
        if name.is_empty()
            || !name.chars().all(plain)
            || port.parse::<u16>().is_err() && !port.is_empty()
        {
            return None;
        }
    }
    let mut href = format!("{scheme}:");
    for c in rest.chars() {
        if c.is_control() || c.is_whitespace() || "\"<>\\^`{|}[]".contains(c) {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                href.push_str(&format!("%{byte:02X}"));
            }
        } else {
            href.push(c);
        }
    }
    Some(lone_percents(&href))
}

/// A `%` that starts no escape is escaped itself.
fn lone_percents(href: &str) -> String {
    let bytes = href.as_bytes();
    let mut out = String::with_capacity(href.len());
    for (at, c) in href.char_indices() {
        out.push(c);
        let hex = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_hexdigit);
        if c == '%' && !(hex(at + 1) && hex(at + 2)) {
            out.push_str("25");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn han_numbers_count_as_notes_do() {
        let rows = [
            (1, "一"),
            (10, "十"),
            (12, "十二"),
            (20, "二十"),
            (105, "一百零五"),
            (110, "一百一十"),
            (999, "九百九十九"),
            (2025, "二千零二十五"),
            (10_020, "一〇〇二〇"),
        ];
        for (number, text) in rows {
            assert_eq!(han_number(number), text);
        }
    }

    #[test]
    fn addresses_are_valid_or_no_links() {
        assert_eq!(
            web_address("https://a.hk/港 x?q=%zz#[1]").as_deref(),
            Some("https://a.hk/港%20x?q=%25zz#%5B1%5D")
        );
        assert_eq!(web_address("HTTP://a.hk").as_deref(), Some("http://a.hk"));
        assert_eq!(
            web_address("mailto:a@b.hk").as_deref(),
            Some("mailto:a@b.hk")
        );
        for bad in [
            "a.pdf",
            "javascript:x",
            "http://",
            "https://a b/",
            "http:a",
            "http://a:99999",
        ] {
            assert_eq!(web_address(bad), None, "{bad}");
        }
    }
}
