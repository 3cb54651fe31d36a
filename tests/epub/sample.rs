//! A publication built by hand that holds every block and every inline mark.

use banxin::diag::Span;
use banxin::geom::WritingMode;
use banxin::model::*;

pub(crate) fn at() -> Span {
    Span::default()
}

pub(crate) fn text(text: &str) -> Inline {
    Inline::Text {
        text: text.to_owned(),
        span: at(),
    }
}

pub(crate) fn run(words: &str) -> Vec<Inline> {
    vec![text(words)]
}

pub(crate) fn mark(kind: MarkKind, children: Vec<Inline>) -> Inline {
    Inline::Mark(Mark {
        kind,
        children,
        span: at(),
    })
}

fn ruby(kind: RubyKind, parts: &[(&str, &str)]) -> Inline {
    let parts = parts.iter().map(|(base, text)| RubyPart {
        base: (*base).to_owned(),
        text: (*text).to_owned(),
    });
    Inline::Ruby(Ruby {
        kind,
        parts: parts.collect(),
        span: at(),
    })
}

pub(crate) fn paragraph(content: Vec<Inline>) -> Block {
    Block::Paragraph(Paragraph {
        content,
        continued: false,
        span: at(),
    })
}

pub(crate) fn heading(level: u8, id: &str, words: &str) -> Heading {
    Heading {
        level,
        id: id.to_owned(),
        content: run(words),
        span: at(),
    }
}

fn image(path: &str) -> ImageRef {
    ImageRef {
        path: path.to_owned(),
        span: at(),
    }
}

fn cells(words: &[&str]) -> Row {
    let cells = words.iter().map(|words| Cell {
        content: run(words),
        span: at(),
    });
    Row {
        cells: cells.collect(),
        span: at(),
    }
}

pub(crate) fn table(id: &str, caption: &str, rows: &[&[&str]]) -> Block {
    Block::Table(Table {
        id: id.to_owned(),
        caption: run(caption),
        columns: vec![Align::Auto; rows[0].len()],
        head: vec![cells(rows[0])],
        rows: rows[1..].iter().map(|row| cells(row)).collect(),
        span: at(),
    })
}

fn list(start: Option<u64>, tight: bool, items: Vec<(Option<bool>, Vec<Block>)>) -> Block {
    let items = items.into_iter().map(|(task, blocks)| ListItem {
        task,
        blocks,
        span: at(),
    });
    Block::List(List {
        start,
        tight,
        items: items.collect(),
        span: at(),
    })
}

fn credit(role: &str, name: &str, label: Option<&str>, sort: Option<&str>) -> Credit {
    Credit {
        role: Role::parse(role).unwrap(),
        name: name.to_owned(),
        label: label.map(str::to_owned),
        sort: sort.map(str::to_owned),
        span: at(),
    }
}

pub(crate) fn article(id: &str, title: Vec<Inline>, body: Vec<Block>) -> Article {
    Article {
        id: id.to_owned(),
        path: format!("articles/{id}.md"),
        depth: 0,
        title,
        kicker: Vec::new(),
        deck: Vec::new(),
        lead: Vec::new(),
        byline: Vec::new(),
        dateline: Vec::new(),
        date: None,
        section: None,
        language: Language::default(),
        credits: Vec::new(),
        plan: PagePlan::default(),
        body,
        notes: Vec::new(),
        span: at(),
    }
}

pub(crate) fn book(mode: WritingMode) -> Book {
    let style = Style {
        writing_mode: mode,
        ..Style::default()
    };
    Book {
        meta: Metadata {
            title: "版心 & <試驗>".to_owned(),
            subtitle: Some("每一種段落與標記".to_owned()),
            language: Language::default(),
            identifier: "urn:uuid:5b7a1c8e-98f3-5c5e-9d2b-7f0b4a6f1e11".to_owned(),
            credits: vec![
                credit("writer", "撰文人甲", None, Some("Jia, Zhuanwen")),
                credit("editor", "編輯人乙", Some("責任編輯"), None),
                credit("designer", "設計人丙", None, None),
            ],
            publisher: Some("試驗出版社".to_owned()),
            date: Some("2025-03-06".to_owned()),
            modified: "2025-03-06T00:00:00Z".to_owned(),
            rights: Some("版權聲明".to_owned()),
            description: Some("說明文字".to_owned()),
            subjects: vec!["排版".to_owned(), "電子書".to_owned()],
            cover: None,
            file_name: "sample".to_owned(),
            issue: Some(Issue {
                publication: Some("試驗日報".to_owned()),
                number: Some("12".to_owned()),
                edition: Some("A8".to_owned()),
                section: Some("要聞".to_owned()),
                issn: Some("2049-3630".to_owned()),
                lunar: Some("乙巳年二月初七".to_owned()),
            }),
            accessibility: Accessibility::default(),
        },
        style,
        output: Output {
            epub: EpubOutput {
                profile: EpubProfile::Default,
                writing_mode: mode,
                page_list: true,
                fonts: true,
                split_at: 0,
            },
            pdf: PdfOutput::plain(
                PageLayout::Book,
                PageSize::parse("A5").unwrap(),
                banxin::manuscript::shipped_theme(PageLayout::Book),
            ),
        },
        parts: vec![
            Part {
                title: None,
                articles: vec![story()],
            },
            Part {
                title: Some(run("第二部　細目")),
                articles: vec![blocks(), nested()],
            },
        ],
    }
}

