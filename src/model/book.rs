//! The publication: its metadata, its parts, and its articles.

use crate::diag::Span;

use super::block::{Block, ImageRef};
use super::credit::{Bearer, Credit};
use super::inline::Inline;
use super::language::Language;
use super::output::Output;
use super::style::Style;

/// A publication as it was written, checked, with no default left open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Book {
    /// What catalogues ask for.
    pub meta: Metadata,
    /// How it is composed.
    pub style: Style,
    /// What is made of it.
    pub output: Output,
    /// Its parts in order; a publication without parts has one without a title.
    pub parts: Vec<Part>,
}

impl Book {
    /// Every article in reading order.
    pub fn articles(&self) -> impl Iterator<Item = &Article> {
        self.parts.iter().flat_map(|part| &part.articles)
    }
}

/// What catalogues ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Metadata {
    /// Title.
    pub title: String,
    /// Subtitle.
    pub subtitle: Option<String>,
    /// Language of the publication.
    pub language: Language,
    /// Identifier as a URN or URI; made from title, publisher, language and date where the
    /// author gave none.
    pub identifier: String,
    /// Who made it, in the order of the manuscript; `authors` come first.
    pub credits: Vec<Credit>,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// Date of publication, ISO 8601 (`2025`, `2025-03` or `2025-03-06`).
    pub date: Option<String>,
    /// Time of the last change, `2025-03-06T00:00:00Z`; never the clock's.
    pub modified: String,
    /// Rights.
    pub rights: Option<String>,
    /// Description.
    pub description: Option<String>,
    /// Subjects.
    pub subjects: Vec<String>,
    /// The cover's picture; without one a typographic cover is made.
    pub cover: Option<ImageRef>,
    /// Name of the outputs without its extension.
    pub file_name: String,
    /// The issue of a newspaper or magazine.
    pub issue: Option<Issue>,
    /// What is stated of accessibility.
    pub accessibility: Accessibility,
}

impl Metadata {
    /// Everybody credited in the publication and in the stories of its parts, once each, in the
    /// order of the manuscript.
    #[must_use]
    pub fn bearers<'a>(&'a self, parts: &'a [Part]) -> Vec<Bearer<'a>> {
        let stories = parts.iter().flat_map(|part| &part.articles);
        let credits = stories.flat_map(|article| &article.credits);
        Bearer::of(self.credits.iter().chain(credits))
    }
}

/// An issue of a newspaper or magazine.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Issue {
    /// Name of the newspaper.
    pub publication: Option<String>,
    /// Number of the issue.
    pub number: Option<String>,
    /// 版次, as `A8`.
    pub edition: Option<String>,
    /// 版名, as 要聞.
    pub section: Option<String>,
    /// ISSN of the newspaper.
    pub issn: Option<String>,
    /// Lunar date, as printed.
    pub lunar: Option<String>,
}

/// What is stated of accessibility.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Accessibility {
    /// Who states that the publication meets WCAG 2.2 AA.
    pub certified_by: Option<String>,
    /// A summary for readers.
    pub summary: Option<String>,
}

/// A part of the publication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its title.
    pub title: Option<Vec<Inline>>,
    /// Its articles, in order.
    pub articles: Vec<Article>,
}

/// An article, a story or a chapter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// An id unique in the publication, of ASCII letters, digits and hyphens.
    pub id: String,
    /// The file it was read from, from the publication's folder.
    pub path: String,
    /// How deep it is nested among chapters, from zero.
    pub depth: u8,
    /// 主題. Never empty: the first heading or the file's name stands in.
    pub title: Vec<Inline>,
    /// 肩題／引題.
    pub kicker: Vec<Inline>,
    /// 副題.
    pub deck: Vec<Inline>,
    /// 導言.
    pub lead: Vec<Inline>,
    /// The byline as printed.
    pub byline: Vec<Inline>,
    /// Place and date before the first sentence.
    pub dateline: Vec<Inline>,
    /// Date, ISO 8601.
    pub date: Option<String>,
    /// 版名.
    pub section: Option<String>,
    /// Its language.
    pub language: Language,
    /// Who made it.
    pub credits: Vec<Credit>,
    /// Where a newspaper page is to hold it.
    pub plan: PagePlan,
    /// Its blocks.
    pub body: Vec<Block>,
    /// Its notes, in the order of their first marks.
    pub notes: Vec<Note>,
    /// The whole file.
    pub span: Span,
}

/// A note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// An id unique in the publication.
    pub id: String,
    /// Number in its article, from one.
    pub number: u32,
    /// What it says.
    pub blocks: Vec<Block>,
    /// Where it was written.
    pub span: Span,
}

/// The author's wishes for a newspaper page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PagePlan {
    /// Page, from one.
    pub page: Option<u32>,
    /// Columns (欄) that the story takes.
    pub columns: Option<u32>,
    /// Rank, 1 the highest.
    pub priority: Option<u32>,
    /// How the headline stands.
    pub headline: Option<HeadlineSetting>,
    /// Whether the story may go on elsewhere.
    pub jump: Option<bool>,
}

/// How a headline stands on a newspaper page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HeadlineSetting {
    /// 直題.
    Vertical,
    /// 橫題.
    Horizontal,
}
