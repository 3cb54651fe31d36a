//! Figures: a picture with its caption and its credit, from the text and from the front matter.

use std::ops::Range;

use crate::diag::{Code, Diagnostic, FileId, Span};
use crate::model::{Block, Figure, Inline, Paragraph, Placement};

use super::attributes;
use super::desk::{Desk, Stretch};
use super::events::{Node, NodeKind, parse_inline};
use super::inlines::Setting;
use super::listed::Listed;
use super::section::Words;

/// Pointers that an author may type before a caption; the program sets its own.
const POINTERS: &[char] = &['▲', '▶', '►', '▼', '◀', '◄'];

impl Desk<'_> {
    /// The figure that a paragraph of one image is; `false` for any other paragraph.
    pub(crate) fn figure(
        &mut self,
        nodes: &[Node<'_>],
        range: &Range<usize>,
        on: &Stretch<'_>,
        setting: Setting,
        out: &mut Vec<Block>,
    ) -> bool {
        let blank = |node: &&Node<'_>| match &node.kind {
            NodeKind::Text { text, .. } => !text.trim().is_empty(),
            NodeKind::SoftBreak | NodeKind::HardBreak => false,
            _ => true,
        };
        let held: Vec<&Node<'_>> = nodes.iter().filter(blank).collect();
        let (image, name) = match held.as_slice() {
            [image] => (*image, None),
            [image, behind] => match &behind.kind {
                NodeKind::Text { text, .. } => match attributes::at_end(text) {
                    Some((open, found)) if text[..open].trim().is_empty() => (*image, Some(found)),
                    _ => return false,
                },
                _ => return false,
            },
            _ => return false,
        };
        let NodeKind::Image(target) = &image.kind else {
            return false;
        };
        let span = on.span(range);
        let alt = self.alt(&image.children, on);
        let caption = match &target.title {
            Some(title) => self.caption(
                &Stretch {
                    text: &on.text[title.clone()],
                    offset: on.offset.map(|offset| offset + title.start),
                    ..*on
                },
                setting,
            ),
            None => (Vec::new(), None),
        };
        let place = self.image(&target.address, on.span(&target.address_range));
        let Some(picture) = place else {
            // The path was told; its words are kept.
            if !caption.0.is_empty() {
                out.push(Block::Paragraph(Paragraph {
                    content: caption.0,
                    continued: false,
                    span,
                }));
            }
            return true;
        };
        let id = match name.as_ref().and_then(|found| found.id.as_deref()) {
            Some(name) => self.ids.name((self.article, "fig"), name, span, self.sink),
            None => self.ids.make(self.article, "fig"),
        };
        for class in name.iter().flat_map(|found| &found.classes) {
            self.tell_mark(&format!(".{class}"), span);
        }
        let figure = Figure {
            id,
            image: picture,
            alt,
            caption: caption.0,
            credit: caption.1,
            place: Placement::Column,
            span,
        };
        let figure = self.with_list(figure, setting);
        out.push(Block::Figure(figure));
        true
    }

    /// What the front matter says of a figure wins over what the text says.
    pub(crate) fn with_list(&mut self, mut figure: Figure, setting: Setting) -> Figure {
        let found = self.listed.iter_mut().find(|listed| {
            listed
                .image
                .as_ref()
                .is_some_and(|image| image.path == figure.image.path)
        });
        if let Some(listed) = found {
            listed.shown = true;
            let listed = listed.clone();
            self.overlay(&mut figure, &listed, setting);
        }
        self.tell_silent(&figure.image.path, &figure.alt, figure.span);
        figure
    }

    /// Tells of a picture without words.
    pub(crate) fn tell_silent(&mut self, path: &str, alt: &str, span: Span) {
        if alt.is_empty() {
            self.tell(
                Diagnostic::warning(
                    Code::ImageAlt,
                    span,
                    format!("`{path}` has no words for a blind reader"),
                )
                .hint("write what is to be seen between the brackets: `![…](…)`, or as `alt:`"),
            );
        }
    }

    fn overlay(&mut self, figure: &mut Figure, listed: &Listed, setting: Setting) {
        if let Some(words) = &listed.caption {
            let file = listed.span.file;
            let (caption, credit) = self.caption_of_words(words, file, listed.span, setting);
            figure.caption = caption;
            figure.credit = credit.or(figure.credit.take());
        }
        if let Some(credit) = &listed.credit {
            figure.credit = Some(bare_credit(credit));
        }
        if let Some(alt) = &listed.alt {
            figure.alt.clone_from(alt);
        }
        if let Some(place) = listed.place {
            figure.place = place;
        }
    }

    fn caption_of_words(
        &mut self,
        words: &Words,
        file: FileId,
        whole: Span,
        setting: Setting,
    ) -> (Vec<Inline>, Option<String>) {
        let on = Stretch {
            text: &words.text,
            file,
            offset: words.verbatim,
            whole: words.span.unwrap_or(whole),
        };
        self.caption(&on, setting)
    }

    /// A caption without its pointer, and the credit behind the last `／`.
    pub(crate) fn caption(
        &mut self,
        on: &Stretch<'_>,
        setting: Setting,
    ) -> (Vec<Inline>, Option<String>) {
        let text = on.text;
        let is_blank = |c: char| c.is_whitespace() || POINTERS.contains(&c);
        let start = text.len() - text.trim_start_matches(is_blank).len();
        let kept = text[start..].trim_end_matches(is_blank);
        let (caption, credit) = match kept.rsplit_once('／') {
            Some((caption, credit)) if !credit.trim().is_empty() && !caption.ends_with('\\') => {
                (caption.trim_end(), Some(credit))
            }
            _ => (kept, None),
        };
        let caption_on = Stretch {
            text: caption,
            offset: on.offset.map(|offset| offset + start),
            ..*on
        };
        let caption = self.line(
            &caption_on,
            Setting {
                headline: false,
                ..setting
            },
        );
        let credit = credit.map(|credit| {
            let nodes = parse_inline(credit);
            bare_credit(&self.alt(
                &nodes,
                &Stretch {
                    text: credit,
                    offset: None,
                    ..*on
                },
            ))
        });
        (caption, credit.filter(|credit| !credit.is_empty()))
    }

    /// Pictures that the front matter lists and the text does not show: set at the end, and told.
    pub(crate) fn unshown(&mut self, out: &mut Vec<Block>) {
        for listed in self.listed.clone() {
            let (false, Some(image)) = (listed.shown, &listed.image) else {
                continue;
            };
            self.tell(
                Diagnostic::warning(
                    Code::ImageUnplaced,
                    image.span,
                    format!("`{}` is listed and not shown in the text", image.path),
                )
                .hint("it is set at the end; write `![…](…)` where it belongs"),
            );
            let figure = Figure {
                id: self.ids.make(self.article, "fig"),
                image: image.clone(),
                alt: String::new(),
                caption: Vec::new(),
                credit: None,
                place: Placement::Column,
                span: listed.span,
            };
            let figure = self.with_list(figure, Setting::default());
            out.push(Block::Figure(figure));
        }
    }
}

/// A credit without the brackets around the whole of it.
fn bare_credit(credit: &str) -> String {
    let credit = credit.trim();
    for (open, close) in [('（', '）'), ('(', ')')] {
        let inside = credit
            .strip_prefix(open)
            .and_then(|rest| rest.strip_suffix(close));
        if let Some(inside) = inside.filter(|inside| !inside.contains([open, close])) {
            return inside.trim().to_owned();
        }
    }
    credit.to_owned()
}
