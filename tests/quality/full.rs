//! Prints the quality of lines at every level: `cargo run --release --example quality [PUBLICATION]
//! [CHARACTERS]`. Two million characters of generated prose a level, and the publication's paragraphs.

#[allow(unreachable_pub, dead_code, reason = "one module of two programs")]
mod judge;
#[allow(unreachable_pub, dead_code, reason = "one module of two programs")]
mod prose;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use banxin::font::Faces;
use banxin::geom::{Length, WritingMode};
use banxin::layout::inline::{Breaking, Composer, Setting};
use banxin::model::{Block, Inline, Language, Style, Tradition};
use banxin::{Options, Publication};
use judge::{EM, Findings, Job, LEVELS, judge};
use prose::Dice;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let publication = arguments.iter().find(|a| a.parse::<usize>().is_err());
    let length = arguments
        .iter()
        .find_map(|a| a.parse().ok())
        .unwrap_or(2_000_000);
    let mut sound = true;
    println!(
        "level                     characters   lines heads ends pairs overfull short squeezed untold | leaders escapes orphans | within limits at 20 em and more | Σ(em²): optimum greedy"
    );
    for &(tradition, tag, kinsoku) in LEVELS {
        let mut style = Style::of(tradition);
        style.kinsoku = kinsoku;
        style.body_size = Length::from_milli(EM);
        let texts = generated(tradition, length);
        let name = format!("{tag} {} generated", kinsoku.name());
        sound &= row(&name, &style, tag, (&texts, &[]));
    }
    if let Some(path) = publication {
        match Publication::open(path, &Options::default()) {
            Ok(opened) => sound &= book(&opened.value),
            Err(error) => {
                eprintln!("{error}");
                return ExitCode::from(2);
            }
        }
    }
    lengths();
    if sound {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Paragraphs of generated prose.
fn generated(tradition: Tradition, length: usize) -> Vec<Vec<Inline>> {
    let mut dice = Dice::new(7);
    let mut texts = Vec::new();
    let mut count = 0;
    while count < length {
        let size = 10 + dice.under(400);
        let text = prose::paragraph(&mut dice, tradition, size);
        count += text.chars().count();
        texts.push(vec![Inline::Text {
            text,
            span: Default::default(),
        }]);
    }
    texts
}

/// Judges texts twice, by the optimum and line by line.
fn row(name: &str, style: &Style, tag: &str, (texts, labels): (&[Vec<Inline>], &[String])) -> bool {
    let (faces, language) = (Faces::bundled(), Language::new(tag));
    let all = |breaking| {
        let composer = Composer::new(&faces, style).breaking(breaking);
        let mut found = Findings::default();
        for (number, text) in texts.iter().enumerate() {
            let job = Job {
                text,
                mode: if number % 2 == 0 {
                    WritingMode::VerticalRl
                } else {
                    WritingMode::HorizontalTb
                },
                measure: 10 + i32::try_from(number % 31).unwrap_or(0),
                language: &language,
                labels,
            };
            judge(&composer, style, &job, &mut found);
        }
        found
    };
    let found = all(Breaking::Optimum);
    let greedy = all(Breaking::Greedy);
    let em = |sum: i128| sum / 1_000_000;
    println!(
        "{name:24} {:11} {:7} {:5} {:4} {:5} {:8} {:5} {:8} {:6} | {:7} {:7} {:7} | {:3}.{:02} % of {} | {} {}",
        found.characters,
        found.lines,
        found.heads.len(),
        found.ends.len(),
        found.pairs.len(),
        found.overfull.len(),
        found.short.len(),
        found.squeezed.len(),
        found.untold.len(),
        found.leaders,
        found.escapes,
        found.orphans,
        found.share() / 100,
        found.share() % 100,
        found.wide,
        em(found.deviation),
        em(greedy.deviation),
    );
    for fault in found.faults().iter().take(4) {
        println!("    {}", fault.chars().take(80).collect::<String>());
    }
    found.faults().is_empty()
}

/// A publication's paragraphs at the level of each tradition.
fn book(publication: &Publication) -> bool {
    let mut texts: Vec<Vec<Inline>> = Vec::new();
    let mut labels = 0;
    for article in publication
        .book
        .parts
        .iter()
        .flat_map(|part| &part.articles)
    {
        labels = labels.max(article.notes.len());
        for block in &article.body {
            if let Block::Paragraph(paragraph) = block {
                texts.push(paragraph.content.clone());
            }
        }
    }
    let labels: Vec<String> = (1..=labels).map(|n| n.to_string()).collect();
    let mut sound = true;
    for &(tradition, tag, kinsoku) in LEVELS {
        let mut style = Style::of(tradition);
        style.kinsoku = kinsoku;
        style.body_size = Length::from_milli(EM);
        let name = format!("{tag} {} book", kinsoku.name());
        sound &= row(&name, &style, tag, (&texts, &labels));
    }
    sound
}

/// What a character costs in a paragraph of 200 characters and in one of 200,000.
fn lengths() {
    let (faces, language) = (Faces::bundled(), Language::new("zh-HK"));
    let style = Style::of(Tradition::HongKong);
    let composer = Composer::new(&faces, &style);
    let setting = Setting::new(&style, &language, style.body_size * 32);
    for size in [200, 2_000, 200_000] {
        let mut dice = Dice::new(11);
        let texts: Vec<Vec<Inline>> = (0..1_000_000 / size)
            .map(|_| {
                vec![Inline::Text {
                    text: prose::paragraph(&mut dice, Tradition::HongKong, size),
                    span: Default::default(),
                }]
            })
            .collect();
        let best = (0..3)
            .map(|_| {
                timed(|| {
                    texts
                        .iter()
                        .map(|t| composer.paragraph(t, &setting).value.len())
                        .sum()
                })
            })
            .min()
            .unwrap_or_default();
        println!(
            "paragraphs of {size:6}: {} ms a million characters",
            best.as_millis()
        );
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "time is measured where it is shown"
)]
fn timed(work: impl FnOnce() -> usize) -> Duration {
    let start = Instant::now();
    std::hint::black_box(work());
    start.elapsed()
}
