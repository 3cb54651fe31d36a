//! One page: strips in their places become nested frames, with what is drawn around them.

use std::collections::BTreeSet;

use crate::geom::{Length, Logical, Point, Size, WritingMode};
use crate::layout::frame::{Frame, FrameKind, Ink, Item, Rule, Side};
use crate::layout::grid::PageGrid;

use super::distribute::{Placed, Sheet, SheetKind};
use super::galley::{Content, Dress, Group, GroupId, Groups, Strip, Taken};

/// Turns places in the type area into places on the sheet.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sheets<'g> {
    grid: &'g PageGrid,
    corner: Point,
    area: Size,
    /// Across the lines, where islands end at the latest.
    end: Length,
}

impl<'g> Sheets<'g> {
    /// For pages on one side of the spread.
    pub(crate) fn new(grid: &'g PageGrid, side: Side) -> Self {
        Self {
            grid,
            corner: grid.corner(side),
            area: grid.area().to_size(grid.mode),
            end: grid.area().block,
        }
    }

    /// The same where the last lines are kept for something else.
    pub(crate) fn without_last(self, lines: i32) -> Self {
        let end = self.grid.depth_of(self.grid.lines - lines);
        Self { end, ..self }
    }

    /// A box of the type area on the sheet: its corner and its size.
    pub(crate) fn place(&self, at: Logical<Length>, extent: Logical<Length>) -> (Point, Size) {
        let size = extent.to_size(self.grid.mode);
        (
            at.to_corner(self.grid.mode, self.area, size) + self.corner,
            size,
        )
    }

    /// A line's origin on the sheet.
    fn origin(&self, inline: Length, axis: Length) -> Point {
        let nothing = Size::default();
        Logical::new(inline, axis).to_corner(self.grid.mode, self.area, nothing) + self.corner
    }
}

/// Puts a sheet's strips on a page's frame.
pub(crate) fn compose(page: &mut Frame, sheet: Sheet, groups: &Groups, sheets: &Sheets<'_>) {
    if sheet.kind == SheetKind::Bleed {
        for placed in sheet.placed {
            if let Content::Island(island) = placed.strip.content {
                let mut frame = island.frame;
                frame.article.clone_from(&groups.article);
                for id in placed.strip.anchors {
                    frame.items.insert(0, (Point::ORIGIN, Item::Anchor(id)));
                }
                page.push(Point::ORIGIN, Item::Group(frame));
            }
        }
        return;
    }
    let mut stack = Nest {
        groups,
        sheets,
        open: Vec::new(),
        taken: Taken::NOTHING,
        present: sheet.placed.iter().map(|placed| placed.index).collect(),
    };
    let plate = sheet.kind == SheetKind::Plate;
    for placed in sheet.placed {
        if placed.strip.is_space() && placed.strip.anchors.is_empty() {
            continue;
        }
        stack.enter(&placed, page);
        stack.put(placed, plate);
    }
    stack.close_to(0, page);
}

/// A frame that is being filled; its items lie on the page until it is closed.
struct Open {
    id: GroupId,
    items: Vec<(Point, Item)>,
    from: Length,
    to: Length,
    head: Length,
    foot: Length,
}

struct Nest<'g> {
    groups: &'g Groups,
    sheets: &'g Sheets<'g>,
    open: Vec<Open>,
    /// What a picture takes from the last strip.
    taken: Taken,
    /// The strips on this page.
    present: BTreeSet<usize>,
}

