//! Strips into a page: keeps, widows and orphans, pictures at the page's start with text beside them.

use std::collections::VecDeque;

use crate::geom::{Length, Logical};
use crate::layout::frame::FrameKind;

use super::desk::Desk;
use super::foot::{Ledger, MOST_CARRIED, Part};
use super::galley::{Content, Cut, Float, Galley, GroupId, Groups, Start, Strip, Taken};
use super::place::whole_em;
use super::reset::reset;

/// Text stands beside a picture where this part of the measure is left, in thousandths …
const LEAST_PART: i64 = 250;
/// … and so many characters (composition rules §15).
const LEAST_CHARACTERS: i32 = 9;

/// What one page holds, before it is composed.
#[derive(Debug)]
pub(crate) struct Sheet {
    /// What kind of page it is.
    pub(crate) kind: SheetKind,
    /// Its strips in reading order.
    pub(crate) placed: Vec<Placed>,
}

/// What kind of page it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SheetKind {
    /// Text, and what goes with it.
    Text,
    /// One picture inside the type area.
    Plate,
    /// One picture over the whole trimmed page.
    Bleed,
}

/// A strip in its place on a page.
#[derive(Debug)]
pub(crate) struct Placed {
    /// Its place in the galley.
    pub(crate) index: usize,
    /// From the block start of the type area.
    pub(crate) at: Length,
    /// How far a picture moves it along the lines.
    pub(crate) shift: Length,
    /// How much a picture takes from the foot of lines that are not set anew for it.
    pub(crate) cut: Length,
    /// Whether the head of its table is repeated before it.
    pub(crate) with_head: bool,
    /// The strip.
    pub(crate) strip: Strip,
}

/// A page as decided: its strips by their places in the galley.
pub(super) struct Decided {
    pub(super) kind: SheetKind,
    pub(super) slots: Vec<Slot>,
    /// The notes at its end.
    pub(super) notes: Vec<Part>,
    /// The strip with which the next page goes on.
    pub(super) next: usize,
}

#[derive(Clone, Copy)]
pub(super) struct Slot {
    pub(super) index: usize,
    pub(super) at: Length,
    pub(super) shift: Length,
    pub(super) cut: Length,
    pub(super) with_head: bool,
    /// Whether text may stand beside it.
    pub(super) beside: bool,
}

impl Slot {
    fn at_start(index: usize) -> Self {
        Self {
            index,
            at: Length::ZERO,
            shift: Length::ZERO,
            cut: Length::ZERO,
            with_head: false,
            beside: false,
        }
    }
}

/// What is left to place.
pub(super) struct Work<'w, 'a> {
    pub(super) galley: &'w mut Galley<'a>,
    pub(super) desk: &'w Desk<'w>,
    /// How deep the page may be filled.
    pub(super) area: Length,
    /// The next strip.
    pub(super) next: usize,
    /// Pictures that wait for a page.
    pub(super) waiting: VecDeque<usize>,
    pub(super) notes: Ledger,
    /// Whether the page may end with a heading.
    pub(super) heading_ends: bool,
    /// What is taken in for its end.
    pub(super) ease: Ease,
    /// Whether notes of both pages of a spread stand on the odd one.
    pub(super) spread_notes: bool,
}

/// What is taken in where facing pages would else not end alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Ease {
    /// A page ends with two lines of a paragraph at least, and blanks are as they should be.
    #[default]
    Strict,
    /// A page may end with a paragraph's first line, since only a last line alone at a page's
    /// head is a fault everywhere (composition rules §13); blanks may be a line wider.
    Lenient,
}

/// What stands in the way of placing a strip, or how it is placed.
enum Fit {
    /// Here.
    Here(Slot),
    /// Here, with the lines from this place on beside the text.
    Beside(Slot, Zone),
    /// Its paragraph must be set anew first.
    Reset(Taken),
    /// Not on this page.
    No,
}

/// Lines of a page of which a picture takes a part.
#[derive(Debug, Clone, Copy)]
struct Zone {
    from: Length,
    to: Length,
    taken: Taken,
}

