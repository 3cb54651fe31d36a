//! Prints a publication's units for `tests/judges/text_survives.py`: PUBLICATION MODE [KEY=VALUE …].

#[allow(unreachable_pub, dead_code, reason = "one module of two programs")]
mod units;

use std::process::ExitCode;

use banxin::{Options, Publication};
use serde_json::{Value, json};
use units::Piece;

/// Characters under which a text is no landmark of its page.
const SHORT: usize = 8;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [path, mode, keys @ ..] = arguments.as_slice() else {
        eprintln!("usage: PUBLICATION vertical-rl|horizontal-tb [KEY=VALUE …]");
        return ExitCode::from(2);
    };
    let mut set = vec![("typography.writing-mode".to_owned(), mode.clone())];
    let told = keys.iter().filter_map(|key| key.split_once('='));
    set.extend(told.map(|(key, value)| (key.to_owned(), value.to_owned())));
    let opened = match Publication::open(
        path,
        &Options {
            set,
            ..Options::default()
        },
    ) {
        Ok(opened) => opened.value,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(2);
        }
    };
    let layout = opened.lay_out().value;
    let (units, mut repeated) = units::of_book(&opened.book, &layout);
    for (number, set) in units::lines(&layout).into_iter().enumerate() {
        println!(
            "{}",
            json!({ "kind": "line", "number": number, "text": set.line.text, "page": set.page })
        );
    }
    // A head may begin like another: the longer one is looked for first.
    repeated.sort_by_key(|unit| std::cmp::Reverse(unit.heading().map_or(0, str::len)));
    for unit in repeated {
        println!(
            "{}",
            json!({ "kind": unit.kind, "set": unit.heading(), "optional": true })
        );
    }
    for mut unit in units {
        // A note starts with its mark; told as text it cannot be mistaken for the mark in the line.
        if let (true, Some(Piece::Set(forms))) =
            (unit.flow.starts_with("note:"), unit.pieces.first())
        {
            let form = usize::from(mode != "vertical-rl");
            unit.pieces[0] = Piece::Text(forms[form].clone());
        }
        if let [Piece::Set(choices)] = unit.pieces.as_slice() {
            println!("{}", json!({ "kind": unit.kind, "set": choices }));
            continue;
        }
        let text: Vec<Value> = unit
            .pieces
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => json!(text),
                Piece::Reading(text) => json!({ "ruby": text }),
                Piece::Set(choices) => json!({ "set": choices }),
            })
            .collect();
        let mut told =
            json!({ "kind": unit.kind, "flow": unit.flow, "text": text, "lines": unit.lines });
        if let Some(page) = unit.page {
            told["page"] = json!(page);
        }
        println!("{told}");
    }
    for (page, kind, text, optional) in units::marks(&layout) {
        println!(
            "{}",
            json!({ "kind": kind, "set": text, "page": page, "optional": optional })
        );
    }
    for (number, (page, kind, text)) in units::set_by_program(&layout).into_iter().enumerate() {
        // A folio may be any figure of its page: it is looked for when all else has its place.
        if text.chars().count() < SHORT {
            println!("{}", json!({ "kind": kind, "set": text, "page": page }));
            continue;
        }
        let flow = format!("set:{number}");
        println!(
            "{}",
            json!({ "kind": kind, "flow": flow, "text": text, "page": page })
        );
    }
    ExitCode::SUCCESS
}
