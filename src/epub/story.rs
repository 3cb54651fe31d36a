//! Stories: headline, text, credits and notes of an article, cut into files.

use crate::diag::Diagnostic;
use crate::model::{Article, Block, Credit, Inline};
use crate::rules::words;

use super::nav::Chapter;
use super::scribe::{Context, Heading, Scribe};
use super::voice::Voice;
use super::xhtml::{Cut, Document, Markup, Piece, Places};

/// Above this many bytes a story is cut once more: old readers load no file over 1 MB, and what
/// stands around the text needs room.
const LARGEST_FILE: usize = 900_000;

/// What the id of an article's title adds to the article's own.
const TITLE_ID: &str = ".title";

/// A story, written and cut, whose links do not know their files yet.
pub(crate) struct Story<'a> {
    article: &'a Article,
    markup: Markup,
    headings: Vec<Heading>,
    parts: Vec<StoryFile>,
    faults: Vec<Diagnostic>,
}

/// One file of a story.
struct StoryFile {
    name: String,
    text: Vec<Piece>,
    notes: Vec<Piece>,
}

impl<'a> Story<'a> {
    /// Writes an article; its first file is `stem.xhtml`.
    pub(crate) fn new(context: &Context<'a>, article: &'a Article, stem: &str) -> Self {
        let mut scribe = Scribe::new(context, &article.language, &article.notes);
        scribe.headline(article);
        let rest = scribe.opening(article);
        scribe.story_blocks(rest);
        scribe.story_credits(&article.credits);
        scribe.notes(article);
        let (markup, headings) = (scribe.out, scribe.headings);
        let faults = scribe.sink.into_inner();
        let parts = cut(&markup, context.book.output.epub.split_at, stem);
        Self {
            article,
            markup,
            headings,
            parts,
            faults,
        }
    }

    /// What the story needs of the fonts.
    pub(crate) fn markup(&self) -> &Markup {
        &self.markup
    }

    /// The faults met while it was written.
    pub(crate) fn faults(&self) -> impl Iterator<Item = Diagnostic> + '_ {
        self.faults.iter().cloned()
    }

    /// Its line of the contents.
    pub(crate) fn chapter<'s>(&'s self, context: &'s Context<'_>) -> Chapter<'s> {
        Chapter {
            title: &self.article.title,
            id: context.ids.get(&self.article.id).unwrap_or_default(),
            depth: self.article.depth,
            headings: &self.headings,
        }
    }

    /// Tells in which file each id stands.
    pub(crate) fn place(&self, places: &mut Places) {
        for part in &self.parts {
            for piece in part.text.iter().chain(&part.notes) {
                for id in self.markup.ids(&piece.range) {
                    places.put(id, &part.name);
                }
            }
        }
    }

    /// The finished documents with their names.
    pub(crate) fn documents(
        &self,
        context: &Context<'_>,
        places: &Places,
    ) -> Vec<(String, String)> {
        let title = Inline::in_one_line(&self.article.title);
        let document = Document {
            language: self.article.language.tag(),
            title: &title,
            mode: context.mode(),
            class: "story",
        };
        let first = self.parts.first().map_or("", |part| &part.name);
        self.parts
            .iter()
            .map(|part| {
                let mut body = String::new();
                self.body(part, part.name == first, places, &mut body);
                (part.name.clone(), document.wrap(&body))
            })
            .collect()
    }

    fn body(&self, part: &StoryFile, is_first: bool, places: &Places, out: &mut String) {
        let mut ids = part
            .text
            .iter()
            .flat_map(|piece| self.markup.ids(&piece.range));
        let mut frame = Markup::new();
        if is_first {
            let title = ids.find(|id| id.ends_with(TITLE_ID)).unwrap_or("");
            let attrs = [
                ("class", "chapter"),
                ("epub:type", "chapter"),
                ("role", "doc-chapter"),
                ("aria-labelledby", title),
            ];
            frame.open_block("section", &attrs);
        } else {
            frame.open_block("section", &[("class", "chapter continued")]);
        }
        frame.copy(&frame.whole(), places, &part.name, out);
        for piece in &part.text {
            self.markup.copy(&piece.range, places, &part.name, out);
        }
        if !part.notes.is_empty() {
            out.push_str("<div class=\"notes\">\n");
            for piece in &part.notes {
                self.markup.copy(&piece.range, places, &part.name, out);
            }
            out.push_str("</div>\n");
        }
        out.push_str("</section>\n");
    }
}

