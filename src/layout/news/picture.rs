//! A picture on a newspaper page: as large as its rectangle allows, its caption below it, or beside a high one.

use crate::diag::Sink;
use crate::geom::{Length, Logical, Size, WritingMode};
use crate::layout::flow::caption::CaptionAt;
use crate::layout::flow::desk::Desk;
use crate::layout::flow::mount::{
    Fitted, Scale, Setting, Wanted, Worded, fitted, mount, natural, tell_size,
};
use crate::layout::frame::Frame;
use crate::model::Figure;

use super::captions::{Captions, Measured};
use super::tiers::Tiers;

/// Pictures narrower than this many em of the body have their caption beside them.
const NARROW: i32 = 9;
/// The caption of a picture on a vertical page has lines of at least so many em of its size.
const CAPTION_EM: i32 = 8;
/// A picture takes no more of a horizontal page's lines than this part, in thousandths.
const MOST_LINES: i64 = 600;
/// A picture is made smaller by no more than this to end on a line of the page, in thousandths.
const LEAST_SCALE: i64 = 920;
/// The fewest lines of a picture.
const FEWEST_LINES: u16 = 3;

/// A rectangle that a picture may take over its tiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Extent {
    /// How many lines.
    pub(crate) lines: u16,
    /// What of it neither picture nor caption covers, in thousandths of a slot.
    pub(crate) blank: i64,
}

