//! Composition in cases that a typographer can read: `tests/suite/line/*.txt`, one test a case.
//!
//! A case is a name, a line of options, a paragraph as in a manuscript, and after `---` its lines
//! with their lengths in em. `BLESS=1 cargo test --test lines` writes what is found into the files.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use banxin::diag::Severity;
use banxin::files::{Disk, Memory};
use banxin::font::{FaceId, Faces, coverage};
use banxin::geom::{Em, Length};
use banxin::layout::inline::{Composer, Setting, TextAlign};
use banxin::layout::{Decoration, Line, Orientation};
use banxin::manuscript::{self, Entry, Request};
use banxin::model::Block;
use banxin::model::style::FontChoice;
use libtest_mimic::{Arguments, Failed, Trial};

/// One em of every case.
const EM: i32 = 10_000;

#[derive(Debug, Clone)]
struct Case {
    name: String,
    options: String,
    text: String,
    expected: String,
}

fn main() {
    let arguments = Arguments::from_args();
    let bless = blessing();
    let mut trials = Vec::new();
    for file in files() {
        let cases = read(&file);
        if bless {
            rewrite(&file, &cases);
            continue;
        }
        let stem = file
            .file_stem()
            .map_or_else(String::new, |s| s.to_string_lossy().into_owned());
        for case in cases {
            let name = format!("{stem}: {}", case.name);
            trials.push(Trial::test(name, move || run(&case)));
        }
    }
    libtest_mimic::run(&arguments, trials).exit();
}

#[expect(
    clippy::disallowed_methods,
    reason = "a wish of the one who runs the tests"
)]
fn blessing() -> bool {
    std::env::var("BLESS").is_ok_and(|value| value == "1")
}

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/line");
    let mut found: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the suite's folder")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
        .collect();
    found.sort();
    found
}

fn read(file: &Path) -> Vec<Case> {
    let text = fs::read_to_string(file).expect("a case file");
    let mut cases = Vec::new();
    for part in text.split("\n=== ").flat_map(|part| {
        part.strip_prefix("=== ")
            .or(Some(part))
            .filter(|p| !p.starts_with('#'))
    }) {
        let mut lines = part.lines();
        let name = lines.next().unwrap_or("").to_owned();
        let options = lines.next().unwrap_or("").to_owned();
        let rest: Vec<&str> = lines.collect();
        let cut = rest
            .iter()
            .position(|line| *line == "---")
            .unwrap_or(rest.len());
        let expected = rest.get(cut + 1..).unwrap_or(&[]).join("\n");
        cases.push(Case {
            name,
            options,
            text: rest[..cut].join("\n"),
            expected: expected.trim_end().to_owned(),
        });
    }
    cases
}

fn run(case: &Case) -> Result<(), Failed> {
    let found = found(case);
    if found == case.expected {
        Ok(())
    } else {
        Err(format!("expected\n{}\nfound\n{found}", case.expected).into())
    }
}

/// Writes what is found into the file, its heading kept.
fn rewrite(file: &Path, cases: &[Case]) {
    let old = fs::read_to_string(file).expect("a case file");
    let heading: String = old
        .lines()
        .take_while(|line| line.starts_with('#') || line.is_empty())
        .fold(String::new(), |text, line| text + line + "\n");
    let mut new = heading;
    for (i, case) in cases.iter().enumerate() {
        if i > 0 {
            new.push('\n');
        }
        let found = found(case);
        let _ = write!(
            new,
            "=== {}\n{}\n{}\n---\n{found}\n",
            case.name, case.options, case.text
        );
    }
    if new != old {
        println!("blessed {}", file.display());
        fs::write(file, new).expect("a case file that can be written");
    }
}

