//! Printed credits: 記者：甲、乙.

use crate::model::Credit;
use crate::model::credit::LabelScript;
use crate::rules::words::{Word, script_of};

use super::scribe::Scribe;

/// Credits gathered under their printed labels, in the order of the first of each.
pub(crate) fn by_label<'c>(
    credits: impl IntoIterator<Item = &'c Credit>,
    labels: LabelScript,
) -> Vec<(String, Vec<&'c str>)> {
    let mut rows: Vec<(String, Vec<&str>)> = Vec::new();
    for credit in credits {
        let label = credit
            .label
            .clone()
            .unwrap_or_else(|| credit.role.label(labels));
        match rows.iter_mut().find(|row| row.0 == label) {
            Some(row) if row.1.contains(&credit.name.as_str()) => {}
            Some(row) => row.1.push(&credit.name),
            None => rows.push((label, vec![&credit.name])),
        }
    }
    rows
}

impl Scribe<'_> {
    /// One paragraph a label, in the words of the text's language.
    pub(crate) fn credit_lines<'c>(
        &mut self,
        credits: impl IntoIterator<Item = &'c Credit>,
        class: &str,
    ) {
        let labels = script_of(self.language);
        for (label, names) in by_label(credits, labels) {
            self.out.open("p", &[("class", class)]);
            self.text(&format!(
                "{label}{}{}",
                Word::Colon.text(labels),
                names.join(Word::Comma.text(labels))
            ));
            self.out.close_block("p");
        }
    }
}
