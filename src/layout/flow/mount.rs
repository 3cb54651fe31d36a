//! A picture mounted with its caption: one frame of a wanted width and height, for any page.

use crate::diag::{Code, Diagnostic, Sink};
use crate::geom::{Length, Logical, Point, Size, WritingMode};
use crate::layout::frame::{Frame, FrameKind, Ink, Item, Rule};
use crate::model::Figure;

use super::caption::{
    CaptionAt, FEWEST_CAPTION_EM, Wording, caption, caption_length, caption_size,
};
use super::desk::Desk;

/// Print asks for this many dots to the inch; under it pixels begin to be seen.
pub(crate) const GOOD_DPI: i64 = 200;
/// Of pictures of pixels the shorter side is drawn at no less than this.
const LEAST_SIDE: Length = Length::pt(2);
/// A picture of a few pixels is enlarged until its longer side has this many em of the text.
const LEAST_EM: i32 = 3;
/// Drawn for a picture that could not be had.
const STAND_IN: Size = Size::new(Length::pt(180), Length::pt(120));
/// A caption beside its picture takes no more than this part of the width, in thousandths.
const MOST_BESIDE: i64 = 450;
/// How often a picture and the caption beside it are fitted to each other.
const ROUNDS: usize = 4;

/// What a mounted picture is to be.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted {
    /// Its width with its caption; the frame is never wider.
    pub(crate) width: Length,
    /// Its greatest height with its caption.
    pub(crate) height: Option<Length>,
    /// Where the caption stands.
    pub(crate) caption: CaptionAt,
    /// Size of the text that it belongs to.
    pub(crate) size: Length,
    /// How large the picture is.
    pub(crate) scale: Scale,
}

/// How large a picture is inside its limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scale {
    /// As large as it is good and no higher than this, whatever its caption takes beside that.
    Natural(Length),
    /// As large as the limit.
    Fill,
}

/// A picture with its caption, set.
#[derive(Debug)]
pub(crate) struct Mounted {
    /// Both, in a frame of their extent.
    pub(crate) frame: Frame,
    /// Extent of the picture alone.
    pub(crate) picture: Size,
}

/// Extents of a picture and of its caption, before either is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fitted {
    /// Extent of both.
    pub(crate) whole: Size,
    /// Extent of the picture alone.
    pub(crate) picture: Size,
    /// Where the caption stands.
    at: CaptionAt,
    /// Length of its lines.
    measure: Length,
    /// Its extent; nothing without words.
    words: Size,
}

/// Tells how much a caption takes.
pub(crate) trait Worded {
    /// Size of its characters.
    fn size(&self) -> Length;
    /// Its length on one line.
    fn length(&mut self) -> Length;
    /// Its extent across its lines where they have a length; nothing without words.
    fn depth(&mut self, at: CaptionAt, measure: Length) -> Length;
}

/// A caption that is set to be measured: the last setting is kept.
pub(crate) struct Setting<'s, 'd> {
    desk: &'s Desk<'d>,
    figure: &'s Figure,
    size: Length,
    last: Option<(CaptionAt, Length, Frame, Sink)>,
}

impl<'s, 'd> Setting<'s, 'd> {
    /// The caption of a figure beside text of a size.
    pub(crate) fn new(desk: &'s Desk<'d>, figure: &'s Figure, size: Length) -> Self {
        Self {
            desk,
            figure,
            size,
            last: None,
        }
    }

    fn set(&mut self, at: CaptionAt, measure: Length) -> (Frame, Sink) {
        if let Some((own, length, frame, met)) = self.last.take()
            && (own, length) == (at, measure)
        {
            return (frame, met);
        }
        let size = self.size;
        let mut met = Sink::new();
        let wording = Wording { at, measure, size };
        let frame = caption(self.desk, self.figure, wording, &mut met);
        (frame, met)
    }
}

impl Worded for Setting<'_, '_> {
    fn size(&self) -> Length {
        caption_size(self.desk, self.size)
    }

    fn length(&mut self) -> Length {
        caption_length(self.desk, self.figure, self.size)
    }

    fn depth(&mut self, at: CaptionAt, measure: Length) -> Length {
        let (frame, met) = self.set(at, measure);
        let depth = match frame.items.is_empty() {
            true => Length::ZERO,
            false => Logical::from_size(frame.size, at.mode()).block,
        };
        self.last = Some((at, measure, frame, met));
        depth
    }
}

