//! Ways into the document: bookmarks, named places, links and page labels.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, StringFormat, dictionary};

use crate::geom::Point;
use crate::layout::Bookmark;
use crate::model::LinkTarget;

use super::canvas::Sheet;
use super::content::{PageContent, PlacedLink};
use super::string::{address_string, points, text_string};

/// A place on a page of the document.
fn place(page: ObjectId, sheet: Sheet, at: Point) -> Object {
    Object::Array(vec![
        Object::Reference(page),
        "XYZ".into(),
        points(sheet.x(at.x)),
        points(sheet.y(at.y)),
        Object::Null,
    ])
}

/// Writes nested bookmarks and gives their root; `None` where there are none. A bookmark deeper
/// than its neighbours allow hangs under the one before it.
pub(crate) fn write_bookmarks(
    document: &mut Document,
    bookmarks: &[Bookmark],
    pages: &[(ObjectId, Sheet)],
) -> Option<ObjectId> {
    let nodes: Vec<(&Bookmark, ObjectId, Object)> = bookmarks
        .iter()
        .filter_map(|bookmark| {
            let (page, sheet) = pages.get(bookmark.page)?;
            let id = document.new_object_id();
            Some((bookmark, id, place(*page, *sheet, bookmark.at)))
        })
        .collect();
    if nodes.is_empty() {
        return None;
    }
    let root = document.new_object_id();
    // Parent of each node, by place in the list; `None` is the root.
    let mut parents: Vec<Option<usize>> = Vec::with_capacity(nodes.len());
    let mut path: Vec<usize> = Vec::new();
    for (here, (bookmark, ..)) in nodes.iter().enumerate() {
        while path
            .last()
            .is_some_and(|above| nodes[*above].0.depth >= bookmark.depth)
        {
            path.pop();
        }
        parents.push(path.last().copied());
        path.push(here);
    }
    let mut children = BTreeMap::<Option<usize>, Vec<usize>>::new();
    for (here, parent) in parents.iter().enumerate() {
        children.entry(*parent).or_default().push(here);
    }
    let none = Vec::new();
    let of = |parent: Option<usize>| children.get(&parent).unwrap_or(&none);
    for (parent, siblings) in &children {
        for (order, &here) in siblings.iter().enumerate() {
            let (bookmark, id, dest) = &nodes[here];
            let mut item = dictionary! {
                "Title" => text_string(&bookmark.title),
                "Parent" => Object::Reference(parent.map_or(root, |above| nodes[above].1)),
                "Dest" => dest.clone(),
            };
            if let Some(before) = order.checked_sub(1) {
                item.set("Prev", nodes[siblings[before]].1);
            }
            if let Some(after) = siblings.get(order + 1) {
                item.set("Next", nodes[*after].1);
            }
            let own = of(Some(here));
            if let (Some(first), Some(last)) = (own.first(), own.last()) {
                item.set("First", nodes[*first].1);
                item.set("Last", nodes[*last].1);
                // The first level is open, what is deeper closed (negative).
                let count = own.len() as i64;
                item.set("Count", if parent.is_none() { count } else { -count });
            }
            document.objects.insert(*id, item.into());
        }
    }
    let top = of(None);
    let shown = top.len() + top.iter().map(|here| of(Some(*here)).len()).sum::<usize>();
    let mut outline = dictionary! { "Type" => "Outlines", "Count" => shown as i64 };
    if let (Some(first), Some(last)) = (top.first(), top.last()) {
        outline.set("First", nodes[*first].1);
        outline.set("Last", nodes[*last].1);
    }
    document.objects.insert(root, outline.into());
    Some(root)
}

/// The places that ids name, as the `Dests` tree; the first place of an id counts.
pub(crate) fn named_places(
    contents: &[PageContent],
    pages: &[ObjectId],
) -> BTreeMap<String, Object> {
    let mut names = BTreeMap::new();
    for (content, page) in contents.iter().zip(pages) {
        for (id, at) in &content.anchors {
            names
                .entry(id.clone())
                .or_insert_with(|| place(*page, content.sheet, *at));
        }
    }
    names
}

/// The tree of named places, its leaf the root: names in the order of their bytes.
pub(crate) fn name_tree(names: &BTreeMap<String, Object>) -> Dictionary {
    let mut leaves = Vec::with_capacity(names.len() * 2);
    for (name, place) in names {
        leaves.push(Object::String(
            name.clone().into_bytes(),
            StringFormat::Literal,
        ));
        leaves.push(place.clone());
    }
    dictionary! { "Names" => leaves }
}

