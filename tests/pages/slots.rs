//! How full newspaper pages are, judged from their frames alone: of the line slots that the stories span, how many hold something.

use std::collections::BTreeMap;

use banxin::geom::{Length, Point, Size};
use banxin::layout::{Frame, FrameKind, Item, Layout, Line};

/// The slots of one page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fill {
    /// Slots of the full-width rectangle that the stories occupy.
    pub(crate) slots: usize,
    /// Those that hold text, a picture, a caption or furniture; the rule between two stories of a
    /// horizontal page is furniture, and holds the line that is kept free under it, no more.
    pub(crate) held: usize,
    /// The longest run of empty slots in one tier.
    pub(crate) hole: usize,
    /// The slots, a tier a line: `#` held, `.` empty.
    pub(crate) map: String,
}

impl Fill {
    /// Held slots in tenths of a percent.
    pub(crate) fn permille(&self) -> usize {
        self.held * 1000 / self.slots.max(1)
    }
}

/// A box on the page in logical axes: along the lines, then across them from the page's start.
#[derive(Debug, Clone, Copy)]
struct Patch {
    inline: (i64, i64),
    block: (i64, i64),
}

impl Patch {
    fn holds(&self, inline: i64, block: i64) -> bool {
        (self.inline.0..self.inline.1).contains(&inline)
            && (self.block.0..self.block.1).contains(&block)
    }
}

/// The pages' lattice of slots, read off the lines of running text.
#[derive(Debug)]
struct Lattice {
    vertical: bool,
    width: i64,
    /// Heads of the tiers, along the lines.
    tiers: Vec<i64>,
    measure: i64,
    /// Middle of the first slot, and from one slot to the next.
    first: i64,
    pitch: i64,
    count: usize,
}

/// How full each page is; a layout without running text has no slots.
pub(crate) fn fill(layout: &Layout) -> Vec<Fill> {
    let Some(lattice) = Lattice::of(layout) else {
        return Vec::new();
    };
    let pages = layout.pages.iter();
    pages.map(|page| lattice.page(&page.frame)).collect()
}

/// Frames that hold their whole box.
const SOLID: &[FrameKind] = &[
    FrameKind::Figure,
    FrameKind::Table,
    FrameKind::Box,
    FrameKind::Sidebar,
    FrameKind::PullQuote,
    FrameKind::Jump,
    FrameKind::EndMark,
];

/// Heads: their words hold the box from side to side, with half of their size before and after for
/// the gaps between lines; what a head is given beyond that is blank.
const HEADS: &[FrameKind] = &[
    FrameKind::Heading,
    FrameKind::Headline,
    FrameKind::Kicker,
    FrameKind::Deck,
    FrameKind::Lead,
    FrameKind::Byline,
    FrameKind::Dateline,
];