impl Nest<'_> {
    /// Closes what does not hold the group and opens what does.
    fn enter(&mut self, placed: &Placed, page: &mut Frame) {
        let path = self.groups.path(placed.strip.group);
        let mut common = self
            .open
            .iter()
            .zip(&path)
            .take_while(|(open, id)| open.id == **id)
            .count();
        // Beside a picture lines are shorter: they make frames of their own, so that no frame
        // lies over another.
        let taken = Taken {
            head: placed.strip.taken.head + placed.shift,
            foot: placed.strip.taken.foot + placed.cut,
        };
        if taken != self.taken {
            common = 0;
        }
        self.taken = taken;
        self.close_to(common, page);
        for id in path.into_iter().skip(common) {
            self.open.push(Open {
                id,
                items: Vec::new(),
                from: Length::MAX,
                to: Length::from_milli(i32::MIN),
                head: Length::MAX,
                foot: Length::from_milli(i32::MIN),
            });
        }
    }

    fn put(&mut self, placed: Placed, plate: bool) {
        let (inner_head, inner_foot) = reach(&placed);
        let Placed {
            at,
            shift,
            with_head,
            strip,
            ..
        } = placed;
        let head = strip.head.as_ref().filter(|_| with_head);
        let from = head.map_or(at, |head| at - head.advance);
        let sheets = self.sheets;
        // An island may stand further on than its strip: what holds it reaches to its end.
        let lead = lead(&strip, at, (sheets, plate));
        let to = match &strip.content {
            Content::Island(island) => {
                let depth = Logical::from_size(island.frame.size, sheets.grid.mode).block;
                at + strip.body.max(lead + depth)
            }
            _ => at + strip.body,
        };
        for open in &mut self.open {
            open.from = open.from.min(from);
            open.to = open.to.max(to);
            open.head = open.head.min(inner_head);
            open.foot = open.foot.max(inner_foot);
        }
        let mut items = Vec::new();
        for id in strip.anchors {
            let (corner, size) = sheets.place(
                Logical::new(Length::ZERO, at),
                Logical::new(Length::ZERO, strip.body),
            );
            let corner = match sheets.grid.mode {
                WritingMode::VerticalRl => Point::new(corner.x + size.width, corner.y),
                WritingMode::HorizontalTb => corner,
            };
            items.push((corner, Item::Anchor(id)));
        }
        if let Some(head) = head {
            let extent = Logical::from_size(head.frame.size, sheets.grid.mode);
            let (corner, _) = sheets.place(Logical::new(head.inline, from), extent);
            let mut frame = head.frame.clone();
            self.sign(&mut frame);
            items.push((corner, Item::Group(frame)));
        }
        match strip.content {
            Content::Space | Content::Padding => {}
            Content::Lines(lines) => {
                for placed in lines {
                    let origin = sheets.origin(placed.inline + shift, at + placed.axis);
                    items.push((origin, Item::Line(placed.line)));
                }
            }
            Content::Island(island) => {
                let extent = Logical::from_size(island.frame.size, sheets.grid.mode);
                let inline = match plate {
                    // A plate stands in the middle of its page.
                    true => (sheets.grid.measure() - extent.inline).at_least_zero() / 2,
                    false => island.inline + shift,
                };
                let (corner, _) = sheets.place(Logical::new(inline, at + lead), extent);
                let mut frame = island.frame;
                self.sign(&mut frame);
                items.push((corner, Item::Group(frame)));
            }
        }
        if let Some(open) = self.open.last_mut() {
            open.items.append(&mut items);
        }
    }

    /// Writes the article's id on a frame.
    fn sign(&self, frame: &mut Frame) {
        frame.article.clone_from(&self.groups.article);
        for (_, item) in &mut frame.items {
            if let Item::Group(inner) = item {
                self.sign(inner);
            }
        }
    }

    /// Closes frames until `depth` are open.
    fn close_to(&mut self, depth: usize, page: &mut Frame) {
        while self.open.len() > depth {
            let Some(open) = self.open.pop() else {
                return;
            };
            // A group that holds nothing but ids is no frame: they stand in what holds it.
            let is_bare = self.groups.list[open.id.0].dress.is_plain()
                && open
                    .items
                    .iter()
                    .all(|(_, item)| matches!(item, Item::Anchor(_)));
            let closed = if is_bare {
                open.items
            } else {
                let closed = self.close(open);
                closed
                    .map(|(at, frame)| (at, Item::Group(frame)))
                    .into_iter()
                    .collect()
            };
            match self.open.last_mut() {
                Some(parent) => parent.items.extend(closed),
                None => page.items.extend(closed),
            }
        }
    }

    fn close(&self, open: Open) -> Option<(Point, Frame)> {
        let group = &self.groups.list[open.id.0];
        if open.items.is_empty() && group.dress.is_plain() {
            return None;
        }
        // A group that holds nothing but an island of its own kind is that island.
        if group.dress.is_plain()
            && let Some((corner, mut only)) = only_island(&open.items, group.kind)
        {
            only.source = only.source.or(group.source);
            return Some((corner, only));
        }
        let (head, foot) = match group.dress {
            Dress::Plain | Dress::Cut(_) => (open.head, open.foot),
            _ => (group.inset, group.inset + group.measure),
        };
        let depth = (open.to - open.from).at_least_zero();
        let extent = Logical::new((foot - head).at_least_zero(), depth);
        let (corner, size) = self.sheets.place(Logical::new(head, open.from), extent);
        let mut frame = Frame::new(group.kind, size);
        frame.source = group.source;
        frame.level = group.level;
        // What the program adds is no part of the article.
        if group.kind != FrameKind::Pointer {
            frame.article.clone_from(&self.groups.article);
        }
        self.dress(&mut frame, group, open.id);
        frame.items.extend(
            open.items
                .into_iter()
                .map(|(at, item)| (Point::new(at.x - corner.x, at.y - corner.y), item)),
        );
        if let Dress::Cut(weight) = group.dress
            && self.goes_on(open.id)
        {
            let extent = Logical::new(group.measure, weight);
            let at = Logical::new(group.inset, open.to - weight);
            let (at, size) = self.sheets.place(at, extent);
            let rule = Rule {
                size,
                ink: Ink::BLACK,
            };
            let at = Point::new(at.x - corner.x, at.y - corner.y);
            frame.push(at, Item::Rule(rule));
        }
        Some((corner, frame))
    }

    /// Whether a group goes on on another page.
    fn goes_on(&self, id: GroupId) -> bool {
        self.groups.ends[id.0].is_some_and(|(_, to)| !self.present.contains(&to))
    }

    /// Rules around a frame; sides on which it goes on on another page stay open.
    fn dress(&self, frame: &mut Frame, group: &Group, id: GroupId) {
        let (starts, ends) = self.groups.ends[id.0].map_or((true, true), |(from, to)| {
            (self.present.contains(&from), self.present.contains(&to))
        });
        let grid = self.sheets.grid;
        // The rules along the lines stand in the middle of the blank line that is kept for them.
        let half = grid.size / 2;
        let vertical = grid.mode.is_vertical();
        let (start_cut, end_cut) = (
            if starts { half } else { Length::ZERO },
            if ends { half } else { Length::ZERO },
        );
        let (weight, sides) = match group.dress {
            Dress::Plain | Dress::Cut(_) => return,
            Dress::Box(weight) => (
                weight,
                Sides {
                    starts,
                    ends,
                    head: true,
                    foot: true,
                },
            ),
            Dress::Rules(weight) => (
                weight,
                Sides {
                    starts,
                    ends,
                    head: false,
                    foot: false,
                },
            ),
            Dress::Side(weight) => {
                let sides = Sides {
                    starts: false,
                    ends: false,
                    head: true,
                    foot: false,
                };
                draw(frame, weight, (Length::ZERO, Length::ZERO), sides, vertical);
                return;
            }
        };
        draw(frame, weight, (start_cut, end_cut), sides, vertical);
    }
}