/// Composes a case and tells its lines.
fn found(case: &Case) -> String {
    let mut overrides = vec![("typography.body-size".to_owned(), "10pt".to_owned())];
    let (mut measure, mut indent, mut show) = (20_000, 0, "");
    let mut align = None;
    let mut words = case.options.split_whitespace();
    while let (Some(key), Some(value)) = (words.next(), words.next()) {
        let em = || (value.trim_end_matches("em").parse::<f64>().expect("em") * 1000.0) as i32;
        match key.trim_end_matches(':') {
            "measure" => measure = em(),
            "indent" => indent = em(),
            "show" => show = value,
            "align" => {
                align = Some(match value {
                    "centre" => TextAlign::Centre,
                    "end" => TextAlign::End,
                    _ => TextAlign::Start,
                });
            }
            "language" => overrides.push(("book.language".to_owned(), value.to_owned())),
            "mode" => overrides.push(("typography.writing-mode".to_owned(), value.to_owned())),
            key => overrides.push((format!("typography.{key}"), value.to_owned())),
        }
    }
    let files = Memory::new([("case.md", case.text.clone().into_bytes())]);
    let request = Request {
        entry: Entry::SingleFile("case.md".to_owned()),
        overrides,
        ..Request::default()
    };
    let reading = manuscript::read(&files, &request).expect("a manuscript in memory");
    let mut out = String::new();
    for diagnostic in &reading.diagnostics {
        if diagnostic.severity == Severity::Error {
            let _ = writeln!(out, "! {} {}", diagnostic.code, diagnostic.message);
        }
    }
    let book = reading.value.book;
    let article = &book.parts[0].articles[0];
    let labels: Vec<String> = (1..=article.notes.len()).map(|n| n.to_string()).collect();
    let faces = faces_of(&book.style.fonts);
    let em = Length::from_milli(EM);
    let mut setting = Setting {
        indent: em.scale(indent.into(), 1000),
        note_labels: &labels,
        ..Setting::new(
            &book.style,
            &article.language,
            em.scale(measure.into(), 1000),
        )
    };
    if let Some(align) = align {
        setting.align = align;
    }
    let composer = Composer::new(&faces, &book.style);
    for block in &article.body {
        let Block::Paragraph(paragraph) = block else {
            continue;
        };
        let composed = composer.paragraph(&paragraph.content, &setting);
        for line in &composed.value {
            tell(line, show == "glyphs", &mut out);
            if show == "axis" {
                axis(line, &faces, &mut out);
            }
            if show == "faces" {
                tell_faces(line, &faces, &mut out);
            }
        }
        for diagnostic in &composed.diagnostics {
            let _ = writeln!(out, "! {} {}", diagnostic.code, diagnostic.message);
        }
    }
    if show == "faces" {
        for diagnostic in coverage::of_book(&book, &faces).diagnostics(Severity::Warning) {
            let _ = writeln!(out, "! {} {}", diagnostic.code, diagnostic.message);
        }
    }
    out.trim_end().to_owned()
}