impl Lattice {
    fn of(layout: &Layout) -> Option<Self> {
        let width = layout.pages.first()?.trim.width.wide();
        let mut sizes: BTreeMap<(bool, Length), usize> = BTreeMap::new();
        let mut all = Vec::new();
        for page in &layout.pages {
            lines(&page.frame, Point::ORIGIN, &mut |kind, at, line| {
                if kind == FrameKind::Paragraph {
                    *sizes
                        .entry((line.mode.is_vertical(), line.size))
                        .or_default() += 1;
                    all.push((
                        at,
                        line.mode.is_vertical(),
                        line.size,
                        line.start + line.set,
                    ));
                }
            });
        }
        let (&(vertical, size), _) = sizes.iter().max_by_key(|(_, count)| **count)?;
        let mut heads: BTreeMap<i64, usize> = BTreeMap::new();
        let mut blocks: BTreeMap<i64, usize> = BTreeMap::new();
        let mut measure = 0;
        for (at, _, _, set) in all.iter().filter(|l| (l.1, l.2) == (vertical, size)) {
            let (inline, block) = if vertical {
                (at.y.wide(), width - at.x.wide())
            } else {
                (at.x.wide(), at.y.wide())
            };
            *heads.entry(inline).or_default() += 1;
            *blocks.entry(block).or_default() += 1;
            measure = measure.max(set.wide());
        }
        // Indented lists and quotations stand off the heads of the tiers, boxes off both.
        let most = heads.values().max().copied()?;
        let mut tiers: Vec<i64> = Vec::new();
        for (at, count) in &heads {
            let near = tiers.last().is_some_and(|last| at - last < size.wide() * 4);
            if *count * 12 >= most && !near {
                tiers.push(*at);
            }
        }
        let mut steps: BTreeMap<i64, usize> = BTreeMap::new();
        for pair in blocks.keys().collect::<Vec<_>>().windows(2) {
            *steps.entry(pair[1] - pair[0]).or_default() += 1;
        }
        let (&pitch, _) = steps.iter().max_by_key(|(_, count)| **count)?;
        let (&first, _) = blocks.iter().next()?;
        let (&last, _) = blocks.iter().next_back()?;
        // Heads and pictures stand where no text does: the pages' lines reach as far as they do.
        let (from, to) = reach(layout, (vertical, width))?;
        let first = first - (first - from).max(0) / pitch.max(1) * pitch;
        let last = last.max(to - pitch / 2);
        let count = usize::try_from((last - first + pitch / 2) / pitch.max(1)).ok()? + 1;
        // Text stands on its baseline in horizontal lines: its middle lies a third of an em above.
        let lift = if vertical {
            0
        } else {
            size.wide() * 380 / 1000
        };
        Some(Self {
            vertical,
            width,
            tiers,
            measure,
            first: first - lift,
            pitch,
            count,
        })
    }

    fn patch(&self, at: Point, size: Size) -> Patch {
        let (x, y) = (at.x.wide(), at.y.wide());
        let (w, h) = (size.width.wide(), size.height.wide());
        if self.vertical {
            Patch {
                inline: (y, y + h),
                block: (self.width - x - w, self.width - x),
            }
        } else {
            Patch {
                inline: (x, x + w),
                block: (y, y + h),
            }
        }
    }

    fn page(&self, page: &Frame) -> Fill {
        let mut patches = Vec::new();
        self.patches(page, Point::ORIGIN, &mut patches);
        let held = |tier: i64, nth: usize| {
            let middle = self.first + self.pitch * i64::try_from(nth).unwrap_or(0);
            // A quarter of the way along, where even the shortest last line stands, or further on.
            let points = [size_of(self.measure, 1), size_of(self.measure, 4)];
            patches
                .iter()
                .any(|patch| points.iter().any(|along| patch.holds(tier + along, middle)))
        };
        let rows: Vec<Vec<bool>> = self
            .tiers
            .iter()
            .map(|tier| (0..self.count).map(|nth| held(*tier, nth)).collect())
            .collect();
        let used = rows
            .iter()
            .rposition(|row| row.contains(&true))
            .map_or(0, |last| last + 1);
        // What is left of a last page is closed: tiers of a vertical page, lines of a horizontal one.
        let count = if self.vertical {
            self.count
        } else {
            let lasts = rows
                .iter()
                .filter_map(|row| row.iter().rposition(|held| *held));
            lasts.max().map_or(0, |last| last + 1)
        };
        let mut fill = Fill {
            slots: used * count,
            held: 0,
            hole: 0,
            map: String::new(),
        };
        for row in rows[..used].iter().map(|row| &row[..count]) {
            let marks = row.iter().map(|held| if *held { '#' } else { '.' });
            fill.map.extend(marks.chain(['\n']));
            fill.held += row.iter().filter(|held| **held).count();
            let holes = row.split(|held| *held).map(<[bool]>::len);
            fill.hole = fill.hole.max(holes.max().unwrap_or(0));
        }
        fill
    }

    /// The line that a rule between stories of a horizontal page takes: of the next middles of
    /// lines under it, the first.
    fn ruled(&self, at: Point, size: Size) -> Option<Patch> {
        let patch = self.patch(at, size);
        let along = patch.inline.1 - patch.inline.0 > patch.block.1 - patch.block.0;
        (along && !self.vertical).then(|| Patch {
            block: (patch.block.0, patch.block.0 + self.pitch),
            ..patch
        })
    }

