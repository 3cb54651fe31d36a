//! The manuscript's contract: what an author writes, and what comes of it.

use banxin::diag::{Code, Diagnostic, Severity};
use banxin::files::Memory;
use banxin::manuscript::{Entry, Reading, Request, read};
use banxin::model::{
    Article, Block, BoxKind, Figure, Inline, LinkTarget, MarkKind, RubyKind, Table,
};

const CONFIG: &str = "[book]\ntitle = \"題\"\n";

fn memory(files: &[(&str, &str)]) -> Memory {
    Memory::new(
        files
            .iter()
            .map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())),
    )
}

fn publication(files: &[(&str, &str)]) -> (Reading, Vec<Diagnostic>) {
    let found = read(&memory(files), &Request::default()).unwrap();
    (found.value, found.diagnostics)
}

/// One article under a plain `book.toml`, without any fault.
fn article(text: &str) -> Article {
    let (reading, faults) = publication(&[("book.toml", CONFIG), ("articles/01.md", text)]);
    assert!(faults.is_empty(), "{faults:#?}");
    reading.book.articles().next().unwrap().clone()
}

/// The faults of one article.
fn faults(text: &str) -> Vec<Diagnostic> {
    publication(&[("book.toml", CONFIG), ("articles/01.md", text)]).1
}

fn codes(faults: &[Diagnostic]) -> Vec<Code> {
    faults.iter().map(|fault| fault.code).collect()
}

/// A short form of inline text: marks in brackets with their names.
fn short(run: &[Inline]) -> String {
    run.iter()
        .map(|inline| match inline {
            Inline::Text { text, .. } => text.clone(),
            Inline::Mark(mark) => {
                let name = match &mark.kind {
                    MarkKind::Strong => "strong".to_owned(),
                    MarkKind::Emphasis => "em".to_owned(),
                    MarkKind::ProperName => "pn".to_owned(),
                    MarkKind::BookTitle => "bt".to_owned(),
                    MarkKind::Warichu => "warichu".to_owned(),
                    MarkKind::SideLine => "sideline".to_owned(),
                    MarkKind::Underline => "u".to_owned(),
                    MarkKind::Strike => "s".to_owned(),
                    MarkKind::Highlight => "mark".to_owned(),
                    MarkKind::Small => "small".to_owned(),
                    MarkKind::Keyboard => "kbd".to_owned(),
                    MarkKind::Superscript => "sup".to_owned(),
                    MarkKind::Subscript => "sub".to_owned(),
                    MarkKind::Language(language) => language.tag().to_owned(),
                    other => format!("{other:?}"),
                };
                format!("<{name}:{}>", short(&mark.children))
            }
            Inline::Ruby(ruby) => {
                let kind = match ruby.kind {
                    RubyKind::Group => "group",
                    RubyKind::Mono => "mono",
                    RubyKind::Bopomofo => "bopomofo",
                };
                let parts: Vec<String> = ruby
                    .parts
                    .iter()
                    .map(|part| format!("{}={}", part.base, part.text))
                    .collect();
                format!("<{kind}:{}>", parts.join(","))
            }
            Inline::Upright { text, .. } => format!("<tcy:{text}>"),
            Inline::Code { text, .. } => format!("<code:{text}>"),
            Inline::Link {
                target, children, ..
            } => match target {
                LinkTarget::External(address) => format!("<{address}:{}>", short(children)),
                LinkTarget::Internal { id, with_page } => {
                    let page = if *with_page { "+p" } else { "" };
                    format!("<#{id}{page}:{}>", short(children))
                }
                other => format!("{other:?}"),
            },
            Inline::NoteRef { note, .. } => format!("<note:{note}>"),
            Inline::Image { image, alt, .. } => format!("<img:{}:{alt}>", image.path),
            Inline::LineBreak { .. } => "<br>".to_owned(),
            Inline::BreakHint { .. } => "<hint>".to_owned(),
            other => format!("{other:?}"),
        })
        .collect()
}

