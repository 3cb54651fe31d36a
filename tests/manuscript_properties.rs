//! Properties of the reader: nothing typed is lost, places are true, nothing makes it fall over.

use banxin::diag::Span;
use banxin::files::Memory;
use banxin::manuscript::{Reading, Request, read};
use banxin::model::visit::{self, Visitor};
use banxin::model::{Block, Figure, Inline, Table};
use proptest::prelude::*;

const CONFIG: &str = "[book]\ntitle = \"題\"\n";

fn reading(text: &[u8]) -> (Reading, bool) {
    let files = Memory::new([
        ("book.toml", CONFIG.as_bytes().to_vec()),
        ("articles/01.md", text.to_vec()),
    ]);
    let found = read(&files, &Request::default()).unwrap();
    for fault in &found.diagnostics {
        assert!(!fault.hints.is_empty(), "a fault without a hint: {fault:?}");
        for span in fault
            .span
            .into_iter()
            .chain(fault.labels.iter().map(|l| l.0))
        {
            check(&found.value, span);
        }
    }
    let errors = found.has_errors();
    (found.value, errors)
}

/// A place lies inside its file, between characters.
fn check(reading: &Reading, span: Span) {
    let text = &reading
        .sources
        .get(span.file)
        .expect("a file of the sources")
        .text;
    assert!(
        text.get(span.range()).is_some(),
        "{span:?} in {} bytes",
        text.len()
    );
}

/// Gathers all text and looks at every place.
struct Walk<'r> {
    reading: &'r Reading,
    text: String,
}

impl<'a> Visitor<'a> for Walk<'_> {
    fn block(&mut self, block: &'a Block) {
        check(self.reading, block.span());
        if let Block::Code(code) = block {
            self.text.push_str(&code.text);
        }
    }
    fn figure(&mut self, figure: &'a Figure) {
        self.text.push_str(&figure.alt);
        self.text.push_str(figure.credit.as_deref().unwrap_or(""));
    }
    fn table(&mut self, table: &'a Table) {
        for row in table.head.iter().chain(&table.rows) {
            assert_eq!(row.cells.len(), table.columns.len());
        }
    }
    fn inline(&mut self, inline: &'a Inline) {
        check(self.reading, inline.span());
        match inline {
            Inline::Text { text, span } => {
                assert!(!text.is_empty());
                let source = self.reading.sources.slice(*span);
                if source.len() == text.len() && !source.contains('&') {
                    assert_eq!(
                        &source.replace(['\n', '\r'], " "),
                        text,
                        "a place that is not its text"
                    );
                }
                self.text.push_str(text);
            }
            Inline::Upright { text, .. } | Inline::Code { text, .. } => self.text.push_str(text),
            Inline::Ruby(ruby) => {
                for part in &ruby.parts {
                    self.text.push_str(&part.base);
                    self.text.push_str(&part.text);
                }
            }
            Inline::Image { alt, .. } => self.text.push_str(alt),
            _ => {}
        }
    }
}

fn all_text(reading: &Reading) -> String {
    let mut walk = Walk {
        reading,
        text: String::new(),
    };
    visit::book(&reading.book, &mut walk);
    walk.text
}

