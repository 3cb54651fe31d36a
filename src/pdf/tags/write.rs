//! The structure as objects of the document: elements, the tree by content, roles (ISO 32000-1, 14.7).

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Object, ObjectId, StringFormat, dictionary};

use crate::geom::WritingMode;
use crate::pdf::string::{points, text_string};

use super::role::{NAMED, Role};
use super::tree::{Kid, Node, Tree};

/// The pages of a document and their links, as objects.
pub(crate) struct Sheets<'a> {
    /// The pages.
    pub(crate) pages: &'a [ObjectId],
    /// For each page its links; none for a link that leads nowhere.
    pub(crate) links: &'a [Vec<Option<ObjectId>>],
    /// Which way the document's lines run.
    pub(crate) mode: WritingMode,
}

impl Sheets<'_> {
    fn link(&self, page: usize, link: usize) -> Option<ObjectId> {
        self.links.get(page)?.get(link).copied().flatten()
    }
}

/// Writes a structure and gives its root. Each page with content gets the number under which the
/// root finds its elements, and each link its own.
pub(crate) fn write(document: &mut Document, tree: &Tree, sheets: &Sheets<'_>) -> ObjectId {
    let root = document.new_object_id();
    let ids: Vec<ObjectId> = tree
        .nodes
        .iter()
        .map(|_| document.new_object_id())
        .collect();
    let mut writer = Writer {
        document,
        tree,
        sheets,
        ids: &ids,
        root,
        numbers: Vec::new(),
        named: BTreeSet::new(),
    };
    writer.pages();
    for at in 0..tree.nodes.len() {
        writer.element(at);
    }
    let (numbers, named) = (writer.numbers, writer.named);
    let next = numbers.len() as i64;
    let numbers: Vec<Object> = (0_i64..)
        .zip(numbers)
        .flat_map(|(number, object)| [number.into(), object])
        .collect();
    let parents = document.add_object(dictionary! { "Nums" => numbers });
    let mut roles = Dictionary::new();
    for (name, standard) in NAMED {
        roles.set(*name, *standard);
    }
    let mut dictionary = dictionary! {
        "Type" => "StructTreeRoot",
        "K" => ids[0],
        "ParentTree" => parents,
        "ParentTreeNextKey" => next,
        "RoleMap" => roles,
    };
    let notes: Vec<(String, ObjectId)> = named.into_iter().collect();
    if !notes.is_empty() {
        let leaves: Vec<Object> = notes
            .into_iter()
            .flat_map(|(name, id)| [name_string(name), id.into()])
            .collect();
        dictionary.set("IDTree", dictionary! { "Names" => leaves });
    }
    document.objects.insert(root, dictionary.into());
    root
}

struct Writer<'a> {
    document: &'a mut Document,
    tree: &'a Tree,
    sheets: &'a Sheets<'a>,
    ids: &'a [ObjectId],
    root: ObjectId,
    /// What the tree by content has under each number.
    numbers: Vec<Object>,
    /// Elements with ids.
    named: BTreeSet<(String, ObjectId)>,
}

