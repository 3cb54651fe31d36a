//! The structure of one page: its elements, and which of them each stretch of its content belongs to.

use crate::diag::Span;
use crate::geom::WritingMode;
use crate::layout::FrameKind;

use super::role::Role;

/// To whom a stretch of content belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Owner {
    /// To nobody: the document has no structure.
    Nobody,
    /// To the page as a thing: furniture, rules, fields.
    Page,
    /// To an element, by its place on its page.
    Element(usize),
}

/// By what the parts of one element on several pages know each other.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Key {
    /// A story, by its id.
    Article(String),
    /// A frame, by its kind and its place in the source.
    Frame(FrameKind, Span),
    /// The one child of its role.
    Only(Role),
    /// A cell, by its place in its row.
    Nth(usize),
}

/// An element, or the part of one that stands on this page.
#[derive(Debug, Clone)]
pub(crate) struct Element {
    /// What it is.
    pub(crate) role: Role,
    /// What it is a part of, by its place in the list; an element stands after what holds it.
    pub(crate) parent: usize,
    /// By what its other parts know it; `None` where it has none.
    pub(crate) key: Option<Key>,
    /// Words for who cannot see it.
    pub(crate) alt: Option<String>,
    /// Its language, where it is not that of what holds it.
    pub(crate) language: Option<String>,
    /// Where it lies on the sheet: left, bottom, right, top, in thousandths of a point.
    pub(crate) area: Option<[i64; 4]>,
    /// Its id among the document's links.
    pub(crate) id: Option<String>,
    /// Which way its lines run, where it holds lines.
    pub(crate) mode: Option<WritingMode>,
    /// Of a list: whether its items have numbers.
    pub(crate) numbered: bool,
    /// The link whose words it holds, by its place among the page's.
    pub(crate) link: Option<usize>,
}

/// A stretch of a line that belongs to one element: its first byte, whose it is, and by which tag.
pub(crate) type Piece = (u32, Owner, &'static str);

/// The structure of one page.
#[derive(Debug, Clone)]
pub(crate) struct PageTags {
    /// Its elements; the first stands for the document.
    pub(crate) elements: Vec<Element>,
    /// The element of each stretch of content, by its number in the page's content.
    pub(crate) owners: Vec<usize>,
}

impl PageTags {
    /// A page on which nothing stands yet.
    pub(crate) fn new() -> Self {
        let mut page = Self {
            elements: Vec::new(),
            owners: Vec::new(),
        };
        page.open(0, Role::Document, None);
        page
    }

    /// Adds an element and gives its place.
    pub(crate) fn open(&mut self, parent: usize, role: Role, key: Option<Key>) -> usize {
        self.elements.push(Element {
            role,
            parent,
            key,
            alt: None,
            language: None,
            area: None,
            id: None,
            mode: None,
            numbered: false,
            link: None,
        });
        self.elements.len() - 1
    }

    /// The one child of a role that an element has, made where there is none.
    pub(crate) fn only(&mut self, parent: usize, role: Role) -> usize {
        let found = self.elements[parent..]
            .iter()
            .position(|element| element.role == role && element.parent == parent);
        match found {
            // The root is its own parent.
            Some(at) if parent + at > parent => parent + at,
            _ => self.open(parent, role, Some(Key::Only(role))),
        }
    }

    /// The element of a story on this page.
    pub(crate) fn article(&mut self, id: &str) -> usize {
        let key = Key::Article(id.to_owned());
        let known = self
            .elements
            .iter()
            .position(|element| element.key.as_ref() == Some(&key));
        known.unwrap_or_else(|| self.open(0, Role::Article, Some(key)))
    }

    /// How many elements an element holds.
    pub(crate) fn children(&self, parent: usize) -> usize {
        let own = self.elements[parent + 1..].iter();
        own.filter(|element| element.parent == parent).count()
    }

    /// The nearest element of a role from one outwards.
    pub(crate) fn around(&self, mut at: usize, role: Role) -> Option<usize> {
        loop {
            if self.elements[at].role == role {
                return Some(at);
            }
            if at == 0 {
                return None;
            }
            at = self.elements[at].parent;
        }
    }

    /// For each element the first stretch of content that is in it or in what it holds.
    pub(crate) fn firsts(&self) -> Vec<Option<usize>> {
        let mut firsts: Vec<Option<usize>> = vec![None; self.elements.len()];
        for (mark, owner) in self.owners.iter().enumerate() {
            let first = &mut firsts[*owner];
            *first = Some(first.map_or(mark, |before: usize| before.min(mark)));
        }
        for at in (1..self.elements.len()).rev() {
            let parent = self.elements[at].parent;
            if let Some(own) = firsts[at] {
                firsts[parent] = Some(firsts[parent].map_or(own, |before| before.min(own)));
            }
        }
        firsts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_only_child_is_made_once() {
        let mut page = PageTags::new();
        let item = page.open(0, Role::Item, None);
        let body = page.only(item, Role::Body);
        assert_eq!(page.only(item, Role::Body), body);
        assert_eq!(page.around(body, Role::Item), Some(item));
        assert_eq!(page.around(item, Role::Note), None);
    }

    #[test]
    fn what_holds_an_element_starts_with_its_first_content() {
        let mut page = PageTags::new();
        let first = page.open(0, Role::Paragraph, None);
        let ruby = page.open(first, Role::Ruby, None);
        let empty = page.open(0, Role::Paragraph, None);
        page.owners = vec![ruby, first];
        assert_eq!(page.firsts(), [Some(0), Some(0), Some(0), None]);
        assert_eq!(page.elements[empty].parent, 0);
    }
}