/// Pieces of manuscripts, good and bad.
fn piece() -> impl Strategy<Value = String> {
    let fixed = prop::sample::select(vec![
        "**",
        "*",
        "「",
        "」",
        "。",
        "漢字",
        "あ",
        "a",
        "B1",
        " ",
        "\n",
        "\n\n",
        "\r\n",
        "{",
        "}",
        "|",
        "\\|",
        "\\",
        "[",
        "]",
        "(",
        ")",
        "^",
        "~",
        "~~",
        "`",
        "```\n",
        "# ",
        "## ",
        "{.box}",
        "{.lead}",
        "{#id}",
        "{.verse}",
        "{.pn}",
        "{lang=en}",
        "{ref=id}",
        "[^1]",
        "[^1]: ",
        "> ",
        "- ",
        "1. ",
        "- [x] ",
        ": ",
        "|a|b|\n|-|-|\n",
        "| x | y |\n",
        "表一：",
        "![圖](a.png \"說／人\")",
        "![](b.png)",
        "<b>",
        "</b>",
        "<ruby>",
        "<rt>",
        "</rt>",
        "</ruby>",
        "<br>",
        "<img src=x>",
        "<table>",
        "<tr>",
        "<td>",
        "</table>",
        "<figure>",
        "<figcaption>",
        "</figure>",
        "<!--",
        "-->",
        "<script>",
        "<",
        ">",
        "&amp;",
        "&",
        "---\n",
        "...\n",
        "title: 題\n",
        "／",
        "▲",
        "😀",
        "\u{E000}",
        "\u{feff}",
        "　",
        "[字](02.md)",
        "[字]: x\n",
        "<https://a.hk>",
        "    ",
        "\t",
        "$",
        "%",
        "——",
        "\u{0}",
    ]);
    prop_oneof![4 => fixed.prop_map(str::to_owned), 1 => "\\PC{0,4}"]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_manuscript_is_read(pieces in prop::collection::vec(piece(), 0..60)) {
        let (reading, _) = reading(pieces.concat().as_bytes());
        all_text(&reading);
    }

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let (reading, _) = reading(&bytes);
        all_text(&reading);
    }

    #[test]
    fn any_front_matter_is_read(pieces in prop::collection::vec(prop::sample::select(vec![
        "title", "credits", "figures", ":", ": ", "\n", "\n  - ", "{", "}", "[", "]", ",", "role", "writer",
        "name", "題", "\"", "'", "#", "&a ", "*a", "!!str ", "|\n  ", ">\n  ", "- ", "2025-03-06", "1", "~",
        "src", "a.png", "\t", "? ", "<<", "%", "@", "\u{feff}",
    ]), 0..40)) {
        let text = format!("---\n{}\n---\n文\n", pieces.concat());
        let (reading, _) = reading(text.as_bytes());
        all_text(&reading);
    }

    #[test]
    fn any_config_is_read(pieces in prop::collection::vec(prop::sample::select(vec![
        "[book]\n", "[", "]", "[[book.credits]]\n", "title", "=", " = ", "\"", "題", "'", "\n", "1", "0.5",
        "true", "{", "}", ",", ".", "#", "typography", "indent", "output", "pdf", "2025-03-06", "\\u", "\"\"\"",
    ]), 0..40)) {
        let files = Memory::new([
            ("book.toml", pieces.concat().into_bytes()),
            ("articles/01.md", "文".into()),
        ]);
        let found = read(&files, &Request::default()).unwrap();
        for fault in &found.diagnostics {
            fault.span.into_iter().for_each(|span| check(&found.value, span));
        }
    }

    /// Every visible character of a plain paragraph is in the model, in order.
    #[test]
    fn plain_text_is_kept(text in "[甲乙丙丁「」。，、a-z0-9]([甲乙丙丁「」。，、（）——……a-z0-9 %\n]{0,80})") {
        let (reading, errors) = reading(text.as_bytes());
        prop_assert!(!errors);
        let visible = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        prop_assert_eq!(visible(&all_text(&reading)), format!("01{}", visible(&text)));
    }

    /// Marks take nothing but their own signs.
    #[test]
    fn marked_text_is_kept(
        words in prop::collection::vec("[甲乙丙「」。，a-c]{1,6}", 1..12),
        marks in prop::collection::vec(0usize..8, 12),
    ) {
        let mut text = String::from("始");
        for (word, mark) in words.iter().zip(&marks) {
            text.push_str(&match mark {
                0 => format!("**{word}**"),
                1 => format!("[{word}]{{.pn}}"),
                2 => format!("{{{word}|{word}}}"),
                3 => format!("`{word}`"),
                4 => format!("~~{word}~~"),
                5 => format!("<u>{word}</u>"),
                6 => format!("[{word}](https://a.hk)"),
                _ => word.clone(),
            });
            text.push('終');
        }
        let (reading, _) = reading(text.as_bytes());
        let mut wanted = String::from("01始");
        for (word, mark) in words.iter().zip(&marks) {
            wanted.push_str(word);
            if *mark == 2 {
                wanted.push_str(word);
            }
            wanted.push('終');
        }
        prop_assert_eq!(all_text(&reading), wanted, "{}", text);
    }
}