/// A page while it is filled.
#[derive(Default)]
struct Filling {
    slots: Vec<Slot>,
    /// Where the next strip may start.
    end: Length,
    /// Lines beside pictures.
    zones: Vec<Zone>,
    /// Where its lines must end.
    limit: Length,
    /// Whether notes stand on it.
    takes_notes: bool,
    /// Notes from the page before.
    carried: Vec<Part>,
    /// Notes asked for: the strip with the mark, and the note.
    asked: Vec<(usize, usize)>,
    /// Whether no more notes may be asked for.
    full_of_notes: bool,
    /// Whether a note is parted at its end, so that nothing more may stand on it.
    closed: bool,
}

impl Filling {
    fn put(&mut self, slot: Slot, advance: Length) {
        self.end = slot.at + advance;
        self.slots.push(slot);
    }

    /// Where its text and pictures end.
    fn reach(&self, strips: &[Strip]) -> Length {
        self.slots
            .iter()
            .filter(|slot| !strips[slot.index].is_space())
            .map(|slot| slot.at + strips[slot.index].body)
            .max()
            .unwrap_or(Length::ZERO)
    }

    /// What pictures take from lines between two places.
    fn taken(&self, from: Length, to: Length) -> Taken {
        self.zones
            .iter()
            .filter(|zone| zone.from < to && from < zone.to)
            .fold(Taken::NOTHING, |most, zone| Taken {
                head: most.head.max(zone.taken.head),
                foot: most.foot.max(zone.taken.foot),
            })
    }

    /// Where the first picture after a place ends.
    fn free_after(&self, at: Length) -> Length {
        let ends = self.zones.iter().map(|zone| zone.to);
        ends.filter(|to| *to > at).min().unwrap_or(at)
    }

    /// Where nothing is taken any more.
    fn free(&self) -> Length {
        self.zones
            .iter()
            .map(|zone| zone.to)
            .fold(self.end, Length::max)
    }
}

impl Work<'_, '_> {
    /// One page with its notes. An even page leaves its notes to the odd one beside it, where
    /// that has room for them.
    pub(super) fn turn(&mut self, number: u32) -> Decided {
        self.heading_ends = self.desk.grid.mode.is_vertical() && number.is_multiple_of(2);
        let before = (self.next, self.waiting.clone());
        let leaves = self.spread_notes && number.is_multiple_of(2);
        let (mut page, mut floats) = self.page(!leaves);
        let is_last = self.next == self.galley.strips.len() && self.waiting.is_empty();
        let all = |this: &Self, page: &Filling| {
            let mut parts: Vec<Part> = Vec::new();
            parts.extend(this.notes.waiting.iter().map(|rest| this.notes.rest(*rest)));
            parts.extend(page.asked.iter().map(|(_, note)| this.notes.whole(*note)));
            this.notes.depth(&parts)
        };
        if leaves {
            let depth = all(self, &page);
            let room = self.area - page.reach(&self.galley.strips);
            if is_last && depth <= room {
                page.takes_notes = true;
            } else if depth > self.area.scale(MOST_CARRIED, 1000) {
                (self.next, self.waiting) = before;
                (page, floats) = self.page(true);
            }
        }
        let mut rests = std::mem::take(&mut self.notes.waiting);
        let asked = self.notes.tell(&page.asked);
        rests.extend(asked);
        let mut notes = Vec::new();
        if page.takes_notes {
            let room = self.area - page.reach(&self.galley.strips);
            (notes, rests) = self.notes.share(rests, &[], room);
            if notes.is_empty() && page.slots.is_empty() {
                (notes, rests) = self.notes.force(&rests);
            }
        }
        self.notes.waiting = rests;
        let mut decided = self.in_reading_order(page, floats);
        decided.notes = notes;
        decided.next = self.next;
        decided
    }

    pub(super) fn strip(&self, index: usize) -> &Strip {
        &self.galley.strips[index]
    }

    /// A waiting picture that takes a page of its own.
    pub(super) fn plate(&mut self) -> Option<Decided> {
        let index = *self.waiting.front()?;
        let kind = match self.strip(index).float() {
            Float::Plate => SheetKind::Plate,
            Float::Bleed => SheetKind::Bleed,
            Float::Head | Float::Section | Float::Stay => return None,
        };
        self.waiting.pop_front();
        Some(Decided {
            kind,
            slots: vec![Slot::at_start(index)],
            notes: Vec::new(),
            next: self.next,
        })
    }

