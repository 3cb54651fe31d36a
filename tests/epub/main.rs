//! The EPUB of a publication that holds every block and mark: sound, complete, the same twice.

mod builder;
mod golden;
mod sample;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use banxin::art::{Gallery, images_of};
use banxin::epub::{EpubOptions, EpubWriter};
use banxin::files::join;
use banxin::font::Faces;
use banxin::geom::WritingMode;
use banxin::model::visit::{self, Visitor};
use banxin::model::{Article, Block, Book, Figure, Inline};

const MODES: [WritingMode; 2] = [WritingMode::VerticalRl, WritingMode::HorizontalTb];

fn epub(book: &Book) -> Vec<u8> {
    let gallery = Gallery::open(images_of(book), &sample::files());
    assert!(gallery.diagnostics.is_empty(), "{:?}", gallery.diagnostics);
    let faces = Faces::bundled();
    let mut out = Vec::new();
    let mut options = EpubOptions::default();
    if book.meta.cover.is_none() {
        options.cover = Some(banxin::proof::cover(book, &faces).unwrap());
    }
    EpubWriter::new(book, &faces, &gallery.value, options)
        .write(&mut out)
        .unwrap();
    out
}

/// The files of a package in the order of its container.
struct Package {
    names: Vec<String>,
    files: BTreeMap<String, Vec<u8>>,
}

impl Package {
    fn open(bytes: &[u8]) -> Self {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut names = Vec::new();
        let mut files = BTreeMap::new();
        for index in 0..archive.len() {
            let mut file = archive.by_index(index).unwrap();
            let mut content = Vec::new();
            file.read_to_end(&mut content).unwrap();
            names.push(file.name().to_owned());
            assert!(files.insert(file.name().to_owned(), content).is_none());
        }
        Self { names, files }
    }

    fn text(&self, name: &str) -> &str {
        std::str::from_utf8(&self.files[&format!("OEBPS/{name}")]).unwrap()
    }

    /// Content documents in the order of the spine.
    fn spine(&self) -> Vec<String> {
        let opf = roxmltree::Document::parse(self.text("content.opf")).unwrap();
        let href = |id: &str| {
            opf.descendants()
                .find(|n| n.has_tag_name((OPF, "item")) && n.attribute("id") == Some(id))
                .and_then(|n| n.attribute("href"))
                .unwrap()
                .to_owned()
        };
        opf.descendants()
            .filter(|n| n.has_tag_name((OPF, "itemref")))
            .map(|n| href(n.attribute("idref").unwrap()))
            .collect()
    }
}

const OPF: &str = "http://www.idpf.org/2007/opf";
const DC: &str = "http://purl.org/dc/elements/1.1/";

#[test]
fn the_container_starts_with_its_type_and_lists_every_file() {
    for mode in MODES {
        let bytes = epub(&sample::book(mode));
        let package = Package::open(&bytes);
        assert_eq!(package.names[0], "mimetype");
        assert_eq!(&bytes[38..58], b"application/epub+zip");
        let opf = roxmltree::Document::parse(package.text("content.opf")).unwrap();
        let listed: BTreeSet<String> = opf
            .descendants()
            .filter(|n| n.has_tag_name((OPF, "item")))
            .map(|n| n.attribute("href").unwrap().to_owned())
            .collect();
        let present: BTreeSet<String> = package
            .names
            .iter()
            .filter_map(|name| name.strip_prefix("OEBPS/"))
            .filter(|name| *name != "content.opf")
            .map(str::to_owned)
            .collect();
        assert_eq!(listed, present);
        for name in &present {
            assert!(name.is_ascii(), "{name}");
        }
    }
}

