//! Blocks as XHTML: paragraphs, lists, quotations, verse, code, figures, boxes.

use crate::model::{
    Block, BoxKind, Boxed, CodeBlock, Definitions, Figure, Heading, Inline, List, ListItem,
    Paragraph, Placement, Quote, QuoteKind, Verse,
};
use crate::rules::words::{self, Word};

use super::scribe::{Heading as Written, Scribe};
use super::voice::Voice;
use super::xhtml::Cut;

/// Characters that a reading system sets in front of list items.
const LIST_MARKS: &str = "•◦▪0123456789.零〇一二三四五六七八九十百千、（）";

impl<'a> Scribe<'a> {
    /// Writes the blocks of a story; the document may be cut before each of them.
    pub(crate) fn story_blocks(&mut self, run: &'a [Block]) {
        for block in run {
            self.out.cut(match block {
                Block::Heading(heading) => Cut::Heading(heading.level),
                _ => Cut::Block,
            });
            self.block(block);
        }
    }

    /// Writes blocks that stay together.
    pub(crate) fn blocks(&mut self, run: &'a [Block]) {
        run.iter().for_each(|block| self.block(block));
    }

    fn block(&mut self, block: &'a Block) {
        match block {
            Block::Heading(heading) => self.heading(heading, ""),
            Block::Paragraph(paragraph) => self.paragraph(paragraph),
            Block::List(list) => self.list(list),
            Block::Definitions(list) => self.definitions(list),
            Block::Quote(quote) => self.quote(quote),
            Block::Verse(verse) => self.verse(verse),
            Block::Code(code) => self.code(code),
            Block::Figure(figure) => self.figure(figure),
            Block::Table(table) => self.table(table),
            Block::Boxed(boxed) => self.boxed(boxed),
            Block::Break { .. } => {
                self.out.empty("hr", &[("class", "break")]);
                self.out.newline();
            }
        }
    }

    /// A heading at its place in the outline; `class` joins that of its level.
    fn heading(&mut self, heading: &'a Heading, class: &str) {
        let level = self.outline.level(heading.level);
        let tag = format!("h{level}");
        let id = self.id(&heading.id);
        let class = format!("{tag}{class}");
        self.headings.push(Written {
            level,
            id: id.to_owned(),
            label: Inline::in_one_line(&heading.content),
        });
        let before = self.out.speak(Voice::HEADING);
        self.out.open(&tag, &[("class", &class), ("id", id)]);
        self.inlines(&heading.content);
        self.out.close_block(&tag);
        self.out.speak(before);
    }

    fn paragraph(&mut self, paragraph: &'a Paragraph) {
        let class = if paragraph.continued {
            "p continued"
        } else {
            "p"
        };
        self.paragraph_of(class, &paragraph.content);
    }

    /// A paragraph of this class.
    pub(crate) fn paragraph_of(&mut self, class: &str, content: &'a [Inline]) {
        self.out.open("p", &[("class", class)]);
        self.inlines(content);
        self.out.close_block("p");
    }

    fn list(&mut self, list: &'a List) {
        self.out.need(LIST_MARKS);
        let start = list.start.unwrap_or(1).to_string();
        let tag = match list.start {
            None => {
                self.out.open_block("ul", &[("class", "list")]);
                "ul"
            }
            Some(1) => {
                self.out.open_block("ol", &[("class", "list numbered")]);
                "ol"
            }
            Some(_) => {
                let attrs = [("class", "list numbered"), ("start", start.as_str())];
                self.out.open_block("ol", &attrs);
                "ol"
            }
        };
        for item in &list.items {
            self.list_item(item, list.tight);
        }
        self.out.close_block(tag);
    }

    fn list_item(&mut self, item: &'a ListItem, tight: bool) {
        let class = if item.task.is_some() {
            "item task"
        } else {
            "item"
        };
        self.out.open("li", &[("class", class)]);
        if let Some(done) = item.task {
            let (mark, word) = if done {
                ("☑", Word::Done)
            } else {
                ("☐", Word::Open)
            };
            let label = word.text(self.context.labels);
            let attrs = [("class", "tick"), ("role", "img"), ("aria-label", label)];
            self.out.open("span", &attrs);
            self.out.text(mark);
            self.out.close("span");
        }
        // A tight list's items are lines, not paragraphs.
        let rest = match item.blocks.split_first() {
            Some((Block::Paragraph(first), rest)) if tight => {
                self.inlines(&first.content);
                rest
            }
            _ => &item.blocks[..],
        };
        if !rest.is_empty() {
            self.out.newline();
            self.blocks(rest);
        }
        self.out.close_block("li");
    }

    fn definitions(&mut self, list: &'a Definitions) {
        self.out.open_block("dl", &[("class", "definitions")]);
        for entry in &list.entries {
            for term in &entry.terms {
                let before = self.out.voice();
                self.out.speak(before.bold());
                self.out.open("dt", &[("class", "term")]);
                self.inlines(term);
                self.out.close_block("dt");
                self.out.speak(before);
            }
            for meaning in &entry.meanings {
                self.out.open("dd", &[("class", "meaning")]);
                self.blocks(meaning);
                self.out.close_block("dd");
            }
        }
        self.out.close_block("dl");
    }

