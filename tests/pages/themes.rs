//! Themes of a publication's own: each key of the shipped ones changes pages, and changes what it names.

use std::collections::BTreeSet;

use banxin::layout::{Frame, FrameKind, Item, Layout};

use crate::press::{lines, print};

/// An article with everything that a theme has a look for.
const STORY: &str = include_str!("../suite/theme.md");
/// A paragraph more of it.
const MORE: &str = "工程處又說，挖出的淤泥運往填海區，用來堆築海堤，沒有一車丟棄。住在河邊的陳先生說，\
    去年雨季，水浸到門前的第三級石階；今年看見挖泥船來了又去，心裏踏實得多。工程處說，\
    河床平均挖深兩米，可以應付五十年一遇的大雨。\n\n";
/// A story of less weight.
const BRIEF: &str = "---\ntitle: 海堤加高\nkicker: 東灣\ndeck: 明年動工\n---\n\n\
    海堤在東灣，由同一批淤泥堆築而成，長五百米，高六米，明年動工，後年完成。\n";
/// A chapter of a book with a title of two characters.
const PREFACE: &str = "---\ntitle: 序言\n---\n\n河在門前流過。\n";
/// A book of two parts.
const SUMMARY: &str = "# 目錄\n\n# 上游\n\n- [序](preface.md)\n\n# 下游\n\n- [河](one.md)\n";
/// The shipped themes.
const SHIPPED: &[(&str, &str)] = &[
    ("book", include_str!("../../src/themes/book.toml")),
    ("newspaper", include_str!("../../src/themes/newspaper.toml")),
];
/// Keys that are no part of the look.
const LABELS: &[&str] = &["name"];

/// The pages of a layout under a theme of the publication's own.
fn pages(layout: &str, theme: &str) -> Layout {
    // Only where sizes of the body are asked are they left to the theme.
    let size = match theme.contains("[body]") {
        true => "",
        false => "body-size = \"9pt\"\n",
    };
    let (page, articles) = match layout {
        "book" => ("A5", ""),
        // Where a size is to be chosen, larger ones fill the page better.
        _ if size.is_empty() => ("A4", "articles = [\"two.md\"]"),
        _ => ("A4", "articles = [\"one.md\", \"two.md\"]"),
    };
    let config = format!(
        "[book]\ntitle = \"主題\"\nsubtitle = \"字號與邊距\"\ndate = \"2025-03-06\"\nlanguage = \"zh-Hant-HK\"\n\
         {articles}\n[output.pdf]\nlayout = \"{layout}\"\npage = \"{page}\"\n\
         theme = \"mine.toml\"\n[typography]\nwriting-mode = \"vertical-rl\"\n{size}"
    );
    // On newspaper pages the story goes on from page to page.
    let more = match layout {
        "book" => 1,
        _ => 24,
    };
    let story = format!("{STORY}\n{}", MORE.repeat(more));
    let files = [
        ("one.md", story.as_str()),
        ("two.md", BRIEF),
        ("preface.md", PREFACE),
        ("SUMMARY.md", SUMMARY),
        ("mine.toml", theme),
    ];
    print(&config, &files).layout
}

/// A key of a theme with its table and its value.
struct Key<'t> {
    table: &'t str,
    name: &'t str,
    value: &'t str,
}

fn keys(theme: &str) -> Vec<Key<'_>> {
    let mut table = "";
    let mut found = Vec::new();
    for line in theme.lines() {
        let line = line.split(" #").next().unwrap().trim();
        if let Some(name) = line.strip_prefix('[') {
            table = name.trim_end_matches(']');
        } else if let Some((name, value)) = line.split_once(" = ")
            && !line.starts_with('#')
            && !LABELS.contains(&name)
        {
            found.push(Key { table, name, value });
        }
    }
    found
}

/// A number of thousandths scaled, as TOML writes it.
fn scaled(number: &str, percent: u64) -> String {
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let milli: u64 = format!("{whole}{part:0<3}").parse().unwrap();
    let milli = milli * percent / 100;
    format!("{}.{:03}", milli / 1000, milli % 1000)
}

impl Key<'_> {
    fn written(&self) -> String {
        format!("{}.{} = {}", self.table, self.name, self.value)
    }

    /// Another value of the same kind.
    fn other(&self) -> String {
        let value = self.value;
        match (self.table, self.name) {
            ("page", "of") => "\"A4\"".to_owned(),
            ("body", "least") => "\"13pt\"".to_owned(),
            ("body", "most") if value == "\"12pt\"" => "\"9.25pt\"".to_owned(),
            ("body", "most") => "\"16pt\"".to_owned(),
            (_, "smallest") => scaled(value, 200),
            ("title-page", "before") => "{ vertical = 0.6, horizontal = 0.5 }".to_owned(),
            ("colophon", "frame") => "\"rules\"".to_owned(),
            ("colophon", "before") => "0.5".to_owned(),
            ("headline", "spread") => "5".to_owned(),
            (_, "spread") => "6".to_owned(),
            ("furniture", "running-head" | "folio") => "\"fore-edge\"".to_owned(),
            ("furniture", "numerals") => "\"han\"".to_owned(),
            ("furniture", "even") => "\"article\"".to_owned(),
            ("furniture", "odd") => "\"section\"".to_owned(),
            (_, "end-mark") => "\"■\"".to_owned(),
            (_, "bold") => (value == "false").to_string(),
            (_, "face") if value == "\"body\"" => "\"heading\"".to_owned(),
            (_, "face") => "\"body\"".to_owned(),
            (_, "sizes" | "ranks") => {
                let list = value.trim_matches(['[', ']']).split(", ");
                let list: Vec<String> = list.map(|number| scaled(number, 80)).collect();
                format!("[{}]", list.join(", "))
            }
            (_, "characters") => "{ vertical = 20, horizontal = 16 }".to_owned(),
            ("headline", "lines") => "1".to_owned(),
            (_, "lines" | "indent" | "space") => (value.parse::<u32>().unwrap() + 1).to_string(),
            (_, "page-part") => "40".to_owned(),
            (_, "largest" | "most") => scaled(value, 50),
            _ if value.starts_with('"') => {
                let length = value.trim_matches(['"', 'm']);
                format!("\"{}mm\"", scaled(length, 150))
            }
            _ => scaled(value, 130),
        }
    }

    /// A theme with this key at a value.
    fn theme(&self, base: &str, value: &str) -> String {
        let face = match (self.name, base) {
            // The bundled heading face has one weight.
            ("bold", _) => "face = \"caption\"\n",
            _ => "",
        };
        format!(
            "base = \"{base}\"\n[{}]\n{face}{} = {value}\n",
            self.table, self.name
        )
    }
}

