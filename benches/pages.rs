//! What making pages costs: milliseconds a newspaper page, and what the pages of a book add to its composition.
//!
//! `cargo bench --bench pages -- FOLDER …` measures those of publications, each set as a newspaper
//! and as a book; without a folder those of made-up ones. Everything runs on one thread, and the
//! least of a few runs counts, in processor time where the system tells it.

use std::time::{Duration, Instant};

use banxin::art::{Gallery, images_of};
use banxin::diag::Sink;
use banxin::files::Memory;
use banxin::font::Faces;
use banxin::layout::inline::{Composer, Setting};
use banxin::layout::{PageGrid, layout};
use banxin::manuscript::{Entry, Request, read};
use banxin::model::{Article, Block, Book, Inline};
use banxin::{Options, Publication};

const RUNS: usize = 5;

const PASSAGE: &str = "版心是書頁上排字的地方，四周留白，稱為天頭、地腳、訂口與切口。「行有行距，字有字距，」\
老師傅說，「標點也要守規矩：不可以站在行首的，就不站。」2025年3月16日，他用AI校對了《香港報業史》第12章，\
發現錯漏37處——其中6處是OCR的問題……這本書共有1,024頁，約佔3.5％的篇幅談電腦排版（參閱附錄），其餘都是鉛字的故事！";

const DIRECTIONS: [&str; 2] = ["vertical-rl", "horizontal-tb"];

fn main() {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build();
    let pool = pool.expect("a pool of one thread");
    let folders: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with('-'))
        .collect();
    pool.install(|| {
        if folders.is_empty() {
            newspapers();
            for mode in DIRECTIONS {
                let made_up = articles(&[10_000; 20], "");
                book(
                    "a book of 200,000 characters",
                    mode,
                    &read_in(&made_up, mode),
                );
            }
        }
        for folder in &folders {
            for page in ["A3", "broadsheet"] {
                for mode in DIRECTIONS {
                    if let Some(opened) = opened(folder, mode, Some(page)) {
                        newspaper(&format!("{folder}, {page}"), mode, &opened);
                    }
                }
            }
            for mode in DIRECTIONS {
                if let Some(opened) = opened(folder, mode, None) {
                    book(folder, mode, &opened);
                }
            }
        }
    });
}

type Opened = (Book, Faces, Gallery);

/// A publication with its lines in a direction, as a newspaper of such pages or else as a book.
fn opened(folder: &str, mode: &str, newspaper: Option<&str>) -> Option<Opened> {
    let mut set = vec![("typography.writing-mode".to_owned(), mode.to_owned())];
    match newspaper {
        Some(page) => set.extend([
            ("output.pdf.layout".to_owned(), "newspaper".to_owned()),
            ("output.pdf.page".to_owned(), page.to_owned()),
        ]),
        None => set.push(("output.pdf.layout".to_owned(), "book".to_owned())),
    }
    let options = Options {
        set,
        ..Options::default()
    };
    match Publication::open(folder, &options) {
        Ok(opened) => {
            let opened = opened.value;
            Some((opened.book, opened.faces, opened.gallery))
        }
        Err(error) => {
            eprintln!("{folder}: {error}");
            None
        }
    }
}

/// Newspapers of a few stories and of many.
fn newspapers() {
    let few = [1800, 1500, 1200, 900, 700, 500];
    for (name, page, lengths) in [
        ("6 stories on A3", "A3", few.as_slice()),
        ("6 stories on broadsheets", "broadsheet", few.as_slice()),
        ("30 stories on broadsheets", "broadsheet", &[1500; 30]),
    ] {
        for mode in DIRECTIONS {
            let output = format!("[output.pdf]\nlayout = \"newspaper\"\npage = \"{page}\"\n");
            let opened = read_in(&articles(lengths, &output), mode);
            newspaper(name, mode, &opened);
        }
    }
}

/// What a page of a newspaper costs: everything from the model to placed glyphs.
fn newspaper(name: &str, mode: &str, (book, faces, gallery): &Opened) {
    let (took, pages) = best(|| layout(book, faces, gallery).value.pages.len());
    let each = took.as_secs_f64() * 1000.0 / pages.max(1) as f64;
    println!("{name:<30} {mode:<14} {pages:>3} pages  {each:>7.1} ms a page");
}

