//! Themes: the shipped ones, and a designer's own laid over one of them.

use crate::diag::{Code, Diagnostic, FileId, Sink, Sources, Span};
use crate::files::{FileFault, Files, join};
use crate::geom::{Em, Length, Size};
use crate::model::PageLayout;
use crate::model::output::PageSize;
use crate::model::theme::{
    ColophonFrame, ColophonTheme, FurniturePlace, FurnitureTheme, HeadingTheme, HeadlineTheme,
    Look, Measures, NewspaperHeadline, NewspaperTheme, Numerals, Part, RuleTheme, RunningTitle,
    Theme, ThemeFace, ThemeMargins, TitlePageTheme,
};

use super::keys::did_you_mean;
use super::section::{CONFIG, Section, Words};
use super::tree::Table;
use super::{encoding, toml_tree};

/// The shipped themes by name.
const SHIPPED: &[(&str, &str)] = &[
    ("book", include_str!("../themes/book.toml")),
    ("newspaper", include_str!("../themes/newspaper.toml")),
];

/// Sizes that a theme may ask for, in thousandths of the body's.
const SIZES: std::ops::RangeInclusive<i32> = 300..=12_000;
/// Sizes in parts of another, in thousandths.
const RANKS: std::ops::RangeInclusive<i32> = 100..=1000;
/// Pitches, in thousandths of a look's own size.
const PITCHES: std::ops::RangeInclusive<i32> = 1000..=4000;
/// Parts of the free space of a page, in thousandths.
const BEFORE: std::ops::RangeInclusive<i32> = 0..=1000;
/// Weights of rules.
const RULES: std::ops::RangeInclusive<Length> = Length::ZERO..=Length::mm(5);
/// Margins of the sheet that they are made for.
const MARGINS: std::ops::RangeInclusive<Length> = Length::ZERO..=Length::mm(2000);
/// Sizes of body text.
const BODY: std::ops::RangeInclusive<Length> = Length::pt(4)..=Length::pt(72);

/// The shipped theme of a layout.
///
/// ```
/// use banxin::manuscript::shipped_theme;
/// use banxin::model::PageLayout;
/// assert_eq!(shipped_theme(PageLayout::Book).name, "book");
/// ```
#[must_use]
pub fn shipped_theme(layout: PageLayout) -> Theme {
    let name = match layout {
        PageLayout::Book => "book",
        PageLayout::Newspaper => "newspaper",
    };
    shipped(name).unwrap_or_else(blank)
}

/// A shipped theme by its name.
fn shipped(name: &str) -> Option<Theme> {
    let (_, text) = SHIPPED.iter().find(|(known, _)| *known == name)?;
    let mut theme = blank();
    let root = toml_tree::parse(text, FileId(0), 0, &mut Sink::new());
    lay_over(&mut theme, &root, &mut Sink::new());
    Some(theme)
}

