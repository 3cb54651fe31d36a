//! What archives find in the file beside its pages: the issue, everybody's part, words for pictures, the manuscript.

use std::path::Path;

use banxin::{Options, Publication};
use lopdf::{Document, Object};

use crate::reader::Pdf;

const BOOK: &str = "[book]\ntitle = \"版面\"\nlanguage = \"zh-Hant-HK\"\ndate = \"2025-03-06\"\n\
publisher = \"報社 & 友\"\narticles = [\"articles/甲.md\"]\n\
issue = { publication = \"報\", number = \"第12號\", edition = \"B3\", section = \"副刊\", issn = \"1234-5679\", lunar = \"乙巳年二月初七\" }\n\n\
[[book.credits]]\nrole = \"reporter\"\nname = \"甲\"\n\n[[book.credits]]\nrole = \"editor\"\nname = \"乙\"\n\n\
[output.pdf]\nlayout = \"newspaper\"\npage = \"A3\"\n";

const STORY: &str = "---\ntitle: 標題\ncredits:\n  - role: editor\n    name: 甲\n  - role: photographer\n    name: 丙\n---\n\n正文。\n\n\
![窗前<的>人](../pictures/a.png \"圖說。／丙攝\")\n";

/// A publication in a folder, as a PDF.
fn written(folder: &Path, is_attached: bool, standard: &str) -> Vec<u8> {
    let options = Options {
        set: vec![("output.pdf.standard".into(), standard.into())],
        ..Options::default()
    };
    let mut publication = Publication::open(folder, &options).unwrap().value;
    publication.book.output.pdf.attach_source = is_attached;
    let pages = publication.lay_out().value;
    let mut bytes = Vec::new();
    publication.write_pdf(&pages, &mut bytes).unwrap();
    bytes
}

fn publication() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for inner in ["articles", "pictures"] {
        std::fs::create_dir(folder.path().join(inner)).unwrap();
    }
    let put = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).unwrap();
    put("book.toml", BOOK.as_bytes());
    put("articles/甲.md", STORY.as_bytes());
    put("pictures/a.png", include_bytes!("palette.png"));
    folder
}

/// The texts of every element of a name in a packet, in order.
fn told(packet: &str, name: &str) -> Vec<String> {
    let tree = roxmltree::Document::parse(packet).unwrap();
    let elements = tree
        .descendants()
        .filter(|node| node.tag_name().name() == name);
    let texts = elements.map(|element| {
        let texts = element.descendants().filter_map(|node| {
            let is_default = node.attribute((roxmltree::NS_XML_URI, "lang")) != Some("x-default");
            let text = node.text().map(str::trim).unwrap_or("");
            (node.is_element() && is_default && !text.is_empty()).then(|| text.to_owned())
        });
        texts.collect::<Vec<_>>().join("|")
    });
    texts.collect()
}

#[test]
fn the_issue_is_told_in_the_words_of_prism() {
    let folder = publication();
    let pdf = Pdf::read(&written(folder.path(), false, "[\"a-2a\", \"ua-1\"]"));
    let packet = String::from_utf8(pdf.stream(pdf.catalog(), "Metadata")).unwrap();
    for (name, text) in [
        ("publicationName", "報"),
        ("number", "第12號"),
        ("issn", "1234-5679"),
        ("section", "副刊"),
        ("publicationDate", "2025-03-06"),
        ("coverDisplayDate", "乙巳年二月初七"),
        ("startingPage", "B3"),
        ("pageRange", "B3"),
        ("pageCount", "1"),
    ] {
        assert_eq!(told(&packet, name), [text], "{name}");
    }
}

