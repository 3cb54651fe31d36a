//! Slicings of a page: which stories stand beside and below one another, by dynamic programming.
//!
//! Stories that follow one another in rank make a block, and a block is cut in two by a line
//! between lines or by a line between tiers, the higher ranks first. What a block holds is known,
//! so with its tiers its width is known too: its shape function has one point for each number of
//! tiers, kept with a few others that have larger or smaller headlines and pictures (Otten 1983;
//! Stockmeyer 1983). What blocks cost here is an estimate; the best slicings are then cut to the
//! line (see [`cut`](super::cut)).

use std::rc::Rc;

use super::cost;
use super::item::Choice;

/// A story as slicing sees it.
#[derive(Debug, Clone)]
pub(super) struct Leaf {
    /// Lines of running text, with a jump line.
    pub(super) text: u32,
    /// How its head and pieces may be set, without those that do not fit the page.
    pub(super) choices: Rc<[Choice]>,
    /// By how many lines its text may be longer or shorter, because it goes on elsewhere.
    pub(super) elastic: u32,
    /// The tiers that it must take.
    pub(super) tiers: Option<u16>,
}

/// The page that is cut.
#[derive(Debug, Clone, Copy)]
pub(super) struct Canvas {
    /// Its tiers.
    pub(super) tiers: u16,
    /// Its lines.
    pub(super) lines: u16,
    /// Line pitches in the extent of a tier.
    pub(super) pitch: u32,
    /// Whether lines are vertical.
    pub(super) vertical: bool,
    /// What a gap between tiers right across the page costs.
    pub(super) channel: u32,
    /// Lines that stay free at the head of a story's tiers where another stands before them.
    pub(super) parting: u16,
}

/// A slicing: how one block of stories is cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Tree {
    /// One story, in so many tiers.
    Leaf {
        /// Which.
        leaf: usize,
        /// Which of its choices.
        choice: usize,
        /// In how many tiers.
        tiers: u16,
    },
    /// One block beside another: the cut runs along a line.
    Beside(Box<Tree>, Box<Tree>),
    /// One block below another: the cut runs between tiers.
    Below(Box<Tree>, Box<Tree>),
}

/// One way to set a block in a number of tiers.
#[derive(Debug, Clone, Copy)]
struct Block {
    /// Slots that it takes.
    area: u32,
    /// What it costs, as far as can be told.
    cost: u64,
    /// Lines that its last tier has for running on: those of its last story there.
    tail: u16,
    /// Lines of its first tier beside the last headline there.
    nose: u16,
    /// Tiers at whose head no headline stands.
    bare: u16,
    /// A number for how it is cut, whatever is chosen for its stories.
    pattern: u64,
    /// How it is made.
    made: Made,
}

/// A number for a cut of two blocks.
fn pattern(cut: u64, one: u64, other: u64) -> u64 {
    // Odd constants of FNV and of the golden ratio: patterns of a page only have to differ.
    (one.wrapping_mul(0x0000_0100_0000_01B3) ^ other)
        .rotate_left(23)
        .wrapping_mul(0x9E37_79B9_7F4A_7C15)
        .wrapping_add(cut)
}

#[derive(Debug, Clone, Copy)]
enum Made {
    Leaf(usize),
    Beside {
        split: usize,
        first: usize,
        second: usize,
    },
    Below {
        split: usize,
        tiers: u16,
        first: usize,
        second: usize,
    },
}

/// The slicings of a page that look best, the best first, with what they were thought to cost.
pub(super) fn slicings(leaves: &[Leaf], canvas: Canvas, steps: &mut u64) -> Vec<(u64, Tree)> {
    let many = leaves.len();
    if many == 0 {
        return Vec::new();
    }
    let mut blocks = Blocks {
        leaves,
        canvas,
        kept: match many {
            0..=6 => 8,
            7..=9 => 6,
            10..=12 => 5,
            13..=16 => 3,
            _ => 2,
        },
        cells: vec![Vec::new(); many * many * usize::from(canvas.tiers)],
        steps: 0,
    };
    for length in 1..=many {
        for from in 0..=many - length {
            for tiers in 1..=canvas.tiers {
                blocks.fill(from, from + length - 1, tiers);
            }
        }
    }
    *steps += blocks.steps;
    let root = blocks.cell(0, many - 1, canvas.tiers);
    blocks.cells[root]
        .iter()
        .map(|block| {
            let tree = blocks.tree(0, many - 1, canvas.tiers, block);
            (block.cost, tree)
        })
        .collect()
}

