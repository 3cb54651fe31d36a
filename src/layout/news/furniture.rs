//! What stands on a newspaper page beside its stories: the section head (報眉) and the lines that tell where a story goes on.

use crate::diag::{Sink, Span};
use crate::geom::{Length, Point, Size, WritingMode};
use crate::layout::flow::desk::{Desk, Job, words};
use crate::layout::flow::opening::credit_label;
use crate::layout::frame::{Frame, FrameKind, Ink, Item, Rule, Side};
use crate::layout::inline::TextAlign;
use crate::layout::line::Line;
use crate::model::Book;
use crate::model::theme::Part;
use crate::rules::words::{Word, issue_date};

use super::tiers::Tiers;

/// Between the entries of a section head, in thousandths of the body size.
const BETWEEN: i64 = 1_200;

/// What a page's section head tells.
pub(crate) struct SectionHead<'a> {
    /// The publication.
    pub(crate) book: &'a Book,
    /// The number of the page, as printed.
    pub(crate) number: &'a str,
    /// The section of the page's first story.
    pub(crate) section: Option<&'a str>,
    /// On which side of the spread the page lies.
    pub(crate) side: Side,
}

/// An entry of a section head.
struct Entry {
    line: Line,
    size: Length,
}

fn entry(desk: &Desk<'_>, text: &str, part: Part) -> Option<Entry> {
    if text.trim().is_empty() {
        return None;
    }
    let text = words(text, Span::default());
    let size = desk.look(part).size.of(desk.grid.size);
    let job = Job {
        text: &text,
        measure: Length::ZERO,
        mode: WritingMode::HorizontalTb,
        size,
        voice: desk.voice(part),
        indent: Length::ZERO,
        align: TextAlign::Start,
    };
    let line = desk.label(&text, &job, &mut Sink::new())?;
    Some(Entry { line, size })
}

/// Draws the section head of a page: number and section at the outer edge, then the date; the
/// name of the newspaper and its editors at the inner one; the head rule (天線) under all.
pub(crate) fn section_head(
    page: &mut Frame,
    head: &SectionHead<'_>,
    desk: &Desk<'_>,
    tiers: &Tiers,
) {
    let body = tiers.size;
    let between = body.scale(BETWEEN, 1000);
    let width = tiers.area().width;
    let meta = &head.book.meta;
    let issue = meta.issue.as_ref();
    let of = |text: Option<&String>| text.map_or("", String::as_str).to_owned();
    let section = head
        .section
        .map(str::to_owned)
        .unwrap_or_else(|| of(issue.and_then(|issue| issue.section.as_ref())));
    let date = meta
        .date
        .as_deref()
        .map(|day| issue_date(day, &meta.language, head.book.style.tradition))
        .unwrap_or_default();
    let lunar = of(issue.and_then(|issue| issue.lunar.as_ref()));
    let number = of(issue.and_then(|issue| issue.number.as_ref()));
    let name = issue
        .and_then(|issue| issue.publication.as_ref())
        .or(meta.publisher.as_ref())
        .unwrap_or(&meta.title);
    let outer = [
        entry(desk, head.number, Part::SectionName),
        entry(desk, &section, Part::SectionName),
        entry(desk, &date, Part::SectionHead),
        entry(desk, &lunar, Part::SectionHead),
        entry(desk, &number, Part::SectionHead),
    ];
    let script = desk.script();
    let colon = Word::Colon.text(script);
    let made: Vec<String> = meta
        .credits
        .iter()
        .filter(|credit| matches!(credit.role.code(), "edt" | "bkd" | "pbd"))
        .map(|credit| format!("{}{colon}{}", credit_label(credit, script), credit.name))
        .collect();
    let inner = [
        entry(desk, name, Part::SectionName),
        entry(desk, &made.join("　"), Part::SectionHead),
    ];
    let top = tiers.corner.y - tiers.band;
    let foot = tiers.corner.y - body.scale(700, 1000);
    let mut frame = Frame::new(FrameKind::SectionHead, Size::new(width, foot - top));
    let base = foot - top - body.scale(550, 1000);
    // Entries that would meet the others are left out, the least first: those after the first two.
    let mut room = width;
    let mut place = |entries: [Option<Entry>; 5], from_left: bool, frame: &mut Frame| {
        let mut reach = Length::ZERO;
        for Entry { line, size } in entries.into_iter().flatten() {
            if line.set + between > room {
                continue;
            }
            let left = if from_left {
                reach
            } else {
                width - reach - line.set
            };
            reach += line.set + between;
            room = room - line.set - between;
            let mut entry = Frame::new(FrameKind::SectionHead, Size::new(line.set, size));
            entry.push(
                Point::new(Length::ZERO, size.scale(880, 1000)),
                Item::Line(line),
            );
            let up = size.scale(880, 1000);
            frame.push(Point::new(left, base - up), Item::Group(entry));
        }
    };
    let outer_left = head.side == Side::Left;
    place(outer, outer_left, &mut frame);
    let [name, made] = inner;
    place([name, made, None, None, None], !outer_left, &mut frame);
    let weight = desk.theme.rules.head;
    let size = Size::new(width, weight);
    let ink = Ink::BLACK;
    frame.push(
        Point::new(Length::ZERO, frame.size.height - weight),
        Item::Rule(Rule { size, ink }),
    );
    page.push(Point::new(tiers.corner.x, top), Item::Group(frame));
}