/// A newspaper story: the headline stack and every inline mark.
fn story() -> Article {
    let mut item = article(
        "story",
        vec![
            text("學者看好香港潛力"),
            Inline::BreakHint { span: at() },
            text("灣區AI生態齊備"),
        ],
        vec![
            paragraph(vec![
                text("截至2024年9月12日，共有1,500家企業、63個模型與"),
                mark(MarkKind::Strong, run("重點文字")),
                text("；"),
                mark(MarkKind::Emphasis, run("着重")),
                text("與"),
                mark(MarkKind::Emphasis, run("western italics")),
                text("。"),
                Inline::NoteRef {
                    note: 0,
                    span: at(),
                },
            ]),
            Block::Heading(heading(2, "marks", "各種標記")),
            paragraph(vec![
                mark(MarkKind::ProperName, run("郭毅可")),
                mark(MarkKind::BookTitle, run("紅樓夢")),
                mark(MarkKind::Warichu, run("夾注文字")),
                mark(MarkKind::SideLine, run("傍線")),
                mark(MarkKind::Underline, run("底線")),
                mark(MarkKind::Strike, run("刪去")),
                mark(MarkKind::Highlight, run("標示")),
                mark(MarkKind::Small, run("小字")),
                mark(MarkKind::Keyboard, run("Ctrl")),
                text("E=mc"),
                mark(MarkKind::Superscript, run("2")),
                text("與H"),
                mark(MarkKind::Subscript, run("2")),
                text("O，"),
                mark(
                    MarkKind::Language(Language::new("en")),
                    run("an English phrase"),
                ),
                text("。"),
            ]),
            paragraph(vec![
                ruby(RubyKind::Group, &[("大灣區", "だいわんく")]),
                ruby(RubyKind::Mono, &[("漢", "かん"), ("字", "じ")]),
                ruby(RubyKind::Bopomofo, &[("注", "ㄓㄨˋ"), ("音", "ㄧㄣ")]),
                Inline::Upright {
                    text: "AI".to_owned(),
                    span: at(),
                },
                Inline::Code {
                    text: "let a = \"<b>\" && c;".to_owned(),
                    span: at(),
                },
                Inline::LineBreak { span: at() },
                Inline::Link {
                    target: LinkTarget::External("https://example.com/a b?q=港".to_owned()),
                    children: vec![
                        text("外部連結"),
                        Inline::NoteRef {
                            note: 1,
                            span: at(),
                        },
                    ],
                    span: at(),
                },
                Inline::Link {
                    target: LinkTarget::External("files/none.pdf".to_owned()),
                    children: run("不成連結"),
                    span: at(),
                },
                Inline::Link {
                    target: LinkTarget::Internal {
                        id: "圖一".to_owned(),
                        with_page: true,
                    },
                    children: run("見圖一"),
                    span: at(),
                },
                Inline::Image {
                    image: image("images/dot.png"),
                    alt: "小點".to_owned(),
                    span: at(),
                },
            ]),
        ],
    );
    item.kicker = run("DeepSeek登陸香港");
    item.deck = run("杭州有「六小龍」　灣區有「一群龍」");
    item.lead = run("導言文字：粵港澳大灣區的人工智能產業又成話題。");
    item.byline = run("本報記者　甲、乙");
    item.dateline = run("【本報訊】");
    item.date = Some("2025-03-06".to_owned());
    item.section = Some("要聞".to_owned());
    item.credits = vec![
        credit("reporter", "記者丁", None, None),
        credit("photographer", "攝影戊", None, None),
    ];
    item.notes = vec![
        Note {
            id: "note-1".to_owned(),
            number: 1,
            blocks: vec![paragraph(run("第一條註釋。"))],
            span: at(),
        },
        Note {
            id: "note-2".to_owned(),
            number: 2,
            blocks: vec![
                paragraph(vec![
                    text("第二條註釋，參看第一條"),
                    Inline::NoteRef {
                        note: 0,
                        span: at(),
                    },
                ]),
                paragraph(run("註釋的第二段。")),
            ],
            span: at(),
        },
    ];
    item
}

