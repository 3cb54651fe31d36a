//! The structure of a publication's PDF: every piece of content has its place in the tree, in the order of reading.

use std::collections::{BTreeMap, BTreeSet};

use banxin::{Options, Publication};
use lopdf::content::Content;
use lopdf::{Dictionary, Object, ObjectId};

use crate::reader::Pdf;

const BOOK: &str =
    "[book]\ntitle = \"結構\"\nlanguage = \"zh-Hant-HK\"\narticles = [\"a.md\", \"b.md\"]\n";

const STORY: &str = "---\ntitle: 標題[^n]\nkicker: 引題\n---\n\n段落有{讀|ㄉㄨˊ}音，[外面**粗**](https://example.org/)，[裏面](#deep)。\n\n\
### 跳級 {#deep}\n\n- 甲\n  1. 乙\n\n     續\n- 丙\n\n名詞\n: 解釋\n\n> 引文\n\n| 頭一 | 頭二 | |\n|---|---|---|\n| 甲 | | 丙 |\n\n```\n碼\n```\n\n## 盒 {.box}\n\n盒內。\n\n[^n]: 註文。\n";

/// A publication in a folder of its own, laid out and written.
fn written(layout: &str, mode: &str, story: &str) -> Pdf {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    put("book.toml", BOOK);
    put("a.md", story);
    put("b.md", "---\ntitle: 第二篇\n---\n\n正文。\n");
    let options = Options {
        set: vec![
            ("output.pdf.layout".into(), layout.into()),
            ("typography.writing-mode".into(), mode.into()),
        ],
        ..Options::default()
    };
    let publication = Publication::open(folder.path(), &options).unwrap().value;
    let pages = publication.lay_out().value;
    let mut bytes = Vec::new();
    publication.write_pdf(&pages, &mut bytes).unwrap();
    Pdf::read(&bytes)
}

/// The tree as names with the words that each element holds by itself.
struct Told {
    lines: Vec<String>,
    /// Each stretch of content that the tree has, by page and number.
    marks: BTreeSet<(ObjectId, i64)>,
    annotations: BTreeSet<ObjectId>,
}

fn told(pdf: &Pdf) -> Told {
    let root = pdf.dictionary(pdf.catalog(), "StructTreeRoot");
    let texts = texts(pdf);
    let mut told = Told {
        lines: Vec::new(),
        marks: BTreeSet::new(),
        annotations: BTreeSet::new(),
    };
    element(pdf, pdf.dictionary(root, "K"), (&texts, 0), &mut told);
    told
}

fn element(
    pdf: &Pdf,
    own: &Dictionary,
    (texts, depth): (&BTreeMap<(ObjectId, i64), String>, usize),
    told: &mut Told,
) {
    let name = String::from_utf8(own.get(b"S").unwrap().as_name().unwrap().to_vec()).unwrap();
    let place = told.lines.len();
    told.lines.push(String::new());
    let mut words = String::new();
    let kids = match own.get(b"K") {
        Ok(Object::Array(kids)) => kids.clone(),
        Ok(kid) => vec![kid.clone()],
        Err(_) => Vec::new(),
    };
    let mut mark = |page: ObjectId, number: i64, told: &mut Told| {
        words.push_str(&texts[&(page, number)]);
        assert!(told.marks.insert((page, number)), "{number} stands twice");
    };
    for kid in kids {
        let kid = pdf.document.dereference(&kid).unwrap().1;
        match kid {
            Object::Integer(number) => {
                let page = own.get(b"Pg").unwrap().as_reference().unwrap();
                mark(page, *number, told);
            }
            Object::Dictionary(kid) if kid.has(b"MCID") => {
                let page = kid.get(b"Pg").unwrap().as_reference().unwrap();
                mark(page, kid.get(b"MCID").unwrap().as_i64().unwrap(), told);
            }
            Object::Dictionary(kid) if kid.has(b"Obj") => {
                let link = kid.get(b"Obj").unwrap().as_reference().unwrap();
                told.annotations.insert(link);
            }
            Object::Dictionary(kid) => element(pdf, kid, (texts, depth + 1), told),
            other => panic!("{other:?} in the tree"),
        }
    }
    let language = match own.get(b"Lang") {
        Ok(tag) => format!("({}) ", lopdf::decode_text_string(tag).unwrap()),
        Err(_) => String::new(),
    };
    told.lines[place] = format!("{}{name} {language}{words}", "  ".repeat(depth))
        .trim_end()
        .to_owned();
}