    /// Fills a page with what fits beside the notes that it takes; also how many pictures stand at
    /// its start.
    fn page(&mut self, takes_notes: bool) -> (Filling, usize) {
        let opener = self.waiting.front().copied().unwrap_or(self.next);
        let opener = self.galley.strips.get(opener);
        if opener.is_some_and(|strip| strip.is_float() && strip.body > self.area) {
            // A picture as deep as a page, and the text beside it, need all of it.
            self.area = self.desk.grid.area().block;
        }
        let mut page = Filling {
            takes_notes,
            limit: self.area,
            ..Filling::default()
        };
        if takes_notes {
            let most = self.area.scale(MOST_CARRIED, 1000);
            let carried = self.notes.waiting.iter().copied();
            let (parts, left) = self.notes.share(carried, &[], most);
            page.full_of_notes = !left.is_empty();
            page.carried = parts;
        }
        self.place_waiting(&mut page);
        let floats = page.slots.len();
        let first = self.next;
        let mut index = first;
        while index < self.galley.strips.len() {
            let strip = self.strip(index);
            let opens = page.slots.len() == floats;
            if strip.cut == Cut::Page && !opens {
                break;
            }
            if strip.is_space() && page.end == Length::ZERO {
                index += 1;
                continue;
            }
            let waits = |index: &usize| self.strip(*index).float() == Float::Section;
            if !opens && self.is_heading(index) && self.waiting.iter().any(waits) {
                break;
            }
            if matches!(strip.float(), Float::Plate | Float::Bleed) {
                self.waiting.push_back(index);
                index += 1;
                continue;
            }
            // Pictures keep their order: none goes before one that waits.
            if !self.waiting.is_empty() && self.may_wait(index) {
                let depth = |index: &usize| self.strip(*index).advance;
                let waiting: Length = self.waiting.iter().map(depth).sum();
                if waiting + depth(&index) > self.area && page.slots.len() > floats {
                    // They would fill more than a page: the text does not go on until they stand.
                    break;
                }
                self.waiting.push_back(index);
                index += 1;
                continue;
            }
            let advance = self.strip(index).advance;
            match self.seat(&mut page, index, opens) {
                Fit::Here(slot) => page.put(slot, advance),
                Fit::Beside(slot, zone) => {
                    page.slots.push(slot);
                    page.zones.push(zone);
                }
                Fit::Reset(taken) => {
                    reset(self.galley, index, taken, self.desk);
                    continue;
                }
                Fit::No if self.may_wait(index) && !page.slots.is_empty() => {
                    self.waiting.push_back(index);
                }
                // Notes take so much that it goes to the next page.
                Fit::No if page.slots.is_empty() && !page.carried.is_empty() => break,
                // Larger than any page: it stands on one alone.
                Fit::No if page.slots.is_empty() => {
                    let fresh = self.notes.fresh(self.strip(index), &page.asked);
                    page.asked
                        .extend(fresh.into_iter().map(|note| (index, note)));
                    page.put(Slot::at_start(index), advance);
                    index += 1;
                    break;
                }
                Fit::No => {
                    index = self.cut(first, index, floats > 0 || !page.carried.is_empty());
                    let stays = |at: usize| at < index || at < first;
                    page.slots.retain(|slot| stays(slot.index));
                    page.asked.retain(|(at, _)| stays(*at));
                    self.waiting.retain(|waiting| *waiting < index);
                    break;
                }
            }
            index += 1;
        }
        self.next = index;
        if index == self.galley.strips.len() {
            // The article's end: what waits stands after its text where there is room.
            self.place_waiting(&mut page);
        }
        (page, floats)
    }