/// The keys of a theme that another does not have at the same value.
fn own<'t>(theme: &'t str, other: &str) -> Vec<Key<'t>> {
    let known: BTreeSet<String> = keys(other).iter().map(Key::written).collect();
    let mut found = keys(theme);
    found.retain(|key| !known.contains(&key.written()));
    found
}

/// Which of the keys change the pages of no layout.
fn dead(base: &str, keys: &[Key<'_>]) -> Vec<String> {
    let mut left: Vec<&Key<'_>> = keys.iter().collect();
    for layout in ["book", "newspaper"] {
        let shipped = pages(layout, &format!("base = \"{base}\"\n"));
        left.retain(|key| {
            let as_shipped = match key.theme(base, key.value) {
                theme if key.name == "bold" || key.table == "body" => pages(layout, &theme),
                _ => shipped.clone(),
            };
            as_shipped == pages(layout, &key.theme(base, &key.other()))
        });
    }
    left.iter()
        .map(|key| format!("{base}: {}", key.written()))
        .collect()
}

#[test]
fn every_key_of_a_theme_changes_pages() {
    let (book, newspaper) = (SHIPPED[0], SHIPPED[1]);
    let (all, more) = (keys(book.1), own(newspaper.1, book.1));
    assert!(all.len() > 90 && more.len() > 10);
    let dead = std::thread::scope(|scope| {
        let halves: Vec<_> = [&all[..all.len() / 2], &all[all.len() / 2..]]
            .into_iter()
            .map(|half| scope.spawn(move || dead(book.0, half)))
            .collect();
        let mut found = dead(newspaper.0, &more);
        found.extend(halves.into_iter().flat_map(|half| half.join().unwrap()));
        found
    });
    assert!(dead.is_empty(), "without effect:\n{}", dead.join("\n"));
}

/// The kinds of frames whose lines or rules are not the same in two layouts, wherever they stand.
fn differing(before: &Layout, after: &Layout) -> BTreeSet<&'static str> {
    let (before, after) = (census(before), census(after));
    before
        .symmetric_difference(&after)
        .map(|(kind, _)| kind.name())
        .collect()
}

fn census(layout: &Layout) -> BTreeSet<(FrameKind, String)> {
    let mut found = BTreeSet::new();
    for line in lines(layout) {
        let entry = format!("{} {:?}", line.line.text, line.line.size);
        found.insert((line.frame.kind, entry));
    }
    for page in &layout.pages {
        rules(&page.frame, &mut found);
    }
    found
}

fn rules(frame: &Frame, found: &mut BTreeSet<(FrameKind, String)>) {
    for (_, item) in &frame.items {
        match item {
            Item::Rule(rule) => {
                let weight = rule.size.width.min(rule.size.height);
                found.insert((frame.kind, format!("rule {weight:?}")));
            }
            Item::Group(inner) => rules(inner, found),
            _ => {}
        }
    }
}

#[test]
fn a_key_changes_what_it_names_and_nothing_else() {
    let cases: &[(&str, &str, &[&str])] = &[
        (
            "book",
            "[look.caption]\nsize = 0.7",
            &["caption", "pointer"],
        ),
        ("book", "[heading.1]\nsize = 1.4", &["heading"]),
        ("book", "[heading.1]\nlines = 4", &[]),
        ("book", "[rules]\nheavy = \"1mm\"", &["sidebar", "table"]),
        (
            "book",
            "[look.furniture]\nsize = 0.6",
            &["folio", "running-head"],
        ),
        ("newspaper", "[newspaper]\nend-mark = \"■\"", &["end-mark"]),
        ("newspaper", "[rules]\nstory = \"1mm\"", &["rule"]),
    ];
    for (layout, theme, kinds) in cases {
        let (before, after) = (pages(layout, ""), pages(layout, theme));
        let kinds: BTreeSet<&str> = kinds.iter().copied().collect();
        assert_eq!(differing(&before, &after), kinds, "{theme}");
        assert_ne!(before, after, "{theme}");
    }
}

#[test]
fn margins_move_the_type_area() {
    let first = |theme: &str| {
        let laid = pages("book", theme);
        lines(&laid)
            .iter()
            .filter(|line| line.frame.kind == FrameKind::Paragraph)
            .map(|line| line.origin.y)
            .min()
            .unwrap()
    };
    let (shipped, moved) = (first(""), first("[page]\nhead = \"30mm\""));
    assert!(
        moved > shipped + banxin::geom::Length::mm(5),
        "{shipped:?} {moved:?}"
    );
}
