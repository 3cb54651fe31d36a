//! The outline: parts, articles and subheadings, each with the place where it stands.

use std::collections::BTreeMap;

use crate::geom::Point;
use crate::layout::frame::{Bookmark, Frame, Item, Page};
use crate::layout::stand::Stand;
use crate::model::{Article, Block, Book, Heading, Inline};
use crate::rules::words::{Word, script_of};

use super::colophon::COLOPHON_ID;
use super::contents::{CONTENTS_ID, part_id};

/// Bookmarks of everything that stands on a page, in reading order, nested without gaps.
pub(crate) fn bookmarks(book: &Book, pages: &[Page]) -> Vec<Bookmark> {
    let mut places: BTreeMap<&str, (usize, Point)> = BTreeMap::new();
    for (at, page) in pages.iter().enumerate() {
        anchors(&page.frame, (at, Stand::PAGE), &mut places);
    }
    let mut outline = Outline {
        places,
        found: Vec::new(),
    };
    let script = script_of(&book.meta.language);
    outline.add(Word::Contents.text(script), 0, CONTENTS_ID);
    for (at, part) in book.parts.iter().enumerate() {
        let mut depth = 0;
        if let Some(title) = &part.title {
            outline.add(&Inline::in_one_line(title), 0, &part_id(at));
            depth = 1;
        }
        for article in &part.articles {
            outline.article(article, depth);
        }
    }
    outline.add(Word::Colophon.text(script), 0, COLOPHON_ID);
    outline.found
}

fn anchors<'p>(
    frame: &'p Frame,
    (page, stand): (usize, Stand),
    places: &mut BTreeMap<&'p str, (usize, Point)>,
) {
    for (at, item) in &frame.items {
        match item {
            Item::Anchor(id) => {
                places.entry(id).or_insert((page, stand.point(*at)));
            }
            Item::Group(inner) => anchors(inner, (page, stand.inside(*at, inner)), places),
            _ => {}
        }
    }
}

struct Outline<'p> {
    places: BTreeMap<&'p str, (usize, Point)>,
    found: Vec<Bookmark>,
}

impl Outline<'_> {
    fn add(&mut self, title: &str, depth: u8, id: &str) {
        let Some(&(page, at)) = self.places.get(id) else {
            return;
        };
        // No entry hangs in the air: it is one deeper than the one before at most.
        let most = self.found.last().map_or(0, |last| last.depth + 1);
        self.found.push(Bookmark {
            title: title.split_whitespace().collect::<Vec<_>>().join(" "),
            depth: depth.min(most),
            page,
            at,
        });
    }

    fn article(&mut self, article: &Article, depth: u8) {
        let depth = depth.saturating_add(article.depth).min(20);
        self.add(&Inline::in_one_line(&article.title), depth, &article.id);
        self.blocks(&article.body, depth + 1);
    }

    fn blocks(&mut self, blocks: &[Block], depth: u8) {
        let mut levels: Vec<u8> = Vec::new();
        for block in blocks {
            match block {
                Block::Heading(heading) => {
                    levels.retain(|level| *level < heading.level);
                    let deeper = u8::try_from(levels.len()).unwrap_or(u8::MAX);
                    levels.push(heading.level);
                    self.heading(heading, depth.saturating_add(deeper));
                }
                Block::Boxed(boxed) => self.heading(&boxed.title, depth),
                Block::Verse(verse) => {
                    if let Some(title) = &verse.title {
                        self.heading(title, depth);
                    }
                }
                _ => {}
            }
        }
    }

    fn heading(&mut self, heading: &Heading, depth: u8) {
        let title = Inline::plain(&heading.content);
        if !title.trim().is_empty() {
            self.add(&title, depth, &heading.id);
        }
    }
}
