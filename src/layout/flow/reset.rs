//! A paragraph set anew from one of its lines on, where a picture takes a part of the measure.

use crate::diag::Sink;
use crate::geom::Length;
use crate::layout::inline::TextAlign;

use super::desk::{Desk, Job};
use super::galley::{Content, Cut, Galley, PlacedLine, Strip, Taken};
use super::strips::paragraph_strips;

/// Sets the paragraph to which the strip at `index` belongs anew, from that line on, with what is
/// left of the measure. The lines before it stay as they are: they may stand on a page already.
pub(crate) fn reset(galley: &mut Galley<'_>, index: usize, taken: Taken, desk: &Desk<'_>) {
    let Some(line) = galley.strips[index].text else {
        return;
    };
    let group = galley.strips[index].group;
    let first_cut = galley.strips[index].cut;
    let source = &mut galley.paragraphs[line.paragraph];
    let before = source.taken.from(source.place.measure);
    hold(&mut source.done, line.nth, before);
    source.taken = taken;
    let job = Job {
        text: source.text,
        measure: taken.from(source.place.measure),
        mode: desk.grid.mode,
        size: source.place.size,
        voice: source.place.voice,
        indent: source.indent,
        align: TextAlign::Justify,
    };
    let mut met = Sink::new();
    let lines = desk.shaped(&job, &source.done, &mut met);
    source.met = met.into_inner();
    if taken == Taken::NOTHING {
        // As it was first set, and then it was told.
        source.met.clear();
    }
    let place = source.place;
    let state = (line.paragraph, line.nth, taken);
    let mut strips = paragraph_strips(desk, lines, (&place, group), state);
    let end = galley.strips[index..]
        .iter()
        .position(|strip| {
            strip
                .text
                .is_none_or(|text| text.paragraph != line.paragraph)
        })
        .map_or(galley.strips.len(), |count| index + count);
    let (Some(first), false) = (strips.first_mut(), end == index) else {
        // Nothing came of it: the lines stay, and are taken as they are.
        for strip in &mut galley.strips[index..end] {
            strip.taken = taken;
        }
        return;
    };
    keep_marker(first, &mut galley.strips[index], (taken.head, desk));
    if first_cut == Cut::Keep {
        first.cut = Cut::Keep;
    }
    let kept: Vec<Cut> = galley.strips[index..end].iter().map(|s| s.cut).collect();
    // What follows a heading stays with it, however its lines fall.
    if let (Some(second), Some(Cut::Keep)) = (strips.get_mut(1), kept.get(1)) {
        second.cut = Cut::Keep;
    }
    galley.strips.splice(index..end, strips);
}

/// Notes how many lines are done and with which measure.
fn hold(done: &mut Vec<(usize, Length)>, lines: usize, measure: Length) {
    let mut held = 0;
    let mut kept = Vec::new();
    for (count, measure) in done.drain(..) {
        let room = lines - held;
        if room == 0 {
            break;
        }
        let count = count.min(room);
        kept.push((count, measure));
        held += count;
    }
    if held < lines {
        kept.push((lines - held, measure));
    }
    *done = kept;
}

/// Takes the marker of a list's item and the ids over to the new first line.
fn keep_marker(new: &mut Strip, old: &mut Strip, (by, desk): (Length, &Desk<'_>)) {
    let old_head = old.taken.head;
    let ids = std::mem::take(&mut old.anchors);
    new.anchors
        .extend(ids.into_iter().filter(|id| !desk.is_back_anchor(id)));
    let (Content::Lines(new), Content::Lines(old)) = (&mut new.content, &mut old.content) else {
        return;
    };
    let text = old.pop();
    let axis = new.first().map(|line| line.axis);
    let markers: Vec<PlacedLine> = old
        .drain(..)
        .map(|placed| PlacedLine {
            inline: placed.inline - old_head + by,
            axis: axis.unwrap_or(placed.axis),
            line: placed.line,
        })
        .collect();
    drop(text);
    new.splice(0..0, markers);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_done_keep_their_measures() {
        let (long, short) = (Length::pt(300), Length::pt(100));
        let mut done = Vec::new();
        hold(&mut done, 3, long);
        assert_eq!(done, [(3, long)]);
        hold(&mut done, 8, short);
        assert_eq!(done, [(3, long), (5, short)]);
        // A page that ends earlier gives lines back.
        hold(&mut done, 5, long);
        assert_eq!(done, [(3, long), (2, short)]);
        hold(&mut done, 0, long);
        assert!(done.is_empty());
    }
}