#[test]
fn every_document_is_well_formed_with_unique_ids_and_links_that_lead_somewhere() {
    for mode in MODES {
        for split_at in [0, 3] {
            let mut book = sample::book(mode);
            book.output.epub.split_at = split_at;
            let package = Package::open(&epub(&book));
            let xml: BTreeMap<&str, roxmltree::Document<'_>> = package
                .files
                .iter()
                .filter(|(name, _)| {
                    [".xhtml", ".opf", ".ncx", ".xml", ".svg"]
                        .iter()
                        .any(|e| name.ends_with(e))
                })
                .map(|(name, bytes)| {
                    let text = std::str::from_utf8(bytes).unwrap();
                    let options = roxmltree::ParsingOptions {
                        allow_dtd: true,
                        ..Default::default()
                    };
                    let parsed = roxmltree::Document::parse_with_options(text, options);
                    (
                        name.as_str(),
                        parsed.unwrap_or_else(|e| panic!("{name}: {e}\n{text}")),
                    )
                })
                .collect();
            let mut links = 0;
            for (name, document) in &xml {
                let mut ids = BTreeSet::new();
                for node in document.descendants() {
                    if let Some(id) = node.attribute("id") {
                        assert!(ids.insert(id), "{name}: {id} twice");
                        assert!(id.is_ascii(), "{name}: {id}");
                    }
                    let target = ["href", "src", "full-path"]
                        .iter()
                        .find_map(|a| node.attribute(*a))
                        .filter(|t| !t.contains(':') && node.tag_name().name() != "rootfile");
                    let Some(target) = target else { continue };
                    links += 1;
                    let (file, id) = target.split_once('#').unwrap_or((target, ""));
                    let file = if file.is_empty() {
                        (*name).to_owned()
                    } else {
                        join(name, file).unwrap()
                    };
                    assert!(package.files.contains_key(&file), "{name}: {target}");
                    if !id.is_empty() {
                        let found = xml[file.as_str()]
                            .descendants()
                            .any(|n| n.attribute("id") == Some(id));
                        assert!(found, "{name}: {target}");
                    }
                }
            }
            assert!(links > 50, "{links}");
        }
    }
}

#[test]
fn headings_step_down_one_level_at_a_time() {
    let package = Package::open(&epub(&sample::book(WritingMode::VerticalRl)));
    for file in package.spine() {
        let document = xhtml(&package, &file);
        let mut last = 0;
        for node in document.descendants() {
            let name = node.tag_name().name();
            if let Some(level) = name.strip_prefix('h').and_then(|l| l.parse::<u8>().ok()) {
                assert!(level <= last + 1, "{file}: h{level} after h{last}");
                last = level;
            }
        }
    }
}

fn xhtml<'p>(package: &'p Package, file: &str) -> roxmltree::Document<'p> {
    let options = roxmltree::ParsingOptions {
        allow_dtd: true,
        ..Default::default()
    };
    roxmltree::Document::parse_with_options(package.text(file), options).unwrap()
}

/// Everything that the model says, piece by piece in the order of reading.
#[derive(Default)]
struct Words(Vec<String>);

impl<'a> Visitor<'a> for Words {
    fn article(&mut self, article: &'a Article) {
        self.0.extend(article.section.clone());
        self.0
            .extend(article.credits.iter().map(|credit| credit.name.clone()));
    }
    fn block(&mut self, block: &'a Block) {
        if let Block::Code(code) = block {
            self.0.push(code.text.clone());
        }
    }
    fn figure(&mut self, figure: &'a Figure) {
        self.0.push(figure.alt.clone());
    }
    fn inline(&mut self, inline: &'a Inline) {
        match inline {
            Inline::Text { text, .. }
            | Inline::Code { text, .. }
            | Inline::Upright { text, .. } => {
                self.0.push(text.clone());
            }
            Inline::Ruby(ruby) => {
                for part in &ruby.parts {
                    self.0.push(format!("{}{}", part.base, part.text));
                }
            }
            Inline::Image { alt, .. } => self.0.push(alt.clone()),
            _ => {}
        }
    }
}

/// Text of a document as a reader meets it: alternative words in the place of pictures.
fn read_aloud(document: &roxmltree::Document<'_>, out: &mut String) {
    for node in document.descendants() {
        if node.is_text() && !node.ancestors().any(|n| n.has_tag_name("head")) {
            out.push_str(node.text().unwrap());
        } else if let Some(alt) = node.attribute("alt") {
            out.push_str(alt);
        }
    }
}

#[test]
fn every_word_of_the_model_is_read() {
    for mode in MODES {
        for split_at in [0, 2] {
            let mut book = sample::book(mode);
            book.output.epub.split_at = split_at;
            let package = Package::open(&epub(&book));
            let mut read = String::new();
            for file in package.spine() {
                read_aloud(&xhtml(&package, &file), &mut read);
            }
            let mut words = Words::default();
            visit::book(&book, &mut words);
            assert!(words.0.len() > 100);
            for word in words.0 {
                assert!(read.contains(&word), "{mode:?}: {word}");
            }
            for word in [
                "新華社",
                "版心 & <試驗>",
                "責任編輯",
                "編輯人乙",
                "試驗出版社",
                "A8",
                "2049-3630",
            ] {
                assert!(read.contains(word), "{word}");
            }
        }
    }
}

