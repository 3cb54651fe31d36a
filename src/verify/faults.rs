//! Faults of a finished file: each kind told once, with the place where it was met first.

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostic, Severity};

/// What was met so far.
#[derive(Debug, Default)]
pub(super) struct Faults {
    met: Vec<Met>,
    known: BTreeMap<(Code, &'static str), usize>,
}

#[derive(Debug)]
struct Met {
    severity: Severity,
    code: Code,
    words: &'static str,
    place: String,
    times: usize,
}

impl Faults {
    /// A promise that is broken; `place` says where, as `page 3`, or is empty.
    pub(super) fn broken(&mut self, code: Code, words: &'static str, place: impl Into<String>) {
        self.meet(Severity::Error, code, words, place.into());
    }

    /// Something that somebody should look at.
    pub(super) fn doubtful(&mut self, code: Code, words: &'static str, place: impl Into<String>) {
        self.meet(Severity::Warning, code, words, place.into());
    }

    fn meet(&mut self, severity: Severity, code: Code, words: &'static str, place: String) {
        let next = self.met.len();
        let at = *self.known.entry((code, words)).or_insert(next);
        match self.met.get_mut(at) {
            Some(met) => met.times += 1,
            None => self.met.push(Met {
                severity,
                code,
                words,
                place,
                times: 1,
            }),
        }
    }

    /// One diagnostic a kind, in the order in which they were met.
    pub(super) fn told(self) -> Vec<Diagnostic> {
        let told = self.met.into_iter().map(|met| {
            let Met { words, place, .. } = &met;
            let mut message = match place.as_str() {
                "" => (*words).to_owned(),
                _ => format!("{place}: {words}"),
            };
            if met.times > 1 {
                message.push_str(&format!(" (and {} more times)", met.times - 1));
            }
            match met.severity {
                Severity::Error => Diagnostic::error(met.code, None, message),
                _ => Diagnostic::warning(met.code, None, message),
            }
        });
        told.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_told_once_with_its_first_place() {
        let mut faults = Faults::default();
        for page in 2..5 {
            faults.broken(Code::PdfBoxes, "no TrimBox", format!("page {page}"));
        }
        faults.doubtful(Code::PdfText, "odd", "");
        let told = faults.told();
        assert_eq!(told.len(), 2);
        assert_eq!(told[0].message, "page 2: no TrimBox (and 2 more times)");
        assert_eq!(told[1].severity, Severity::Warning);
    }
}
