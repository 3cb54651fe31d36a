//! The structure of the whole document: what stands on its pages, put together in the order of reading.

use std::collections::{BTreeMap, BTreeSet};

use crate::geom::WritingMode;
use crate::model::{Language, Part};

use super::page::{Element, Key, PageTags};
use super::role::Role;

/// What an element holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kid {
    /// Another element.
    Node(usize),
    /// A stretch of a page's content, by its number there.
    Content { page: usize, mark: usize },
    /// A link of a page, by its number there.
    Link { page: usize, link: usize },
}

/// An element of the document.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) role: Role,
    pub(crate) parent: usize,
    pub(crate) kids: Vec<Kid>,
    pub(crate) alt: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) area: Option<[i64; 4]>,
    pub(crate) id: Option<String>,
    pub(crate) mode: Option<WritingMode>,
    pub(crate) numbered: bool,
}

/// The elements of a document; the first holds all others.
#[derive(Debug)]
pub(crate) struct Tree {
    pub(crate) nodes: Vec<Node>,
    /// For each page the element of each stretch of its content.
    pub(crate) owners: Vec<Vec<usize>>,
}

/// What is known of stories by their ids.
#[derive(Debug, Default)]
pub(crate) struct Stories {
    /// The number of the part to which a story belongs, where it has a title.
    pub(crate) parts: BTreeMap<String, usize>,
    /// The language of a story, where it is not the publication's.
    pub(crate) languages: BTreeMap<String, String>,
}

impl Stories {
    /// Of a publication in a language.
    pub(crate) fn of(parts: &[Part], publication: &Language) -> Self {
        let mut own = Self::default();
        for (number, part) in parts.iter().enumerate() {
            for article in &part.articles {
                if part.title.is_some() {
                    own.parts.insert(article.id.clone(), number);
                }
                if article.language != *publication {
                    let tag = article.language.tag().to_owned();
                    own.languages.insert(article.id.clone(), tag);
                }
            }
        }
        own
    }
}

/// Puts the pages' structures together.
pub(crate) fn build<'a>(pages: impl Iterator<Item = &'a PageTags>, stories: &Stories) -> Tree {
    let mut builder = Builder {
        stories,
        parts: BTreeMap::new(),
        nodes: vec![node(Role::Document, 0)],
        known: BTreeMap::new(),
        sections: BTreeMap::new(),
        of_headings: BTreeSet::new(),
        level: 0,
    };
    let mut owners = Vec::new();
    for (number, page) in pages.enumerate() {
        owners.push(builder.page(page, number));
    }
    Tree {
        nodes: builder.nodes,
        owners,
    }
}

fn node(role: Role, parent: usize) -> Node {
    Node {
        role,
        parent,
        kids: Vec::new(),
        alt: None,
        language: None,
        area: None,
        id: None,
        mode: None,
        numbered: false,
    }
}

struct Builder<'s> {
    stories: &'s Stories,
    /// The element of each part.
    parts: BTreeMap<usize, usize>,
    nodes: Vec<Node>,
    /// Elements that may go on, by what holds them and by their keys.
    known: BTreeMap<(usize, Key), usize>,
    /// The sections that are open in each story, each with the level of its heading.
    sections: BTreeMap<usize, Vec<(u8, usize)>>,
    /// All sections that were opened for headings.
    of_headings: BTreeSet<usize>,
    /// The level of the last heading.
    level: u8,
}

/// A page's elements with what each holds, in the order of its content.
struct Held<'p> {
    page: &'p PageTags,
    number: usize,
    kids: Vec<Vec<PageKid>>,
}

#[derive(Clone, Copy)]
enum PageKid {
    Element(usize),
    Mark(usize),
}