    /// Finds a strip's place on a page that has room for its notes too, for the first lines of
    /// the last one at least.
    fn seat(&self, page: &mut Filling, index: usize, opens: bool) -> Fit {
        if page.closed {
            return Fit::No;
        }
        let fresh = self.notes.fresh(self.strip(index), &page.asked);
        let mut parts = Vec::new();
        if page.takes_notes {
            if page.full_of_notes && !fresh.is_empty() {
                return Fit::No;
            }
            parts.clone_from(&page.carried);
            let asked = page.asked.iter().map(|(_, note)| *note);
            parts.extend(
                asked
                    .chain(fresh.iter().copied())
                    .map(|n| self.notes.whole(n)),
            );
        }
        page.limit = self.area - self.notes.depth(&parts);
        let mut fit = self.fits(page, index, opens);
        if let (Fit::No, Some(last), true) = (&fit, fresh.last(), page.takes_notes) {
            parts.pop();
            parts.push(self.notes.start(*last));
            page.limit = self.area - self.notes.depth(&parts);
            fit = self.fits(page, index, opens);
            page.closed = matches!(fit, Fit::Here(_) | Fit::Beside(..));
        }
        if matches!(fit, Fit::Here(_) | Fit::Beside(..)) {
            page.asked
                .extend(fresh.into_iter().map(|note| (index, note)));
        }
        fit
    }

    /// Whether a picture may move to the next page: not from under a heading that would then
    /// stand over nothing.
    fn may_wait(&self, index: usize) -> bool {
        let strip = self.strip(index);
        if !strip.is_float() || strip.cut != Cut::Keep {
            return strip.is_float();
        }
        self.galley.strips[index..]
            .iter()
            .find(|next| next.float() == Float::Stay)
            .is_some_and(|next| next.cut == Cut::Keep)
    }

    /// The place after what is on the page, where the strip fits there.
    fn fits(&self, page: &Filling, index: usize, opens: bool) -> Fit {
        let strip = self.strip(index);
        if strip.is_float()
            && let Some(fit) = self.beside(page, index)
        {
            return fit;
        }
        let head = match (&strip.head, opens) {
            (Some(head), true) => head.advance,
            _ => Length::ZERO,
        };
        let start = |end: Length| match strip.start {
            Start::OnGrid => self.desk.grid.align(end),
            Start::Anywhere => end,
        };
        let mut at = start(page.end);
        let (mut shift, mut cut) = (Length::ZERO, Length::ZERO);
        let taken_at = |at| page.taken(at, at + strip.body.max(Length::from_milli(1)));
        let mut taken = taken_at(at);
        let movable = matches!(strip.content, Content::Space | Content::Padding)
            && self.galley.is_plain(strip.group);
        if let Some(text) = strip.text {
            let place = &self.galley.paragraphs[text.paragraph].place;
            // Past pictures that leave too little of the measure, one after another.
            while !self.is_enough(taken, place.measure) {
                at = start(page.free_after(at));
                taken = taken_at(at);
            }
            if taken != strip.taken {
                return Fit::Reset(taken);
            }
        } else if taken != Taken::NOTHING && !movable {
            match self.shifted(strip, taken) {
                Some(by) => (shift, cut) = (by, taken.foot),
                None => at = start(page.free()),
            }
        }
        if at + head + strip.body > page.limit {
            return Fit::No;
        }
        Fit::Here(Slot {
            index,
            at: at + head,
            shift,
            cut,
            with_head: head > Length::ZERO,
            beside: false,
        })
    }

    /// Whether text may stand beside a picture.
    fn is_enough(&self, taken: Taken, measure: Length) -> bool {
        let left = taken.from(measure);
        taken == Taken::NOTHING
            || (left >= measure.scale(LEAST_PART, 1000)
                && left >= self.desk.grid.size * LEAST_CHARACTERS)
    }

    /// How far lines that cannot be set anew are moved beside a picture; `None` where they do not
    /// fit there.
    fn shifted(&self, strip: &Strip, taken: Taken) -> Option<Length> {
        let Content::Lines(lines) = &strip.content else {
            return None;
        };
        let end = self.desk.grid.measure() - taken.foot;
        let plain = self.galley.is_plain(strip.group);
        let fits = lines
            .iter()
            .all(|placed| placed.inline + taken.head + placed.line.start + placed.line.set <= end);
        (plain && fits).then_some(taken.head)
    }