    fn quote(&mut self, quote: &'a Quote) {
        let Some(label) = words::alert(quote.kind, self.context.labels) else {
            self.out.open_block("blockquote", &[("class", "quote")]);
            self.blocks(&quote.blocks);
            self.out.close_block("blockquote");
            return;
        };
        let (tag, kind, role) = match quote.kind {
            QuoteKind::Tip => ("aside", "tip", "doc-tip"),
            _ => ("section", "notice", "doc-notice"),
        };
        let attrs = [
            ("class", "alert"),
            ("epub:type", kind),
            ("role", role),
            ("aria-label", label),
        ];
        self.out.open_block(tag, &attrs);
        let before = self.out.speak(Voice::HEADING);
        self.out.line("p", &[("class", "alert-name")], label);
        self.out.speak(before);
        self.blocks(&quote.blocks);
        self.out.close_block(tag);
    }

    fn verse(&mut self, verse: &'a Verse) {
        self.out.open_block("div", &[("class", "verse")]);
        if let Some(title) = &verse.title {
            self.heading(title, " verse-title");
        }
        for stanza in &verse.stanzas {
            self.out.open_block("div", &[("class", "stanza")]);
            for line in stanza {
                self.paragraph_of("line", line);
            }
            self.out.close_block("div");
        }
        self.out.close_block("div");
    }

    fn code(&mut self, code: &'a CodeBlock) {
        let before = self.out.speak(Voice::CODE);
        self.out.open("pre", &[("class", "listing")]);
        self.out.open("code", &[("class", "code")]);
        self.out.text(&code.text);
        self.out.close("code");
        self.out.close_block("pre");
        self.out.speak(before);
    }

    fn figure(&mut self, figure: &'a Figure) {
        let id = self.id(&figure.id);
        let class = match figure.place {
            Placement::Column => "figure",
            Placement::Wide => "figure wide",
            Placement::Page => "figure page",
            Placement::Bleed => "figure page bleed",
        };
        self.out
            .open_block("figure", &[("class", class), ("id", id)]);
        match self.context.pictures.get(&figure.image.path) {
            Some(file) => {
                let attrs = [
                    ("class", "picture"),
                    ("src", file.as_str()),
                    ("alt", figure.alt.as_str()),
                ];
                self.out.empty("img", &attrs);
                self.out.newline();
            }
            // Reported when the picture was opened; the words stand in for it.
            None => self.out.line("p", &[("class", "picture")], &figure.alt),
        }
        if !figure.caption.is_empty() || figure.credit.is_some() {
            self.caption(figure);
        }
        self.out.close_block("figure");
    }

    /// Pointer, caption, credit. The picture stands above its caption, in vertical lines to the
    /// right of it; the pointer is an ornament that nobody reads aloud.
    fn caption(&mut self, figure: &'a Figure) {
        let before = self.out.speak(Voice::CAPTION);
        self.out.open("figcaption", &[("class", "caption")]);
        self.out
            .open("span", &[("class", "pointer"), ("aria-hidden", "true")]);
        self.out.text(if self.vertical { "▶" } else { "▲" });
        self.out.close("span");
        self.inlines(&figure.caption);
        if let Some(credit) = &figure.credit {
            self.out.open("span", &[("class", "credit")]);
            self.text(&format!("（{credit}）"));
            self.out.close("span");
        }
        self.out.close_block("figcaption");
        self.out.speak(before);
    }

    fn boxed(&mut self, boxed: &'a Boxed) {
        let id = self.id(&boxed.title.id);
        match boxed.kind {
            BoxKind::PullQuote => {
                let attrs = [
                    ("class", "pullquote"),
                    ("epub:type", "pullquote"),
                    ("role", "doc-pullquote"),
                ];
                self.out.open_block("aside", &attrs);
                let before = self.out.speak(Voice::HEADING);
                if boxed.title.content.is_empty() {
                    self.out.empty("span", &[("id", id)]);
                    self.out.newline();
                } else {
                    // A quotation is no part of the outline.
                    let attrs = [("class", "pullquote-title"), ("id", id)];
                    self.out.open("p", &attrs);
                    self.inlines(&boxed.title.content);
                    self.out.close_block("p");
                }
                self.blocks(&boxed.blocks);
                self.out.speak(before);
                self.out.close_block("aside");
            }
            BoxKind::Fact | BoxKind::Sidebar => {
                let class = match boxed.kind {
                    BoxKind::Fact => "box",
                    _ => "box sidebar",
                };
                let attrs = [
                    ("class", class),
                    ("epub:type", "sidebar"),
                    ("aria-labelledby", id),
                ];
                self.out.open_block("aside", &attrs);
                self.heading(&boxed.title, " box-title");
                self.blocks(&boxed.blocks);
                self.out.close_block("aside");
            }
        }
    }
}