/// Divides a written story into files: at headings of `split_at` and above, and where a file
/// would grow too large; at a heading where one is near, else before any block.
fn cut(markup: &Markup, split_at: u8, stem: &str) -> Vec<StoryFile> {
    let (notes, text): (Vec<Piece>, Vec<Piece>) = markup
        .pieces()
        .into_iter()
        .partition(|piece| matches!(piece.cut, Cut::Note(_)));
    let mut files: Vec<StoryFile> = Vec::new();
    let (mut size, mut has_text) = (0, false);
    for (at, piece) in text.iter().enumerate() {
        let wanted = match piece.cut {
            Cut::Heading(level) => {
                level <= split_at && has_text || size + section_size(&text[at..]) > LARGEST_FILE
            }
            _ => size + piece.range.len() > LARGEST_FILE,
        };
        if files.is_empty() || wanted && size > 0 {
            let number = files.len() + 1;
            files.push(StoryFile {
                name: if number == 1 {
                    format!("{stem}.xhtml")
                } else {
                    format!("{stem}-{number}.xhtml")
                },
                text: Vec::new(),
                notes: Vec::new(),
            });
            (size, has_text) = (0, false);
        }
        size += piece.range.len();
        has_text |= matches!(piece.cut, Cut::Block | Cut::Head { has_text: true });
        if let Some(file) = files.last_mut() {
            file.text.push(piece.clone());
        }
    }
    share_notes(markup, notes, &mut files);
    files
}

/// Bytes from a heading to the next one.
fn section_size(pieces: &[Piece]) -> usize {
    let more = pieces[1..]
        .iter()
        .take_while(|piece| matches!(piece.cut, Cut::Block))
        .map(|piece| piece.range.len());
    pieces[0].range.len() + more.sum::<usize>()
}

/// Gives each note to the file of its first mark; a note that only another note names goes with
/// that one.
fn share_notes(markup: &Markup, notes: Vec<Piece>, files: &mut [StoryFile]) {
    for piece in notes {
        let Some(own) = markup.ids(&piece.range).next().map(str::to_owned) else {
            continue;
        };
        let leads_here = |other: &Piece| markup.links(&other.range).any(|id| id == own);
        let home = files
            .iter()
            .position(|file| file.text.iter().any(leads_here))
            .or_else(|| {
                files
                    .iter()
                    .position(|file| file.notes.iter().any(leads_here))
            })
            .unwrap_or(files.len().saturating_sub(1));
        if let Some(file) = files.get_mut(home) {
            file.notes.push(piece);
        }
    }
}