    /// A picture with text beside it: at the head of vertical lines, at the foot of horizontal
    /// ones. `None` where too little of the measure would be left.
    fn beside(&self, page: &Filling, index: usize) -> Option<Fit> {
        let strip = self.strip(index);
        let Content::Island(island) = &strip.content else {
            return None;
        };
        let grid = self.desk.grid;
        let extent = Logical::from_size(island.frame.size, grid.mode);
        // At least one em lies between the picture and the text, less than two.
        let length = whole_em(extent.inline + grid.size, grid.size);
        let taken = if grid.mode.is_vertical() {
            Taken {
                head: length,
                foot: Length::ZERO,
            }
        } else {
            Taken {
                head: Length::ZERO,
                foot: length,
            }
        };
        if !self.is_enough(taken, grid.measure()) {
            return None;
        }
        if let Some(fit) = self.under(page, (index, extent.inline, length)) {
            return Some(fit);
        }
        let at = grid.align(page.free());
        if at + strip.body > page.limit {
            return Some(Fit::No);
        }
        let shift = if grid.mode.is_vertical() {
            -island.inline
        } else {
            grid.measure() - extent.inline - island.inline
        };
        let slot = Slot {
            shift,
            at,
            beside: true,
            ..Slot::at_start(index)
        };
        let zone = Zone {
            from: at,
            to: at + strip.advance,
            taken,
        };
        Some(Fit::Beside(slot, zone))
    }

    /// A picture of a vertical page under another one, beside which no text stands yet.
    fn under(
        &self,
        page: &Filling,
        (index, extent, length): (usize, Length, Length),
    ) -> Option<Fit> {
        let grid = self.desk.grid;
        let strip = self.strip(index);
        let zone = page.zones.last()?;
        let taken = zone.taken.head;
        let fits = grid.mode.is_vertical()
            && page.end <= zone.from
            && taken + extent <= grid.measure()
            && zone.from + strip.body <= page.limit;
        fits.then(|| {
            let slot = Slot {
                at: zone.from,
                shift: taken - island_inline(strip),
                beside: self.is_enough(
                    Taken {
                        head: taken + length,
                        ..Taken::NOTHING
                    },
                    grid.measure(),
                ),
                ..Slot::at_start(index)
            };
            let zone = Zone {
                from: zone.from,
                to: zone.from + strip.advance,
                taken: Taken {
                    head: (taken + length).min(grid.measure()),
                    foot: Length::ZERO,
                },
            };
            Fit::Beside(slot, zone)
        })
    }

    /// Puts pictures that wait at the page's start; the first always finds room.
    fn place_waiting(&mut self, page: &mut Filling) {
        while let Some(&index) = self.waiting.front() {
            let strip = self.strip(index);
            if !strip.is_float() {
                break;
            }
            match self.seat(page, index, false) {
                Fit::Here(slot) => page.put(slot, strip.advance),
                Fit::Beside(slot, zone) => {
                    page.slots.push(slot);
                    page.zones.push(zone);
                }
                _ if page.slots.is_empty() && page.carried.is_empty() => {
                    let fresh = self.notes.fresh(strip, &page.asked);
                    page.asked
                        .extend(fresh.into_iter().map(|note| (index, note)));
                    page.put(Slot::at_start(index), strip.advance);
                }
                _ => break,
            }
            self.waiting.pop_front();
        }
    }

    /// Where the page ends. What moves from beside a picture to the next page is set in whole lines
    /// again: where only one would be left of a paragraph, the page ends earlier.
    fn cut(&mut self, first: usize, index: usize, has_floats: bool) -> usize {
        let mut at = self.last_cut(first, index, has_floats);
        while at > first
            && let Some(text) = self.strip(at).text
            && text.nth > 0
            && self.strip(at).taken != Taken::NOTHING
        {
            reset(self.galley, at, Taken::NOTHING, self.desk);
            let follows = |next: &Strip| next.text.is_some_and(|t| t.paragraph == text.paragraph);
            if self.galley.strips.get(at + 1).is_some_and(follows) {
                break;
            }
            let earlier = self.last_cut(first, at - 1, has_floats);
            if earlier <= first || earlier >= at {
                break;
            }
            at = earlier;
        }
        at
    }

