//! What stands around the text: front matter, `book.toml`, lists of articles, and their faults.

use banxin::diag::{Code, Severity};
use banxin::files::Memory;
use banxin::manuscript::{Entry, Request, read};
use banxin::model::{Block, Inline};

use super::reading::{CONFIG, article, codes, faults, memory, publication, short};

#[test]
fn front_matter_is_read() {
    let article = article(
        "\u{feff}---\r\ntitle: 主題／在此\r\nkicker: \"肩\\u984c\"\r\ndeck: 副題\r\nbyline: 記者 **陳**大文\r\ndateline: 香港\r\n\
         date: 2025-03-06\r\nsection: 要聞\r\nlanguage: ja\r\ncredits:\r\n  - { role: writer, name: 陳大文, label: 記者 }\r\n\
         \x20 - { role: pht, name: 李 }\r\npage: 1\r\ncolumns: 3\r\npriority: 2\r\nheadline: vertical\r\njump: never\r\n---\r\n\r\n\
         導言在此。 {.lead}\r\n\r\n正文\r\n續。\r\n",
    );
    assert_eq!(short(&article.title), "主題<hint>在此");
    assert_eq!(short(&article.kicker), "肩題");
    assert_eq!(short(&article.byline), "記者 <strong:陳>大文");
    assert_eq!(short(&article.lead), "導言在此。");
    assert_eq!(article.date.as_deref(), Some("2025-03-06"));
    assert_eq!(article.language.tag(), "ja");
    assert_eq!(article.credits.len(), 2);
    assert_eq!(article.credits[0].label.as_deref(), Some("記者"));
    assert_eq!(article.plan.columns, Some(3));
    assert_eq!(article.plan.jump, Some(false));
    let Block::Paragraph(paragraph) = &article.body[0] else {
        panic!("{:?}", article.body);
    };
    assert_eq!(short(&paragraph.content), "正文續。");
}

#[test]
fn numbers_in_front_matter_may_be_titles() {
    assert_eq!(short(&article("---\ntitle: 1984\n---\n文\n").title), "1984");
}

#[test]
fn titles_come_from_the_first_heading_or_the_file() {
    assert_eq!(short(&article("# 題／目\n\n文\n").title), "題<hint>目");
    assert_eq!(short(&article("文\n\n## 小題\n").title), "小題");
    assert_eq!(short(&article("文\n").title), "01");
    let both = article("---\ntitle: 題\n---\n\n# 題\n\n文\n");
    assert_eq!(both.body.len(), 1);
}

#[test]
fn all_faults_of_book_toml_are_told_together() {
    let (_, found) = publication(&[
        (
            "book.toml",
            "[book]\ntitel = \"x\"\nlanguage = 5\ndate = \"2025-02-30\"\n\n[[book.credits]]\nrole = \"wizard\"\nname = \"甲\"\n\n\
             [typography]\nindent = 99\nkinsoku = \"hard\"\nbody-size = \"10\"\n\n[output.pdf]\npage = \"A9\"\n\n[speling]\n",
        ),
        ("articles/01.md", "文"),
    ]);
    let mut wanted = [
        Code::ConfigUnknownKey,
        Code::ConfigValue,
        Code::ConfigValue,
        Code::CreditRole,
        Code::ConfigValue,
        Code::ConfigValue,
        Code::ConfigValue,
        Code::ConfigValue,
        Code::ConfigUnknownKey,
        Code::ConfigMissingKey,
    ];
    let mut told = codes(&found);
    wanted.sort_unstable();
    told.sort_unstable();
    assert_eq!(told, wanted, "{found:#?}");
    assert!(
        found
            .iter()
            .all(|fault| fault.span.is_some() && !fault.hints.is_empty()),
        "{found:#?}"
    );
    let titel = found.iter().find(|f| f.message.contains("titel")).unwrap();
    assert_eq!(titel.hints, ["did you mean `title`?"]);
}

#[test]
fn broken_toml_is_told_with_its_place() {
    let (reading, found) = publication(&[
        ("book.toml", "[book]\ntitle = \"題\nlanguage = \"ja\"\n"),
        ("articles/01.md", "文"),
    ]);
    let first = found.iter().find(|f| f.code == Code::ConfigSyntax).unwrap();
    assert_eq!(
        reading
            .sources
            .place(first.span.unwrap().file, first.span.unwrap().start)
            .line,
        2
    );
}