/// Mounts a picture: scaled as a whole, never cut or stretched, with its caption where it is
/// wanted. A caption too long to stand beside the picture stands below it. Nothing is told of the
/// picture's size: see [`tell_size`].
pub(crate) fn mount(desk: &Desk<'_>, figure: &Figure, wanted: &Wanted, sink: &mut Sink) -> Mounted {
    let mut setting = Setting::new(desk, figure, wanted.size);
    let fitted = fitted(natural(desk, figure, wanted.size), wanted, &mut setting);
    // What is met while sizes are tried is told once.
    let (words, met) = setting.set(fitted.at, fitted.measure);
    sink.extend(met.into_inner());
    mounted(desk, figure, fitted, words)
}

/// The extents of a mounted picture of a natural size.
pub(crate) fn fitted(natural: Size, wanted: &Wanted, words: &mut impl Worded) -> Fitted {
    match wanted.caption {
        CaptionAt::Below => stacked(natural, wanted, words),
        CaptionAt::Right(_) | CaptionAt::Left(_) => match beside(natural, wanted, words) {
            Some(fitted) => fitted,
            None => {
                let below = Wanted {
                    caption: CaptionAt::Below,
                    ..*wanted
                };
                stacked(natural, &below, words)
            }
        },
    }
}

/// The caption below.
fn stacked(natural: Size, wanted: &Wanted, words: &mut impl Worded) -> Fitted {
    let height = wanted.height.unwrap_or(Length::MAX / 4);
    let limit = Size::new(wanted.width, height);
    let mut size = scaled(natural, limit, wanted.scale);
    let small = words.size();
    let least = words.length().min(small * FEWEST_CAPTION_EM);
    let measure = |width: Length| width.max(least).min(wanted.width);
    let with_gap = |depth: Length| match depth {
        Length::ZERO => Length::ZERO,
        depth => depth + small / 2,
    };
    let mut set = measure(size.width);
    let mut depth = words.depth(wanted.caption, set);
    // A long caption takes its height from the picture, but no more than half of it as long as
    // lines of the whole width can still be had.
    let half = size.height / 2;
    for round in 1..=ROUNDS {
        let over = size.height + with_gap(depth) - height;
        if over <= Length::ZERO {
            break;
        }
        if round < ROUNDS && size.height > half {
            let less = (size.height - over).max(half);
            size = fit(size, Size::new(size.width, less));
            set = measure(size.width);
            depth = words.depth(wanted.caption, set);
        } else {
            set = wanted.width;
            depth = words.depth(wanted.caption, set);
            let less = (height - with_gap(depth)).max(LEAST_SIDE);
            size = fit(size, Size::new(size.width, less));
            break;
        }
    }
    let measure = set;
    let width = match depth {
        Length::ZERO => size.width,
        _ => size.width.max(measure),
    };
    Fitted {
        whole: Size::new(width, size.height + with_gap(depth)),
        picture: size,
        at: wanted.caption,
        measure,
        words: Size::new(measure, depth),
    }
}

/// The caption at a side; `None` where it would take too much of the width or the height.
fn beside(natural: Size, wanted: &Wanted, words: &mut impl Worded) -> Option<Fitted> {
    let height = wanted.height.unwrap_or(Length::MAX / 4);
    let small = words.size();
    let most = wanted.width.scale(MOST_BESIDE, 1000);
    let mode = wanted.caption.mode();
    let mut size = scaled(natural, Size::new(wanted.width, height), wanted.scale);
    let mut set = (Length::ZERO, Size::default());
    for _ in 0..ROUNDS {
        let measure = match mode {
            WritingMode::VerticalRl => size.height,
            // What the picture leaves of the width, within reason.
            WritingMode::HorizontalTb => (wanted.width - size.width - small)
                .min(most)
                .max(small * FEWEST_CAPTION_EM.min(8)),
        };
        let depth = words.depth(wanted.caption, measure);
        if depth == Length::ZERO {
            set = (measure, Size::default());
            break;
        }
        set = (measure, Logical::new(measure, depth).to_size(mode));
        let room = wanted.width - set.1.width - small;
        if set.1.width > most {
            return None;
        }
        if size.width <= room {
            break;
        }
        size = scaled(natural, Size::new(room, height), wanted.scale);
    }
    let (measure, words) = set;
    let taken = match words.width {
        Length::ZERO => Length::ZERO,
        width => width + small,
    };
    if size.width + taken > wanted.width || words.height > size.height {
        return None;
    }
    Some(Fitted {
        whole: Size::new(size.width + taken, size.height),
        picture: size,
        at: wanted.caption,
        measure,
        words,
    })
}