/// How far after its strip's start an island stands.
fn lead(strip: &Strip, at: Length, (sheets, plate): (&Sheets<'_>, bool)) -> Length {
    let Content::Island(island) = &strip.content else {
        return Length::ZERO;
    };
    let (grid, end) = (sheets.grid, sheets.end);
    let depth = Logical::from_size(island.frame.size, grid.mode).block;
    if plate {
        return (grid.area().block - depth).at_least_zero() / 2 - at;
    }
    // At the page's start its ink stands on the edge of the type area, at its end likewise; in
    // between it stands in the middle of its lines.
    let room = end - at - depth;
    let lead = if at == Length::ZERO {
        Length::ZERO
    } else if at + strip.advance >= end {
        room
    } else {
        ((strip.advance - grid.gap() - depth) / 2).min(room)
    };
    lead.at_least_zero()
}

/// From where to where a strip reaches along the lines.
fn reach(placed: &Placed) -> (Length, Length) {
    let strip = &placed.strip;
    let head = match &strip.content {
        Content::Lines(lines) => lines
            .iter()
            .map(|line| line.inline)
            .fold(strip.inset, Length::min),
        _ => strip.inset,
    };
    let foot = strip.inset + strip.measure - placed.cut;
    (head + placed.shift, foot.max(head + placed.shift))
}

/// The one frame among items that are else anchors, with these put into it.
fn only_island(items: &[(Point, Item)], kind: FrameKind) -> Option<(Point, Frame)> {
    let mut found = None;
    for (at, item) in items {
        match item {
            Item::Anchor(_) => {}
            Item::Group(frame) if frame.kind == kind && found.is_none() => {
                found = Some((*at, frame.clone()));
            }
            _ => return None,
        }
    }
    let (corner, mut frame) = found?;
    for (_, item) in items.iter().rev() {
        if let Item::Anchor(id) = item {
            frame
                .items
                .insert(0, (Point::ORIGIN, Item::Anchor(id.clone())));
        }
    }
    Some((corner, frame))
}

/// Which sides of a frame have a rule: across the lines before the first and after the last, along
/// the lines' heads and feet.
#[derive(Clone, Copy)]
struct Sides {
    starts: bool,
    ends: bool,
    head: bool,
    foot: bool,
}

fn draw(
    frame: &mut Frame,
    weight: Length,
    (start_cut, end_cut): (Length, Length),
    sides: Sides,
    vertical: bool,
) {
    let size = frame.size;
    let (inner, shift, wanted) = if vertical {
        (
            Size::new(size.width - start_cut - end_cut, size.height),
            Point::new(end_cut, Length::ZERO),
            [sides.head, sides.starts, sides.foot, sides.ends],
        )
    } else {
        (
            Size::new(size.width, size.height - start_cut - end_cut),
            Point::new(Length::ZERO, start_cut),
            [sides.starts, sides.foot, sides.ends, sides.head],
        )
    };
    for (at, size) in outline(inner, weight, wanted) {
        let rule = Rule {
            size,
            ink: Ink::BLACK,
        };
        frame.push(at + shift, Item::Rule(rule));
    }
}

/// Rules along the sides of a box, inside it: top, right, bottom, left.
pub(crate) fn outline(size: Size, weight: Length, sides: [bool; 4]) -> Vec<(Point, Size)> {
    let across = Size::new(size.width, weight);
    let down = Size::new(weight, size.height);
    let all = [
        (Point::ORIGIN, across),
        (Point::new(size.width - weight, Length::ZERO), down),
        (Point::new(Length::ZERO, size.height - weight), across),
        (Point::ORIGIN, down),
    ];
    all.into_iter()
        .zip(sides)
        .filter_map(|(rule, wanted)| wanted.then_some(rule))
        .collect()
}

/// An empty page.
pub(crate) fn blank(grid: &PageGrid) -> Frame {
    Frame::new(FrameKind::Page, grid.trim)
}
