//! A piece of inline text that stands in no file, read as in an article.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{FileId, Sink, Span, Warned};
use crate::files::Memory;
use crate::model::{Inline, Language};

use super::desk::{Desk, Stretch};
use super::ids::Ids;
use super::inlines::Setting;
use super::lines;
use super::notes::Notes;

/// Reads inline marks of the manuscript in `text`; places in the diagnostics are bytes of it.
///
/// ```
/// use banxin::manuscript::inline;
/// use banxin::model::{Inline, Language};
/// let read = inline("他讀{漢字|かんじ}。", &Language::new("ja"));
/// assert!(read.diagnostics.is_empty());
/// assert!(matches!(read.value[1], Inline::Ruby(_)));
/// ```
#[must_use]
pub fn inline(text: &str, language: &Language) -> Warned<Vec<Inline>> {
    let whole = Span::new(FileId(0), 0, text.len());
    let on = Stretch {
        text,
        file: FileId(0),
        offset: Some(0),
        whole,
    };
    let mut sink = Sink::new();
    let mut desk = Desk {
        sink: &mut sink,
        ids: &mut Ids::default(),
        files: &Memory::default(),
        article: 0,
        path: "",
        language: language.clone(),
        notes: Notes::default(),
        listed: Vec::new(),
        tags: BTreeMap::new(),
        marks: BTreeSet::new(),
    };
    let read = desk.line(&on, Setting::default());
    desk.tell_tags();
    sink.warned(read)
}

/// The same for text in which nothing is a mark: only its line breaks are joined as in an
/// article, without a space beside a Chinese or Japanese character.
///
/// ```
/// use banxin::manuscript::plain;
/// use banxin::model::{Inline, Language};
/// let read = plain("*版*\n心", &Language::new("zh-Hant-HK"));
/// assert_eq!(Inline::plain(&read), "*版*心");
/// ```
#[must_use]
pub fn plain(text: &str, language: &Language) -> Vec<Inline> {
    let mut read = vec![Inline::Text {
        text: text.to_owned(),
        span: Span::new(FileId(0), 0, text.len()),
    }];
    lines::join(&mut read, language.is_cjk());
    read
}