/// A picture and its caption in their places.
fn mounted(desk: &Desk<'_>, figure: &Figure, fitted: Fitted, words: Frame) -> Mounted {
    let Fitted {
        whole,
        picture: size,
        ..
    } = fitted;
    let mut frame = Frame::new(FrameKind::Figure, whole);
    frame.source = Some(figure.span);
    let middle = (whole.width - size.width) / 2;
    let right = whole.width - size.width;
    let (picture, caption) = match fitted.at {
        CaptionAt::Below => {
            let top = whole.height - fitted.words.height;
            (
                Point::new(middle, Length::ZERO),
                Point::new(Length::ZERO, top),
            )
        }
        CaptionAt::Left(_) => (Point::new(right, Length::ZERO), Point::ORIGIN),
        CaptionAt::Right(mode) => {
            // A horizontal caption stands at the picture's foot, a vertical one hangs from its
            // head.
            let top = match mode {
                WritingMode::HorizontalTb => size.height - fitted.words.height,
                WritingMode::VerticalRl => Length::ZERO,
            };
            let left = whole.width - fitted.words.width;
            (Point::ORIGIN, Point::new(left, top))
        }
    };
    let words = (!words.items.is_empty()).then_some((caption, Item::Group(words)));
    match fitted.at {
        CaptionAt::Left(_) => {
            frame.items.extend(words);
            draw(desk, figure, (picture, size), &mut frame);
        }
        CaptionAt::Below | CaptionAt::Right(_) => {
            draw(desk, figure, (picture, size), &mut frame);
            frame.items.extend(words);
        }
    }
    Mounted {
        frame,
        picture: size,
    }
}

/// The picture alone, or an empty frame in its place.
pub(super) fn draw(desk: &Desk<'_>, figure: &Figure, (at, size): (Point, Size), frame: &mut Frame) {
    if desk.natural(&figure.image.path).is_some() {
        frame.push(at, image(figure, size));
        return;
    }
    let weight = desk.theme.rules.fine;
    for (side, rule) in super::compose::outline(size, weight, [true; 4]) {
        let rule = Rule {
            size: rule,
            ink: Ink::BLACK,
        };
        frame.push(at + side, Item::Rule(rule));
    }
}

/// A figure's picture of a size.
pub(super) fn image(figure: &Figure, size: Size) -> Item {
    Item::Image {
        path: figure.image.path.clone(),
        size,
        alt: figure.alt.clone(),
    }
}

/// The size at which a picture is good: its own, but of pixels no larger than at 200 to the inch,
/// and no smaller than a few characters of the text.
pub(crate) fn natural(desk: &Desk<'_>, figure: &Figure, text: Length) -> Size {
    let path = &figure.image.path;
    let mut size = desk.natural(path).unwrap_or(STAND_IN);
    if let Some(good) = good_size(desk, figure)
        && size.width > good.width
    {
        size = good;
    }
    let least = text * LEAST_EM;
    if size.width < least && size.height < least {
        size = match size.width >= size.height {
            true => scale_to_width(size, least),
            false => scale_to_height(size, least),
        };
    }
    Size::new(size.width.max(LEAST_SIDE), size.height.max(LEAST_SIDE))
}

/// The largest size at which a picture of pixels has 200 of them to the inch; none for drawings.
fn good_size(desk: &Desk<'_>, figure: &Figure) -> Option<Size> {
    let picture = desk.gallery.get(&figure.image.path)?;
    if picture.vector().is_some() {
        return None;
    }
    let (width, height) = picture.upright_pixels();
    let good = |pixels: u32| Length::from_wide(i64::from(pixels) * 72_000 / GOOD_DPI);
    Some(Size::new(good(width), good(height)))
}

/// Tells of a picture of pixels that is printed under 200 dots to the inch, and of one of an
/// extreme ratio of which a strip is left.
pub(crate) fn tell_size(desk: &Desk<'_>, figure: &Figure, set: Size, sink: &mut Sink) {
    tell_resolution(desk, figure, set, sink);
    let Some(natural) = desk.natural(&figure.image.path) else {
        return;
    };
    let reduced = set.width.wide() * 1000 < natural.width.wide() * LEAST_SCALE;
    let long = natural.width.wide().max(1) / natural.height.wide().max(1);
    let high = natural.height.wide().max(1) / natural.width.wide().max(1);
    if reduced && long.max(high) > EXTREME {
        sink.push(
            Diagnostic::warning(
                Code::FigureTooLarge,
                figure.span,
                format!(
                    "picture {} is set at {} of its width, {} high",
                    figure.image.path,
                    percent(set.width, natural.width),
                    millimetres(set.height),
                ),
            )
            .hint("crop the picture to the part that is to be seen"),
        );
    }
}

/// Under this part of its natural size, in thousandths, a picture's lettering becomes illegible …
const LEAST_SCALE: i64 = 250;
/// … where one side is more than so many times the other, so that no other size helps.
const EXTREME: i64 = 8;