/// What a theme is laid over before anything is known: text in one size and face.
fn blank() -> Theme {
    let one = Em::ONE;
    let heading = HeadingTheme {
        size: one,
        lines: 1,
        indent: 0,
        space: 0,
        spread: 0,
        face: ThemeFace::Body,
        bold: false,
    };
    let look = Look {
        size: one,
        pitch: one,
        face: ThemeFace::Body,
        bold: false,
    };
    Theme {
        name: String::new(),
        margins: ThemeMargins {
            sheet: Size::new(Length::mm(148), Length::mm(210)),
            head: Length::ZERO,
            foot: Length::ZERO,
            gutter: Length::ZERO,
            fore_edge: Length::ZERO,
        },
        body: (Length::pt(10), Length::pt(10)),
        pitch: one,
        headline: HeadlineTheme {
            sizes: vec![one],
            lines: 1,
            indent: 0,
            spread: 0,
            face: ThemeFace::Body,
            bold: false,
        },
        headings: [heading; 4],
        looks: [look; Part::COUNT],
        rules: RuleTheme {
            fine: Length::ZERO,
            medium: Length::ZERO,
            heavy: Length::ZERO,
            tier: Length::ZERO,
            story: Length::ZERO,
            head: Length::ZERO,
        },
        title_page: TitlePageTheme {
            sizes: vec![one],
            before: (Em::ZERO, Em::ZERO),
        },
        colophon: ColophonTheme {
            frame: ColophonFrame::Nothing,
            before: Em::ZERO,
        },
        furniture: FurnitureTheme {
            running_head: FurniturePlace::Nowhere,
            folio: FurniturePlace::Nowhere,
            numerals: Numerals::Arabic,
            even: RunningTitle::Book,
            odd: RunningTitle::Book,
        },
        newspaper: NewspaperTheme {
            characters: (12, 16),
            gap: one,
            end_mark: String::new(),
            headline: NewspaperHeadline {
                page_part: 1,
                bounds: (one, one),
                ranks: vec![one],
                kicker: one,
                deck: one,
                beside: (one, one),
            },
        },
    }
}

/// The theme that a publication names: a shipped one, or a file of its folder laid over the
/// shipped one that it names as its base, else over that of the layout.
pub(crate) fn find(
    named: Option<&Words>,
    layout: PageLayout,
    (files, sources): (&dyn Files, &mut Sources),
    sink: &mut Sink,
) -> Theme {
    let own = shipped_theme(layout);
    let Some(words) = named else {
        return own;
    };
    let name = words.text.trim();
    if let Some(theme) = shipped(name) {
        return theme;
    }
    let Some(path) = join("book.toml", name) else {
        sink.push(
            Diagnostic::error(
                Code::FileOutside,
                words.span,
                format!("`theme` leaves the publication's folder: `{name}`"),
            )
            .hint("copy the theme into the folder"),
        );
        return own;
    };
    let text = match files.read(&path) {
        Ok(bytes) => encoding::text(bytes, &path),
        Err(FileFault::Missing) => Err(unknown(name, words.span)),
        Err(fault) => Err(super::config::file_fault(&path, &fault, words.span)),
    };
    let text = match text {
        Ok(text) => text,
        Err(fault) => {
            sink.push(fault);
            return own;
        }
    };
    let file = sources.add(path.as_str(), text.as_str());
    let bom = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let root = toml_tree::parse(&text[bom..], file, bom, sink);
    let mut theme = base(&root, sink).unwrap_or(own);
    lay_over(&mut theme, &root, sink);
    theme
}

fn unknown(name: &str, span: Option<Span>) -> Diagnostic {
    let known = SHIPPED.iter().map(|(known, _)| *known);
    Diagnostic::error(
        Code::ConfigValue,
        span,
        format!("`theme` is neither a shipped theme nor a file: `{name}`"),
    )
    .hint(did_you_mean(name, known))
}

/// The shipped theme that a file is laid over.
fn base(root: &Table, sink: &mut Sink) -> Option<Theme> {
    let names: Vec<(&'static str, &'static str)> =
        SHIPPED.iter().map(|(name, _)| (*name, *name)).collect();
    let mut top = Section::new(root, "", CONFIG);
    top.choice("base", &names, sink).and_then(shipped)
}