/// What is shown in each stretch of content; nothing is shown outside of one.
fn texts(pdf: &Pdf) -> BTreeMap<(ObjectId, i64), String> {
    let mut texts = BTreeMap::new();
    for page in pdf.pages() {
        let content = Content::decode(&pdf.document.get_page_content(page)).unwrap();
        let mut open: Vec<Option<i64>> = Vec::new();
        let mut shown = pdf.shown(page).into_iter();
        for operation in content.operations {
            match operation.operator.as_str() {
                "BMC" => open.push(None),
                "BDC" => {
                    let number = operation.operands[1].as_dict().unwrap().get(b"MCID");
                    let number = number.ok().map(|number| number.as_i64().unwrap());
                    if let Some(number) = number {
                        assert!(texts.insert((page, number), String::new()).is_none());
                    }
                    open.push(number.or(open.last().copied().flatten()));
                }
                "EMC" => assert!(open.pop().is_some()),
                "Tj" | "TJ" => {
                    assert!(!open.is_empty(), "text outside of every stretch");
                    let run = shown.next().unwrap();
                    if let Some(Some(number)) = open.last() {
                        texts.get_mut(&(page, *number)).unwrap().push_str(&run.text);
                    }
                }
                "f" | "S" | "Do" => assert!(!open.is_empty(), "ink outside of every stretch"),
                _ => {}
            }
        }
        assert!(open.is_empty());
    }
    texts
}

#[test]
fn every_stretch_of_content_stands_in_the_tree_once() {
    for layout in ["book", "newspaper"] {
        for mode in ["vertical-rl", "horizontal-tb"] {
            let pdf = written(layout, mode, STORY);
            let told = told(&pdf);
            let all: BTreeSet<_> = texts(&pdf).into_keys().collect();
            assert_eq!(told.marks, all, "{layout} {mode}");
            // The way back: each page finds the element of each of its stretches.
            let root = pdf.dictionary(pdf.catalog(), "StructTreeRoot");
            let parents = pdf.dictionary(root, "ParentTree");
            let numbers = pdf.get(parents, "Nums").as_array().unwrap();
            let at = |number: i64| {
                let place = numbers
                    .iter()
                    .step_by(2)
                    .position(|n| n.as_i64().unwrap() == number);
                pdf.document
                    .dereference(&numbers[place.unwrap() * 2 + 1])
                    .unwrap()
                    .1
            };
            for id in pdf.pages() {
                let page = pdf.document.get_dictionary(id).unwrap();
                let number = page.get(b"StructParents").unwrap().as_i64().unwrap();
                let count = all.iter().filter(|(page, _)| *page == id).count();
                assert_eq!(at(number).as_array().unwrap().len(), count);
                let Ok(links) = page.get(b"Annots") else {
                    continue;
                };
                for link in links.as_array().unwrap() {
                    let link = link.as_reference().unwrap();
                    assert!(told.annotations.contains(&link), "a link outside the tree");
                    let own = pdf.document.get_dictionary(link).unwrap();
                    let parent = at(own.get(b"StructParent").unwrap().as_i64().unwrap());
                    let role = parent.as_dict().unwrap().get(b"S").unwrap();
                    assert_eq!(role.as_name().unwrap(), b"Link");
                }
            }
        }
    }
}

#[test]
fn the_tree_is_the_story_as_it_is_read() {
    for layout in ["book", "newspaper"] {
        let pdf = written(layout, "vertical-rl", STORY);
        let lines = told(&pdf).lines;
        let from = lines.iter().position(|line| line.trim() == "Art").unwrap();
        let story: Vec<&str> = lines[from..].iter().map(|line| line.trim()).collect();
        let wanted = [
            "Kicker 引題",
            "H1 標題",
            "RB 讀",
            "RT ㄉㄨˊ",
            "Link 外面粗",
            "Link 裏面",
            "H2 跳級",
            "LBody",
            "P 甲",
            "LBody",
            "P 乙",
            "P 續",
            "P 丙",
            "Lbl 名詞",
            "P 解釋",
            "BlockQuote",
            "P 引文",
        ];
        let mut rest = story.iter();
        for line in wanted {
            assert!(
                rest.any(|found| *found == line),
                "{layout}: no {line} in\n{}",
                lines.join("\n")
            );
        }
        // Pieces that stand apart on a newspaper page are read after the text.
        let at = story.iter().position(|line| *line == "TH 頭一").unwrap();
        let row: Vec<&str> = story[at..]
            .iter()
            .copied()
            .filter(|line| line.starts_with('T'))
            .collect();
        assert_eq!(
            row[..7],
            ["TH 頭一", "TH 頭二", "TH", "TR", "TD 甲", "TD", "TD 丙"]
        );
        for line in ["Code 碼", "P 盒內。", "P 註文。", "H1 第二篇"] {
            assert!(
                story.contains(&line),
                "{layout}: no {line} in\n{}",
                lines.join("\n")
            );
        }
        assert_eq!(
            story.iter().filter(|line| line.starts_with("Art")).count(),
            2
        );
        assert_eq!(
            story.iter().filter(|line| line.starts_with("Note")).count(),
            1
        );
    }
}

/// The lines of a tree, joined.
fn tree(pdf: &Pdf) -> String {
    told(pdf).lines.join("\n")
}

