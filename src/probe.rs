//! The composition probe: paragraphs set by themselves, many at a time, to be looked at line by line.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use crate::diag::{Code, Diagnostic, Severity, Sink};
use crate::files::Memory;
use crate::font::Faces;
use crate::geom::{Em, Length, WritingMode};
use crate::layout::Line;
use crate::layout::inline::{Composer, Css, MarksOf, Profile, Setting};
use crate::manuscript::{self, Entry, Request};
use crate::model::style::{FontName, LineBreak};
use crate::model::{Inline, Language, Style};

/// One paragraph to be set, and by which rules.
///
/// ```
/// use banxin::geom::Em;
/// use banxin::{Job, Probe};
/// let job = Job::new("版心之內，行行有據。", Em::from_milli(6000));
/// let answers = Probe::default().set(&[job]);
/// let answer = answers[0].as_ref().unwrap();
/// assert_eq!(answer.lines.len(), 2);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// The paragraph.
    pub text: String,
    /// What of the text is read as marks.
    pub markup: Markup,
    /// Length of a line.
    pub measure: Em,
    /// Which way lines run; `None` for the tradition's own.
    pub mode: Option<WritingMode>,
    /// Language of the text; it picks the tradition.
    pub language: Language,
    /// Whose rules are followed.
    pub rules: Rules,
    /// Keys of `[typography]`, each with its value as TOML or as plain text.
    pub set: Vec<(String, String)>,
    /// A font file, by its absolute path.
    pub font: Option<String>,
}

/// What of a text is read as marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Markup {
    /// Nothing: the text is set as it is.
    #[default]
    None,
    /// The inline marks of the manuscript.
    Inline,
}

/// Whose rules a paragraph is set by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Rules {
    /// As the PDF is set, first-line indent included.
    #[default]
    Print,
    /// As CSS Text 4 defines and browsers ship it.
    Css,
}

impl Job {
    /// Plain text, set as the PDF of a Hong Kong publication is.
    #[must_use]
    pub fn new(text: impl Into<String>, measure: Em) -> Self {
        Self {
            text: text.into(),
            markup: Markup::None,
            measure,
            mode: None,
            language: Language::default(),
            rules: Rules::Print,
            set: Vec::new(),
            font: None,
        }
    }

    fn wanted(&self) -> Wanted {
        Wanted {
            language: self.language.clone(),
            mode: self.mode.map(WritingMode::name),
            rules: self.rules,
            set: self.set.clone(),
            font: self.font.clone(),
        }
    }
}

/// A paragraph that was set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Its lines, in order.
    pub lines: Vec<Line>,
    /// One em of it.
    pub em: Length,
    /// What the author should know of it.
    pub diagnostics: Vec<Diagnostic>,
}

/// Sets paragraphs; faces and rules are kept from job to job.
#[derive(Debug, Default)]
pub struct Probe {
    faces: Mutex<BTreeMap<Vec<String>, Opened<Faces>>>,
    benches: Mutex<BTreeMap<Wanted, Arc<Opened<Bench>>>>,
}

/// What a job asks for, or what is wrong with it.
type Opened<T> = Result<T, Vec<Diagnostic>>;

/// What of a job picks its rules.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Wanted {
    language: Language,
    mode: Option<&'static str>,
    rules: Rules,
    set: Vec<(String, String)>,
    font: Option<String>,
}

impl Wanted {
    fn names(&self, key: &str) -> bool {
        self.set.iter().any(|(name, _)| name == key)
    }
}

/// Rules and faces, ready for composing.
#[derive(Debug)]
struct Bench {
    style: Style,
    /// `line-break` where the job names it.
    line_break: Option<LineBreak>,
    faces: Faces,
}

/// The size of text whose author names none: an em of it is a round number of units.
const SIZE: Length = Length::pt(10);
/// How many sets of rules are kept.
const MOST_KEPT: usize = 512;

impl Probe {
    /// Sets jobs, on as many threads as there are, and gives their answers in order. A job that
    /// cannot be set, as for a key that nobody knows or a font that is not there, gives what is
    /// wrong with it; the others go on.
    #[must_use]
    pub fn set(&self, jobs: &[Job]) -> Vec<Result<Answer, Vec<Diagnostic>>> {
        let mut known: BTreeMap<Wanted, usize> = BTreeMap::new();
        let mut benches: Vec<Arc<Opened<Bench>>> = Vec::new();
        let of_job: Vec<usize> = jobs
            .iter()
            .map(|job| {
                let wanted = job.wanted();
                if let Some(number) = known.get(&wanted) {
                    return *number;
                }
                benches.push(self.bench(&wanted));
                known.insert(wanted, benches.len() - 1);
                benches.len() - 1
            })
            .collect();
        let composers: Vec<Result<Composer<'_>, &Vec<Diagnostic>>> = benches
            .iter()
            .map(|bench| {
                bench
                    .as_ref()
                    .as_ref()
                    .map(|b| Composer::new(&b.faces, &b.style))
            })
            .collect();
        jobs.par_iter()
            .zip(&of_job)
            .map(
                |(job, number)| match (&composers[*number], &*benches[*number]) {
                    (Ok(composer), Ok(bench)) => Ok(one(job, composer, bench)),
                    (Err(faults), _) => Err((*faults).clone()),
                    (_, Err(faults)) => Err(faults.clone()),
                },
            )
            .collect()
    }