#[test]
fn text_stands_in_the_order_of_the_manuscript() {
    let book = sample::book(WritingMode::VerticalRl);
    let package = Package::open(&epub(&book));
    let mut read = String::new();
    read_aloud(&xhtml(&package, "story-002.xhtml"), &mut read);
    let mut words = Words::default();
    visit::blocks(&book.parts[1].articles[0].body, &mut words);
    let mut from = 0;
    for word in words.0.iter().filter(|word| !word.is_empty()) {
        // A record list repeats the heads of its columns.
        if ["甲欄", "乙欄", "丙欄", "丁欄"].contains(&word.as_str()) {
            continue;
        }
        let at = read[from..].find(word.as_str());
        from += at.unwrap_or_else(|| panic!("{word} is not behind what precedes it")) + word.len();
    }
}

#[test]
fn no_white_space_stands_between_characters_of_a_line() {
    let package = Package::open(&epub(&sample::book(WritingMode::VerticalRl)));
    let phrasing = [
        "span", "em", "strong", "u", "cite", "ruby", "rt", "a", "small", "p", "h1", "h2",
    ];
    for file in package.spine() {
        for node in xhtml(&package, &file).descendants().filter(|n| n.is_text()) {
            let parent = node.parent().unwrap().tag_name().name().to_owned();
            let text = node.text().unwrap();
            if phrasing.contains(&parent.as_str()) {
                assert!(!text.contains('\n'), "{file}: {parent}: {text:?}");
            }
        }
    }
}

#[test]
fn credits_have_their_roles_in_the_package() {
    let package = Package::open(&epub(&sample::book(WritingMode::VerticalRl)));
    let opf = roxmltree::Document::parse(package.text("content.opf")).unwrap();
    let mut found = Vec::new();
    for node in opf.descendants() {
        if !node.has_tag_name((DC, "creator")) && !node.has_tag_name((DC, "contributor")) {
            continue;
        }
        let refines = format!("#{}", node.attribute("id").unwrap());
        let role = opf.descendants().find(|n| {
            n.attribute("refines") == Some(&refines) && n.attribute("property") == Some("role")
        });
        let role = role.unwrap();
        assert_eq!(role.attribute("scheme"), Some("marc:relators"));
        let name = node.text().unwrap().to_owned();
        found.push((
            node.tag_name().name().to_owned(),
            name,
            role.text().unwrap().to_owned(),
        ));
    }
    let rows = [
        ("creator", "撰文人甲", "aut"),
        ("creator", "記者丁", "rpt"),
        ("contributor", "編輯人乙", "edt"),
        ("contributor", "設計人丙", "bkd"),
        ("contributor", "攝影戊", "pht"),
    ];
    let rows = rows.map(|(tag, name, role)| (tag.to_owned(), name.to_owned(), role.to_owned()));
    assert_eq!(found, rows);
    let property = |name: &str| -> Vec<&str> {
        opf.descendants()
            .filter(|n| n.attribute("property") == Some(name))
            .filter_map(|n| n.text())
            .collect()
    };
    assert_eq!(property("file-as"), ["Jia, Zhuanwen"]);
    assert_eq!(property("belongs-to-collection"), ["試驗日報"]);
    assert_eq!(property("group-position"), ["12"]);
    assert_eq!(property("dcterms:identifier"), ["urn:issn:2049-3630"]);
    assert_eq!(property("dcterms:modified"), ["2025-03-06T00:00:00Z"]);
    // Nobody certifies, so nothing is claimed.
    assert!(property("dcterms:conformsTo").is_empty());
}

#[test]
fn conformance_is_claimed_only_where_somebody_states_it_and_pictures_have_words() {
    let mut book = sample::book(WritingMode::HorizontalTb);
    book.meta.accessibility.certified_by = Some("某機構".to_owned());
    let claims = |book: &Book| {
        Package::open(&epub(book))
            .text("content.opf")
            .contains("a11y:certifiedBy")
    };
    assert!(claims(&book));
    if let Block::Figure(figure) = &mut book.parts[1].articles[0].body[5] {
        figure.alt.clear();
    } else {
        panic!("the sample's sixth block is a figure");
    }
    assert!(!claims(&book));
}

#[test]
fn pages_turn_as_the_lines_run() {
    for (mode, direction, class) in [
        (WritingMode::VerticalRl, "rtl", "vertical"),
        (WritingMode::HorizontalTb, "ltr", "horizontal"),
    ] {
        let package = Package::open(&epub(&sample::book(mode)));
        let opf = package.text("content.opf");
        assert!(opf.contains(&format!("page-progression-direction=\"{direction}\"")));
        for file in package.spine() {
            let document = xhtml(&package, &file);
            let root = document.root_element();
            assert_eq!(root.attribute("class"), Some(class), "{file}");
            assert_eq!(
                root.attribute("lang"),
                root.attribute(("http://www.w3.org/XML/1998/namespace", "lang"))
            );
        }
    }
}

