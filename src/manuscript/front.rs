//! Front matter: cut off the article and read key by key.

use crate::diag::{Code, Diagnostic, FileId, Sink, Span};
use crate::files::{Files, join};
use crate::model::{Credit, HeadlineSetting, ImageRef, Language, PagePlan, Placement};

use super::listed::Listed;
use super::section::{FRONT, Section, Words};
use super::tree::{Kind, Table};
use super::{credits, yaml_tree};

const PLACES: &[(&str, Placement)] = &[
    ("column", Placement::Column),
    ("wide", Placement::Wide),
    ("page", Placement::Page),
    ("bleed", Placement::Bleed),
];

const HEADLINES: &[(&str, HeadlineSetting)] = &[
    ("vertical", HeadlineSetting::Vertical),
    ("horizontal", HeadlineSetting::Horizontal),
];

const JUMPS: &[(&str, bool)] = &[("allow", true), ("never", false)];

/// What the front matter of an article says.
#[derive(Debug, Default)]
pub(crate) struct Front {
    pub(crate) title: Option<Words>,
    pub(crate) kicker: Option<Words>,
    pub(crate) deck: Option<Words>,
    pub(crate) lead: Option<Words>,
    pub(crate) byline: Option<Words>,
    pub(crate) dateline: Option<Words>,
    pub(crate) date: Option<String>,
    pub(crate) section: Option<String>,
    pub(crate) language: Option<Language>,
    pub(crate) credits: Vec<Credit>,
    pub(crate) figures: Vec<Listed>,
    pub(crate) plan: PagePlan,
}

/// Where an article's text is: its front matter, if it has any, and the first byte of its body.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Cut {
    /// The YAML between its fences.
    pub(crate) front: Option<std::ops::Range<usize>>,
    /// The first byte of the body.
    pub(crate) body: usize,
    /// Whether the closing fence is missing.
    pub(crate) unclosed: bool,
}

/// Cuts the front matter off: it starts on the first line, a byte order mark allowed, and ends
/// at `---` or `...`.
pub(crate) fn cut(text: &str) -> Cut {
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let none = Cut {
        front: None,
        body: start,
        unclosed: false,
    };
    let mut lines = text[start..].split_inclusive('\n');
    let Some(first) = lines.next().filter(|line| line.trim_end() == "---") else {
        return none;
    };
    let yaml = start + first.len();
    let mut at = yaml;
    for line in lines {
        let end = at + line.len();
        if matches!(line.trim_end(), "---" | "...") {
            return Cut {
                front: Some(yaml..at),
                body: end,
                unclosed: false,
            };
        }
        at = end;
    }
    Cut {
        unclosed: true,
        ..none
    }
}

/// Reads front matter; `path` is the article's file.
pub(crate) fn read(
    text: &str,
    cut: &Cut,
    (file, path, files): (FileId, &str, &dyn Files),
    sink: &mut Sink,
) -> Front {
    if cut.unclosed {
        // A rule may open an article; a key behind it means front matter.
        let second = text[cut.body..].lines().nth(1).unwrap_or("");
        if second.split_once(':').is_some_and(|(key, _)| is_key(key)) {
            sink.push(
                Diagnostic::error(
                    Code::FrontSyntax,
                    Span::new(file, cut.body, cut.body + 3),
                    "the front matter is not closed",
                )
                .hint("close it with `---` on a line of its own"),
            );
        }
    }
    let Some(range) = cut.front.clone() else {
        return Front::default();
    };
    let whole = Span::new(file, range.start, range.end);
    let Some(value) = yaml_tree::parse(&text[range.clone()], file, range.start, sink) else {
        return Front::default();
    };
    match &value.kind {
        Kind::Table(table) => keys(table, whole, (path, files), sink),
        Kind::Nothing => Front::default(),
        _ => {
            sink.push(
                Diagnostic::error(
                    Code::FrontSyntax,
                    value.span.unwrap_or(whole),
                    "the front matter holds no keys",
                )
                .hint("write `title: …`, one key a line"),
            );
            Front::default()
        }
    }
}