/// Takes over every key that a file has.
fn lay_over(theme: &mut Theme, root: &Table, sink: &mut Sink) {
    let mut top = Section::new(root, "", CONFIG);
    top.get("base");
    if let Some(name) = top.text("name", sink) {
        theme.name = name;
    }
    if let Some(page) = top.section("page", sink) {
        margins(&mut theme.margins, page, sink);
    }
    if let Some(mut body) = top.section("body", sink) {
        put(&mut theme.body.0, body.length("least", BODY, sink));
        put(&mut theme.body.1, body.length("most", BODY, sink));
        theme.body.1 = theme.body.1.max(theme.body.0);
        put(&mut theme.pitch, body.em("pitch", PITCHES, sink));
        body.finish(sink);
    }
    if let Some(section) = top.section("rules", sink) {
        rules(&mut theme.rules, section, sink);
    }
    if let Some(section) = top.section("title-page", sink) {
        title_page(&mut theme.title_page, section, sink);
    }
    if let Some(mut section) = top.section("colophon", sink) {
        let frame = section.choice("frame", ColophonFrame::VALUES, sink);
        put(&mut theme.colophon.frame, frame);
        put(
            &mut theme.colophon.before,
            section.em("before", BEFORE, sink),
        );
        section.finish(sink);
    }
    if let Some(section) = top.section("furniture", sink) {
        furniture(&mut theme.furniture, section, sink);
    }
    if let Some(section) = top.section("headline", sink) {
        headline(&mut theme.headline, section, sink);
    }
    if let Some(mut ranks) = top.section("heading", sink) {
        for (key, heading) in ["1", "2", "3", "4"].into_iter().zip(&mut theme.headings) {
            if let Some(section) = ranks.section(key, sink) {
                self::heading(heading, section, sink);
            }
        }
        ranks.finish(sink);
    }
    if let Some(mut looks) = top.section("look", sink) {
        for (key, part, measures) in Part::VALUES {
            if let Some(section) = looks.section(key, sink) {
                let look = &mut theme.looks[*part as usize];
                self::look((look, *measures), section, sink);
            }
        }
        looks.finish(sink);
    }
    if let Some(section) = top.section("newspaper", sink) {
        newspaper(&mut theme.newspaper, section, sink);
    }
    top.finish(sink);
}

fn put<T>(slot: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *slot = value;
    }
}

/// The face and whether it is bold.
fn voice((face, bold): (&mut ThemeFace, &mut bool), section: &mut Section<'_>, sink: &mut Sink) {
    put(face, section.choice("face", ThemeFace::VALUES, sink));
    put(bold, section.truth("bold", sink));
}

fn margins(theme: &mut ThemeMargins, mut section: Section<'_>, sink: &mut Sink) {
    if let Some(words) = section.words("of", sink) {
        match PageSize::parse(&words.text) {
            Some(page) => theme.sheet = page.trim,
            None => {
                let why = format!("is no page size: `{}`", words.text);
                let fault = section.refuse("of", words.span, &why);
                let names: Vec<&str> = PageSize::names().collect();
                sink.push(fault.hint(format!(
                    "use one of {}, or write it as \"148mm x 210mm\"",
                    names.join(", ")
                )));
            }
        }
    }
    put(&mut theme.head, section.length("head", MARGINS, sink));
    put(&mut theme.foot, section.length("foot", MARGINS, sink));
    put(&mut theme.gutter, section.length("gutter", MARGINS, sink));
    put(
        &mut theme.fore_edge,
        section.length("fore-edge", MARGINS, sink),
    );
    section.finish(sink);
}

fn rules(theme: &mut RuleTheme, mut section: Section<'_>, sink: &mut Sink) {
    for (key, weight) in [
        ("fine", &mut theme.fine),
        ("medium", &mut theme.medium),
        ("heavy", &mut theme.heavy),
        ("tier", &mut theme.tier),
        ("story", &mut theme.story),
        ("head", &mut theme.head),
    ] {
        put(weight, section.length(key, RULES, sink));
    }
    section.finish(sink);
}

fn title_page(theme: &mut TitlePageTheme, mut section: Section<'_>, sink: &mut Sink) {
    if let Some(sizes) = section.ems("sizes", SIZES, sink) {
        theme.sizes = largest_first(sizes);
    }
    if let Some(mut before) = section.section("before", sink) {
        let (vertical, horizontal) = &mut theme.before;
        put(vertical, before.em("vertical", BEFORE, sink));
        put(horizontal, before.em("horizontal", BEFORE, sink));
        before.finish(sink);
    }
    section.finish(sink);
}