#[test]
fn the_same_publication_gives_the_same_bytes() {
    for mode in MODES {
        let book = sample::book(mode);
        assert_eq!(epub(&book), epub(&book));
    }
}

#[test]
fn a_story_is_split_at_the_level_that_is_asked_for() {
    let mut book = sample::book(WritingMode::VerticalRl);
    book.output.epub.split_at = 2;
    let package = Package::open(&epub(&book));
    let stories: Vec<String> = package.spine();
    let stories: Vec<&str> = stories
        .iter()
        .filter(|name| name.starts_with("story-001"))
        .map(String::as_str)
        .collect();
    assert_eq!(stories, ["story-001.xhtml", "story-001-2.xhtml"]);
    // A note stands in the file of its mark.
    assert!(package.text("story-001.xhtml").contains("第一條註釋"));
    assert!(package.text("story-001-2.xhtml").contains("第二條註釋"));
}

#[test]
fn no_file_is_larger_than_old_readers_load() {
    let mut book = sample::book(WritingMode::HorizontalTb);
    let long = "字".repeat(1000);
    let body = (0..700)
        .map(|_| sample::paragraph(sample::run(&long)))
        .collect();
    book.parts[0]
        .articles
        .push(sample::article("long", sample::run("長篇"), body));
    let package = Package::open(&epub(&book));
    let mut seen = 0;
    for (name, bytes) in &package.files {
        if name.ends_with(".xhtml") {
            assert!(bytes.len() < 1_000_000, "{name}: {}", bytes.len());
            seen += usize::from(name.contains("story-002"));
        }
    }
    assert!(seen > 2);
}

#[test]
fn fonts_go_in_only_where_they_are_wanted() {
    let mut book = sample::book(WritingMode::VerticalRl);
    let package = Package::open(&epub(&book));
    let fonts = |package: &Package| {
        package
            .names
            .iter()
            .filter(|n| n.contains("/fonts/"))
            .count()
    };
    assert!(fonts(&package) >= 2);
    assert!(package.text("stylesheet.css").contains("@font-face"));
    book.output.epub.fonts = false;
    let package = Package::open(&epub(&book));
    assert_eq!(fonts(&package), 0);
    assert!(!package.text("stylesheet.css").contains("@font-face"));
    assert!(!package.names.iter().any(|n| n.contains("display-options")));
}

#[test]
fn a_link_that_no_reader_could_follow_is_told_and_its_words_stay() {
    let book = sample::book(WritingMode::VerticalRl);
    let gallery = Gallery::open(images_of(&book), &sample::files());
    let faces = Faces::bundled();
    let warned = EpubWriter::new(&book, &faces, &gallery.value, EpubOptions::default())
        .write(std::io::sink())
        .unwrap();
    let messages: Vec<&str> = warned
        .diagnostics
        .iter()
        .map(|d| d.message.as_str())
        .collect();
    assert_eq!(
        messages,
        ["`files/none.pdf` leads to nothing that an e-book can open"]
    );
}

#[test]
fn a_cover_is_drawn_where_the_author_names_none() {
    for mode in MODES {
        for title in [
            "版",
            "一部書名很長的書：從排版的黃昏到黎明，以及其間的種種故事與人物",
            "2025年A Western Title與12個月",
        ] {
            let mut book = sample::book(mode);
            book.meta.title = title.to_owned();
            let package = Package::open(&epub(&book));
            let cover = &package.files["OEBPS/images/cover.made.png"];
            let picture = image::load_from_memory(cover).unwrap().into_luma8();
            assert_eq!(picture.dimensions(), (1600, 2560));
            assert!(cover.len() < 400_000, "{}", cover.len());
            let ink = picture.pixels().filter(|p| p.0[0] < 40).count();
            assert!(ink > 10_000, "{mode:?} {title}: {ink}");
            // The board stays blank beside the letters.
            let left = if mode.is_vertical() { 60 } else { 180 };
            for (x, y) in (0..2560).flat_map(|y| [(left, y), (left + 1320, y)]) {
                let shade = picture.get_pixel(x, y).0[0];
                assert!(shade > 200, "{mode:?} {title}: {x},{y}: {shade}");
            }
        }
    }
}
