//! Links and pictures: where an address leads, and whether it may.

use crate::diag::{Code, Diagnostic, Span};
use crate::files::join;
use crate::model::{ImageRef, Inline, LinkTarget};

use super::desk::Desk;
use super::events::Target;
use super::ids::{Ids, percent_decode};
use super::pen::Pen;

impl Desk<'_> {
    /// A picture by the address that the author typed; a path that leaves the folder is told.
    pub(crate) fn image(&mut self, address: &str, span: Span) -> Option<ImageRef> {
        let address = address.trim();
        if has_scheme(address) {
            return Some(ImageRef {
                path: address.to_owned(),
                span,
            });
        }
        let plain = join(self.path, address);
        let decoded = join(self.path, &percent_decode(address));
        let path = match (plain, decoded) {
            (Some(plain), _) if self.files.exists(&plain) => plain,
            (_, Some(decoded)) => decoded,
            (Some(_), None) | (None, None) => {
                self.tell(
                    Diagnostic::error(
                        Code::FileOutside,
                        span,
                        format!("`{address}` leaves the publication's folder"),
                    )
                    .hint("copy the picture into the folder and name it from the article"),
                );
                return None;
            }
        };
        Some(ImageRef { path, span })
    }

    pub(crate) fn write_link(
        &mut self,
        target: &Target<'_>,
        children: Vec<Inline>,
        span: Span,
        pen: &mut Pen,
    ) {
        let address = target.address.trim();
        let target = if has_scheme(address) || address.starts_with("//") {
            Some(LinkTarget::External(address.to_owned()))
        } else {
            let internal = Ids::internal(self.article, self.path, address);
            if internal.is_none() {
                self.tell_stray(address, span);
            }
            internal.map(|id| LinkTarget::Internal {
                id,
                with_page: false,
            })
        };
        match target {
            Some(target) => pen.push(Inline::Link {
                target,
                children,
                span,
            }),
            None => children.into_iter().for_each(|child| pen.push(child)),
        }
    }

    /// A link to a file that is no article: it would lead out of what is made.
    fn tell_stray(&mut self, address: &str, span: Span) {
        let path = address.split(['#', '?']).next().unwrap_or("");
        if !path.is_empty() && join(self.path, &percent_decode(path)).is_none() {
            self.tell(
                Diagnostic::error(
                    Code::FileOutside,
                    span,
                    format!("`{address}` leaves the publication's folder"),
                )
                .hint("link to an article of this publication or to an address on the network"),
            );
            return;
        }
        self.tell(
            Diagnostic::warning(
                Code::ReferenceUndefined,
                span,
                format!("`{address}` is no article of this publication; its text is kept"),
            )
            .hint("link to an article, to `#id`, or to a whole address with https://"),
        );
    }
}

/// Whether an address names its scheme.
fn has_scheme(address: &str) -> bool {
    address.split_once(':').is_some_and(|(scheme, _)| {
        scheme.len() > 1
            && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
    })
}
