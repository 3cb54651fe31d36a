//! The manuscript: a folder of Markdown articles, or one of them, read and checked.

mod articles;
mod attributes;
mod blocks;
mod characters;
mod config;
mod credits;
mod desk;
mod effect;
mod emphasis;
mod encoding;
mod events;
mod figures;
mod fragment;
mod front;
mod html;
mod html_blocks;
mod html_inlines;
mod html_tables;
mod html_tokens;
mod ids;
mod inlines;
mod keys;
mod lines;
mod links;
mod listed;
mod lookalikes;
mod marks;
mod notes;
mod order;
mod outputs;
mod pen;
mod request;
mod ruby;
mod runs;
mod scripts;
mod section;
mod summary;
mod tables;
mod theme;
mod toml_tree;
mod tree;
mod typography;
mod values;
mod yaml_tree;

pub use fragment::{inline, plain};
pub use keys::did_you_mean;
pub use request::{Entry, Error, Reading, Request};
pub use theme::shipped_theme;

use std::sync::Arc;

use crate::diag::{Code, Diagnostic, FileId, Sink, Sources, Span, Warned};
use crate::files::{FileFault, Files};
use crate::model::{Book, Inline, Part};

use articles::Sheet;
use config::{Config, file_fault};
use ids::Ids;
use order::{ListedArticle, ListedPart, Order};

/// Larger files of text are refused: places are counted in 32 bits, and no story is as long.
const MAX_TEXT: usize = 256 << 20;

/// Reads a publication: `book.toml`, its articles in order, every mark in them.
///
/// All faults of a manuscript are told together, in the order of the files and of their lines.
/// After an error the value is a stand-in good enough to go on with.
///
/// ```
/// use banxin::files::Memory;
/// use banxin::manuscript::{Request, read};
///
/// let files = Memory::new([
///     ("book.toml", b"[book]\ntitle = \"T\"\n".to_vec()),
///     ("articles/01.md", "# 題\n\n文。\n".as_bytes().to_vec()),
/// ]);
/// let read = read(&files, &Request::default()).unwrap();
/// assert!(read.diagnostics.is_empty());
/// assert_eq!(read.value.book.articles().count(), 1);
/// ```
///
/// # Errors
/// A folder of the publication is there and the machine cannot read it.
pub fn read(files: &dyn Files, request: &Request) -> Result<Warned<Reading>, Error> {
    let mut sink = Sink::new();
    let mut sources = Sources::default();
    let (mut config, whole) = read_config(files, request, &mut sources, &mut sink);
    let order = match &request.entry {
        Entry::Folder => order::find(&config, files, &mut sources, &mut sink)?,
        Entry::SingleFile(name) => single(name),
    };
    let mut ids = Ids::default();
    let mut parts = Vec::new();
    for listed in order.parts {
        let title = part_title(&listed, files, (&config, &sources), &mut sink);
        let mut articles = Vec::new();
        for article in &listed.articles {
            let Some((text, file)) = open(article, files, &mut sources, &mut sink) else {
                continue;
            };
            let sheet = Sheet {
                text: &text,
                file,
                number: ids.articles(),
                listed: article,
                language: &config.meta.language,
            };
            articles.push(articles::read(&sheet, files, &mut ids, &mut sink));
        }
        if !articles.is_empty() || title.is_some() {
            parts.push(Part { title, articles });
        }
    }
    if parts.iter().all(|part| part.articles.is_empty()) && !sink.has_errors() {
        sink.push(
            Diagnostic::error(
                Code::ArticleNone,
                Span::new(whole.file, 0, 0),
                "the publication holds no article",
            )
            .hint("write one as `articles/01.md`, or list it under `articles`"),
        );
    }
    ids.resolve(&mut parts, &mut sink);
    if config.is_mdbook {
        effect::tell_commands(&sources, &mut sink);
    }
    settle_title(&mut config, request, whole, &parts, &mut sink);
    let book = Book {
        meta: config.meta,
        style: config.style,
        output: config.output,
        parts,
    };
    let mut diagnostics = sink.into_inner();
    diagnostics.sort_by_key(|d| d.span.map(|span| (span.file, span.start)));
    Ok(Warned {
        value: Reading { book, sources },
        diagnostics,
    })
}