#[test]
fn overrides_win_and_are_checked() {
    let files = memory(&[("book.toml", CONFIG), ("articles/01.md", "文")]);
    let request = |pairs: &[(&str, &str)]| Request {
        overrides: pairs
            .iter()
            .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
            .collect(),
        ..Request::default()
    };
    let found = read(
        &files,
        &request(&[
            ("typography.writing-mode", "horizontal-tb"),
            ("typography.western-gap", "0.125"),
            ("book.title", "新題"),
            ("output.epub.fonts", "false"),
        ]),
    )
    .unwrap();
    assert!(found.diagnostics.is_empty(), "{:?}", found.diagnostics);
    let book = &found.value.book;
    assert_eq!(book.meta.title, "新題");
    assert!(!book.style.writing_mode.is_vertical());
    assert!(!book.output.epub.writing_mode.is_vertical());
    assert_eq!(book.style.western_gap.milli(), 125);
    assert!(!book.output.epub.fonts);

    let found = read(
        &files,
        &request(&[("typography.kinsok", "basic"), ("tipography.indent", "2")]),
    )
    .unwrap();
    assert_eq!(codes(&found.diagnostics), [Code::ConfigUnknownKey; 2]);
    assert!(found.diagnostics[0].hints[0].contains("kinsoku"));
}

#[test]
fn keys_without_effect_are_told_once() {
    let (_, found) = publication(&[
        (
            "book.toml",
            "[book]\ntitle = \"題\"\n[output.pdf]\nlayout = \"book\"\ncolour = \"cmyk\"\n[output.epub]\nprofile = \"default\"\n",
        ),
        ("articles/01.md", "文"),
    ]);
    assert_eq!(codes(&found), [Code::ConfigNoEffect]);
    assert_eq!(found[0].severity, Severity::Warning);
}

#[test]
fn faults_of_front_matter_are_told_together() {
    let found = faults(
        "---\ntitle: 題\nauthor: 甲\ntags: [a]\ndate: 昨天\npage: 零\ncredits:\n  - { role: wizard, name: 甲 }\n  - { role: writer }\n---\n文\n",
    );
    let mut told = codes(&found);
    told.sort_unstable();
    let mut wanted = [
        Code::FrontUnknownKey,
        Code::FrontUnknownKey,
        Code::FrontValue,
        Code::FrontValue,
        Code::CreditRole,
        Code::CreditName,
    ];
    wanted.sort_unstable();
    assert_eq!(told, wanted, "{found:#?}");
    assert_eq!(
        codes(&faults("---\ntitle: [\n---\n文\n")),
        [Code::FrontSyntax]
    );
    assert_eq!(
        codes(&faults("---\ntitle: 題\n\n文\n"))[0],
        Code::FrontSyntax
    );
}

#[test]
fn lists_of_articles_are_checked() {
    let config = "[book]\ntitle = \"題\"\narticles = [\"articles/01.md\", \"articles/09.md\", \"./articles/01.md\", \"../x.md\"]\n";
    let (_, found) = publication(&[
        ("book.toml", config),
        ("articles/01.md", "文"),
        ("articles/02.md", "文"),
    ]);
    let mut told = codes(&found);
    told.sort_unstable();
    let mut wanted = [Code::ArticleMissing, Code::ArticleTwice, Code::FileOutside];
    wanted.sort_unstable();
    assert_eq!(told, wanted);
    assert!(found.iter().all(|fault| fault.span.is_some()));
}

#[test]
fn empty_articles_and_publications_are_errors() {
    for text in ["", "\u{feff}", "---\ntitle: 題\n---\n\n", "<!-- 註 -->\n"] {
        assert_eq!(codes(&faults(text)), [Code::ArticleEmpty], "{text:?}");
    }
    assert_eq!(
        codes(&publication(&[("book.toml", CONFIG)]).1),
        [Code::ArticleNone]
    );
    let (_, found) = publication(&[("articles/01.md", "文")]);
    assert_eq!(found[0].code, Code::FileMissing);
}

#[test]
fn text_in_other_encodings_is_named() {
    let (big5, ..) = encoding_rs::BIG5.encode("香港旅遊業界表示，今年旅客數目上升。");
    let (gb, ..) = encoding_rs::GB18030.encode("中国大陆的城市规划学者指出，旧区重建。");
    let files = Memory::new([
        ("book.toml".to_owned(), CONFIG.as_bytes().to_vec()),
        ("articles/01.md".to_owned(), big5.into_owned()),
        ("articles/02.md".to_owned(), gb.into_owned()),
        ("articles/03.md".to_owned(), "文".into()),
    ]);
    let found = read(&files, &Request::default()).unwrap();
    assert_eq!(codes(&found.diagnostics), [Code::FileEncoding; 2]);
    assert!(found.diagnostics[0].message.contains("Big5"));
    assert!(found.diagnostics[1].message.contains("GB 18030"));
}

