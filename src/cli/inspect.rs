//! `inspect`: where every glyph sits, as JSON, text or SVG.

use banxin::layout::{dump, svg};

use super::args::{InspectArgs, InspectFormat, InspectWhat};
use super::lines;
use super::session::{Failure, Session, print};

/// Lays out and prints.
///
/// # Errors
/// See [`Failure`].
pub(super) fn inspect(args: &InspectArgs) -> Result<(), Failure> {
    if let Some(InspectWhat::Lines) = args.what {
        return lines::lines();
    }
    let mut session = Session::open(&args.reading)?;
    session.stage("setting pages");
    let laid = session.publication.lay_out();
    session.meet(laid.diagnostics);
    session.settle()?;
    let mut layout = laid.value;
    if let Some(page) = args
        .page
        .or((args.format == InspectFormat::Svg).then_some(1))
    {
        let count = layout.pages.len();
        let index = page as usize - 1;
        if index >= count {
            return Err(Failure::Call(format!(
                "--page {page}: there are {count} pages"
            )));
        }
        layout.pages = vec![layout.pages.swap_remove(index)];
    }
    let publication = &session.publication;
    let text = match args.format {
        InspectFormat::Json => dump::json(&layout, &publication.sources),
        InspectFormat::Text => dump::text(&layout),
        InspectFormat::Svg => layout
            .pages
            .iter()
            .map(|page| svg::page(page, &publication.faces))
            .collect(),
    };
    print(text.as_bytes())
}
