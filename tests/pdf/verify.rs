//! A finished file read back: what is whole passes, and each promise that somebody breaks is told of.

use banxin::diag::Severity;
use banxin::{Options, Publication, verify};
use lopdf::{Dictionary, Document, Object, Stream};
use proptest::prelude::*;
use std::sync::LazyLock;

const BOOK: &str = "[book]\ntitle = \"查驗\"\nlanguage = \"zh-Hant-HK\"\narticles = [\"a.md\"]\n";
const STORY: &str = "---\ntitle: 標題\n---\n\n段落{讀|ㄉㄨˊ}，[外面](https://example.org/)[^n]。\n\n## 節\n\n- 甲\n\n\
| 頭 | 頭 |\n|---|---|\n| 甲 | 乙 |\n\n![圖](a.png)\n\n[^n]: 註。\n";

/// A file with one of everything.
static WHOLE: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).unwrap();
    put("book.toml", BOOK.as_bytes());
    put("a.md", STORY.as_bytes());
    put("a.png", include_bytes!("palette.png"));
    let publication = Publication::open(folder.path(), &Options::default()).unwrap();
    let pages = publication.value.lay_out().value;
    let mut bytes = Vec::new();
    publication.value.write_pdf(&pages, &mut bytes).unwrap();
    bytes
});

fn told(bytes: &[u8]) -> Vec<(Severity, &'static str, String)> {
    let found = verify::pdf(bytes).diagnostics.into_iter();
    found
        .map(|fault| (fault.severity, fault.code.name(), fault.message))
        .collect()
}

#[test]
fn a_whole_file_passes() {
    let found = verify::pdf(&WHOLE);
    assert_eq!(found.diagnostics, []);
    assert_eq!(found.value.claims, ["PDF/A-2a", "PDF/UA-1"]);
    assert!(found.value.pages > 1 && found.value.fonts > 1 && found.value.elements > 10);
}

/// The dictionaries that are of a kind, by what a key of theirs names.
fn of_kind<'d>(
    document: &'d mut Document,
    key: &'static [u8],
    kind: &'static [u8],
) -> impl Iterator<Item = &'d mut Dictionary> {
    let all = document.objects.values_mut();
    let all = all.filter_map(|object| match object {
        Object::Dictionary(own) => Some(own),
        Object::Stream(stream) => Some(&mut stream.dict),
        _ => None,
    });
    all.filter(move |own| {
        own.get(key)
            .and_then(Object::as_name)
            .is_ok_and(|name| name == kind)
    })
}

fn first<'d>(
    document: &'d mut Document,
    key: &'static [u8],
    kind: &'static [u8],
) -> &'d mut Dictionary {
    of_kind(document, key, kind).next().unwrap()
}

fn info(document: &mut Document) -> &mut Dictionary {
    let id = document.trailer.get(b"Info").and_then(Object::as_reference);
    document.get_dictionary_mut(id.unwrap()).unwrap()
}

/// The profile of the output intent.
fn profile(document: &mut Document) -> &mut Stream {
    let catalog = document.catalog().unwrap();
    let intents = catalog.get(b"OutputIntents").and_then(Object::as_array);
    let intent = document.dereference(&intents.unwrap()[0]).unwrap().1;
    let id = intent.as_dict().unwrap().get(b"DestOutputProfile");
    let id = id.and_then(Object::as_reference).unwrap();
    document
        .get_object_mut(id)
        .unwrap()
        .as_stream_mut()
        .unwrap()
}

/// Changes the content of the last page that shows text.
fn content(document: &mut Document, change: impl Fn(String) -> String) {
    let pages: Vec<_> = document.page_iter().collect();
    for page in pages.into_iter().rev() {
        let bytes = document.get_page_content(page);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if text.contains("BDC") && text.contains("Tj") {
            let id = document.get_page_contents(page)[0];
            let stream = document
                .get_object_mut(id)
                .unwrap()
                .as_stream_mut()
                .unwrap();
            stream.set_plain_content(change(text).into_bytes());
            return;
        }
    }
    panic!("no page shows text");
}

type Break = (&'static str, &'static str, fn(&mut Document));