#[test]
fn everybody_is_named_once_with_all_their_roles() {
    let folder = publication();
    let pdf = Pdf::read(&written(folder.path(), false, "[\"a-2a\", \"ua-1\"]"));
    let packet = String::from_utf8(pdf.stream(pdf.catalog(), "Metadata")).unwrap();
    assert_eq!(told(&packet, "creator"), ["甲"]);
    assert_eq!(told(&packet, "contributor"), ["乙|丙"]);
    let role = |codes: &[&str]| {
        let uris = codes.iter();
        let uris = uris.map(|code| format!("http://id.loc.gov/vocabulary/relators/{code}"));
        uris.collect::<Vec<_>>().join("|")
    };
    assert_eq!(
        told(&packet, "Role"),
        [role(&["rpt", "edt"]), role(&["edt"]), role(&["pht"])]
    );
    // Every property beside those of PDF/A is described.
    let described = told(&packet, "prefix");
    for prefix in ["prism", "Iptc4xmpExt", "pdfuaid"] {
        assert!(described.iter().any(|found| found == prefix), "{prefix}");
    }
}

#[test]
fn pictures_carry_their_own_words() {
    let folder = publication();
    let pdf = Pdf::read(&written(folder.path(), false, "[\"a-2a\", \"ua-1\"]"));
    let packets: Vec<String> = pdf
        .document
        .objects
        .values()
        .filter_map(|object| object.as_stream().ok())
        .filter(|stream| stream.dict.has(b"Metadata"))
        .map(|stream| String::from_utf8(pdf.stream(&stream.dict, "Metadata")).unwrap())
        .collect();
    let [packet] = &packets[..] else {
        panic!("{} pictures have words", packets.len());
    };
    assert_eq!(told(packet, "AltTextAccessibility"), ["窗前<的>人"]);
    assert_eq!(told(packet, "Credit"), ["丙攝"]);
    assert_eq!(told(packet, "description")[0], "圖說。");
}

/// The manuscript inside the file, taken out again, makes the same pages.
#[test]
fn the_attached_manuscript_makes_the_same_file() {
    let folder = publication();
    let standard = "[\"a-2a\", \"ua-1\"]";
    let document = Document::load_mem(&written(folder.path(), true, standard)).unwrap();
    let out = tempfile::tempdir().unwrap();
    let mut names = Vec::new();
    let files = document.catalog().unwrap().get(b"AF").unwrap();
    for file in files.as_array().unwrap() {
        let file = document.dereference(file).unwrap().1.as_dict().unwrap();
        assert_eq!(
            file.get(b"AFRelationship").unwrap().as_name().unwrap(),
            b"Source"
        );
        let name = lopdf::decode_text_string(file.get(b"UF").unwrap()).unwrap();
        let stream = file
            .get(b"EF")
            .and_then(Object::as_dict)
            .and_then(|streams| streams.get(b"F"))
            .and_then(Object::as_reference)
            .and_then(|id| document.get_object(id))
            .and_then(Object::as_stream)
            .unwrap();
        let path = out.path().join(&name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, stream.decompressed_content().unwrap()).unwrap();
        names.push(name);
    }
    assert_eq!(names, ["book.toml", "pictures/a.png", "articles/甲.md"]);
    let again = Publication::open(out.path(), &Options::default()).unwrap();
    assert_eq!(again.value.book.meta.title, "版面");
    // The name of a folder is nobody's business: the outputs are named after it, not made of it.
    assert!(written(out.path(), false, standard) == written(folder.path(), false, standard));
}

#[test]
fn attaching_asks_for_the_third_part() {
    let folder = publication();
    for (standard, level) in [
        ("[\"a-2a\"]", "A"),
        ("[\"a-2b\"]", "B"),
        ("[\"a-3a\"]", "A"),
    ] {
        let pdf = Pdf::read(&written(folder.path(), true, standard));
        let packet = String::from_utf8(pdf.stream(pdf.catalog(), "Metadata")).unwrap();
        assert_eq!(told(&packet, "part"), ["3"]);
        assert_eq!(told(&packet, "conformance"), [level]);
    }
    let pdf = Pdf::read(&written(folder.path(), false, "[\"a-2u\"]"));
    let packet = String::from_utf8(pdf.stream(pdf.catalog(), "Metadata")).unwrap();
    assert_eq!(told(&packet, "part"), ["2"]);
    assert!(!pdf.catalog().has(b"AF"));
}
