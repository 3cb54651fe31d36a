//! Streams that are equal are one: a profile of many pictures, a picture under two names.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId};

/// How deep streams point at streams: pages at pictures, pictures at masks and profiles.
const DEPTH: usize = 3;

/// Keeps one of streams that are equal, and points at it wherever another was meant.
pub(crate) fn merge(document: &mut Document) {
    for _ in 0..DEPTH {
        let twins = twins(document);
        if twins.is_empty() {
            return;
        }
        for twin in twins.keys() {
            document.objects.remove(twin);
        }
        for object in document.objects.values_mut() {
            redirect(object, &twins);
        }
    }
}

/// The streams that are equal to one before them, with that one.
fn twins(document: &Document) -> BTreeMap<ObjectId, ObjectId> {
    let mut firsts: BTreeMap<usize, Vec<ObjectId>> = BTreeMap::new();
    let mut twins = BTreeMap::new();
    for (id, object) in &document.objects {
        let Object::Stream(stream) = object else {
            continue;
        };
        let known = firsts.entry(stream.content.len()).or_default();
        let equal = known.iter().find(|first| {
            matches!(document.objects.get(first), Some(Object::Stream(first)) if first.dict == stream.dict && first.content == stream.content)
        });
        match equal {
            Some(first) => {
                twins.insert(*id, *first);
            }
            None => known.push(*id),
        }
    }
    twins
}

fn redirect(object: &mut Object, twins: &BTreeMap<ObjectId, ObjectId>) {
    match object {
        Object::Reference(id) => {
            if let Some(first) = twins.get(id) {
                *id = *first;
            }
        }
        Object::Array(items) => {
            for item in items {
                redirect(item, twins);
            }
        }
        Object::Dictionary(dictionary) => redirect_all(dictionary, twins),
        Object::Stream(stream) => redirect_all(&mut stream.dict, twins),
        _ => {}
    }
}

fn redirect_all(dictionary: &mut Dictionary, twins: &BTreeMap<ObjectId, ObjectId>) {
    for (_, value) in dictionary.iter_mut() {
        redirect(value, twins);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lopdf::{Stream, dictionary};

    #[test]
    fn pictures_of_equal_masks_become_one() {
        let mut document = Document::new();
        let mut add = |kind: &str, mask: Option<ObjectId>, content: &[u8]| {
            let mut dictionary = dictionary! { "Subtype" => kind };
            if let Some(mask) = mask {
                dictionary.set("SMask", mask);
            }
            document.add_object(Stream::new(dictionary, content.to_vec()))
        };
        let masks = [add("Image", None, b"mask"), add("Image", None, b"mask")];
        let pictures = masks.map(|mask| add("Image", Some(mask), b"ink"));
        let other = add("Form", None, b"mask");
        let names = vec![pictures[0].into(), pictures[1].into(), other.into()];
        let root = document.add_object(Object::Array(names));
        merge(&mut document);
        assert_eq!(document.objects.len(), 4);
        let named = document.objects[&root].as_array().unwrap();
        assert_eq!(named[0], named[1]);
        assert_eq!(named[2], other.into());
    }
}