/// Writes the links of a page, one for each of its content; one that leads to a place that is not
/// there is none, since the manuscript was told of it.
pub(crate) fn write_links(
    document: &mut Document,
    content: &PageContent,
    names: &BTreeMap<String, Object>,
) -> Vec<Option<ObjectId>> {
    content
        .links
        .iter()
        .map(|link| {
            let annotation = annotation(link, content.sheet, names)?;
            Some(document.add_object(annotation))
        })
        .collect()
}

fn annotation(
    link: &PlacedLink,
    sheet: Sheet,
    names: &BTreeMap<String, Object>,
) -> Option<Dictionary> {
    let far = Point::new(link.at.x + link.size.width, link.at.y + link.size.height);
    let mut annotation = dictionary! {
        "Type" => "Annot",
        "Subtype" => "Link",
        "Rect" => vec![
            points(sheet.x(link.at.x)),
            points(sheet.y(far.y)),
            points(sheet.x(far.x)),
            points(sheet.y(link.at.y)),
        ],
        "Border" => vec![Object::Integer(0); 3],
        // Printed with the page, as archives ask of every annotation.
        "F" => 4,
    };
    match &link.target {
        LinkTarget::External(address) => {
            annotation.set(
                "A",
                dictionary! { "S" => "URI", "URI" => address_string(address) },
            );
            annotation.set("Contents", text_string(address));
        }
        LinkTarget::Internal { id, .. } => {
            names.get(id)?;
            annotation.set(
                "Dest",
                Object::String(id.clone().into_bytes(), StringFormat::Literal),
            );
            annotation.set("Contents", text_string(&link.words));
        }
    }
    Some(annotation)
}

/// The labels that viewers show for pages: runs of decimal numbers are told by their first, any
/// other label by itself (ISO 32000-2, 12.4.2).
pub(crate) fn page_labels<'a>(numbers: impl Iterator<Item = &'a str>) -> Dictionary {
    let mut entries = Vec::new();
    let mut expected = None;
    for (index, label) in (0_i64..).zip(numbers) {
        let number = label
            .parse::<i64>()
            .ok()
            .filter(|n| *n > 0 && n.to_string() == label);
        if number.is_none() || number != expected {
            let range = match number {
                Some(first) => dictionary! { "S" => "D", "St" => first },
                None => dictionary! { "P" => text_string(label) },
            };
            entries.push(Object::Integer(index));
            entries.push(range.into());
        }
        expected = number.map(|n| n + 1);
    }
    dictionary! { "Nums" => entries }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geom::{Length, Size};

    #[test]
    fn labels_run_on_while_they_count() {
        let labels = page_labels(["i", "ii", "1", "2", "3", "A8", "01", "4"].into_iter());
        let nums = labels.get(b"Nums").unwrap().as_array().unwrap();
        let starts: Vec<i64> = nums
            .iter()
            .step_by(2)
            .map(|n| n.as_i64().unwrap())
            .collect();
        assert_eq!(starts, [0, 1, 2, 5, 6, 7]);
    }

    #[test]
    fn bookmarks_nest_as_deep_as_their_neighbours_allow() {
        let mut document = Document::with_version("1.7");
        let sheet = Sheet::new(Size::new(Length::pt(10), Length::pt(10)), Length::ZERO);
        let page = document.new_object_id();
        let marks: Vec<Bookmark> = [("a", 0), ("b", 2), ("c", 1), ("d", 0)]
            .map(|(title, depth)| Bookmark {
                title: title.into(),
                depth,
                page: 0,
                at: Point::ORIGIN,
            })
            .into();
        let root = write_bookmarks(&mut document, &marks, &[(page, sheet)]).unwrap();
        let get = |id: ObjectId| document.get_dictionary(id).unwrap();
        let follow =
            |id: ObjectId, key: &str| get(id).get(key.as_bytes()).unwrap().as_reference().unwrap();
        let title = |id: ObjectId| get(id).get(b"Title").unwrap().as_str().unwrap().to_vec();
        let a = follow(root, "First");
        assert_eq!(title(a), b"a");
        assert_eq!(title(follow(a, "First")), b"b");
        assert_eq!(title(follow(a, "Last")), b"c");
        assert_eq!(title(follow(a, "Next")), b"d");
        assert_eq!(get(root).get(b"Count").unwrap().as_i64().unwrap(), 4);
    }
}
