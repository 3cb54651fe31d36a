//! Newspaper pages of known publications: how full the sample's are, headings with their text, stories longer than any plan.

use banxin::geom::Point;
use banxin::layout::{Frame, FrameKind, Item, Layout};
use banxin::{Options, Publication};

use crate::generated::nothing_is_lost;
use crate::press::print;
use crate::slots;

/// Of the slots of its pages the sample fills so many thousandths at least.
const FULL: usize = 950;

fn sample(mode: &str) -> Layout {
    let set = [
        ("output.pdf.layout", "newspaper"),
        ("output.pdf.page", "A3"),
        ("typography.writing-mode", mode),
    ];
    let options = Options {
        set: set
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .to_vec(),
        ..Options::default()
    };
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/book");
    Publication::open(folder, &options)
        .unwrap()
        .value
        .lay_out()
        .value
}

/// The running text of a page with its corners, in reading order.
fn running(layout: &Layout) -> Vec<Vec<(Point, &Frame)>> {
    let text = |kind| {
        matches!(
            kind,
            FrameKind::Paragraph
                | FrameKind::Heading
                | FrameKind::List
                | FrameKind::Quote
                | FrameKind::Note
        )
    };
    let pages = layout.pages.iter();
    pages
        .map(|page| {
            let items = page.frame.items.iter();
            items
                .filter_map(|(at, item)| match item {
                    Item::Group(frame) if text(frame.kind) => Some((*at, frame)),
                    _ => None,
                })
                .collect()
        })
        .collect()
}

/// What follows a heading stands after it in its own tier.
fn headings_keep_to_their_text(layout: &Layout, mode: &str) {
    let mut found = 0;
    for page in running(layout) {
        for (nth, (at, heading)) in page.iter().enumerate() {
            if heading.kind != FrameKind::Heading {
                continue;
            }
            found += 1;
            let next = page
                .get(nth + 1)
                .filter(|next| next.1.article == heading.article);
            let follows = next.is_some_and(|(next, frame)| match mode {
                "vertical-rl" => next.x + frame.size.width <= at.x + heading.size.width,
                _ => next.y >= at.y,
            });
            assert!(
                follows,
                "{mode}: a heading of {:?} ends its tier at {at:?}",
                heading.article
            );
        }
    }
    assert!(found > 3, "{mode}: the sample has headings");
}

#[test]
fn the_sample_fills_its_pages() {
    for mode in ["vertical-rl", "horizontal-tb"] {
        let layout = sample(mode);
        let pages = slots::fill(&layout);
        let slots: usize = pages.iter().map(|page| page.slots).sum();
        let held: usize = pages.iter().map(|page| page.held).sum();
        let maps: String = pages.iter().map(|page| page.map.as_str()).collect();
        assert!(
            slots > 200 && held * 1000 >= slots * FULL,
            "{mode}: {held} of {slots} slots are held\n{maps}"
        );
        assert!(pages.iter().all(|page| page.permille() <= 1000));
        headings_keep_to_their_text(&layout, mode);
    }
}

/// A story whose text falls otherwise than any plan supposes: every paragraph keeps a heading.
#[test]
fn text_longer_than_its_plan_goes_on_to_pages_of_its_own() {
    let mut text = "---\ntitle: 長編\njump: never\n---\n\n".to_owned();
    for nth in 0..260 {
        text.push_str(&format!("## 第{nth}節的小標題\n\n一行。\n\n"));
    }
    for mode in ["vertical-rl", "horizontal-tb"] {
        let config = format!(
            "[book]\ntitle = \"報\"\narticles = [\"a.md\", \"b.md\"]\n[output.pdf]\n\
             layout = \"newspaper\"\npage = \"A4\"\n[typography]\nwriting-mode = \"{mode}\"\n"
        );
        let short = "---\ntitle: 短聞\n---\n\n只有一句話。\n";
        let printed = print(&config, &[("a.md", text.as_str()), ("b.md", short)]);
        nothing_is_lost(&printed);
        assert!(printed.layout.pages.len() > 2, "{mode}: it goes on");
    }
}
