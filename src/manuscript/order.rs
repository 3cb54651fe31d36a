//! Which files are articles, in which order, under which parts.

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostic, FileId, Sink, Sources, Span};
use crate::files::{FileFault, Files, join};

use super::config::{Config, file_fault};
use super::encoding;
use super::request::Error;
use super::section::Words;
use super::summary::{self, Entry};

/// The articles of a publication in order.
#[derive(Debug, Default)]
pub(crate) struct Order {
    /// Parts; the first may be without a title.
    pub(crate) parts: Vec<ListedPart>,
}

/// A part as listed.
#[derive(Debug, Default)]
pub(crate) struct ListedPart {
    /// Its title: bytes of the summary.
    pub(crate) title: Option<(FileId, std::ops::Range<usize>)>,
    /// Its articles.
    pub(crate) articles: Vec<ListedArticle>,
}

/// An article as listed.
#[derive(Debug, Clone)]
pub(crate) struct ListedArticle {
    /// Its file, from the publication's folder.
    pub(crate) path: String,
    /// The title that a summary gives it.
    pub(crate) title: Option<String>,
    /// How deep it is nested.
    pub(crate) depth: u8,
    /// Where it is listed.
    pub(crate) span: Option<Span>,
}

/// Folder of articles that no list names.
const FOLDER: &str = "articles";

/// Finds the articles: the list of `book.toml`, else the summary, else the folder.
///
/// # Errors
/// The folder of articles is there and cannot be read.
pub(crate) fn find(
    config: &Config,
    files: &dyn Files,
    sources: &mut Sources,
    sink: &mut Sink,
) -> Result<Order, Error> {
    let mut order = if let Some(list) = &config.articles {
        from_list(list, sink)
    } else if let Some(path) = summary_path(config, files, sink) {
        from_summary(&path, files, sources, sink)
    } else {
        from_folder(files)?
    };
    drop_repeated(&mut order, sink);
    Ok(order)
}

fn from_list(list: &[Words], sink: &mut Sink) -> Order {
    let mut part = ListedPart::default();
    for words in list {
        let address = words.text.trim();
        match join("book.toml", address).filter(|path| !path.is_empty()) {
            Some(path) => part.articles.push(ListedArticle {
                path,
                title: None,
                depth: 0,
                span: words.span,
            }),
            None => sink.push(outside(address, words.span)),
        }
    }
    Order { parts: vec![part] }
}

fn outside(address: &str, span: Option<Span>) -> Diagnostic {
    Diagnostic::error(
        Code::FileOutside,
        span,
        format!("`{address}` leaves the publication's folder"),
    )
    .hint("copy the article into the folder")
}

fn summary_path(config: &Config, files: &dyn Files, sink: &mut Sink) -> Option<String> {
    if let Some(src) = &config.src {
        let folder = src.text.trim().trim_end_matches('/');
        let path = join("book.toml", &format!("{folder}/SUMMARY.md"));
        let there = path.filter(|path| files.exists(path));
        if there.is_none() {
            sink.push(
                Diagnostic::error(
                    Code::FileMissing,
                    src.span,
                    format!("`{folder}/SUMMARY.md` is not there"),
                )
                .hint("`src` names mdBook's folder of chapters; without one, take the key out"),
            );
        }
        return there;
    }
    ["SUMMARY.md", "src/SUMMARY.md"]
        .into_iter()
        .find(|path| files.exists(path))
        .map(str::to_owned)
}

fn from_summary(path: &str, files: &dyn Files, sources: &mut Sources, sink: &mut Sink) -> Order {
    let text = match files.read(path) {
        Ok(bytes) => match encoding::text(bytes, path) {
            Ok(text) => text,
            Err(fault) => {
                sink.push(fault);
                return Order::default();
            }
        },
        Err(fault) => {
            sink.push(file_fault(path, &fault, None));
            return Order::default();
        }
    };
    let file = sources.add(path, text.as_str());
    let mut parts = vec![ListedPart::default()];
    for entry in summary::read(&text, file, sink) {
        match entry {
            Entry::Part(range) => {
                let part = ListedPart {
                    title: Some((file, range)),
                    articles: Vec::new(),
                };
                match parts.last_mut() {
                    Some(last) if last.title.is_none() && last.articles.is_empty() => *last = part,
                    _ => parts.push(part),
                }
            }
            Entry::Chapter {
                address,
                title,
                depth,
                span,
            } => {
                let file = address.split('#').next().unwrap_or("");
                let decoded = super::ids::percent_decode(file);
                let plain = join(path, file).filter(|plain| files.exists(plain));
                match plain.or_else(|| join(path, &decoded)) {
                    Some(path) => {
                        if let Some(part) = parts.last_mut() {
                            part.articles.push(ListedArticle {
                                path,
                                title: Some(title).filter(|title| !title.trim().is_empty()),
                                depth,
                                span: Some(span),
                            });
                        }
                    }
                    None => sink.push(outside(&address, Some(span))),
                }
            }
        }
    }
    Order { parts }
}

fn from_folder(files: &dyn Files) -> Result<Order, Error> {
    let names = match files.list(FOLDER) {
        Ok(names) => names,
        Err(FileFault::Missing | FileFault::Outside) => Vec::new(),
        Err(FileFault::Unreadable(why)) => {
            return Err(Error::Unreadable {
                path: FOLDER.to_owned(),
                why,
            });
        }
    };
    let articles = names
        .into_iter()
        .filter(|name| name.ends_with(".md") && !name.starts_with('.'))
        .map(|name| ListedArticle {
            path: format!("{FOLDER}/{name}"),
            title: None,
            depth: 0,
            span: None,
        })
        .collect();
    Ok(Order {
        parts: vec![ListedPart {
            title: None,
            articles,
        }],
    })
}

/// An article listed twice is told and read once.
fn drop_repeated(order: &mut Order, sink: &mut Sink) {
    let mut first: BTreeMap<String, Option<Span>> = BTreeMap::new();
    for part in &mut order.parts {
        part.articles.retain(|article| {
            let Some(before) = first.get(&article.path) else {
                first.insert(article.path.clone(), article.span);
                return true;
            };
            let mut fault = Diagnostic::error(
                Code::ArticleTwice,
                article.span,
                format!("`{}` is listed twice", article.path),
            );
            if let Some(before) = before {
                fault = fault.label(*before, "first here");
            }
            sink.push(fault.hint("list each article once"));
            false
        });
    }
}