    fn bench(&self, wanted: &Wanted) -> Arc<Opened<Bench>> {
        let mut kept = self.benches.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bench) = kept.get(wanted) {
            return Arc::clone(bench);
        }
        if kept.len() >= MOST_KEPT {
            kept.clear();
        }
        let bench = Arc::new(self.open(wanted));
        kept.insert(wanted.clone(), Arc::clone(&bench));
        bench
    }

    fn open(&self, wanted: &Wanted) -> Opened<Bench> {
        let mut style = style(wanted)?;
        if let Some(font) = &wanted.font {
            style.fonts.body = vec![FontName {
                name: font.clone(),
                span: None,
            }];
        }
        let faces = self.faces(&style)?;
        let line_break = wanted.names("line-break").then_some(style.line_break);
        Ok(Bench {
            style,
            line_break,
            faces,
        })
    }

    /// The faces that a style names, opened once.
    fn faces(&self, style: &Style) -> Opened<Faces> {
        let fonts = &style.fonts;
        let lists = [
            &fonts.body,
            &fonts.bold,
            &fonts.heading,
            &fonts.caption,
            &fonts.code,
            &fonts.emoji,
        ];
        let mut names = Vec::new();
        for list in lists {
            names.extend(list.iter().map(|font| font.name.clone()));
            names.push(String::new());
        }
        let mut kept = self.faces.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(faces) = kept.get(&names) {
            return faces.clone();
        }
        let opened = match Faces::open(fonts, &Memory::default()) {
            Ok(warned) => {
                let faults = errors(warned.diagnostics);
                if faults.is_empty() {
                    Ok(warned.value)
                } else {
                    Err(faults)
                }
            }
            Err(fault) => Err(vec![Diagnostic::error(
                Code::FontUnreadable,
                None,
                fault.to_string(),
            )]),
        };
        kept.insert(names, opened.clone());
        opened
    }
}

/// The style that a job asks for, read as that of a publication is.
fn style(wanted: &Wanted) -> Opened<Style> {
    const NAME: &str = "job.md";
    let mut overrides = vec![("book.language".to_owned(), wanted.language.tag().to_owned())];
    for (key, value) in &wanted.set {
        overrides.push((format!("typography.{key}"), value.clone()));
    }
    if let Some(mode) = wanted.mode {
        overrides.push(("typography.writing-mode".to_owned(), mode.to_owned()));
    }
    let request = Request {
        entry: Entry::SingleFile(NAME.to_owned()),
        overrides,
        ..Request::default()
    };
    let files = Memory::new([(NAME, "版".as_bytes().to_vec())]);
    let read = manuscript::read(&files, &request).map_err(|fault| {
        vec![Diagnostic::error(
            Code::FileUnreadable,
            None,
            fault.to_string(),
        )]
    })?;
    let faults = errors(read.diagnostics);
    if !faults.is_empty() {
        return Err(faults);
    }
    let mut style = read.value.book.style;
    if !wanted.names("body-size") {
        style.body_size = SIZE;
    }
    Ok(style)
}

fn errors(found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    found
        .into_iter()
        .filter(|fault| fault.severity == Severity::Error)
        .collect()
}

fn one(job: &Job, composer: &Composer<'_>, bench: &Bench) -> Answer {
    let style = &bench.style;
    let mut sink = Sink::new();
    let text: Vec<Inline> = match job.markup {
        Markup::None => manuscript::plain(&job.text, &job.language),
        Markup::Inline => manuscript::inline(&job.text, &job.language).unpack(&mut sink),
    };
    let measure = job.measure.of(style.body_size);
    let mut setting = Setting::new(style, &job.language, measure);
    match job.rules {
        Rules::Print => setting.indent = style.indent.of(style.body_size),
        Rules::Css => {
            setting.profile = Profile::Css(Css {
                marks: match job.font {
                    Some(_) => MarksOf::Face,
                    None => MarksOf::Language,
                },
                line_break: bench.line_break,
            });
        }
    }
    let lines = composer.paragraph(&text, &setting).unpack(&mut sink);
    Answer {
        lines,
        em: style.body_size,
        diagnostics: sink.into_inner(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn justified_lines_and_their_indent_fill_the_measure() {
        let measure = Em::from_milli(17_500);
        let text =
            "「版心」之內，行行有據；GDP 增長 3.5%，在 Hong Kong 的 2025 年依然重要。".repeat(6);
        let mut jobs = Vec::new();
        for tag in ["zh-HK", "zh-TW", "zh-CN", "ja"] {
            for mode in [WritingMode::VerticalRl, WritingMode::HorizontalTb] {
                for hanging in ["off", "force"] {
                    jobs.push(Job {
                        mode: Some(mode),
                        language: Language::new(tag),
                        set: vec![("hanging".to_owned(), hanging.to_owned())],
                        ..Job::new(text.clone(), measure)
                    });
                }
            }
        }
        for (job, answer) in jobs.iter().zip(Probe::default().set(&jobs)) {
            let answer = answer.unwrap();
            let (last, full) = answer.lines.split_last().unwrap();
            assert!(full.len() > 5 && last.start == Length::ZERO);
            for (number, line) in full.iter().enumerate() {
                assert_eq!(line.start + line.set, measure.of(answer.em), "{job:?}");
                assert_eq!(line.start > Length::ZERO, number == 0, "{job:?}");
            }
        }
    }
}
