//! Files that travel inside the document: the manuscript that it was made from (ISO 19005-3, 6.8).

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use super::string::{date_string, text_string};

/// A file that travels inside a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attached<'a> {
    /// Its path in the publication's folder, `/` between its parts.
    pub path: &'a str,
    /// Its media type, as `text/markdown`.
    pub media_type: &'a str,
    /// The file.
    pub bytes: &'a [u8],
}

/// Writes the files, in the order of their paths: each as the source of the document. Gives their
/// specifications with the text that each is sorted by in the tree of names.
pub(super) fn write(
    document: &mut Document,
    files: &[Attached<'_>],
    modified: &str,
) -> Vec<(Object, ObjectId)> {
    let mut sorted: Vec<(Vec<u8>, &Attached<'_>)> = files
        .iter()
        .map(|file| (sort_key(file.path), file))
        .collect();
    sorted.sort_by(|a, b| a.0.cmp(&b.0));
    let mut written = Vec::with_capacity(sorted.len());
    for (_, file) in sorted {
        let mut params = dictionary! { "Size" => file.bytes.len() as i64 };
        if let Some(date) = date_string(modified) {
            params.set("ModDate", date);
        }
        let stream = Stream::new(
            dictionary! {
                "Type" => "EmbeddedFile",
                "Subtype" => file.media_type,
                "Params" => params,
            },
            file.bytes.to_vec(),
        );
        let stream = document.add_object(stream);
        let name = text_string(file.path);
        let specification: Dictionary = dictionary! {
            "Type" => "Filespec",
            "F" => name.clone(),
            "UF" => name.clone(),
            "AFRelationship" => "Source",
            "Desc" => text_string("the manuscript"),
            "EF" => dictionary! { "F" => stream, "UF" => stream },
        };
        written.push((name, document.add_object(specification)));
    }
    written
}

/// The bytes by which a reader sorts the names of a tree.
fn sort_key(path: &str) -> Vec<u8> {
    match text_string(path) {
        Object::String(bytes, _) => bytes,
        _ => Vec::new(),
    }
}