/// The first paragraph in its short form.
fn line(text: &str) -> String {
    let article = article(text);
    match &article.body[0] {
        Block::Paragraph(paragraph) => short(&paragraph.content),
        other => panic!("no paragraph: {other:?}"),
    }
}

fn figure(article: &Article) -> &Figure {
    article
        .body
        .iter()
        .find_map(|block| match block {
            Block::Figure(figure) => Some(figure),
            _ => None,
        })
        .unwrap()
}

fn table(article: &Article) -> &Table {
    article
        .body
        .iter()
        .find_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        })
        .unwrap()
}

fn cells(table: &Table) -> Vec<Vec<String>> {
    table
        .head
        .iter()
        .chain(&table.rows)
        .map(|row| row.cells.iter().map(|cell| short(&cell.content)).collect())
        .collect()
}

#[test]
fn emphasis_works_beside_east_asian_characters() {
    let rows = [
        ("**「走吧。」**然後", "<strong:「走吧。」>然後"),
        ("**【本報訊】**記者", "<strong:【本報訊】>記者"),
        ("他說*「好」*。", "他說<em:「好」>。"),
        ("約**86%**的人", "約<strong:86%>的人"),
        ("見**(甲)**後", "見<strong:(甲)>後"),
        ("說**{漢字|かんじ}**後", "說<strong:<group:漢字=かんじ>>後"),
        (
            "說**[名](https://a.hk)**後",
            "說<strong:<https://a.hk:名>>後",
        ),
        ("說**^12^**月", "說<strong:<tcy:12>>月"),
        ("說**[王]{.pn}**說", "說<strong:<pn:王>>說"),
        ("**甲**、**乙**", "<strong:甲>、<strong:乙>"),
        ("a * b * c", "a * b * c"),
        ("價(*注)與(*註)", "價(*注)與(*註)"),
        ("~~「刪」~~了", "<s:「刪」>了"),
        ("3~5元，8~9元", "3~5元，8~9元"),
        ("***甲***乙", "<em:<strong:甲>>乙"),
        ("snake_case_name 與 _斜_", "snake_case_name 與 <em:斜>"),
        ("（_foo_）", "（<em:foo>）"),
    ];
    for (text, wanted) in rows {
        assert_eq!(line(text), wanted, "{text}");
    }
}

#[test]
fn inline_marks_are_read() {
    let rows = [
        ("{漢字|かんじ}。", "<group:漢字=かんじ>。"),
        ("{漢字|かん|じ}", "<mono:漢=かん,字=じ>"),
        ("{注音|ㄓㄨˋ|ㄧㄣ}", "<bopomofo:注=ㄓㄨˋ,音=ㄧㄣ>"),
        ("\\{漢字|かんじ}", "{漢字|かんじ}"),
        ("{一，二}", "{一，二}"),
        ("{*a*}", "{<em:a>}"),
        ("在^12^月", "在<tcy:12>月"),
        ("E=mc^2^，", "E=mc<sup:2>，"),
        ("**m**^2^", "<strong:m><sup:2>"),
        ("\\^12\\^", "^12^"),
        ("(^_^) ^ ^", "(^_^) ^ ^"),
        ("[王安石]{.pn}著[臨川集]{.bt}", "<pn:王安石>著<bt:臨川集>"),
        ("[Hong Kong]{lang=en}", "<en:Hong Kong>"),
        ("[12]{.tcy}月", "<tcy:12>月"),
        ("[線]{.sideline}", "<sideline:線>"),
        ("[**名**字]{.pn}", "<pn:<strong:名>字>"),
        ("[[內]{.pn}外]{.sideline}", "<sideline:<pn:內>外>"),
        ("[註] [甲[乙]丙]", "[註] [甲[乙]丙]"),
        ("`{漢|か}` ``a`b``", "<code:{漢|か}> <code:a`b>"),
        ("&lt;&#x4E2D;&amp;", "<中&"),
        ("甲<br>乙", "甲<br>乙"),
        ("甲  \n乙", "甲<br>乙"),
        ("香港\n九龍", "香港九龍"),
        ("Hong\nKong **one**\ntwo", "Hong Kong <strong:one> two"),
        (
            "<https://a.hk/「x」>",
            "<https://a.hk/「x」:https://a.hk/「x」>",
        ),
        ("[字](https://a.hk \"t\")", "<https://a.hk:字>"),
        ("[字](https://a.hk){.pn}", "<pn:<https://a.hk:字>>"),
    ];
    for (text, wanted) in rows {
        assert_eq!(line(text), wanted, "{text}");
    }
}

