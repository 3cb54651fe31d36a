//! Prints a publication's units for `tests/judges/text_survives.py`: PUBLICATION MODE.

#[allow(unreachable_pub, dead_code, reason = "one module of two programs")]
mod units;

use banxin::{Options, Publication};
use serde_json::{Value, json};
use units::Piece;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [path, mode] = arguments.as_slice() else {
        eprintln!("usage: PUBLICATION vertical-rl|horizontal-tb");
        std::process::exit(2);
    };
    let set = vec![("typography.writing-mode".to_owned(), mode.clone())];
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
            std::process::exit(2);
        }
    };
    let layout = opened.lay_out().value;
    for unit in units::of_book(&opened.book) {
        let text: Vec<Value> = unit
            .pieces
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => json!(text),
                Piece::Reading(text) => json!({ "ruby": text }),
                Piece::Set(choices) => json!({ "set": choices }),
            })
            .collect();
        println!(
            "{}",
            json!({ "kind": unit.kind, "flow": unit.flow, "text": text })
        );
    }
    for (page, kind, text) in units::set_by_program(&layout) {
        println!(
            "{}",
            json!({ "kind": kind, "set": text, "page": page, "optional": false })
        );
    }
}