/// Every block.
fn blocks() -> Article {
    let figure = |id: &str, path: &str, place| {
        Block::Figure(Figure {
            id: id.to_owned(),
            image: image(path),
            alt: format!("{path}的說明"),
            caption: run("圖說文字2025年"),
            credit: Some("新華社".to_owned()),
            place,
            span: at(),
        })
    };
    let mut body = vec![
        Block::Heading(heading(3, "first", "跳級的標題")),
        paragraph(run("他說：「走吧。」然後關上了門……——完。")),
        list(
            None,
            true,
            vec![
                (None, vec![paragraph(run("緊排一"))]),
                (Some(true), vec![paragraph(run("已辦"))]),
                (Some(false), vec![paragraph(run("未辦"))]),
            ],
        ),
        list(
            Some(3),
            false,
            vec![
                (
                    None,
                    vec![paragraph(run("從三數起")), paragraph(run("第二段"))],
                ),
                (
                    None,
                    vec![
                        paragraph(run("內有小項")),
                        list(Some(1), true, vec![(None, vec![paragraph(run("小項"))])]),
                    ],
                ),
            ],
        ),
        Block::Definitions(Definitions {
            entries: vec![Definition {
                terms: vec![run("版心"), run("版面")],
                meanings: vec![vec![paragraph(run("紙上排字的地方。"))]],
            }],
            span: at(),
        }),
        figure("圖一", "images/dot.png", Placement::Column),
        figure("fig-2", "images/圖 二.svg", Placement::Wide),
        table(
            "t1",
            "表1：小表",
            &[&["項目", "數"], &["人才", "12"], &["資金", "7"]],
        ),
        table(
            "t2",
            "表2：寬表",
            &[
                &["", "甲欄", "乙欄", "丙欄", "丁欄"],
                &["東", "一", "二", "三", "四"],
                &["西", "五", "六", "七", "八"],
            ],
        ),
        Block::Code(CodeBlock {
            language: Some("rust".to_owned()),
            text: "fn main() {\n    // <版心>\n}".to_owned(),
            span: at(),
        }),
        Block::Verse(Verse {
            title: Some(heading(3, "verse", "靜夜思")),
            stanzas: vec![
                vec![run("牀前明月光，"), run("疑是地上霜。")],
                vec![run("舉頭望明月，"), run("低頭思故鄉。")],
            ],
            span: at(),
        }),
        Block::Boxed(Boxed {
            kind: BoxKind::Fact,
            title: heading(2, "fact", "粵港AI企業現況"),
            blocks: vec![
                paragraph(run("方塊內文。")),
                Block::Heading(heading(3, "in-box", "方塊小題")),
                paragraph(run("方塊次段。")),
            ],
            span: at(),
        }),
        Block::Boxed(Boxed {
            kind: BoxKind::Sidebar,
            title: heading(2, "side", "記者手記"),
            blocks: vec![paragraph(run("側欄內文。"))],
            span: at(),
        }),
        Block::Boxed(Boxed {
            kind: BoxKind::PullQuote,
            title: heading(3, "pull", "觀點"),
            blocks: vec![paragraph(run("大字引文。"))],
            span: at(),
        }),
        Block::Break { span: at() },
        paragraph(run("收結。")),
    ];
    for kind in [
        QuoteKind::Plain,
        QuoteKind::Note,
        QuoteKind::Tip,
        QuoteKind::Important,
        QuoteKind::Warning,
        QuoteKind::Caution,
    ] {
        body.push(Block::Quote(Quote {
            kind,
            blocks: vec![paragraph(run(&format!("引文{kind:?}")))],
            span: at(),
        }));
    }
    article("blocks", run("各種段落"), body)
}

fn nested() -> Article {
    let mut item = article(
        "nested",
        run("下一層"),
        vec![paragraph(run("第三篇內文。"))],
    );
    item.depth = 1;
    item.dateline = run("（中央社台北電）");
    item.language = Language::new("ja");
    item
}

/// A white picture of one pixel, and a square.
pub(crate) fn files() -> banxin::files::Memory {
    let mut png = Vec::new();
    image_png(&mut png);
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"300\" height=\"200\" viewBox=\"0 0 300 200\"><title>square</title><rect width=\"300\" height=\"200\" fill=\"#abc\"/></svg>";
    banxin::files::Memory::new([
        ("images/dot.png", png),
        ("images/圖 二.svg", svg.as_bytes().to_vec()),
    ])
}

fn image_png(out: &mut Vec<u8>) {
    use ::image::ImageEncoder;
    ::image::codecs::png::PngEncoder::new(out)
        .write_image(&[120; 80 * 60], 80, 60, ::image::ExtendedColorType::L8)
        .unwrap();
}
