//! A manuscript in memory, read, and short forms of what comes of it.

use banxin::diag::{Code, Diagnostic};
use banxin::files::Memory;
use banxin::manuscript::{Reading, Request, read};
use banxin::model::{Article, Block, Figure, Inline, LinkTarget, MarkKind, RubyKind, Table};

pub const CONFIG: &str = "[book]\ntitle = \"題\"\n";

pub fn memory(files: &[(&str, &str)]) -> Memory {
    Memory::new(
        files
            .iter()
            .map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())),
    )
}

pub fn publication(files: &[(&str, &str)]) -> (Reading, Vec<Diagnostic>) {
    let found = read(&memory(files), &Request::default()).unwrap();
    (found.value, found.diagnostics)
}

/// One article under a plain `book.toml`, without any fault.
pub fn article(text: &str) -> Article {
    let (reading, faults) = publication(&[("book.toml", CONFIG), ("articles/01.md", text)]);
    assert!(faults.is_empty(), "{faults:#?}");
    reading.book.articles().next().unwrap().clone()
}

/// The faults of one article.
pub fn faults(text: &str) -> Vec<Diagnostic> {
    publication(&[("book.toml", CONFIG), ("articles/01.md", text)]).1
}

pub fn codes(faults: &[Diagnostic]) -> Vec<Code> {
    faults.iter().map(|fault| fault.code).collect()
}

/// A short form of inline text: marks in brackets with their names.
pub fn short(run: &[Inline]) -> String {
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
pub fn line(text: &str) -> String {
    let article = article(text);
    match &article.body[0] {
        Block::Paragraph(paragraph) => short(&paragraph.content),
        other => panic!("no paragraph: {other:?}"),
    }
}

pub fn figure(article: &Article) -> &Figure {
    article
        .body
        .iter()
        .find_map(|block| match block {
            Block::Figure(figure) => Some(figure),
            _ => None,
        })
        .unwrap()
}

pub fn table(article: &Article) -> &Table {
    article
        .body
        .iter()
        .find_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        })
        .unwrap()
}

pub fn cells(table: &Table) -> Vec<Vec<String>> {
    table
        .head
        .iter()
        .chain(&table.rows)
        .map(|row| row.cells.iter().map(|cell| short(&cell.content)).collect())
        .collect()
}