#[test]
fn characters_nobody_can_be_sure_of_are_told() {
    let found = faults("甲\u{E000}乙\u{0378}丙\u{2F08}\n");
    assert_eq!(
        codes(&found),
        [
            Code::CharacterPrivate,
            Code::CharacterUnassigned,
            Code::CharacterRadical
        ]
    );
    assert_eq!(found[2].severity, Severity::Warning);
}

#[test]
fn paths_that_leave_the_folder_are_errors() {
    for text in [
        "![圖](../../x.png)\n\n文\n",
        "文![圖](/etc/x.png)\n",
        "[文](../../x.md)\n",
        "---\nfigures:\n  - { src: ../../x.png }\n---\n文\n",
    ] {
        assert_eq!(codes(&faults(text)), [Code::FileOutside], "{text}");
    }
}

#[test]
fn a_single_file_is_a_publication() {
    let files = memory(&[(
        "文.md",
        "---\nlanguage: ja\ndate: 2025-03-06\n---\n# 題名\n\n本文\n",
    )]);
    let request = Request {
        entry: Entry::SingleFile("文.md".into()),
        folder_name: "文".into(),
        ..Request::default()
    };
    let found = read(&files, &request).unwrap();
    assert!(found.diagnostics.is_empty(), "{:?}", found.diagnostics);
    let book = &found.value.book;
    assert_eq!(book.meta.title, "題名");
    assert_eq!(book.meta.language.tag(), "ja");
    assert_eq!(book.style.tradition.name(), "japan");
    assert_eq!(book.meta.file_name, "文");
    assert!(book.meta.identifier.starts_with("urn:uuid:"));
}

#[test]
fn an_mdbook_folder_is_a_publication() {
    let (reading, faults) = publication(&[
        (
            "book.toml",
            "[book]\ntitle = \"書\"\nauthors = [\"甲\"]\nsrc = \"text\"\nmultilingual = false\n\n[build]\nbuild-dir = \"x\"\n\n\
             [preprocessor.links]\n\n[rust]\nedition = \"2021\"\n\n[output.html]\nfold = { enable = true }\n",
        ),
        (
            "text/SUMMARY.md",
            "# Summary\n\n[序](preface.md)\n\n# 上篇\n\n- [一](one.md)\n  - [一之一](one/a.md)\n- [草稿]()\n\n# 下篇\n\n- [二](two.md)\n\n---\n\n[跋](end.md)\n",
        ),
        ("text/preface.md", "# 序\n\n文"),
        ("text/one.md", "# 一\n\n見[二](two.md)"),
        ("text/one/a.md", "文"),
        ("text/two.md", "文"),
        ("text/end.md", "文"),
    ]);
    assert_eq!(codes(&faults), [Code::ArticleDraft], "{faults:#?}");
    assert_eq!(faults[0].severity, Severity::Note);
    let parts: Vec<(String, usize)> = reading
        .book
        .parts
        .iter()
        .map(|part| {
            (
                part.title.as_deref().map(short).unwrap_or_default(),
                part.articles.len(),
            )
        })
        .collect();
    assert_eq!(
        parts,
        [(String::new(), 1), ("上篇".into(), 2), ("下篇".into(), 2)]
    );
    let depths: Vec<u8> = reading
        .book
        .articles()
        .map(|article| article.depth)
        .collect();
    assert_eq!(depths, [0, 0, 1, 0, 0]);
    let titles: Vec<String> = reading.book.articles().map(|a| short(&a.title)).collect();
    assert_eq!(titles, ["序", "一", "一之一", "二", "跋"]);
}

#[test]
fn spans_point_at_what_was_written() {
    let text = "---\r\ntitle: 主題\r\n---\r\n甲**乙**{丙|へい}\r\n丁\\*戊&amp;己\r\n";
    let (reading, faults) = publication(&[("book.toml", CONFIG), ("articles/01.md", text)]);
    assert!(faults.is_empty());
    let article = reading.book.articles().next().unwrap();
    let said = |inline: &Inline| reading.sources.slice(inline.span()).to_owned();
    assert_eq!(said(&article.title[0]), "主題");
    let Block::Paragraph(paragraph) = &article.body[0] else {
        panic!();
    };
    let spans: Vec<String> = paragraph.content.iter().map(said).collect();
    assert_eq!(
        spans,
        ["甲", "**乙**", "{丙|へい}", "丁", "*戊", "&amp;", "己"]
    );
}

#[test]
fn a_headline_may_keep_its_solidus() {
    assert_eq!(
        short(&article("---\ntitle: 甲 ／ 乙\\／丙\n---\n文\n").title),
        "甲<hint>乙／丙"
    );
}
