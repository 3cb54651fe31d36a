//! `cargo run --release --example newspaper -- FOLDER [KEY=VALUE …]`: how full a publication's newspaper pages are, page by page.

// Text, headlines, pictures, tables and boxes with their captions hold the line slots over which
// they lie, and so does the rule between two stories of a horizontal page the line kept free under
// it. Blank at the end of a tier counts as empty; what is left of a last page under its closing
// rule is left out.

mod slots;

use std::time::Instant;

use banxin::{Options, Publication};

#[expect(
    clippy::disallowed_methods,
    reason = "a figure for people: nothing is made from the clock"
)]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().unwrap_or_else(|| "book".to_owned());
    let mut set = vec![("output.pdf.layout".to_owned(), "newspaper".to_owned())];
    set.extend(arguments.filter_map(|key| {
        let (key, value) = key.split_once('=')?;
        Some((key.to_owned(), value.to_owned()))
    }));
    let options = Options {
        set,
        ..Options::default()
    };
    let publication = Publication::open(&folder, &options)?.value;
    let started = Instant::now();
    let laid = publication.lay_out();
    let took = started.elapsed();
    let pages = slots::fill(&laid.value);
    let (mut slots, mut held) = (0, 0);
    for (page, fill) in laid.value.pages.iter().zip(&pages) {
        println!(
            "page {:>3}  {:>4} slots  {:>4} held  {:>5.1} %  longest hole {:>2}",
            page.number,
            fill.slots,
            fill.held,
            fill.permille() as f64 / 10.0,
            fill.hole
        );
        print!("{}", fill.map);
        slots += fill.slots;
        held += fill.held;
    }
    println!(
        "{folder}: {} pages, {:.1} % of {slots} slots held, {} warnings, laid out in {:.0} ms",
        pages.len(),
        held as f64 * 100.0 / slots.max(1) as f64,
        laid.diagnostics.len(),
        took.as_secs_f64() * 1000.0
    );
    Ok(())
}