#[test]
fn the_form_wins_over_a_link_definition() {
    let text = "[名]{.pn}與[名]與[書][名]\n\n[名]: https://a.hk\n";
    assert_eq!(line(text), "<pn:名>與<https://a.hk:名>與<https://a.hk:書>");
}

#[test]
fn html_that_is_understood_becomes_marks() {
    let rows = [
        (
            "<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字<rt>じ</rt></ruby>",
            "<mono:漢=かん,字=じ>",
        ),
        (
            "<ruby>東京<rt>とうきょう</ruby>へ",
            "<group:東京=とうきょう>へ",
        ),
        ("H<sub>2</sub>O<sup>+</sup>", "H<sub:2>O<sup:+>"),
        (
            "a <mark>b</mark> <kbd>c</kbd> <u>d</u>",
            "a <mark:b> <kbd:c> <u:d>",
        ),
        (
            "x <b>b</b> <i>i</i> <s>s</s> <del>d</del> <ins>i</ins>",
            "x <strong:b> <em:i> <s:s> <s:d> <u:i>",
        ),
        (
            "x <small>小</small><span lang=\"ja\">日</span>",
            "x <small:小><ja:日>",
        ),
        ("甲<!-- 註 -->乙", "甲乙"),
        (
            "甲<img src=\"a.png\" alt=\"圖\">乙",
            "甲<img:articles/a.png:圖>乙",
        ),
    ];
    for (text, wanted) in rows {
        assert_eq!(line(text), wanted, "{text}");
    }
}

#[test]
fn html_that_is_not_understood_is_told_and_its_text_kept() {
    let (reading, faults) = publication(&[
        ("book.toml", CONFIG),
        (
            "articles/01.md",
            "甲<font>乙</font>丙<font>丁</font>\n\n<div>\n戊\n</div>\n\n<script>x</script>\n",
        ),
    ]);
    assert_eq!(codes(&faults), [Code::HtmlUnknown; 3]);
    assert!(faults[0].message.contains("1 more"));
    assert!(
        faults
            .iter()
            .all(|fault| fault.severity == Severity::Warning)
    );
    let body = &reading.book.articles().next().unwrap().body;
    assert_eq!(body.len(), 2, "{body:#?}");
    let (Block::Paragraph(first), Block::Paragraph(second)) = (&body[0], &body[1]) else {
        panic!("{body:?}");
    };
    assert_eq!(short(&first.content), "甲乙丙丁");
    assert_eq!(short(&second.content), "戊");
}