/// A picture of so few dots to the inch is no picture at the size that is good for it.
const LEAST_DPI: i64 = 10;

fn tell_resolution(desk: &Desk<'_>, figure: &Figure, set: Size, sink: &mut Sink) {
    let Some(good) = good_size(desk, figure) else {
        return;
    };
    // By the side of which a rounded length tells more.
    let dpi = match good.width >= good.height {
        true => good.width.wide() * GOOD_DPI / set.width.wide().max(1),
        false => good.height.wide() * GOOD_DPI / set.height.wide().max(1),
    };
    // Rounding may take a dot.
    if dpi + 1 >= GOOD_DPI {
        return;
    }
    let hint = if dpi < LEAST_DPI {
        format!(
            "for that size take a picture of {} pixels in width; this one has {}",
            set.width.wide() * GOOD_DPI / 72_000,
            // From the length that these pixels are good for, back without loss.
            (good.width.wide() * GOOD_DPI + 71_999) / 72_000,
        )
    } else {
        format!(
            "at {GOOD_DPI} dpi it is good up to {} × {}: set it smaller, or take a picture of more pixels",
            millimetres(good.width),
            millimetres(good.height),
        )
    };
    let dpi = match dpi {
        0 => "under 1".to_owned(),
        dpi => dpi.to_string(),
    };
    sink.push(
        Diagnostic::warning(
            Code::FigureResolution,
            figure.span,
            format!(
                "picture {} is printed at {dpi} dpi on {} × {}",
                figure.image.path,
                millimetres(set.width),
                millimetres(set.height),
            ),
        )
        .hint(hint),
    );
}

/// A length in millimetres, to the tenth under ten.
fn millimetres(length: Length) -> String {
    let tenths = length.wide() * 254 / 72_000;
    if tenths < 100 {
        format!("{}.{} mm", tenths / 10, tenths % 10)
    } else {
        format!("{} mm", tenths / 10)
    }
}

fn percent(part: Length, whole: Length) -> String {
    let tenths = part.wide() * 1000 / whole.wide().max(1);
    format!("{}.{} %", tenths / 10, tenths % 10)
}

/// A picture's size inside a limit.
fn scaled(natural: Size, limit: Size, scale: Scale) -> Size {
    match scale {
        Scale::Natural(most) => {
            let height = limit.height.min(most);
            fit(natural, Size::new(limit.width, height))
        }
        Scale::Fill => fit(scale_to_width(natural, limit.width), limit),
    }
}

/// The size scaled down, never up, to fit in a limit.
pub(super) fn fit(size: Size, limit: Size) -> Size {
    let mut size = size;
    if size.width > limit.width {
        size = scale_to_width(size, limit.width);
    }
    if size.height > limit.height {
        size = scale_to_height(size, limit.height);
    }
    Size::new(
        size.width.max(LEAST_SIDE).min(limit.width.max(LEAST_SIDE)),
        size.height
            .max(LEAST_SIDE)
            .min(limit.height.max(LEAST_SIDE)),
    )
}

/// The size at a width, its ratio kept.
pub(super) fn scale_to_width(size: Size, width: Length) -> Size {
    Size::new(width, size.height.scale(width.wide(), size.width.wide()))
}

/// The size at a height, its ratio kept.
pub(super) fn scale_to_height(size: Size, height: Length) -> Size {
    Size::new(size.width.scale(height.wide(), size.height.wide()), height)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_of_any_ratio_fit() {
        let limit = Size::new(Length::pt(300), Length::pt(400));
        for (w, h) in [(1, 1), (30_000, 200), (200, 30_000), (600, 400)] {
            for scale in [Scale::Natural(Length::pt(100)), Scale::Fill] {
                let set = scaled(Size::new(Length::pt(w), Length::pt(h)), limit, scale);
                assert!(set.width <= limit.width && set.height <= limit.height);
                assert!(set.width >= Length::pt(1) && set.height >= Length::pt(1));
            }
        }
    }

    #[test]
    fn ratio_is_kept() {
        let limit = Size::new(Length::pt(300), Length::pt(400));
        let set = fit(Size::new(Length::pt(600), Length::pt(400)), limit);
        assert_eq!(set, Size::new(Length::pt(300), Length::pt(200)));
        let small = Size::new(Length::pt(30), Length::pt(20));
        assert_eq!(fit(small, limit), small);
        assert_eq!(scaled(small, limit, Scale::Fill), set);
    }

    #[test]
    fn lengths_are_told_in_millimetres() {
        assert_eq!(
            millimetres(Length::mm(120) + Length::from_milli(10)),
            "120 mm"
        );
        assert_eq!(millimetres(Length::pt(2)), "0.7 mm");
    }
}