fn is_key(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

fn keys(table: &Table, whole: Span, (path, files): (&str, &dyn Files), sink: &mut Sink) -> Front {
    let mut s = Section::new(table, "", FRONT);
    let front = Front {
        title: s.words("title", sink),
        kicker: s.words("kicker", sink),
        deck: s.words("deck", sink),
        lead: s.words("lead", sink),
        byline: s.words("byline", sink),
        dateline: s.words("dateline", sink),
        date: s.date("date", sink),
        section: s.text("section", sink),
        language: s.language(sink),
        credits: credits::read(&mut s, whole, sink),
        figures: figures(&mut s, whole, (path, files), sink),
        plan: PagePlan {
            page: s.whole("page", 1..=9999, sink),
            columns: s.whole("columns", 1..=24, sink),
            priority: s.whole("priority", 1..=99, sink),
            headline: s.choice("headline", HEADLINES, sink),
            jump: s.choice("jump", JUMPS, sink),
        },
    };
    s.finish(sink);
    front
}

fn figures(
    section: &mut Section<'_>,
    whole: Span,
    (path, files): (&str, &dyn Files),
    sink: &mut Sink,
) -> Vec<Listed> {
    let mut listed: Vec<Listed> = Vec::new();
    for (mut entry, span) in section.sections("figures", sink) {
        let span = span.unwrap_or(whole);
        let src = entry.words("src", sink);
        let caption = entry.words("caption", sink);
        let credit = entry.text("credit", sink);
        let alt = entry.text("alt", sink);
        let place = entry.choice("place", PLACES, sink);
        let Some(src) = src else {
            sink.push(
                entry
                    .refuse("src", Some(span), "is missing")
                    .hint("name the picture: `src: ../images/x.jpg`"),
            );
            entry.finish(sink);
            continue;
        };
        entry.finish(sink);
        let place_of = src.span.unwrap_or(span);
        let address = src.text.trim();
        let image = resolve(path, address, files).map(|path| ImageRef {
            path,
            span: place_of,
        });
        match &image {
            None => sink.push(
                Diagnostic::error(
                    Code::FileOutside,
                    place_of,
                    format!("`{address}` leaves the publication's folder"),
                )
                .hint("copy the picture into the folder and name it from the article"),
            ),
            Some(image) => {
                let first = listed
                    .iter()
                    .filter_map(|l| l.image.as_ref())
                    .find(|other| other.path == image.path);
                if let Some(first) = first {
                    sink.push(
                        Diagnostic::warning(
                            Code::FrontValue,
                            place_of,
                            format!("`{address}` is listed twice; the first entry is used"),
                        )
                        .label(first.span, "first here")
                        .hint("keep one of them"),
                    );
                    continue;
                }
            }
        }
        listed.push(Listed {
            image,
            caption,
            credit,
            alt,
            place,
            span,
            shown: false,
        });
    }
    listed
}

/// The path of a picture, with its percent signs read where no file has them in its name.
fn resolve(path: &str, address: &str, files: &dyn Files) -> Option<String> {
    let plain = join(path, address)?;
    if files.exists(&plain) {
        return Some(plain);
    }
    join(path, &super::ids::percent_decode(address))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_is_cut_at_the_first_line_alone() {
        let text = "\u{feff}---\r\ntitle: 題\r\n---\r\n文\r\n---\r\n";
        let cut = cut(text);
        assert_eq!(&text[cut.front.unwrap()], "title: 題\r\n");
        assert_eq!(&text[cut.body..], "文\r\n---\r\n");
    }

    #[test]
    fn a_rule_is_no_front_matter() {
        assert_eq!(cut("文\n---\na: b\n---\n").front, None);
        assert!(cut("---\n文\n").unclosed);
        assert_eq!(cut("---\na: 1\n...\n文").body, 13);
    }
}