fn largest_first(mut sizes: Vec<Em>) -> Vec<Em> {
    sizes.sort_unstable_by(|a, b| b.cmp(a));
    sizes
}

fn furniture(theme: &mut FurnitureTheme, mut section: Section<'_>, sink: &mut Sink) {
    for (key, place) in [
        ("running-head", &mut theme.running_head),
        ("folio", &mut theme.folio),
    ] {
        put(place, section.choice(key, FurniturePlace::VALUES, sink));
    }
    put(
        &mut theme.numerals,
        section.choice("numerals", Numerals::VALUES, sink),
    );
    for (key, title) in [("even", &mut theme.even), ("odd", &mut theme.odd)] {
        put(title, section.choice(key, RunningTitle::VALUES, sink));
    }
    section.finish(sink);
}

fn headline(theme: &mut HeadlineTheme, mut section: Section<'_>, sink: &mut Sink) {
    if let Some(sizes) = section.ems("sizes", SIZES, sink) {
        theme.sizes = largest_first(sizes);
    }
    put(&mut theme.lines, section.whole("lines", 1..=6, sink));
    put(&mut theme.indent, section.whole("indent", 0..=12, sink));
    put(&mut theme.spread, section.whole("spread", 0..=6, sink));
    voice((&mut theme.face, &mut theme.bold), &mut section, sink);
    section.finish(sink);
}

fn heading(theme: &mut HeadingTheme, mut section: Section<'_>, sink: &mut Sink) {
    put(&mut theme.size, section.em("size", SIZES, sink));
    put(&mut theme.lines, section.whole("lines", 1..=5, sink));
    put(&mut theme.indent, section.whole("indent", 0..=12, sink));
    put(&mut theme.spread, section.whole("spread", 0..=6, sink));
    put(&mut theme.space, section.whole("space", 0..=5, sink));
    voice((&mut theme.face, &mut theme.bold), &mut section, sink);
    section.finish(sink);
}

fn look((theme, measures): (&mut Look, Measures), mut section: Section<'_>, sink: &mut Sink) {
    if measures != Measures::Face {
        put(&mut theme.size, section.em("size", SIZES, sink));
    }
    if measures == Measures::Pitch {
        put(&mut theme.pitch, section.em("pitch", PITCHES, sink));
    }
    voice((&mut theme.face, &mut theme.bold), &mut section, sink);
    section.finish(sink);
}

fn newspaper(theme: &mut NewspaperTheme, mut section: Section<'_>, sink: &mut Sink) {
    if let Some(mut characters) = section.section("characters", sink) {
        let (vertical, horizontal) = &mut theme.characters;
        put(vertical, characters.whole("vertical", 5..=60, sink));
        put(horizontal, characters.whole("horizontal", 5..=60, sink));
        characters.finish(sink);
    }
    put(&mut theme.gap, section.em("gap", 0..=6000, sink));
    if let Some(words) = section.words("end-mark", sink) {
        theme.end_mark = words.text;
    }
    if let Some(section) = section.section("headline", sink) {
        newspaper_headline(&mut theme.headline, section, sink);
    }
    section.finish(sink);
}