#[test]
fn other_languages_are_told() {
    let story = "---\ntitle: 題\n---\n\n前[zuò zhě]{lang=pinyin}後，[著者は[東京](https://example.org/)に]{lang=ja}住む。\n";
    let pdf = written("book", "horizontal-tb", &story.replace("pinyin", "zh-Latn"));
    let found = tree(&pdf);
    assert!(found.contains("Span (zh-Latn) zuò zhě"), "{found}");
    assert!(found.contains("Span (ja) 著者はに"), "{found}");
    assert!(found.contains("Link 東京"), "{found}");
}

#[test]
fn notes_between_the_lines_stand_in_their_brackets() {
    let note = "夾在行間的註，分兩行排，長了便跨過幾行，每一行都要平均分開，";
    let story = format!(
        "---\ntitle: 題\n---\n\n正文[短註]{{.warichu}}之後。\n\n開頭[{}完]{{.warichu}}結尾。\n",
        note.repeat(20)
    );
    for mode in ["vertical-rl", "horizontal-tb"] {
        let pdf = written("book", mode, &story);
        let lines = told(&pdf).lines;
        let of = |name: &str| -> Vec<&str> {
            let own = lines
                .iter()
                .filter_map(|line| line.trim().strip_prefix(name));
            own.map(str::trim).collect()
        };
        let (notes, brackets, texts) = (of("Warichu"), of("WP"), of("WT"));
        assert!(notes.len() > 2, "{mode}: a long note runs over lines");
        assert_eq!(brackets.len(), notes.len() * 2);
        assert_eq!(brackets[..2], ["（", "）"]);
        assert_eq!((brackets[2], brackets[brackets.len() - 1]), ("（", "）"));
        assert!(
            brackets[3..brackets.len() - 1]
                .iter()
                .all(|text| text.is_empty())
        );
        assert_eq!(texts[0], "短註");
        assert_eq!(texts[1..].concat(), format!("{}完", note.repeat(20)));
    }
}

#[test]
fn stories_stand_in_their_parts() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    put(
        "book.toml",
        "[book]\ntitle = \"部\"\nlanguage = \"zh-Hant-HK\"\n",
    );
    put(
        "SUMMARY.md",
        "# 目錄\n\n- [序](a.md)\n\n# 上編\n\n- [甲](b.md)\n- [乙](c.md)\n\n# 下編\n\n- [丙](d.md)\n",
    );
    for name in ["a", "b", "c"] {
        put(&format!("{name}.md"), &format!("# 題{name}\n\n正文。\n"));
    }
    put("d.md", "---\ntitle: 題d\nlanguage: ja\n---\n\n本文。\n");
    let publication = Publication::open(folder.path(), &Options::default()).unwrap();
    let pages = publication.value.lay_out().value;
    let mut bytes = Vec::new();
    publication.value.write_pdf(&pages, &mut bytes).unwrap();
    let found = told(&Pdf::read(&bytes)).lines;
    let shape: Vec<&str> = found
        .iter()
        .map(String::as_str)
        .filter(|line| {
            ["Art", "Part"]
                .iter()
                .any(|name| line.trim().starts_with(name))
        })
        .collect();
    assert_eq!(
        shape,
        [
            "  Art",
            "  Part",
            "    Art",
            "    Art",
            "  Part",
            "    Art (ja)"
        ],
        "{}",
        found.join("\n")
    );
}

/// A paragraph over many pages is one; the head of a table on many pages is read once.
#[test]
fn what_goes_on_over_pages_is_one() {
    let rows: String = (0..150)
        .map(|row| format!("| 第{row}行 | 值 |\n"))
        .collect();
    let long = "一段很長的文字，要跨過幾頁才完。".repeat(300);
    let story = format!("---\ntitle: 長\n---\n\n{long}\n\n| 頭一 | 頭二 |\n|---|---|\n{rows}");
    let pdf = written("book", "horizontal-tb", &story);
    let lines = told(&pdf).lines;
    let long = lines.iter().filter(|line| line.contains("一段很長的文字"));
    assert_eq!(long.count(), 1);
    assert_eq!(
        lines.iter().filter(|line| line.trim() == "TH 頭一").count(),
        1
    );
    assert_eq!(
        lines.iter().filter(|line| line.trim() == "Table").count(),
        1
    );
    assert_eq!(lines.iter().filter(|line| line.trim() == "TR").count(), 151);
}

#[test]
fn the_packet_claims_what_is_kept() {
    let pdf = written("book", "vertical-rl", STORY);
    let packet = String::from_utf8(pdf.stream(pdf.catalog(), "Metadata")).unwrap();
    let tree = roxmltree::Document::parse(&packet).unwrap();
    let value = |space: &str, name: &str| {
        let node = tree.descendants().find(|node| {
            node.tag_name().name() == name && node.tag_name().namespace() == Some(space)
        });
        node.and_then(|node| node.text()).map(str::to_owned)
    };
    let archive = "http://www.aiim.org/pdfa/ns/id/";
    assert_eq!(value(archive, "part").as_deref(), Some("2"));
    assert_eq!(value(archive, "conformance").as_deref(), Some("A"));
    let accessible = "http://www.aiim.org/pdfua/ns/id/";
    assert_eq!(value(accessible, "part").as_deref(), Some("1"));
}