impl<'a> Scribe<'a> {
    /// The headline stack: section, kicker, title, deck, byline, date (composition rules §16).
    fn headline(&mut self, article: &'a Article) {
        let opens = matches!(article.body.first(), Some(Block::Paragraph(_)));
        self.out.cut(Cut::Head {
            has_text: !article.lead.is_empty() || opens,
        });
        let id = self.id(&article.id);
        self.out
            .open_block("header", &[("class", "headline"), ("id", id)]);
        let text = self.out.speak(Voice::CAPTION);
        if let Some(section) = &article.section {
            self.out.open("p", &[("class", "section-name")]);
            self.text(section);
            self.out.close_block("p");
        }
        self.out.speak(Voice::HEADING);
        if !article.kicker.is_empty() {
            self.out.open("p", &[("class", "kicker")]);
            self.headline_text(&article.kicker);
            self.out.close_block("p");
        }
        let title = format!("{id}{TITLE_ID}");
        self.out.open("h1", &[("class", "title"), ("id", &title)]);
        self.headline_text(&article.title);
        self.out.close_block("h1");
        if !article.deck.is_empty() {
            self.out
                .open("p", &[("class", "deck"), ("role", "doc-subtitle")]);
            self.headline_text(&article.deck);
            self.out.close_block("p");
        }
        self.out.speak(Voice::CAPTION);
        if !article.byline.is_empty() {
            self.paragraph_of("byline", &article.byline);
        }
        if let Some(date) = &article.date {
            self.out.open("p", &[("class", "date")]);
            self.out.open("time", &[("datetime", date)]);
            let printed = words::date(date, words::script_of(&article.language));
            self.text(&printed);
            self.out.close("time");
            self.out.close_block("p");
        }
        self.out.speak(text);
        self.out.close_block("header");
    }

    /// Dateline and lead; a dateline without a lead runs into the first paragraph. Gives the
    /// blocks that are left to write.
    fn opening(&mut self, article: &'a Article) -> &'a [Block] {
        let mut rest = &article.body[..];
        let (class, first) = if !article.lead.is_empty() {
            ("lead", Some(&article.lead[..]))
        } else if let (false, Some((Block::Paragraph(first), others))) =
            (article.dateline.is_empty(), rest.split_first())
        {
            rest = others;
            ("p", Some(&first.content[..]))
        } else {
            ("p", None)
        };
        if article.dateline.is_empty() && first.is_none() {
            return rest;
        }
        let voice = self.out.voice();
        self.out.open("p", &[("class", class)]);
        if !article.dateline.is_empty() {
            self.out.speak(voice.bold());
            self.out.open("span", &[("class", "dateline")]);
            self.inlines(&article.dateline);
            self.out.close("span");
        }
        if class == "lead" {
            self.out.speak(voice.bold());
        } else {
            self.out.speak(voice);
        }
        self.inlines(first.unwrap_or_default());
        self.out.close_block("p");
        self.out.speak(voice);
        rest
    }

    /// Who made the story, at its end: 記者：甲、乙.
    fn story_credits(&mut self, credits: &'a [Credit]) {
        if credits.is_empty() {
            return;
        }
        self.out.cut(Cut::Block);
        let before = self.out.speak(Voice::CAPTION);
        self.out.open_block("div", &[("class", "credits")]);
        self.credit_lines(credits, "credit-line");
        self.out.close_block("div");
        self.out.speak(before);
    }

    /// The notes, each a piece of its own so that it can stand in the file of its mark.
    fn notes(&mut self, article: &'a Article) {
        for (index, note) in article.notes.iter().enumerate() {
            self.out.cut(Cut::Note(index));
            let id = self.id(&note.id);
            let attrs = [
                ("class", "note"),
                ("id", id),
                ("epub:type", "footnote"),
                ("role", "doc-footnote"),
            ];
            self.out.open("aside", &attrs);
            let label = self.note_label(note.number);
            let back = format!("{id}.ref");
            // Its number stands at the head of its first paragraph and leads back.
            let (first, rest) = match note.blocks.split_first() {
                Some((Block::Paragraph(first), rest)) => (&first.content[..], rest),
                _ => (&[][..], &note.blocks[..]),
            };
            self.out.open("p", &[("class", "note-text")]);
            if self.has_mark(index) {
                self.out
                    .open_link(&back, &[("class", "backlink"), ("role", "doc-backlink")]);
                self.out.text(&label);
                self.out.close("a");
            } else {
                self.text(&label);
            }
            self.inlines(first);
            self.out.close_block("p");
            self.blocks(rest);
            self.out.close_block("aside");
        }
    }
}