fn newspaper_headline(theme: &mut NewspaperHeadline, mut section: Section<'_>, sink: &mut Sink) {
    put(
        &mut theme.page_part,
        section.whole("page-part", 5..=100, sink),
    );
    put(&mut theme.bounds.0, section.em("largest", SIZES, sink));
    put(&mut theme.bounds.1, section.em("smallest", SIZES, sink));
    put(&mut theme.ranks, section.ems("ranks", RANKS, sink));
    put(&mut theme.kicker, section.em("kicker", RANKS, sink));
    put(&mut theme.deck, section.em("deck", RANKS, sink));
    put(&mut theme.beside.0, section.em("least", SIZES, sink));
    put(&mut theme.beside.1, section.em("most", SIZES, sink));
    theme.beside.1 = theme.beside.1.max(theme.beside.0);
    section.finish(sink);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::Memory;

    #[test]
    fn shipped_themes_leave_nothing_open() {
        for (name, text) in SHIPPED {
            let mut sink = Sink::new();
            let root = toml_tree::parse(text, FileId(0), 0, &mut sink);
            lay_over(&mut blank(), &root, &mut sink);
            assert!(sink.into_inner().is_empty(), "{name}");
            let mut keys = vec![
                "name".to_owned(),
                "body.least".into(),
                "body.most".into(),
                "body.pitch".into(),
                "headline.sizes".into(),
                "headline.spread".into(),
                "title-page.sizes".into(),
                "title-page.before.vertical".into(),
                "title-page.before.horizontal".into(),
                "colophon.frame".into(),
                "colophon.before".into(),
                "newspaper.characters.vertical".into(),
                "newspaper.gap".into(),
                "newspaper.end-mark".into(),
            ];
            for side in ["of", "head", "foot", "gutter", "fore-edge"] {
                keys.push(format!("page.{side}"));
            }
            for rule in ["fine", "medium", "heavy", "tier", "story", "head"] {
                keys.push(format!("rules.{rule}"));
            }
            for key in [
                "page-part",
                "largest",
                "smallest",
                "ranks",
                "kicker",
                "deck",
                "least",
                "most",
            ] {
                keys.push(format!("newspaper.headline.{key}"));
            }
            for key in ["running-head", "folio", "numerals", "even", "odd"] {
                keys.push(format!("furniture.{key}"));
            }
            for rank in 1..=4 {
                for key in ["size", "lines", "indent", "space", "spread", "face", "bold"] {
                    keys.push(format!("heading.{rank}.{key}"));
                }
            }
            for (part, _, measures) in Part::VALUES {
                let own: &[&str] = match measures {
                    Measures::Face => &["face", "bold"],
                    Measures::Size => &["size", "face", "bold"],
                    Measures::Pitch => &["size", "pitch", "face", "bold"],
                };
                keys.extend(own.iter().map(|key| format!("look.{part}.{key}")));
            }
            for key in keys {
                assert!(root.at(&key).is_some(), "{name} has no {key}");
            }
        }
    }

    fn found(text: &str) -> (Theme, Vec<Diagnostic>) {
        let files = Memory::new([("mine.toml", text.as_bytes().to_vec())]);
        let words = Words {
            text: "mine.toml".to_owned(),
            verbatim: None,
            span: None,
        };
        let (mut sources, mut sink) = (Sources::default(), Sink::new());
        let theme = find(
            Some(&words),
            PageLayout::Book,
            (&files, &mut sources),
            &mut sink,
        );
        (theme, sink.into_inner())
    }

    #[test]
    fn a_theme_of_ones_own_is_laid_over_its_base() {
        let (theme, faults) =
            found("name = \"mine\"\nbase = \"newspaper\"\n[look.caption]\nsize = 0.7\n");
        assert!(faults.is_empty(), "{faults:?}");
        let base = shipped_theme(PageLayout::Newspaper);
        assert_eq!(theme.look(Part::Caption).size, Em::from_milli(700));
        assert_eq!(
            theme.look(Part::Caption).face,
            base.look(Part::Caption).face
        );
        assert_eq!(theme.margins, base.margins);
        assert_eq!(theme.name, "mine");
    }

    #[test]
    fn all_faults_of_a_theme_are_told() {
        let (theme, faults) = found("[heading.1]\nsize = 90\nlins = 2\n[look.captoin]\nsize = 1\n");
        assert_eq!(faults.len(), 3, "{faults:?}");
        assert_eq!(
            theme.headings[0].size,
            shipped_theme(PageLayout::Book).headings[0].size
        );
    }
}
