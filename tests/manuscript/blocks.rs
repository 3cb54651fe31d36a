//! What stands in an article: figures, tables, sections, notes, lists and links.

use banxin::diag::Code;
use banxin::model::{Block, BoxKind};

use super::reading::{CONFIG, article, cells, codes, faults, publication, short, table};

#[test]
fn figures_have_captions_and_credits() {
    let article = article(
        "---\ntitle: 題\nfigures:\n  - { src: ../images/b.jpg, caption: \"新說明\", credit: 李小明, alt: 新字, place: wide }\n---\n\
         ![看見](../images/a.jpg \"▲ 說**「明」**在此。 ／ （陳大文攝）\"){#map}\n\n![舊字](../images/b.jpg \"舊說明／舊人\")\n\n見[圖]{ref=map}\n",
    );
    let [
        Block::Figure(first),
        Block::Figure(second),
        Block::Paragraph(paragraph),
    ] = article.body.as_slice()
    else {
        panic!("{:?}", article.body);
    };
    assert_eq!(short(&first.caption), "說<strong:「明」>在此。");
    assert_eq!(first.credit.as_deref(), Some("陳大文攝"));
    assert_eq!((first.id.as_str(), first.alt.as_str()), ("map", "看見"));
    assert_eq!(short(&second.caption), "新說明");
    assert_eq!(second.credit.as_deref(), Some("李小明"));
    assert_eq!(second.alt, "新字");
    assert_eq!(short(&paragraph.content), "見<#map+p:圖>");
}

#[test]
fn pictures_listed_and_not_shown_are_set_at_the_end() {
    let found = faults("---\nfigures:\n  - { src: a.png, alt: 圖, caption: 說 }\n---\n文。\n");
    assert_eq!(codes(&found), [Code::ImageUnplaced]);
}

#[test]
fn tables_have_captions_in_three_forms() {
    let rows = [
        ("表一：人口\n\n|甲|乙|\n|-|-|\n|1|2|\n", "表一：人口"),
        ("Table: People\n\n|甲|乙|\n|-|-|\n|1|2|\n", "People"),
        (
            "|甲|乙|\n|-|-|\n|1|2|\n: 表 1　人**口**\n",
            "表 1　人<strong:口>",
        ),
        ("|甲|乙|\n|-|-|\n|1|2|\n\n: 表一\n", "表一"),
    ];
    for (text, wanted) in rows {
        let article = article(text);
        assert_eq!(article.body.len(), 1, "{text}");
        let table = table(&article);
        assert_eq!(short(&table.caption), wanted, "{text}");
        assert_eq!(cells(table), [["甲", "乙"], ["1", "2"]], "{text}");
    }
}

#[test]
fn sections_are_set_apart_to_the_next_heading() {
    let article = article(
        "## 現況 {#now .box}\n\n甲\n\n### 小題\n\n乙\n\n## {.pullquote}\n\n丙\n\n## 詩 {.verse}\n\n床前\n明月\n\n疑是\n地上\n\n# 完\n\n丁\n",
    );
    let [
        Block::Boxed(fact),
        Block::Boxed(quote),
        Block::Verse(verse),
        Block::Heading(_),
        Block::Paragraph(_),
    ] = article.body.as_slice()
    else {
        panic!("{:#?}", article.body);
    };
    assert_eq!((fact.kind, fact.blocks.len()), (BoxKind::Fact, 3));
    assert_eq!(
        (short(&fact.title.content).as_str(), fact.title.id.as_str()),
        ("現況", "now")
    );
    assert_eq!(quote.kind, BoxKind::PullQuote);
    assert!(quote.title.content.is_empty());
    let lines: Vec<Vec<String>> = verse
        .stanzas
        .iter()
        .map(|stanza| stanza.iter().map(|line| short(line)).collect())
        .collect();
    assert_eq!(lines, [["床前", "明月"], ["疑是", "地上"]]);
}

#[test]
fn notes_are_numbered_by_their_first_marks() {
    let article =
        article("甲[^b]乙[^a]丙[^b]。\n\n[^a]: 註甲\n\n[^b]: 註乙[^c]\n\n    續\n\n[^c]: 註丙\n");
    let Block::Paragraph(paragraph) = &article.body[0] else {
        panic!();
    };
    assert_eq!(
        short(&paragraph.content),
        "甲<note:0>乙<note:1>丙<note:0>。"
    );
    assert_eq!(article.notes.len(), 3);
    assert_eq!(article.notes[0].blocks.len(), 2);
    assert_eq!(article.body.len(), 1);
}