    /// The last strip up to `index` before which the page may end. Where none is: `first`, if the
    /// page then holds only waiting pictures and the text moves on whole; else before a block that
    /// follows no heading; else `index` itself.
    fn last_cut(&self, first: usize, index: usize, has_floats: bool) -> usize {
        let before = || (first + 1..=index).rev();
        if let Some(at) = before().find(|at| self.may_cut(first, *at)) {
            return at;
        }
        if has_floats && self.run_fits(first) {
            return first;
        }
        before()
            .find(|at| {
                let mut above = self.galley.strips[first..*at].iter().rev();
                let stays = |s: &&Strip| !s.is_space() && s.float() == Float::Stay;
                above.find(stays).is_some_and(|above| {
                    let kind = self.galley.groups[above.group.0].kind;
                    above.group != self.strip(*at).group && kind != FrameKind::Heading
                })
            })
            .unwrap_or(index.max(first))
    }

    /// Whether the page from `first` on may end before a strip: on the right of a vertical spread
    /// also after a heading, since its text goes on beside it (composition rules §15).
    fn may_cut(&self, first: usize, at: usize) -> bool {
        if self.strip(at).cut != Cut::Keep {
            return true;
        }
        if self.ease == Ease::Lenient && self.parts_first_line(at) {
            return true;
        }
        let starts_text = self.strip(at).text.is_some_and(|text| text.nth == 0);
        self.heading_ends && starts_text && at > first + 1 && self.is_heading(at - 1)
    }

    /// Whether a strip is the second line of a paragraph of three or more that no heading holds.
    pub(super) fn parts_first_line(&self, at: usize) -> bool {
        let line = |at: usize| self.galley.strips.get(at).and_then(|strip| strip.text);
        line(at).is_some_and(|text| {
            text.nth == 1
                && self.strip(at - 1).cut == Cut::Free
                && line(at + 1).is_some_and(|next| next.paragraph == text.paragraph)
        })
    }

    /// Whether a strip is a line of a heading.
    fn is_heading(&self, at: usize) -> bool {
        let strip = self.strip(at);
        self.galley.groups[strip.group.0].kind == FrameKind::Heading && strip.text.is_none()
    }

    /// Whether the strips from `first` to the next place where a page may end fit on one page.
    fn run_fits(&self, first: usize) -> bool {
        let mut end = Length::ZERO;
        for index in first..self.galley.strips.len() {
            let strip = self.strip(index);
            if index > first && strip.cut != Cut::Keep {
                return true;
            }
            let at = match strip.start {
                Start::OnGrid => self.desk.grid.align(end),
                Start::Anywhere => end,
            };
            if at + strip.body > self.area {
                return false;
            }
            end = at + strip.advance;
        }
        true
    }

    /// A paragraph that goes on from the page before is read to its end before a picture that
    /// stands at the page's start.
    fn in_reading_order(&self, page: Filling, floats: usize) -> Decided {
        let mut slots = page.slots;
        if floats > 0 && floats < slots.len() {
            let opener = slots[floats].index;
            let group = self.strip(opener).group;
            if opener > 0 && self.strip(opener - 1).group == group {
                let rest = slots.split_off(floats);
                let held = rest
                    .iter()
                    .take_while(|slot| self.strip(slot.index).group == group)
                    .count();
                let mut ordered: Vec<Slot> = rest[..held].to_vec();
                ordered.append(&mut slots);
                ordered.extend_from_slice(&rest[held..]);
                slots = ordered;
            }
        }
        Decided {
            kind: SheetKind::Text,
            slots,
            notes: Vec::new(),
            next: self.next,
        }
    }
}

/// From the head of the type area to an island's edge.
fn island_inline(strip: &Strip) -> Length {
    match &strip.content {
        Content::Island(island) => island.inline,
        _ => Length::ZERO,
    }
}

/// The groups of a galley that has been cut into pages.
pub(crate) fn groups_of(galley: Galley<'_>) -> Groups {
    let mut ends: Vec<Option<(usize, usize)>> = vec![None; galley.groups.len()];
    for (index, strip) in galley.strips.iter().enumerate() {
        let mut at: Option<GroupId> = Some(strip.group);
        while let Some(group) = at {
            let end = ends[group.0].get_or_insert((index, index));
            end.0 = end.0.min(index);
            end.1 = end.1.max(index);
            at = galley.groups[group.0].parent;
        }
    }
    Groups {
        list: galley.groups,
        ends,
        article: galley.article,
    }
}