    /// What a line of a head holds of its frame.
    fn words(&self, at: Point, line: &Line, whole: &Patch) -> Patch {
        let size = line.size.wide();
        let up = size * 380 / 1000;
        let (x, y, set) = (at.x.wide(), at.y.wide(), (line.start + line.set).wide());
        match (self.vertical, line.mode.is_vertical()) {
            (true, true) => Patch {
                block: (self.width - x - size, self.width - x + size),
                ..*whole
            },
            (false, false) => Patch {
                block: (y - up - size, y - up + size),
                ..*whole
            },
            // A horizontal head of a vertical page: its lines lie across the page's.
            (true, false) => Patch {
                inline: (y - up - size, y - up + size),
                block: (self.width - x - set, self.width - x - line.start.wide()),
            },
            (false, true) => Patch {
                inline: (x - size, x + size),
                block: (y + line.start.wide(), y + set),
            },
        }
    }

    /// The boxes of everything that is not blank.
    fn patches(&self, frame: &Frame, corner: Point, out: &mut Vec<Patch>) {
        for (at, item) in &frame.items {
            let at = corner + *at;
            match item {
                Item::Group(inner) => {
                    if inner.kind == FrameKind::Rule {
                        out.extend(self.ruled(at, inner.size));
                    }
                    if matches!(
                        inner.kind,
                        FrameKind::SectionHead | FrameKind::Folio | FrameKind::Rule
                    ) {
                        continue;
                    }
                    if SOLID.contains(&inner.kind) {
                        out.push(self.patch(at, inner.size));
                    }
                    if HEADS.contains(&inner.kind) {
                        let whole = self.patch(at, inner.size);
                        lines(inner, at, &mut |_, at, line| {
                            out.push(self.words(at, line, &whole));
                        });
                    }
                    // An end mark stands in a line that ends before it, or alone at its line's foot.
                    if inner.kind != FrameKind::EndMark {
                        self.patches(inner, at, out);
                    }
                }
                Item::Line(line) => {
                    let half = self.pitch / 2;
                    let (x, y) = (at.x.wide(), at.y.wide());
                    let from = line.start.wide();
                    // Even one character holds its slot: blank at a paragraph's end is text.
                    let to = (line.start + line.set).wide().max(self.measure / 2);
                    if line.mode.is_vertical() == self.vertical {
                        let middle = if self.vertical {
                            self.width - x
                        } else {
                            y - line.size.wide() * 380 / 1000
                        };
                        let inline = if self.vertical { y } else { x };
                        out.push(Patch {
                            inline: (inline + from.min(0), inline + to),
                            block: (middle - half, middle + half),
                        });
                    } else {
                        let size = Size::new(line.start + line.set, line.size);
                        out.push(self.patch(Point::new(at.x, at.y - line.size), size));
                    }
                }
                Item::Image { size, .. } => out.push(self.patch(at, *size)),
                Item::Rule(_) | Item::Anchor(_) => {}
                _ => {}
            }
        }
    }
}

/// From where to where anything but furniture of the page stands across the lines, over all pages.
fn reach(layout: &Layout, (vertical, width): (bool, i64)) -> Option<(i64, i64)> {
    let items = layout.pages.iter().flat_map(|page| &page.frame.items);
    let spans = items.filter_map(|(at, item)| match item {
        Item::Group(frame)
            if !matches!(
                frame.kind,
                FrameKind::SectionHead | FrameKind::Folio | FrameKind::Rule
            ) =>
        {
            let (at, size) = (*at, frame.size);
            Some(if vertical {
                let right = at.x + size.width;
                (width - right.wide(), width - at.x.wide())
            } else {
                (at.y.wide(), at.y.wide() + size.height.wide())
            })
        }
        _ => None,
    });
    spans.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)))
}

fn size_of(measure: i64, tenths: i64) -> i64 {
    measure * tenths / 10
}

fn lines(frame: &Frame, corner: Point, take: &mut impl FnMut(FrameKind, Point, &Line)) {
    for (at, item) in &frame.items {
        match item {
            Item::Line(line) => take(frame.kind, corner + *at, line),
            Item::Group(inner) => lines(inner, corner + *at, take),
            _ => {}
        }
    }
}
