//! Credits: who did what, from `[[book.credits]]`, `authors` and the front matter.

use crate::diag::{Code, Diagnostic, Sink, Span};
use crate::model::{Credit, Role};

use super::keys::did_you_mean;
use super::section::{Section, Words};

/// The list under `credits`.
pub(crate) fn read(section: &mut Section<'_>, whole: Span, sink: &mut Sink) -> Vec<Credit> {
    let mut credits = Vec::new();
    for (entry, span) in section.sections("credits", sink) {
        credits.extend(credit(entry, span, whole, sink));
    }
    credits
}

/// mdBook's `authors`: writers without more to say.
pub(crate) fn writers(authors: Vec<Words>, whole: Span) -> Vec<Credit> {
    authors
        .into_iter()
        .filter(|words| !words.text.trim().is_empty())
        .map(|words| Credit {
            role: Role::WRITER,
            name: words.text.trim().to_owned(),
            label: None,
            sort: None,
            span: words.span.unwrap_or(whole),
        })
        .collect()
}

fn credit(
    mut section: Section<'_>,
    span: Option<Span>,
    whole: Span,
    sink: &mut Sink,
) -> Option<Credit> {
    let role = section.words("role", sink);
    let name = section.text("name", sink);
    let label = section.text("label", sink);
    let sort = section.text("sort", sink);
    section.finish(sink);
    let known = match &role {
        None => {
            sink.push(
                Diagnostic::error(Code::CreditRole, span, "a credit without a role")
                    .hint("write `role = \"writer\"`, or another name or MARC relator code"),
            );
            None
        }
        Some(words) => {
            let known = Role::parse(&words.text);
            if known.is_none() {
                sink.push(
                    Diagnostic::error(
                        Code::CreditRole,
                        words.span.or(span),
                        format!("unknown role `{}`", words.text),
                    )
                    .hint(did_you_mean(&words.text, Role::names()))
                    .hint("a three-letter MARC relator code does as well"),
                );
            }
            known
        }
    };
    if name.is_none() {
        sink.push(
            Diagnostic::error(Code::CreditName, span, "a credit without a name")
                .hint("write the name as it is to be printed"),
        );
    }
    Some(Credit {
        role: known?,
        name: name?,
        label,
        sort,
        span: span.unwrap_or(whole),
    })
}