/// The faces of a case; files are those of `tests/fonts`.
fn faces_of(choice: &FontChoice) -> Faces {
    if *choice == FontChoice::default() {
        return Faces::bundled();
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fonts");
    let files = Disk::new(folder).expect("the folder of faces");
    let opened = Faces::open(choice, &files).expect("faces that can be read");
    assert!(opened.diagnostics.is_empty(), "{:?}", opened.diagnostics);
    opened.value
}

/// Tells of each glyph its text, its face and number, and where they are not those of the line
/// its size and how far it is raised.
fn tell_faces(line: &Line, faces: &Faces, out: &mut String) {
    for glyph in &line.glyphs {
        let face = if glyph.face == FaceId::MISSING {
            "none"
        } else {
            let name = faces.face(glyph.face).postscript_name();
            name.trim_start_matches("BanxinTest")
                .trim_end_matches("-Regular")
        };
        let _ = write!(out, "    {} {face} {}", &line.text[glyph.range()], glyph.id);
        if glyph.size != line.size {
            let _ = write!(out, "  size {}", em(glyph.size));
        }
        let (pen, cell) = (glyph.offset, em(glyph.advance));
        let _ = writeln!(
            out,
            "  cell {cell}  pen {} {}",
            em(pen.inline),
            em(pen.block)
        );
    }
}

fn em(length: Length) -> String {
    let thousandths = (i64::from(length.milli()) * 1000 + i64::from(EM) / 2).div_euclid(EM.into());
    let text = format!("{:.3}", thousandths as f64 / 1000.0);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn tell(line: &Line, glyphs: bool, out: &mut String) {
    let width: usize = line
        .text
        .chars()
        .map(|c| if c < '\u{1100}' { 1 } else { 2 })
        .sum();
    let pad = " ".repeat(48_usize.saturating_sub(width).max(2));
    let _ = write!(
        out,
        "{}{pad}full {}  set {}",
        line.text,
        em(line.natural),
        em(line.set)
    );
    if line.start != Length::ZERO {
        let _ = write!(out, "  from {}", em(line.start));
    }
    if line.hang != Length::ZERO {
        let _ = write!(out, "  hang {}", em(line.hang));
    }
    out.push('\n');
    if glyphs {
        out.push_str("   ");
        for glyph in &line.glyphs {
            let _ = write!(out, " {} {}", &line.text[glyph.range()], em(glyph.advance));
        }
        out.push('\n');
    }
    stands(line, out);
    halves(line, out);
    for decoration in &line.decorations {
        let told = match decoration {
            Decoration::Rule {
                from, to, block, ..
            } => rule("rule", *from, *to, *block),
            Decoration::Wave {
                from, to, block, ..
            } => rule("wave", *from, *to, *block),
            Decoration::Field {
                from, to, block, ..
            } => rule("field", *from, *to, *block),
            Decoration::Dash {
                from, to, block, ..
            } => rule("dash", *from, *to, *block),
            Decoration::Dot { centre, .. } => {
                format!("dot {} at {}", em(centre.inline), em(centre.block))
            }
            Decoration::Sesame { centre, .. } => {
                format!("sesame {} at {}", em(centre.inline), em(centre.block))
            }
        };
        let _ = writeln!(out, "    {told}");
    }
    for (offset, beside) in &line.beside {
        let _ = writeln!(
            out,
            "    beside {} {}–{} at {}",
            beside.text,
            em(offset.inline),
            em(offset.inline + beside.set),
            em(offset.block)
        );
    }
    for link in &line.links {
        let _ = writeln!(out, "    link {}–{}", em(link.from), em(link.to));
    }
}

/// Where the middle of each glyph's ink stands: across a vertical line right of its axis, in a
/// horizontal line above its baseline.
fn axis(line: &Line, faces: &Faces, out: &mut String) {
    out.push_str("   ");
    for glyph in &line.glyphs {
        let face = faces.face(glyph.face);
        let Some(ink) = face.ink(glyph.id) else {
            continue;
        };
        let middle = |a: Em, b: Em| Em::from_milli((a.milli() + b.milli()) / 2).of(glyph.size);
        let (x, y) = (middle(ink.x_min, ink.x_max), middle(ink.y_min, ink.y_max));
        let upright = line.mode.is_vertical() && glyph.orientation == Orientation::Upright;
        let from_pen = if upright {
            x - face.vertical_origin(glyph.id).inline.of(glyph.size)
        } else {
            y
        };
        let text = &line.text[glyph.range()];
        let _ = write!(out, " {text} {}", em(from_pen - glyph.offset.block));
    }
    out.push('\n');
}

fn rule(name: &str, from: Length, to: Length, block: Length) -> String {
    format!("{name} {}–{} at {}", em(from), em(to), em(block))
}

/// Where the pen goes back to the start of a second half line: what stands over what.
fn halves(line: &Line, out: &mut String) {
    for (i, pair) in line.glyphs.windows(2).enumerate() {
        let (before, after) = (&pair[0], &pair[1]);
        if after.at >= before.at || after.size == line.size || after.advance == Length::ZERO {
            continue;
        }
        let half = |glyphs: &[banxin::layout::SetGlyph]| {
            let texts = glyphs.iter().map(|glyph| &line.text[glyph.range()]);
            let length: i32 = glyphs.iter().map(|glyph| glyph.advance.milli()).sum();
            let block = glyphs
                .first()
                .map_or(Length::ZERO, |glyph| glyph.offset.block);
            let (length, block) = (em(Length::from_milli(length)), em(block));
            format!("{} {length} at {block}", texts.collect::<String>())
        };
        let count = line.glyphs[..=i]
            .iter()
            .rev()
            .take_while(|glyph| glyph.at >= after.at && glyph.size != line.size)
            .count();
        let end = line.glyphs[i + 1..]
            .iter()
            .take_while(|glyph| glyph.size != line.size)
            .count();
        let (first, second) = (
            half(&line.glyphs[i + 1 - count..=i]),
            half(&line.glyphs[i + 1..i + 1 + end]),
        );
        let _ = writeln!(out, "    halves {first}, {second}");
    }
}

/// What of a vertical line does not stand upright.
fn stands(line: &Line, out: &mut String) {
    let mut last: Option<Orientation> = None;
    let mut told = String::new();
    for glyph in line.glyphs.iter().filter(|_| line.mode.is_vertical()) {
        let text = &line.text[glyph.range()];
        if glyph.orientation == Orientation::Upright || text == " " && last.is_none() {
            last = None;
            continue;
        }
        if last != Some(glyph.orientation)
            || glyph.orientation == Orientation::Combined && !text.is_empty()
        {
            let _ = write!(told, "  {} ", glyph.orientation.name());
        }
        told.push_str(text);
        last = Some(glyph.orientation);
    }
    if !told.is_empty() {
        let _ = writeln!(out, "   {}", told.trim_end());
    }
}
