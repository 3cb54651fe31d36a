//! Ids: every id of the model as an ASCII name that is unique in the package.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::visit::{self, Visitor};
use crate::model::{Article, Block, Book, Figure, Heading, Table};

/// Model ids with the names they have in the package.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    names: BTreeMap<String, String>,
    taken: BTreeSet<String>,
}

impl Ids {
    /// The names of everything in `book` that a link can lead to.
    pub(crate) fn of(book: &Book) -> Self {
        let mut ids = Self::default();
        visit::book(book, &mut ids);
        ids
    }

    /// The package's name of a model id; `None` for an id that nothing has.
    pub(crate) fn get(&self, id: &str) -> Option<&str> {
        self.names.get(id).map(String::as_str)
    }

    fn add(&mut self, id: &str) {
        if self.names.contains_key(id) {
            return;
        }
        let base = ascii_name(id);
        // Two ids may differ in nothing that ASCII can say, and readers fold letter case.
        let mut name = base.clone();
        let mut count = 1;
        while !self.taken.insert(name.to_ascii_lowercase()) {
            count += 1;
            name = format!("{base}-{count}");
        }
        self.names.insert(id.to_owned(), name);
    }
}

impl<'a> Visitor<'a> for Ids {
    fn article(&mut self, article: &'a Article) {
        self.add(&article.id);
        article.notes.iter().for_each(|note| self.add(&note.id));
    }

    fn block(&mut self, block: &'a Block) {
        match block {
            Block::Heading(Heading { id, .. }) => self.add(id),
            Block::Boxed(boxed) => self.add(&boxed.title.id),
            Block::Verse(verse) => {
                if let Some(title) = &verse.title {
                    self.add(&title.id);
                }
            }
            _ => {}
        }
    }

    fn figure(&mut self, figure: &'a Figure) {
        self.add(&figure.id);
    }

    fn table(&mut self, table: &'a Table) {
        self.add(&table.id);
    }
}

/// A name of ASCII letters, digits, `-` and `_` that starts with a letter, as XML's `NCName` and
/// old readers take it; what else stands in `text` becomes its code point. Names made by adding a
/// part after `.` can collide with none of these.
pub(crate) fn ascii_name(text: &str) -> String {
    let mut name = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '_' => name.push(c),
            c if c.is_ascii() => name.push('-'),
            c => name.push_str(&format!("u{:x}", u32::from(c))),
        }
    }
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        name.insert_str(0, "x-");
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_ascii_and_unique() {
        let mut ids = Ids::default();
        for id in ["a b", "a-b", "A-B", "一", "1", ""] {
            ids.add(id);
        }
        let names: Vec<&str> = ["a b", "a-b", "A-B", "一", "1", ""]
            .iter()
            .map(|id| ids.get(id).unwrap())
            .collect();
        assert_eq!(names, ["a-b", "a-b-2", "A-B-3", "u4e00", "x-1", "x-"]);
    }
}