/// What it costs that a page is filled too much or too little: choices can still be changed, but
/// not for nothing.
fn off_page(area: u32, canvas: Canvas) -> u64 {
    let page = u32::from(canvas.tiers) * u32::from(canvas.lines);
    let off = u64::from(area.abs_diff(page)) * 100 / u64::from(page);
    off * off / 4
}

struct Blocks<'a> {
    leaves: &'a [Leaf],
    canvas: Canvas,
    /// Ways that are kept for a block in a number of tiers.
    kept: usize,
    cells: Vec<Vec<Block>>,
    steps: u64,
}

impl Blocks<'_> {
    fn cell(&self, from: usize, to: usize, tiers: u16) -> usize {
        (from * self.leaves.len() + to) * usize::from(self.canvas.tiers) + usize::from(tiers - 1)
    }

    /// Finds the ways of setting a block in so many tiers.
    fn fill(&mut self, from: usize, to: usize, tiers: u16) {
        let whole = from == 0 && to + 1 == self.leaves.len() && tiers == self.canvas.tiers;
        let mut best = Best {
            blocks: Vec::new(),
            many: if whole { 3 * self.kept } else { self.kept },
            page: whole.then_some(self.canvas),
        };
        if from == to {
            self.leaf(from, tiers, &mut best);
        } else {
            for split in from..to {
                self.beside((from, split, to), tiers, &mut best);
                self.below((from, split, to), tiers, &mut best);
            }
        }
        let cell = self.cell(from, to, tiers);
        self.cells[cell] = best.blocks;
    }

    fn leaf(&mut self, at: usize, tiers: u16, best: &mut Best) {
        let leaf = &self.leaves[at];
        if leaf.tiers.is_some_and(|wish| wish != tiers) {
            return;
        }
        for (n, choice) in leaf.choices.iter().enumerate() {
            let area = leaf.text + choice.slots;
            let lines = area.div_ceil(u32::from(tiers));
            let lines = u16::try_from(lines).unwrap_or(u16::MAX);
            if choice.reach.0 > tiers
                || choice.reach.1 > lines
                || lines > self.canvas.lines.saturating_add(1)
            {
                continue;
            }
            best.add(Block {
                area,
                cost: choice.cost + stretched(area, tiers, self.canvas.pitch),
                tail: lines,
                nose: lines - choice.head_lines.min(lines),
                bare: tiers.saturating_sub(choice.head_tiers),
                pattern: u64::from(tiers),
                made: Made::Leaf(n),
            });
        }
    }

    /// One block beside another, in the same tiers.
    fn beside(&mut self, (from, split, to): (usize, usize, usize), tiers: u16, best: &mut Best) {
        let a = &self.cells[self.cell(from, split, tiers)];
        let b = &self.cells[self.cell(split + 1, to, tiers)];
        let abreast = if self.canvas.vertical {
            cost::ABREAST / 2
        } else {
            0
        };
        let most = u32::from(tiers) * (u32::from(self.canvas.lines) + 2);
        let mut steps = 0;
        for (first, one) in a.iter().enumerate() {
            for (second, other) in b.iter().enumerate() {
                steps += 1;
                let cost = one.cost + other.cost + abreast;
                if best.is_full_below(cost) {
                    break;
                }
                let free = u32::from(other.bare) * u32::from(self.canvas.parting);
                let area = one.area + other.area + free;
                if area <= most {
                    best.add(Block {
                        area,
                        cost,
                        tail: other.tail,
                        nose: other.nose,
                        bare: one.bare,
                        pattern: pattern(1, one.pattern, other.pattern),
                        made: Made::Beside {
                            split,
                            first,
                            second,
                        },
                    });
                }
            }
        }
        self.steps += steps;
    }

    /// One block below another, as wide.
    fn below(&mut self, (from, split, to): (usize, usize, usize), tiers: u16, best: &mut Best) {
        let most = u32::from(tiers) * (u32::from(self.canvas.lines) + 2);
        let mut steps = 0;
        for above in 1..tiers {
            let a = &self.cells[self.cell(from, split, above)];
            let b = &self.cells[self.cell(split + 1, to, tiers - above)];
            let (Some(one), Some(other)) = (a.first(), b.first()) else {
                continue;
            };
            // What the first block needs of these tiers, give or take one.
            let due = u32::from(tiers) * one.area / (one.area + other.area).max(1);
            if u32::from(above) + 1 < due || u32::from(above) > due + 1 {
                continue;
            }
            for (first, one) in a.iter().enumerate() {
                for (second, other) in b.iter().enumerate() {
                    steps += 1;
                    if best.is_full_below(one.cost + other.cost) {
                        break;
                    }
                    let area = one.area + other.area;
                    if area > most {
                        continue;
                    }
                    let Some(cost) = self.gap(one, other, above, tiers) else {
                        continue;
                    };
                    best.add(Block {
                        area,
                        cost: one.cost + other.cost + cost,
                        tail: other.tail,
                        nose: one.nose,
                        bare: one.bare + other.bare,
                        pattern: pattern(2, one.pattern, other.pattern),
                        made: Made::Below {
                            split,
                            tiers: above,
                            first,
                            second,
                        },
                    });
                }
            }
        }
        self.steps += steps;
    }

    /// What the cut between two blocks one below the other costs; nothing where the first is too
    /// large or too small for its tiers.
    fn gap(&self, one: &Block, other: &Block, above: u16, tiers: u16) -> Option<u64> {
        let area = one.area + other.area;
        let lines = area / u32::from(tiers);
        let own = u32::from(above) * lines;
        let free = 1 + area / 100;
        let across = lines * 100 >= u32::from(self.canvas.lines) * 97;
        let abreast = if self.canvas.vertical {
            0
        } else {
            cost::ABREAST
        };
        if one.area.abs_diff(own) <= free {
            let channel = if across {
                u64::from(self.canvas.channel)
            } else {
                0
            };
            let off = u64::from(one.area.abs_diff(own));
            return Some(abreast + channel + off.min(6));
        }
        let over = one.area.checked_sub(own)?;
        let short = u32::from(cost::SHORT_RUN);
        // It runs on in one tier, or in two where they are narrow.
        for tongue in [over, over.div_ceil(2), over.div_ceil(3)] {
            if tongue >= short
                && tongue <= u32::from(one.tail)
                && tongue + short <= u32::from(other.nose)
            {
                return Some(abreast + cost::TONGUE);
            }
        }
        None
    }

    fn tree(&self, from: usize, to: usize, tiers: u16, block: &Block) -> Tree {
        match block.made {
            Made::Leaf(choice) => Tree::Leaf {
                leaf: from,
                choice,
                tiers,
            },
            Made::Beside {
                split,
                first,
                second,
            } => {
                let one = &self.cells[self.cell(from, split, tiers)][first];
                let other = &self.cells[self.cell(split + 1, to, tiers)][second];
                Tree::Beside(
                    Box::new(self.tree(from, split, tiers, one)),
                    Box::new(self.tree(split + 1, to, tiers, other)),
                )
            }
            Made::Below {
                split,
                tiers: above,
                first,
                second,
            } => {
                let one = &self.cells[self.cell(from, split, above)][first];
                let other = &self.cells[self.cell(split + 1, to, tiers - above)][second];
                Tree::Below(
                    Box::new(self.tree(from, split, above, one)),
                    Box::new(self.tree(split + 1, to, tiers - above, other)),
                )
            }
        }
    }
}

