//! A picture on a newspaper page: as large as its rectangle allows, its caption below it, or beside a high one.

use crate::diag::Sink;
use crate::geom::{Length, Size, WritingMode};
use crate::layout::flow::caption::{CaptionAt, caption_length, caption_size};
use crate::layout::flow::desk::Desk;
use crate::layout::flow::mount::{Mounted, Scale, Wanted, mount, tell_size};
use crate::layout::frame::Frame;
use crate::model::Figure;

use super::tiers::Tiers;

/// Pictures narrower than this many em of the body have their caption beside them.
const NARROW: i32 = 9;
/// The caption of a picture on a vertical page has lines of at least so many em of its size.
const CAPTION_EM: i32 = 8;
/// A picture takes no more of a horizontal page's lines than this part, in thousandths.
const MOST_LINES: i64 = 600;
/// The fewest lines of a picture.
const FEWEST_LINES: u16 = 3;

/// How many lines a picture takes over so many tiers, with as little blank as can be; `None` where
/// it does not fit on a page with its caption.
pub(crate) fn lines(figure: &Figure, span: u16, (desk, tiers): (&Desk<'_>, &Tiers)) -> Option<u16> {
    let natural = desk
        .natural(&figure.image.path)
        .unwrap_or(Size::new(Length::pt(3), Length::pt(2)));
    let (width, height) = (natural.width.wide().max(1), natural.height.wide().max(1));
    let most = tiers.lines.max(1);
    let fits = |lines: u16| {
        let room = tiers.room((span, lines));
        let size = mounted(figure, room, (desk, tiers), &mut Sink::new())
            .frame
            .size;
        size.width <= room.width && size.height <= room.height
    };
    if tiers.mode.is_vertical() {
        // A caption under a narrow picture has lines that can be read, the picture in their middle.
        let words = caption_length(desk, figure, tiers.size);
        let words = words.min(caption_size(tiers.size) * CAPTION_EM);
        let fewest = tiers.lines_for(words + tiers.side_blank() * 2);
        let fewest = fewest.max(FEWEST_LINES).min(most);
        // From the width that the whole height would ask for downwards: the caption takes its part.
        let asked = tiers.lines_for(tiers.span(span).scale(width, height));
        let asked = asked.saturating_add(1).clamp(fewest, most);
        let least = (asked / 2).max(fewest);
        let best = (least..=asked)
            .rev()
            .filter(|lines| fits(*lines))
            .map(|lines| (blank(figure, (span, lines), (desk, tiers)), lines))
            .min();
        // A caption longer than its picture is high asks for more.
        return best
            .map(|(_, lines)| lines)
            .or_else(|| (asked..=most).find(|lines| fits(*lines)));
    }
    let limit = i64::from(most) * MOST_LINES / 1000;
    let limit = u16::try_from(limit).unwrap_or(most).max(FEWEST_LINES);
    let room = tiers.room((span, limit));
    let mounted = mounted(figure, room, (desk, tiers), &mut Sink::new());
    let blank = tiers.side_blank() * 2;
    let lines = tiers.lines_for(mounted.frame.size.height + blank);
    (lines..=most).find(|lines| fits(*lines))
}

/// What of a rectangle neither picture nor caption covers, in thousandths.
fn blank(figure: &Figure, extent: (u16, u16), at: (&Desk<'_>, &Tiers)) -> i64 {
    let mounted = mounted(figure, at.1.room(extent), at, &mut Sink::new());
    let whole = at.1.size_of(extent);
    let area = |size: Size| size.width.wide() * size.height.wide();
    // Of the frame only the picture's own width counts where the caption is wider.
    let width = mounted.frame.size.width.min(whole.width);
    let words = area(Size::new(width, mounted.frame.size.height)) - area(mounted.picture);
    let pale = (width - mounted.picture.width).at_least_zero();
    let pale = area(Size::new(pale, mounted.picture.height));
    1000 - (area(mounted.picture) + (words - pale).max(0)) * 1000 / area(whole).max(1)
}

/// The largest picture in a room, with its caption.
fn mounted(
    figure: &Figure,
    room: Size,
    (desk, tiers): (&Desk<'_>, &Tiers),
    sink: &mut Sink,
) -> Mounted {
    let wanted = Wanted {
        width: room.width,
        height: Some(room.height),
        caption: CaptionAt::Below,
        size: tiers.size,
        scale: Scale::Fill,
    };
    let below = mount(desk, figure, &wanted, sink);
    if below.picture.width >= tiers.size * NARROW || !tiers.mode.is_vertical() {
        return below;
    }
    // Under a narrow picture a caption becomes a pillar: it stands at its left, where lines go on.
    let beside = Wanted {
        caption: CaptionAt::Left(WritingMode::VerticalRl),
        ..wanted
    };
    let mut met = Sink::new();
    let beside = mount(desk, figure, &beside, &mut met);
    if beside.picture.width >= below.picture.width && beside.frame.size.height <= room.height {
        return beside;
    }
    below
}

/// Sets a picture with its caption in a room.
pub(crate) fn set(figure: &Figure, room: Size, at: (&Desk<'_>, &Tiers), sink: &mut Sink) -> Frame {
    let mounted = mounted(figure, room, at, sink);
    tell_size(at.0, figure, mounted.picture, sink);
    mounted.frame
}