#[rustfmt::skip]
const BREAKS: &[Break] = &[
    ("pdf::font", "the font is not embedded", |d| for own in of_kind(d, b"Type", b"FontDescriptor") {
        for key in [&b"FontFile2"[..], b"FontFile3"] { own.remove(key); }
    }),
    ("pdf::font", "encoding is not in the file", |d| first(d, b"Subtype", b"Type0").set("Encoding", "UniCNS-UTF16-V")),
    ("pdf::text", "the text of the font cannot be told", |d| { first(d, b"Subtype", b"Type0").remove(b"ToUnicode"); }),
    ("pdf::text", "a glyph has no text", |d| {
        let id = first(d, b"Subtype", b"Type0").get(b"ToUnicode").and_then(Object::as_reference).unwrap();
        d.get_object_mut(id).unwrap().as_stream_mut().unwrap().set_plain_content(b"beginbfchar endbfchar".to_vec());
    }),
    ("pdf::tags", "there is no structure", |d| { d.catalog_mut().unwrap().remove(b"StructTreeRoot"); }),
    ("pdf::tags", "does not tell that it has tags", |d| { d.catalog_mut().unwrap().remove(b"MarkInfo"); }),
    ("pdf::tags", "a picture has no words", |d| { first(d, b"S", b"Figure").remove(b"Alt"); }),
    ("pdf::tags", "a note has no id", |d| { first(d, b"S", b"Note").remove(b"ID"); }),
    ("pdf::tags", "a head cell does not tell", |d| { first(d, b"S", b"TH").remove(b"A"); }),
    ("pdf::tags", "an element of no known kind", |d| first(d, b"S", b"P").set("S", "Paragraph")),
    ("pdf::tags", "a level of headings is left out", |d| first(d, b"S", b"H2").set("S", "H4")),
    ("pdf::tags", "content that no element holds", |d| { first(d, b"S", b"P").remove(b"K"); }),
    ("pdf::tags", "holds content that is not there", |d| content(d, |text| text.replace("/MCID 0", "/MCID 999"))),
    ("pdf::tags", "neither content nor furniture", |d| content(d, |text| text + "\n0 0 10 10 re f")),
    ("pdf::tags", "does not lead back", |d| { for own in of_kind(d, b"Type", b"Page") { own.remove(b"StructParents"); } }),
    ("pdf::tags", "a link is in no element", |d| { first(d, b"Subtype", b"Link").remove(b"StructParent"); }),
    ("pdf::tags", "a link has no words", |d| { first(d, b"Subtype", b"Link").remove(b"Contents"); }),
    ("pdf::boxes", "TrimBox is not within", |d| first(d, b"Type", b"Page").set("TrimBox", vec![0.into(), 0.into(), 9000.into(), 10.into()])),
    ("pdf::boxes", "there is no MediaBox", |d| for own in of_kind(d, b"Type", b"Page") { own.remove(b"MediaBox"); }),
    ("pdf::intent", "there is no output intent", |d| { d.catalog_mut().unwrap().remove(b"OutputIntents"); }),
    ("pdf::intent", "without an intent", |d| { d.catalog_mut().unwrap().remove(b"OutputIntents"); }),
    ("pdf::intent", "is damaged", |d| { let own = profile(d); let mut bytes = own.get_plain_content().unwrap(); bytes.truncate(99); own.set_plain_content(bytes); }),
    ("pdf::intent", "other components than told", |d| profile(d).dict.set("N", 4)),
    ("pdf::intent", "colours of a press", |d| content(d, |text| text + "\n/Artifact BMC 0 0 0 1 k EMC")),
    ("pdf::metadata", "Title: the information dictionary", |d| info(d).set("Title", Object::string_literal("other"))),
    ("pdf::metadata", "ModDate: the information dictionary", |d| info(d).set("ModDate", Object::string_literal("D:20010101000000Z"))),
    ("pdf::metadata", "does not tell its language", |d| { d.catalog_mut().unwrap().remove(b"Lang"); }),
    ("pdf::metadata", "viewers are not told", |d| { d.catalog_mut().unwrap().remove(b"ViewerPreferences"); }),
    ("pdf::metadata", "there is no XMP packet", |d| { d.catalog_mut().unwrap().remove(b"Metadata"); }),
    ("pdf::forbidden", "a program", |d| { d.add_object(lopdf::dictionary! { "Type" => "Action", "S" => "JavaScript" }); }),
    ("pdf::forbidden", "hidden, or not printed", |d| first(d, b"Subtype", b"Link").set("F", 2)),
    ("pdf::forbidden", "no files of other kinds", |d| { d.add_object(lopdf::dictionary! { "Type" => "Filespec", "EF" => Dictionary::new() }); }),
];

#[test]
fn each_broken_promise_is_told() {
    let mut missed = Vec::new();
    for (code, words, change) in BREAKS {
        let mut document = Document::load_mem(&WHOLE).unwrap();
        change(&mut document);
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).unwrap();
        let found = told(&bytes);
        if !found
            .iter()
            .any(|(_, own, message)| own == code && message.contains(words))
        {
            missed.push(format!("{code} ({words}): {found:?}"));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn a_file_saved_again_as_it_was_passes() {
    let mut bytes = Vec::new();
    let mut document = Document::load_mem(&WHOLE).unwrap();
    document.save_to(&mut bytes).unwrap();
    assert_eq!(told(&bytes), []);
}

#[test]
fn what_is_cut_short_is_told() {
    for part in [0, 1, 9, WHOLE.len() / 2, WHOLE.len() - 40] {
        let found = told(&WHOLE[..part]);
        assert!(
            found
                .iter()
                .any(|(severity, ..)| *severity == Severity::Error),
            "{part} bytes pass"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Damaged files are read to their end without a panic.
    #[test]
    fn damage_is_survived(places in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..24)) {
        let mut bytes = WHOLE.clone();
        for (at, byte) in places {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = verify::pdf(&bytes);
    }
}