/// What the proportions of a story cost.
pub(super) fn stretched(area: u32, tiers: u16, pitch: u32) -> u64 {
    let along = u64::from(tiers) * u64::from(pitch);
    let across = u64::from(area) / u64::from(tiers).max(1);
    let (long, short) = if along > across {
        (along, across)
    } else {
        (across, along)
    };
    let ratio = long * 10 / short.max(1);
    ratio.saturating_sub(30) * cost::STRETCHED / 5
}

/// The cheapest ways of setting a block, each of another size than the others.
struct Best {
    blocks: Vec<Block>,
    /// How many are kept.
    many: usize,
    /// The page that they have to fill, where they are slicings of all of it.
    page: Option<Canvas>,
}

impl Best {
    /// Whether nothing of this cost would be kept.
    fn is_full_below(&self, cost: u64) -> bool {
        self.blocks.len() == self.many && self.blocks.last().is_some_and(|last| last.cost <= cost)
    }

    fn add(&mut self, mut block: Block) {
        if let Some(canvas) = self.page {
            block.cost += off_page(block.area, canvas);
        }
        if self.is_full_below(block.cost) {
            return;
        }
        let apart = 1 + block.area / 100;
        // Of a page's slicings each is to be cut otherwise; what is chosen for the stories is
        // chosen again. Of a block's, each is to have another size.
        let whole = self.page.is_some();
        let alike = |own: &Block| {
            if whole {
                own.pattern == block.pattern
            } else {
                own.area.abs_diff(block.area) < apart
            }
        };
        let mut own = self.blocks.iter();
        if own.any(|own| alike(own) && own.cost <= block.cost) {
            return;
        }
        self.blocks.retain(|own| !alike(own));
        let at = self.blocks.partition_point(|own| own.cost <= block.cost);
        self.blocks.insert(at, block);
        self.blocks.truncate(self.many);
    }
}