#[test]
fn html_figures_and_tables_come_to_the_model() {
    let article = article(
        "<figure>\n<img src=\"../images/a.png\" alt=\"圖\">\n<figcaption>說<b>明</b>／陳大文</figcaption>\n</figure>\n\n\
         <table>\n<caption>表一</caption>\n<tr><th>甲</th><th>乙</th></tr>\n\n<tr><td>1</td><td>2 &amp; 3</td></tr>\n</table>\n",
    );
    let figure = figure(&article);
    assert_eq!(figure.image.path, "images/a.png");
    assert_eq!(short(&figure.caption), "說<strong:明>");
    assert_eq!(figure.credit.as_deref(), Some("陳大文"));
    let table = table(&article);
    assert_eq!(short(&table.caption), "表一");
    assert_eq!(table.head.len(), 1);
    assert_eq!(cells(table), [["甲", "乙"], ["1", "2 & 3"]]);
}

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
fn ruby_in_a_cell_has_its_bar_escaped() {
    let article = article("|甲|乙|\n|-|-|\n|{漢字\\|かんじ}|`a\\|b`|\n");
    assert_eq!(
        cells(table(&article))[1],
        ["<group:漢字=かんじ>", "<code:a|b>"]
    );
    let found = faults("|甲|乙|\n|-|-|\n|{漢字|かんじ}|x|\n");
    assert_eq!(codes(&found), [Code::RubySyntax]);
    assert!(found[0].hints[0].contains("{漢字\\|かんじ}"));
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
fn unclosed_ruby_is_an_error_with_its_place() {
    let found = faults("甲{漢字|かんじ。\n");
    assert_eq!(codes(&found), [Code::RubySyntax]);
    assert_eq!(found[0].span.unwrap().start, 3);
    assert_eq!(codes(&faults("甲{漢字|か|ん|じ}。\n")), [Code::RubySyntax]);
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
fn classes_nobody_knows_are_told() {
    assert_eq!(codes(&faults("[甲]{.wavy}乙\n")), [Code::MarkUnknown]);
    assert_eq!(codes(&faults("## 甲 {.bax}\n\n乙\n")), [Code::MarkUnknown]);
    assert_eq!(
        codes(&faults("[甲]{.warichu}[乙]{.warichu}\n")),
        [Code::MarkNoEffect]
    );
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
fn a_headline_may_keep_its_solidus() {
    assert_eq!(
        short(&article("---\ntitle: 甲 ／ 乙\\／丙\n---\n文\n").title),
        "甲<hint>乙／丙"
    );
}

#[test]
fn commands_of_mdbook_are_told_once() {
    let (reading, found) = publication(&[
        (
            "book.toml",
            "[book]\ntitle = \"書\"\n[output.linkcheck]\n[output.epub]\ncover-image = \"x\"\n",
        ),
        ("src/SUMMARY.md", "- [一](1.md)\n"),
        ("src/1.md", "文{{#include a.md}}\n\n{{#include b.md}}\n"),
    ]);
    assert_eq!(codes(&found), [Code::MarkNoEffect], "{found:#?}");
    assert_eq!(reading.book.articles().next().unwrap().body.len(), 2);
}

#[test]
fn pictures_without_words_are_told() {
    assert_eq!(codes(&faults("![](a.png)\n")), [Code::ImageAlt]);
    assert_eq!(codes(&faults("文![](a.png)\n")), [Code::ImageAlt]);
}

#[test]
fn classes_of_paragraphs_are_told() {
    let (reading, found) = publication(&[
        ("book.toml", CONFIG),
        (
            "articles/01.md",
            "甲。 {.lead}\n\n乙。 {.lead}\n\n丙[丁]{.pn}\n\n戊 {#x}\n",
        ),
    ]);
    assert_eq!(codes(&found), [Code::MarkUnknown], "{found:#?}");
    let article = reading.book.articles().next().unwrap();
    assert_eq!(short(&article.lead), "甲。");
    let lines: Vec<String> = article
        .body
        .iter()
        .map(|block| match block {
            Block::Paragraph(paragraph) => short(&paragraph.content),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(lines, ["乙。", "丙<pn:丁>", "戊 {#x}"]);
}

#[test]
fn unknown_tags_inside_a_line_do_not_part_it() {
    let (reading, _) = publication(&[
        ("book.toml", CONFIG),
        (
            "articles/01.md",
            "<p>\n甲<sup>乙<a href=\"x\">丙</a></sup>\n<p>丁\n",
        ),
    ]);
    let body = &reading.book.articles().next().unwrap().body;
    let lines: Vec<String> = body
        .iter()
        .map(|block| match block {
            Block::Paragraph(paragraph) => short(&paragraph.content),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(lines, ["甲<sup:乙丙>", "丁"]);
}