impl<'p> Held<'p> {
    fn new(page: &'p PageTags, number: usize) -> Self {
        let firsts = page.firsts();
        let mut kids: Vec<Vec<(usize, PageKid)>> = vec![Vec::new(); page.elements.len()];
        for (mark, owner) in page.owners.iter().enumerate() {
            kids[*owner].push((mark, PageKid::Mark(mark)));
        }
        for (at, element) in page.elements.iter().enumerate().skip(1) {
            let is_cell = matches!(element.role, Role::Cell | Role::HeadCell);
            match firsts[at] {
                Some(first) => kids[element.parent].push((first, PageKid::Element(at))),
                // An empty cell keeps its column, where its row has any text.
                None if is_cell => kids[element.parent].push((0, PageKid::Element(at))),
                // A note between the lines always has both its brackets.
                None if element.role == Role::InterlinearOpen => {
                    kids[element.parent].push((0, PageKid::Element(at)));
                }
                None if element.role == Role::InterlinearClose => {
                    kids[element.parent].push((usize::MAX, PageKid::Element(at)));
                }
                // A link without words is known by its place.
                None if element.link.is_some() => {
                    kids[element.parent].push((usize::MAX, PageKid::Element(at)));
                }
                None => {}
            }
        }
        let kids = kids
            .into_iter()
            .zip(&page.elements)
            .map(|(mut kids, element)| {
                // Cells stand in the order of their columns, whatever is in them.
                if element.role != Role::Row {
                    kids.sort_by_key(|(first, _)| *first);
                }
                kids.into_iter().map(|(_, kid)| kid).collect()
            })
            .collect();
        Self { page, number, kids }
    }
}