fn read_config(
    files: &dyn Files,
    request: &Request,
    sources: &mut Sources,
    sink: &mut Sink,
) -> (Config, Span) {
    const NAME: &str = "book.toml";
    let text = match &request.entry {
        Entry::SingleFile(_) => String::new(),
        Entry::Folder => match files.read(NAME) {
            Ok(bytes) => encoding::text(bytes, NAME).unwrap_or_else(|fault| {
                sink.push(fault);
                String::new()
            }),
            Err(fault) => {
                let told = file_fault(NAME, &fault, None);
                sink.push(match fault {
                    FileFault::Missing => told.hint(
                        "a publication is a folder with `book.toml`, or a single Markdown file",
                    ),
                    _ => told,
                });
                String::new()
            }
        },
    };
    // A single file has no `book.toml` that could be shown.
    let file = match &request.entry {
        Entry::Folder => sources.add(NAME, text.as_str()),
        Entry::SingleFile(_) => FileId(0),
    };
    characters::check(&text, file, sink);
    let whole = Span::new(file, 0, text.len());
    let mut tree = config::tree(&text, file, request, sink);
    if let Entry::SingleFile(name) = &request.entry {
        adopt_language(&mut tree, name, files);
    }
    let mut config = config::read(&tree, whole, (files, request), sink);
    let named = config.theme.as_ref();
    let layout = config.output.pdf.layout;
    config.output.pdf.theme = theme::find(named, layout, (files, sources), sink);
    (config, whole)
}

/// The language of a single file's front matter is that of the publication: it picks the
/// tradition. Its faults are told when the article is read.
fn adopt_language(tree: &mut tree::Table, name: &str, files: &dyn Files) {
    let given = tree.at("book.language").is_some();
    let text = files
        .read(name)
        .ok()
        .and_then(|b| String::from_utf8(b).ok());
    let (false, Some(text)) = (given, text) else {
        return;
    };
    let cut = front::cut(&text);
    let place = (FileId(0), name, files);
    if let Some(language) = front::read(&text, &cut, place, &mut Sink::new()).language {
        let value = toml_tree::override_value(language.tag());
        tree.set(&["book", "language"], value);
    }
}

/// A single Markdown file as a publication of one article.
fn single(name: &str) -> Order {
    Order {
        parts: vec![ListedPart {
            title: None,
            articles: vec![ListedArticle {
                path: name.to_owned(),
                title: None,
                depth: 0,
                span: None,
            }],
        }],
    }
}

/// The text of an article; what stands in the way is told.
fn open(
    article: &ListedArticle,
    files: &dyn Files,
    sources: &mut Sources,
    sink: &mut Sink,
) -> Option<(Arc<str>, FileId)> {
    let path = &article.path;
    let bytes = match files.read(path) {
        Ok(bytes) => bytes,
        Err(FileFault::Missing) => {
            sink.push(
                Diagnostic::error(
                    Code::ArticleMissing,
                    article.span,
                    format!("the article `{path}` is not there"),
                )
                .hint("write it, or take it out of the list"),
            );
            return None;
        }
        Err(fault) => {
            sink.push(file_fault(path, &fault, article.span));
            return None;
        }
    };
    if bytes.len() > MAX_TEXT {
        sink.push(
            Diagnostic::error(
                Code::FileTooLarge,
                article.span,
                format!("`{path}` is larger than {} MB", MAX_TEXT >> 20),
            )
            .hint("part it into several articles"),
        );
        return None;
    }
    match encoding::text(bytes, path) {
        Ok(text) => {
            let text: Arc<str> = text.into();
            let file = sources.add(path.as_str(), Arc::clone(&text));
            characters::check(&text, file, sink);
            Some((text, file))
        }
        Err(mut fault) => {
            let file = sources.add(path.as_str(), "");
            fault.span = Some(Span::new(file, 0, 0));
            sink.push(fault);
            None
        }
    }
}

/// The title of a part, as the summary has it.
fn part_title(
    part: &ListedPart,
    files: &dyn Files,
    (config, sources): (&Config, &Sources),
    sink: &mut Sink,
) -> Option<Vec<Inline>> {
    let (file, range) = part.title.clone()?;
    let text = sources.get(file)?.text.get(range.clone())?;
    let on = desk::Stretch {
        text,
        file,
        offset: Some(range.start),
        whole: Span::new(file, range.start, range.end),
    };
    let title = desk::Desk {
        sink,
        ids: &mut Ids::default(),
        files,
        article: 0,
        path: "",
        language: config.meta.language.clone(),
        notes: notes::Notes::default(),
        listed: Vec::new(),
        tags: std::collections::BTreeMap::new(),
        marks: std::collections::BTreeSet::new(),
    }
    .line(&on, inlines::Setting::default());
    (!title.is_empty()).then_some(title)
}

/// Takes the title of a single file from its article; tells when there is none.
fn settle_title(
    config: &mut Config,
    request: &Request,
    whole: Span,
    parts: &[Part],
    sink: &mut Sink,
) {
    if config.meta.title.is_empty() {
        let first = parts.iter().flat_map(|part| &part.articles).next();
        if let (Entry::SingleFile(_), Some(article)) = (&request.entry, first) {
            config.meta.title = Inline::plain(&article.title);
            if config.meta.date.is_none() {
                config.meta.date.clone_from(&article.date);
            }
            config.meta.credits.extend(article.credits.iter().cloned());
        } else {
            sink.push(config::title_missing(whole));
            let stand_in = Some(request.folder_name.as_str()).filter(|name| !name.is_empty());
            config.meta.title = stand_in.unwrap_or("—").to_owned();
        }
    }
    config.settle();
}