impl Writer<'_> {
    /// Gives each page with content its number.
    fn pages(&mut self) {
        for (page, owners) in self.sheets.pages.iter().zip(&self.tree.owners) {
            if let Ok(page) = self.document.get_dictionary_mut(*page) {
                page.set("StructParents", self.numbers.len() as i64);
                page.set("Tabs", "S");
            }
            let elements: Vec<Object> = owners.iter().map(|at| self.ids[*at].into()).collect();
            self.numbers.push(self.document.add_object(elements).into());
        }
    }

    fn element(&mut self, at: usize) {
        let node = &self.tree.nodes[at];
        let page = node.kids.iter().find_map(|kid| match kid {
            Kid::Content { page, .. } => Some(*page),
            _ => None,
        });
        let mut linked = false;
        let kids: Vec<Object> = node
            .kids
            .iter()
            .filter_map(|kid| self.kid(at, *kid, page, &mut linked))
            .collect();
        let role = match node.role {
            // A link that leads nowhere is no link.
            Role::Link if !linked => Role::Span,
            role => role,
        };
        let parent = if at == 0 {
            self.root
        } else {
            self.ids[node.parent]
        };
        let mut element = dictionary! { "S" => role.name(), "P" => parent };
        if let Some(page) = page.and_then(|page| self.sheets.pages.get(page)) {
            element.set("Pg", *page);
        }
        let mut kids = kids;
        match (kids.len(), kids.pop()) {
            (1, Some(only)) => element.set("K", only),
            (_, Some(last)) => {
                kids.push(last);
                element.set("K", kids);
            }
            _ => {}
        }
        if let Some(alt) = &node.alt {
            element.set("Alt", text_string(alt));
        }
        if let Some(language) = &node.language {
            element.set("Lang", text_string(language));
        }
        if role == Role::Note {
            let id = match &node.id {
                Some(id) => id.clone(),
                None => format!("note {at}"),
            };
            element.set("ID", name_string(id.clone()));
            self.named.insert((id, self.ids[at]));
        }
        let mut attributes = self.attributes(at, node);
        match (attributes.len(), attributes.pop()) {
            (1, Some(only)) => element.set("A", only),
            (_, Some(last)) => {
                attributes.push(last);
                element.set("A", attributes);
            }
            _ => {}
        }
        self.document.objects.insert(self.ids[at], element.into());
    }

    fn kid(&mut self, at: usize, kid: Kid, on: Option<usize>, linked: &mut bool) -> Option<Object> {
        match kid {
            Kid::Node(node) => Some(self.ids[node].into()),
            Kid::Content { page, mark } if Some(page) == on => Some((mark as i64).into()),
            Kid::Content { page, mark } => Some(
                dictionary! {
                    "Type" => "MCR",
                    "Pg" => *self.sheets.pages.get(page)?,
                    "MCID" => mark as i64,
                }
                .into(),
            ),
            Kid::Link { page, link } => {
                let annotation = self.sheets.link(page, link)?;
                let number = self.numbers.len() as i64;
                let own = self.document.get_dictionary_mut(annotation).ok()?;
                own.set("StructParent", number);
                self.numbers.push(self.ids[at].into());
                *linked = true;
                Some(
                    dictionary! {
                        "Type" => "OBJR",
                        "Pg" => *self.sheets.pages.get(page)?,
                        "Obj" => annotation,
                    }
                    .into(),
                )
            }
        }
    }

    /// The attributes of an element (ISO 32000-1, 14.8.5).
    fn attributes(&self, at: usize, node: &Node) -> Vec<Object> {
        let mut found = Vec::new();
        let mut layout = dictionary! { "O" => "Layout" };
        if at == 0 {
            layout.set("WritingMode", name_of(self.sheets.mode));
        } else if let Some(mode) = node.mode.filter(|mode| *mode != self.sheets.mode) {
            layout.set("WritingMode", name_of(mode));
        }
        if let Some(area) = node.area {
            layout.set("BBox", Vec::from(area.map(points)));
        }
        if layout.len() > 1 {
            found.push(layout.into());
        }
        match node.role {
            Role::HeadCell => {
                found.push(dictionary! { "O" => "Table", "Scope" => "Column" }.into());
            }
            Role::List => {
                let numbering = if node.numbered { "Decimal" } else { "Disc" };
                found.push(dictionary! { "O" => "List", "ListNumbering" => numbering }.into());
            }
            _ => {}
        }
        found
    }
}

/// A name as bytes, which the tree of names sorts.
fn name_string(name: String) -> Object {
    Object::String(name.into_bytes(), StringFormat::Literal)
}

fn name_of(mode: WritingMode) -> &'static str {
    match mode {
        WritingMode::VerticalRl => "TbRl",
        WritingMode::HorizontalTb => "LrTb",
    }
}