/// The rectangles that a picture may take over so many tiers, the first with it as large as it can
/// be, the others with it a little smaller or larger; none where it does not fit on a page with its
/// caption.
pub(crate) fn extents(
    figure: &Figure,
    span: u16,
    (desk, tiers, captions): (&Desk<'_>, &Tiers, &Captions),
) -> Vec<Extent> {
    let Some(first) = lines(figure, span, (desk, tiers, captions)) else {
        return Vec::new();
    };
    let own = natural(desk, figure, tiers.size);
    let mut words = Measured::new(captions, (desk, figure, tiers.size));
    let wide = |lines: u16, words: &mut Measured<'_, '_>| {
        let fitted = fit(own, tiers.room((span, lines)), tiers, words).0;
        fitted.picture.width.wide()
    };
    let largest = wide(first, &mut words);
    let mut found = vec![first];
    for lines in [first.saturating_sub(1), first + 1, first.saturating_sub(2)] {
        let within = lines >= FEWEST_LINES && lines <= tiers.lines;
        if within && fits(own, (span, lines), tiers, &mut words) {
            let width = wide(lines, &mut words);
            let smaller = lines < first && width * 1000 >= largest * LEAST_SCALE;
            let larger = lines > first && width > largest;
            if smaller || larger {
                found.push(lines);
            }
        }
    }
    let extent = |lines: u16| Extent {
        lines,
        blank: blank(own, (span, lines), tiers, &mut words),
    };
    found.into_iter().map(extent).collect()
}

/// How many lines a picture takes over so many tiers, with as little blank as can be; `None` where
/// it does not fit on a page with its caption.
fn lines(
    figure: &Figure,
    span: u16,
    (desk, tiers, captions): (&Desk<'_>, &Tiers, &Captions),
) -> Option<u16> {
    let own = natural(desk, figure, tiers.size);
    let mut words = Measured::new(captions, (desk, figure, tiers.size));
    // As it will be set: its caption may take a little more than was measured.
    let mut set = Setting::new(desk, figure, tiers.size);
    let mut set_fits = |lines: u16| fits(own, (span, lines), tiers, &mut set);
    let most = tiers.lines.max(1);
    if !tiers.mode.is_vertical() {
        let limit = i64::from(most) * MOST_LINES / 1000;
        let limit = u16::try_from(limit).unwrap_or(most).max(FEWEST_LINES);
        let fitted = fit(own, tiers.room((span, limit)), tiers, &mut words).0;
        let blank = tiers.side_blank() * 2;
        let lines = tiers.lines_for(fitted.whole.height + blank);
        return (lines..=most).find(|lines| set_fits(*lines));
    }
    // A caption under a narrow picture has lines that can be read, the picture in their middle.
    let caption = words.length().min(words.size() * CAPTION_EM);
    let fewest = tiers.lines_for(caption + tiers.side_blank() * 2);
    let fewest = fewest.max(FEWEST_LINES).min(most);
    // From the width that the whole height would ask for downwards: the caption takes its part.
    let (width, height) = (own.width.wide().max(1), own.height.wide().max(1));
    let asked = tiers.lines_for(tiers.span(span).scale(width, height));
    let asked = asked.saturating_add(1).clamp(fewest, most);
    let least = (asked / 2).max(fewest);
    let best = (least..=asked)
        .rev()
        .filter_map(|lines| {
            let fits = fits(own, (span, lines), tiers, &mut words);
            fits.then(|| {
                let blank = blank(own, (span, lines), tiers, &mut words);
                (blank / i64::from(lines.max(1)), lines)
            })
        })
        .min();
    // A caption longer than its picture is high asks for more.
    let first = best.map_or(asked, |(_, lines)| lines);
    (first..=most).find(|lines| set_fits(*lines))
}

/// Whether picture and caption are no larger than their room.
fn fits(natural: Size, extent: (u16, u16), tiers: &Tiers, words: &mut impl Worded) -> bool {
    let room = tiers.room(extent);
    let whole = fit(natural, room, tiers, words).0.whole;
    whole.width <= room.width && whole.height <= room.height
}

/// What of a rectangle neither picture nor caption covers, in thousandths of a slot: whole lines of
/// blank are seen beside running text, blank at the ends of its lines is seen half as much.
fn blank(natural: Size, extent: (u16, u16), tiers: &Tiers, words: &mut impl Worded) -> i64 {
    let (fitted, wanted) = fit(natural, tiers.room(extent), tiers, words);
    let room = Logical::from_size(tiers.size_of(extent), tiers.mode);
    let below = wanted.caption == CaptionAt::Below;
    let held = match below {
        true => Size::new(fitted.picture.width, fitted.whole.height),
        false => fitted.whole,
    };
    let held = Logical::from_size(held, tiers.mode);
    let (span, lines) = (i64::from(extent.0), i64::from(extent.1));
    let share = |held: Length, room: Length| {
        let left = (room - held).at_least_zero();
        left.wide() * span * lines * 1000 / room.wide().max(1)
    };
    share(held.block, room.block) + share(held.inline, room.inline) / 2
}

/// The largest picture in a room, with its caption, and how it is asked for.
fn fit(natural: Size, room: Size, tiers: &Tiers, words: &mut impl Worded) -> (Fitted, Wanted) {
    let wanted = Wanted {
        width: room.width,
        height: Some(room.height),
        caption: CaptionAt::Below,
        size: tiers.size,
        scale: Scale::Fill,
    };
    let below = fitted(natural, &wanted, words);
    if below.picture.width >= tiers.size * NARROW || !tiers.mode.is_vertical() {
        return (below, wanted);
    }
    // Under a narrow picture a caption becomes a pillar: it stands at its left, where lines go on.
    let at_left = Wanted {
        caption: CaptionAt::Left(WritingMode::VerticalRl),
        ..wanted
    };
    let beside = fitted(natural, &at_left, words);
    if beside.picture.width >= below.picture.width && beside.whole.height <= room.height {
        return (beside, at_left);
    }
    (below, wanted)
}

/// Sets a picture with its caption in a room.
pub(crate) fn set(
    figure: &Figure,
    room: Size,
    (desk, tiers): (&Desk<'_>, &Tiers),
    sink: &mut Sink,
) -> Frame {
    let natural = natural(desk, figure, tiers.size);
    let mut words = Setting::new(desk, figure, tiers.size);
    let (_, wanted) = fit(natural, room, tiers, &mut words);
    let mounted = mount(desk, figure, &wanted, sink);
    tell_size(desk, figure, mounted.picture, sink);
    mounted.frame
}