#[test]
fn notes_without_partner_are_errors() {
    assert_eq!(codes(&faults("甲[^x]。\n")), [Code::NoteUndefined]);
    assert_eq!(codes(&faults("甲。\n\n[^x]: 註\n")), [Code::NoteUnused]);
    assert_eq!(
        codes(&faults("甲[^x]。\n\n[^x]: 註\n\n[^x]: 又註\n")),
        [Code::NoteTwice]
    );
    let found = faults("甲[^x]。\n");
    assert_eq!(
        (found[0].span.unwrap().start, found[0].span.unwrap().end),
        (3, 7)
    );
    // In code and behind a backslash it is no mark.
    assert!(faults("`[^x]` 與 \\[^x]\n").is_empty());
}

#[test]
fn lists_and_definitions_are_read() {
    let article = article(
        "- [x] 做了\n- [ ] 未做\n  - 內\n\n3. 三\n\n   續\n\n詞\n: 意思\n: 又一\n\n> [!NOTE]\n> 註\n\n> 引\n\n---\n\n```rust,ignore\nfn a() {}\n```\n",
    );
    let [
        Block::List(tasks),
        Block::List(numbers),
        Block::Definitions(words),
        Block::Quote(note),
        Block::Quote(quote),
        Block::Break { .. },
        Block::Code(code),
    ] = article.body.as_slice()
    else {
        panic!("{:#?}", article.body);
    };
    assert_eq!(tasks.items[0].task, Some(true));
    assert_eq!(tasks.items[1].task, Some(false));
    assert_eq!(tasks.items[1].blocks.len(), 2);
    assert!(tasks.tight && !numbers.tight);
    assert_eq!(numbers.start, Some(3));
    assert_eq!(words.entries[0].meanings.len(), 2);
    assert_ne!(note.kind, quote.kind);
    assert_eq!(code.language.as_deref(), Some("rust"));
    assert_eq!(code.text, "fn a() {}");
}

#[test]
fn links_lead_to_articles_and_headings() {
    let (reading, faults) = publication(&[
        ("book.toml", CONFIG),
        (
            "articles/01.md",
            "[次](02.md) [節](02.md#sec) [此](#here) [文](02.md#看-此)\n\n## 題 {#here}\n",
        ),
        ("articles/02.md", "## 節 {#sec}\n\n文\n\n## 看 此\n"),
    ]);
    assert!(faults.is_empty(), "{faults:#?}");
    let Block::Paragraph(paragraph) = &reading.book.articles().next().unwrap().body[0] else {
        panic!();
    };
    assert_eq!(
        short(&paragraph.content),
        "<#a02:次> <#sec:節> <#here:此> <#a02-h1:文>"
    );
}

#[test]
fn links_to_nowhere_are_told() {
    assert_eq!(
        codes(&faults("[圖]{ref=map}\n")),
        [Code::ReferenceUndefined]
    );
    assert_eq!(codes(&faults("[圖](09.md)\n")), [Code::ReferenceUndefined]);
    assert_eq!(
        codes(&faults("## 甲 {#a}\n\n## 乙 {#a}\n\n文\n")),
        [Code::ReferenceTwice]
    );
}

#[test]
fn deep_nesting_is_told_and_survived() {
    for text in [
        format!("{}文\n", "> ".repeat(500)),
        format!("{}文{}\n", "<b>".repeat(500), "</b>".repeat(500)),
        (0..300)
            .map(|n| format!("{}- 文\n", "  ".repeat(n)))
            .collect(),
    ] {
        let found = faults(&text);
        assert!(
            codes(&found).contains(&Code::NestingDepth),
            "{:?}",
            &text[..40]
        );
    }
}

#[test]
fn cells_behind_the_last_column_are_told_and_kept() {
    let (reading, found) = publication(&[
        ("book.toml", CONFIG),
        (
            "articles/01.md",
            "|甲|乙|\n|-|-|\n|1|2| {三\\|さん} |\n|4|\n",
        ),
    ]);
    assert_eq!(codes(&found), [Code::TableShape]);
    let article = reading.book.articles().next().unwrap();
    assert_eq!(
        cells(table(article)),
        [
            ["甲", "乙", ""],
            ["1", "2", "<mono:三=さん>"],
            ["4", "", ""]
        ]
    );
}

#[test]
fn pictures_without_words_are_told() {
    assert_eq!(codes(&faults("![](a.png)\n")), [Code::ImageAlt]);
    assert_eq!(codes(&faults("文![](a.png)\n")), [Code::ImageAlt]);
}