/// How much the pages of a book cost beside the composition of its paragraphs.
fn book(name: &str, mode: &str, (book, faces, gallery): &Opened) {
    let grid = PageGrid::of_book(&book.output.pdf, &book.style, &mut Sink::new());
    let composer = Composer::new(faces, &book.style);
    let (composed, _) = best(|| {
        let lines = book
            .articles()
            .map(|article| compose(&composer, (book, article), &grid));
        lines.sum()
    });
    let (took, pages) = best(|| layout(book, faces, gallery).value.pages.len());
    let more = (took.as_secs_f64() / composed.as_secs_f64().max(1e-9) - 1.0) * 100.0;
    println!(
        "{name:<30} {mode:<14} {pages:>3} pages  {:>7.0} ms, composition alone {:.0} ms: pages add {more:.0} %",
        took.as_secs_f64() * 1000.0,
        composed.as_secs_f64() * 1000.0,
    );
}

/// The least time of a few runs, with what they gave.
#[expect(clippy::disallowed_methods, reason = "a figure for people")]
fn best(run: impl Fn() -> usize) -> (Duration, usize) {
    let mut best = (Duration::MAX, 0);
    for _ in 0..RUNS {
        let (started, before) = (Instant::now(), spent());
        let found = run();
        let took = match (before, spent()) {
            (Some(before), Some(after)) => after - before,
            _ => started.elapsed(),
        };
        best = best.min((took, found));
    }
    best
}

/// What this thread has had of the processor, where the system tells: other work on the machine
/// does not count.
fn spent() -> Option<Duration> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds = told.split(' ').next()?.parse().ok()?;
    Some(Duration::from_nanos(nanoseconds))
}

/// Composes every paragraph of an article; tells how many lines there are.
fn compose(composer: &Composer<'_>, (book, article): (&Book, &Article), grid: &PageGrid) -> usize {
    let labels: Vec<String> = article.notes.iter().map(|n| n.number.to_string()).collect();
    let setting = Setting {
        indent: book.style.indent.of(book.style.body_size),
        note_labels: &labels,
        ..Setting::new(
            &book.style,
            &article.language,
            book.style.body_size * grid.characters,
        )
    };
    let mut lines = 0;
    let mut take = |text: &[Inline]| lines += composer.paragraph(text, &setting).value.len();
    paragraphs(&article.body, &mut take);
    for note in &article.notes {
        paragraphs(&note.blocks, &mut take);
    }
    lines
}

/// Shows every paragraph, heading and line of verse.
fn paragraphs(blocks: &[Block], take: &mut impl FnMut(&[Inline])) {
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => take(&paragraph.content),
            Block::Heading(heading) => take(&heading.content),
            Block::List(list) => {
                for item in &list.items {
                    paragraphs(&item.blocks, take);
                }
            }
            Block::Quote(quote) => paragraphs(&quote.blocks, take),
            Block::Boxed(boxed) => paragraphs(&boxed.blocks, take),
            Block::Verse(verse) => verse.stanzas.iter().flatten().for_each(|line| take(line)),
            _ => {}
        }
    }
}

/// A publication of articles of so many characters, each file with its name.
fn articles(lengths: &[usize], output: &str) -> Vec<(String, Vec<u8>)> {
    let passage: Vec<char> = PASSAGE.chars().collect();
    let mut files = Vec::new();
    let mut at = 0;
    for (nth, length) in lengths.iter().enumerate() {
        let mut text = format!("---\ntitle: 第{}章　版心與天地\n---\n", nth + 1);
        let mut left = *length;
        while left > 0 {
            let count = (60 + at * 37 % 140).min(left);
            let paragraph = (at..at + count).map(|i| {
                let c = passage[i % passage.len()];
                // Han characters differ from place to place, as in prose.
                match ('\u{4e00}'..='\u{9000}').contains(&c) && i % 3 == 0 {
                    true => char::from_u32(c as u32 + (i * 7 % 200) as u32).unwrap_or(c),
                    false => c,
                }
            });
            text.push('\n');
            text.extend(paragraph);
            text.push('\n');
            at += count;
            left -= count;
        }
        files.push((format!("{nth:03}.md"), text.into_bytes()));
    }
    let names: Vec<String> = files
        .iter()
        .map(|(name, _)| format!("\"{name}\""))
        .collect();
    let config = format!(
        "[book]\ntitle = \"版心\"\nlanguage = \"zh-Hant-HK\"\ndate = \"2025-03-16\"\narticles = [{}]\n{output}",
        names.join(", ")
    );
    files.push(("book.toml".into(), config.into_bytes()));
    files
}

/// Reads a publication whose lines run one way.
fn read_in(files: &[(String, Vec<u8>)], mode: &str) -> Opened {
    let files = Memory::new(files.to_vec());
    let request = Request {
        entry: Entry::Folder,
        overrides: vec![("typography.writing-mode".into(), mode.into())],
        folder_name: "bench".into(),
        source_date_epoch: None,
    };
    let book = read(&files, &request)
        .expect("a publication in memory")
        .value
        .book;
    let gallery = Gallery::open(images_of(&book), &files).value;
    (book, Faces::bundled(), gallery)
}