impl Builder<'_> {
    /// Adds a page and gives the element of each stretch of its content.
    fn page(&mut self, page: &PageTags, number: usize) -> Vec<usize> {
        let mut owners = vec![0; page.owners.len()];
        self.fill(&Held::new(page, number), (0, 0), &mut owners);
        owners
    }

    /// Puts what an element of a page holds into the document's.
    fn fill(&mut self, held: &Held<'_>, (element, into): (usize, usize), owners: &mut [usize]) {
        for kid in &held.kids[element] {
            match *kid {
                PageKid::Mark(mark) => {
                    owners[mark] = into;
                    self.nodes[into].kids.push(Kid::Content {
                        page: held.number,
                        mark,
                    });
                }
                PageKid::Element(at) => {
                    let own = &held.page.elements[at];
                    let node = self.node_of(own, into);
                    self.fill(held, (at, node), owners);
                    if let Some(link) = own.link {
                        self.nodes[node].kids.push(Kid::Link {
                            page: held.number,
                            link,
                        });
                    }
                }
            }
        }
    }

    /// The document's element for one of a page: the one that goes on, or a new one.
    fn node_of(&mut self, element: &Element, parent: usize) -> usize {
        let parent = match (&element.key, element.role) {
            (Some(Key::Article(id)), _) => self.part(id, parent),
            (_, Role::Entry) => self.contents(parent),
            _ => self.section(parent),
        };
        if let Some(key) = &element.key
            && let Some(known) = self.known.get(&(parent, key.clone()))
        {
            return *known;
        }
        let role = match element.role {
            Role::Heading(level) => Role::Heading(self.next_level(level)),
            role => role,
        };
        let parent = match role {
            Role::Heading(level) => self.open_section(parent, level),
            _ => parent,
        };
        let node = self.add(role, parent);
        let Node {
            alt,
            language,
            area,
            id,
            mode,
            numbered,
            ..
        } = &mut self.nodes[node];
        alt.clone_from(&element.alt);
        language.clone_from(&element.language);
        *area = element.area;
        id.clone_from(&element.id);
        (*mode, *numbered) = (element.mode, element.numbered);
        if let Some(key) = &element.key {
            if let Key::Article(id) = key {
                self.nodes[node].language = self.stories.languages.get(id).cloned();
            }
            self.known.insert((parent, key.clone()), node);
        }
        node
    }

    fn add(&mut self, role: Role, parent: usize) -> usize {
        let at = self.nodes.len();
        self.nodes.push(node(role, parent));
        self.nodes[parent].kids.push(Kid::Node(at));
        at
    }

    /// The part to which a story belongs, or what is given where it belongs to none.
    fn part(&mut self, story: &str, parent: usize) -> usize {
        let Some(number) = self.stories.parts.get(story) else {
            return parent;
        };
        if let Some(known) = self.parts.get(number) {
            return *known;
        }
        let part = self.add(Role::Part, parent);
        self.parts.insert(*number, part);
        part
    }

    /// The contents to which an entry belongs: those that end what stands in `parent`.
    fn contents(&mut self, parent: usize) -> usize {
        match self.nodes[parent].kids.last() {
            Some(Kid::Node(last)) if self.nodes[*last].role == Role::Contents => *last,
            _ => self.add(Role::Contents, parent),
        }
    }

    /// The section of a story that is open, or what is given where it is no story.
    fn section(&self, parent: usize) -> usize {
        let open = self.sections.get(&parent).and_then(|open| open.last());
        open.map_or(parent, |(_, section)| *section)
    }

    /// A level as it is told: none is left out on the way down (ISO 14289-1, 7.4.2).
    fn next_level(&mut self, level: u8) -> u8 {
        self.level = level.clamp(1, self.level.saturating_add(1).min(6));
        self.level
    }

    /// Opens the section of a heading in a story, and gives it; `parent` is the section before.
    fn open_section(&mut self, parent: usize, level: u8) -> usize {
        let mut story = parent;
        while self.of_headings.contains(&story) {
            story = self.nodes[story].parent;
        }
        if self.nodes[story].role != Role::Article || level < 2 {
            return parent;
        }
        let open = self.sections.entry(story).or_default();
        while open.last().is_some_and(|(above, _)| *above >= level) {
            open.pop();
        }
        let around = open.last().map_or(story, |(_, section)| *section);
        let section = self.add(Role::Section, around);
        self.of_headings.insert(section);
        self.sections
            .entry(story)
            .or_default()
            .push((level, section));
        section
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Span;
    use crate::layout::FrameKind;

    fn paragraph(start: u32) -> Option<Key> {
        let span = Span {
            start,
            end: start + 1,
            ..Span::default()
        };
        Some(Key::Frame(FrameKind::Paragraph, span))
    }

    fn names(tree: &Tree, at: usize) -> String {
        let node = &tree.nodes[at];
        let kids: Vec<String> = node
            .kids
            .iter()
            .map(|kid| match kid {
                Kid::Node(at) => names(tree, *at),
                Kid::Content { page, mark } => format!("{page}.{mark}"),
                Kid::Link { link, .. } => format!("link {link}"),
            })
            .collect();
        format!("{}({})", node.role.name(), kids.join(" "))
    }

    #[test]
    fn a_paragraph_on_two_pages_is_one() {
        let page = |story: &str| {
            let mut page = PageTags::new();
            let story = page.open(0, Role::Article, Some(Key::Article(story.into())));
            let p = page.open(story, Role::Paragraph, paragraph(3));
            page.owners = vec![p];
            page
        };
        let tree = build(
            [page("a"), page("a"), page("b")].iter(),
            &Stories::default(),
        );
        assert_eq!(names(&tree, 0), "Document(Art(P(0.0 1.0)) Art(P(2.0)))");
        assert_eq!(tree.owners, [[2], [2], [4]]);
    }

    #[test]
    fn headings_open_sections_and_leave_no_level_out() {
        let mut page = PageTags::new();
        let story = page.open(0, Role::Article, Some(Key::Article("a".into())));
        for level in [1, 3, 4, 2] {
            let heading = page.open(story, Role::Heading(level), None);
            let text = page.open(story, Role::Paragraph, None);
            page.owners.extend([heading, text]);
        }
        let tree = build([page].iter(), &Stories::default());
        assert_eq!(
            names(&tree, 0),
            "Document(Art(H1(0.0) P(0.1) Sect(H2(0.2) P(0.3) Sect(H3(0.4) P(0.5))) Sect(H2(0.6) P(0.7))))"
        );
    }

    #[test]
    fn readings_follow_their_bases() {
        let mut page = PageTags::new();
        let p = page.open(0, Role::Paragraph, None);
        let ruby = page.open(p, Role::Ruby, None);
        let base = page.open(ruby, Role::RubyBase, None);
        let text = page.open(ruby, Role::RubyText, None);
        // Readings are drawn after the line.
        page.owners = vec![p, base, p, text];
        let tree = build([page].iter(), &Stories::default());
        assert_eq!(
            names(&tree, 0),
            "Document(P(0.0 Ruby(RB(0.1) RT(0.3)) 0.2))"
        );
    }

    #[test]
    fn empty_cells_keep_their_columns() {
        let mut page = PageTags::new();
        let table = page.open(0, Role::Table, None);
        let row = page.open(table, Role::Row, None);
        let cells: Vec<usize> = (0..3)
            .map(|nth| page.open(row, Role::Cell, Some(Key::Nth(nth))))
            .collect();
        page.owners = vec![cells[2]];
        let tree = build([page].iter(), &Stories::default());
        assert_eq!(names(&tree, 0), "Document(Table(TR(TD() TD() TD(0.0))))");
    }

    #[test]
    fn entries_stand_in_contents() {
        let mut page = PageTags::new();
        for _ in 0..2 {
            let entry = page.open(0, Role::Entry, None);
            page.owners.push(entry);
        }
        let tree = build([page].iter(), &Stories::default());
        assert_eq!(names(&tree, 0), "Document(TOC(TOCI(0.0) TOCI(0.1)))");
    }
}
