//! Prints the figures of a publication's book pages in both directions: PUBLICATION [MODE].

#[path = "../proof.rs"]
#[allow(unreachable_pub, reason = "one module of two programs")]
mod proof;

use std::process::ExitCode;
use std::time::Instant;

use banxin::diag::Sink;
use banxin::layout::PageGrid;
use banxin::{Options, Publication};

#[expect(
    clippy::disallowed_methods,
    reason = "a program that tells how long it took"
)]
fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some(path) = arguments.first() else {
        eprintln!("usage: PUBLICATION [vertical-rl|horizontal-tb]");
        return ExitCode::from(2);
    };
    for mode in ["vertical-rl", "horizontal-tb"] {
        if arguments.get(1).is_some_and(|only| only != mode) {
            continue;
        }
        let set = [
            ("typography.writing-mode", mode),
            ("output.pdf.layout", "book"),
        ];
        let set = set.map(|(key, value)| (key.to_owned(), value.to_owned()));
        let options = Options {
            set: set.to_vec(),
            ..Options::default()
        };
        let opened = match Publication::open(path, &options) {
            Ok(opened) => opened.value,
            Err(error) => {
                eprintln!("{error}");
                return ExitCode::from(2);
            }
        };
        let grid = PageGrid::of_book(
            &opened.book.output.pdf,
            &opened.book.style,
            &mut Sink::new(),
        );
        let start = Instant::now();
        let layout = opened.lay_out().value;
        let took = start.elapsed().as_millis();
        let found = proof::figures(&layout, &grid);
        println!("{mode}: {} pages in {took} ms", layout.pages.len());
        println!("  go on on the next page     {}", found.pages);
        println!("  full, short by 1, 2, more  {:?}", found.short);
        println!(
            "  spreads, uneven            {} {}",
            found.spreads, found.uneven
        );
        println!(
            "  widows, orphans            {} {}",
            found.widows, found.orphans
        );
        println!("  headings at the foot       {}", found.headings);
        println!(
            "  lines on the grid, off it  {} {}",
            found.on_grid, found.off_grid
        );
        println!("  pictures 0, 1, 2, 3+ away  {:?}", found.pictures);
        println!("  outside the type area      {}", found.outside);
        if arguments.len() > 1 {
            for place in &found.told {
                println!("  {place}");
            }
        }
    }
    ExitCode::SUCCESS
}
