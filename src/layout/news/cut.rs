//! Cutting a page along a slicing, to the line: each story gets the slots that it needs.
//!
//! A cut is straight where that leaves no more than a few lines unfilled. Where it would, the first
//! block keeps its size and the line between the two has a step: beside one another, the last tiers
//! of the first run on below the second's beginning; below one another, its last story runs on into
//! the tier under it. So a page is filled whatever its stories measure.

use super::area::Area;
use super::combine::{Canvas, Leaf, Tree};
use super::cost;
use super::shape::Shape;

/// What is known of a block that is to be cut from a page.
#[derive(Debug, Clone, Copy)]
struct Need {
    /// Slots that it needs.
    slots: u32,
    /// Stories in it: each may be left with a little slack.
    stories: u32,
    /// By how much it may be larger or smaller without a hole.
    elastic: u32,
}

/// Shapes for all stories of a slicing, and what its cuts cost.
#[derive(Debug, Clone)]
pub(super) struct Cutting {
    /// A shape for each leaf.
    pub(super) shapes: Vec<Shape>,
    /// What the steps in its cuts cost.
    pub(super) cost: u64,
}

/// Cuts a page along a slicing; nothing where a story cannot be given its slots.
pub(super) fn cut(tree: &Tree, leaves: &[Leaf], canvas: Canvas, origin: Area) -> Option<Cutting> {
    let mut contents = vec![0; leaves.len()];
    let mut own = Vec::with_capacity(leaves.len());
    gather(tree, 0, canvas.parting, &mut own);
    let page = origin.slots();
    choose(leaves, &mut own, page);
    for own in &own {
        contents[own.leaf] = leaves[own.leaf].text + own.slots(leaves, own.choice);
    }
    let sum: u32 = contents.iter().sum();
    if let Some(free) = leaves.iter().position(|leaf| leaf.elastic > 0) {
        // The story that goes on takes what is left, but for a little slack for each of the others.
        let rest = page.checked_sub(sum - contents[free])?;
        let slack = (own.len() as u32 - 1).min(rest);
        let wanted = rest - slack;
        if wanted.abs_diff(contents[free]) > leaves[free].elastic {
            return None;
        }
        contents[free] = wanted;
    } else if sum > page {
        return None;
    }
    let mut knife = Knife {
        leaves,
        canvas,
        contents,
        cutting: Cutting {
            shapes: vec![Shape::default(); leaves.len()],
            cost: 0,
        },
    };
    knife.cut(tree, Shape::rectangle(origin))?;
    Some(knife.cutting)
}

/// A story of a slicing.
#[derive(Debug, Clone, Copy)]
struct Own {
    leaf: usize,
    choice: usize,
    tiers: u16,
    /// Lines that stay free at the head of its tiers, where no headline stands.
    parting: u16,
}

impl Own {
    /// What head and pieces take with a choice, and what stays free beside the head.
    fn slots(&self, leaves: &[Leaf], choice: usize) -> u32 {
        let choice = &leaves[self.leaf].choices[choice];
        let bare = self.tiers.saturating_sub(choice.head_tiers);
        choice.slots + u32::from(bare) * u32::from(self.parting)
    }
}

/// Stories of a slicing with their choices and tiers; `parting` lines stay free at the head of
/// those that stand after others, and `head` at that of the first.
fn gather(tree: &Tree, head: u16, parting: u16, own: &mut Vec<Own>) {
    match tree {
        Tree::Leaf {
            leaf,
            choice,
            tiers,
        } => own.push(Own {
            leaf: *leaf,
            choice: *choice,
            tiers: *tiers,
            parting: head,
        }),
        Tree::Beside(a, b) => {
            gather(a, head, parting, own);
            gather(b, parting, parting, own);
        }
        Tree::Below(a, b) => {
            gather(a, head, parting, own);
            gather(b, head, parting, own);
        }
    }
}

/// The story that ends a block.
fn last_leaf(tree: &Tree) -> usize {
    match tree {
        Tree::Leaf { leaf, .. } => *leaf,
        Tree::Beside(_, b) | Tree::Below(_, b) => last_leaf(b),
    }
}

/// Changes single choices of heads and pieces, and pairs of them, until a page is filled as well as
/// can be.
fn choose(leaves: &[Leaf], own: &mut [Own], page: u32) {
    if leaves.iter().any(|leaf| leaf.elastic > 0) {
        return;
    }
    let many = own.len() as u64;
    let hole = |sum: i64| -> u64 {
        let left = i64::from(page) - sum;
        if left < 0 {
            return 1_000_000 + left.unsigned_abs() * 1000;
        }
        cost::hole(left.unsigned_abs(), many)
    };
    for _ in 0..4 {
        let sum: i64 = own
            .iter()
            .map(|own| i64::from(leaves[own.leaf].text + own.slots(leaves, own.choice)))
            .sum();
        let changes: Vec<Change> = (0..own.len())
            .flat_map(|at| changes(leaves, at, own[at]))
            .collect();
        let mut best = (hole(sum) as i64, None, None);
        for (i, one) in changes.iter().enumerate() {
            let cost = hole(sum + one.more) as i64 + one.cost;
            if cost < best.0 {
                best = (cost, Some(i), None);
            }
        }
        if best.0 > 4 {
            let cheapest = changes.iter().map(|change| change.cost).min().unwrap_or(0);
            for (i, one) in changes.iter().enumerate() {
                if one.cost + cheapest >= best.0 {
                    continue;
                }
                for (j, other) in changes.iter().enumerate().skip(i + 1) {
                    // Most pairs are too dear whatever they fill.
                    let cost = one.cost + other.cost;
                    if cost >= best.0 || one.at == other.at {
                        continue;
                    }
                    let cost = cost + hole(sum + one.more + other.more) as i64;
                    if cost < best.0 {
                        best = (cost, Some(i), Some(j));
                    }
                }
            }
        }
        if best.1.is_none() {
            break;
        }
        for change in [best.1, best.2].into_iter().flatten() {
            let Change { at, choice, .. } = changes[change];
            own[at].choice = choice;
        }
    }
}

/// Another choice for a story of a slicing.
struct Change {
    /// Which of the stories.
    at: usize,
    choice: usize,
    /// Slots more.
    more: i64,
    /// Cost more.
    cost: i64,
}

/// What each other choice for a story brings. Of those that bring as many slots only the cheapest
/// can be among the best.
fn changes(leaves: &[Leaf], at: usize, own: Own) -> Vec<Change> {
    let leaf = &leaves[own.leaf];
    let was = leaf.choices[own.choice];
    let had = own.slots(leaves, own.choice);
    let most = |slots: u32| {
        let lines = choice_lines(leaves, own.leaf, slots, own.tiers);
        was.reach.1.max(lines)
    };
    // By the slots that they take: the cheapest, and of these the first.
    let mut best: Vec<Option<usize>> = Vec::new();
    for (n, choice) in leaf.choices.iter().enumerate() {
        let fits = choice.reach.0 <= own.tiers && choice.reach.1 <= most(choice.slots);
        if n == own.choice || !fits {
            continue;
        }
        let slots = own.slots(leaves, n) as usize;
        if best.len() <= slots {
            best.resize(slots + 1, None);
        }
        if best[slots].is_none_or(|before| choice.cost < leaf.choices[before].cost) {
            best[slots] = Some(n);
        }
    }
    let mut kept: Vec<usize> = best.into_iter().flatten().collect();
    kept.sort_unstable();
    kept.into_iter()
        .map(|choice| Change {
            at,
            choice,
            more: i64::from(own.slots(leaves, choice)) - i64::from(had),
            cost: leaf.choices[choice].cost as i64 - was.cost as i64,
        })
        .collect()
}

/// The lines of a story with these slots for head and pieces, in so many tiers.
fn choice_lines(leaves: &[Leaf], leaf: usize, slots: u32, tiers: u16) -> u16 {
    let lines = (leaves[leaf].text + slots) / u32::from(tiers);
    u16::try_from(lines).unwrap_or(u16::MAX)
}

struct Knife<'a> {
    leaves: &'a [Leaf],
    canvas: Canvas,
    contents: Vec<u32>,
    cutting: Cutting,
}

/// A cut that might be made.
struct Stroke {
    /// What it costs, with what it leaves unfilled: this is made least.
    cost: u64,
    /// What it costs by itself.
    bent: u64,
    one: Shape,
    other: Shape,
    /// Tiers into which the first block runs on under the second's end: lines stay free there too.
    tongue: u16,
}

impl Knife<'_> {
    fn need(&self, tree: &Tree) -> Need {
        match tree {
            Tree::Leaf { leaf, .. } => Need {
                slots: self.contents[*leaf],
                stories: 1,
                elastic: self.leaves[*leaf].elastic,
            },
            Tree::Beside(a, b) | Tree::Below(a, b) => {
                let (a, b) = (self.need(a), self.need(b));
                Need {
                    slots: a.slots + b.slots,
                    stories: a.stories + b.stories,
                    elastic: a.elastic + b.elastic,
                }
            }
        }
    }

    fn cut(&mut self, tree: &Tree, shape: Shape) -> Option<()> {
        let (a, b, stroke) = match tree {
            Tree::Leaf { leaf, .. } => {
                self.cutting.shapes[*leaf] = shape;
                return Some(());
            }
            Tree::Beside(a, b) => (a, b, self.beside(self.need(a), self.need(b), &shape)?),
            Tree::Below(a, b) => (a, b, self.below(self.need(a), self.need(b), &shape)?),
        };
        self.cutting.cost += stroke.bent;
        self.contents[last_leaf(a)] += u32::from(stroke.tongue) * u32::from(self.canvas.parting);
        self.cut(a, stroke.one)?;
        self.cut(b, stroke.other)
    }

    /// Cuts along a line.
    fn beside(&self, a: Need, b: Need, shape: &Shape) -> Option<Stroke> {
        let slots = shape.slots();
        let first = shape.spans.iter().map(|span| span.0).min()?;
        let last = shape.spans.iter().map(|span| span.1).max()?;
        let before = |line: u16| -> u32 {
            shape
                .spans
                .iter()
                .map(|(from, to)| u32::from(line.clamp(*from, *to) - from))
                .sum()
        };
        let mut best: Option<Stroke> = None;
        // The first line by which the first block has what it needs.
        let (mut low, mut high) = (first, last);
        while low < high {
            let middle = low.midpoint(high);
            if before(middle) < a.slots {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        // Each block has its share of what will be left over.
        let over = slots.saturating_sub(a.slots + b.slots) * a.stories / (a.stories + b.stories);
        let shared = u16::try_from(over / u32::from(shape.tiers())).unwrap_or(0);
        let near = low.saturating_sub(2)..=low + 2;
        let fair = low.saturating_add(shared)..=low.saturating_add(shared + 1);
        for line in near
            .chain(fair)
            .filter(|line| first < *line && *line < last)
        {
            if let Some(cost) = share(a, b, before(line), slots) {
                consider(&mut best, (cost, 0), || part(shape, |_| line));
            }
        }
        let tiers = shape.tiers();
        for many in 1..=tiers.saturating_sub(1).min(3) {
            for back in 1..=20 {
                let Some(line) = low.checked_sub(back).filter(|line| *line > first) else {
                    break;
                };
                let missing = a.slots.saturating_sub(before(line));
                let step = missing
                    .div_ceil(u32::from(many))
                    .max(u32::from(cost::SHORT_RUN));
                let Ok(step) = u16::try_from(step) else { break };
                if step > 20 {
                    break;
                }
                let from = shape.end_tier() - many;
                let line_of = |tier: u16| if tier >= from { line + step } else { line };
                let had: u32 = (shape.tier..)
                    .zip(&shape.spans)
                    .map(|(tier, (from, to))| u32::from(line_of(tier).clamp(*from, *to) - from))
                    .sum();
                if let Some(shared) = share(a, b, had, slots) {
                    let bent = cost::JOG + u64::from(step) / 4;
                    consider(&mut best, (shared, bent), || part(shape, line_of));
                }
            }
        }
        best
    }

    /// Cuts between two tiers.
    fn below(&self, a: Need, b: Need, shape: &Shape) -> Option<Stroke> {
        let slots = shape.slots();
        let widest = shape.spans.iter().map(|(from, to)| to - from).max()?;
        let mut had = 0;
        let mut best: Option<Stroke> = None;
        for tier in shape.tier..shape.end_tier() {
            let at = usize::from(tier - shape.tier);
            if at > 0 {
                if let Some(shared) = share(a, b, had, slots) {
                    let across = widest + 2 >= self.canvas.lines;
                    let bent = if across {
                        u64::from(self.canvas.channel)
                    } else {
                        0
                    };
                    consider(&mut best, (shared, bent), || below(shape, tier, 0, 0));
                }
                for many in 1..=3.min(shape.end_tier() - tier - 1) {
                    let free = u32::from(many) * u32::from(self.canvas.parting);
                    let a = Need {
                        slots: a.slots + free,
                        ..a
                    };
                    let missing = a.slots.saturating_sub(had);
                    let tongue = missing.div_ceil(u32::from(many));
                    let Ok(tongue) = u16::try_from(tongue) else {
                        continue;
                    };
                    if tongue < cost::SHORT_RUN {
                        continue;
                    }
                    let extra = u32::from(many) * u32::from(tongue);
                    let fits = shape.spans[at..at + usize::from(many)]
                        .iter()
                        .all(|(from, to)| tongue + cost::SHORT_RUN <= to - from);
                    if !fits {
                        continue;
                    }
                    if let Some(shared) = share(a, b, had + extra, slots) {
                        let bent = cost::TONGUE;
                        let made = consider(&mut best, (shared, bent), || {
                            below(shape, tier, many, tongue)
                        });
                        if let (true, Some(best)) = (made, &mut best) {
                            best.tongue = many;
                        }
                    }
                }
            }
            had += u32::from(shape.spans[at].1 - shape.spans[at].0);
            if had > a.slots + slots / 8 + a.elastic {
                break;
            }
        }
        best
    }
}

/// What it costs that the first of two blocks has so many slots and the second the others; nothing
/// where one has too few.
fn share(a: Need, b: Need, had: u32, slots: u32) -> Option<u64> {
    let over = |need: Need, had: u32| -> Option<u64> {
        if had + need.elastic < need.slots {
            return None;
        }
        let over = u64::from(had.saturating_sub(need.slots + need.elastic));
        let bent = u64::from(had.abs_diff(need.slots).min(need.elastic));
        Some(cost::hole(over, need.stories.into()) + bent / 16)
    };
    Some(over(a, had)? + over(b, slots.checked_sub(had)?)?)
}

fn consider(
    best: &mut Option<Stroke>,
    (shared, bent): (u64, u64),
    shapes: impl Fn() -> Option<(Shape, Shape)>,
) -> bool {
    let cost = shared + bent;
    if best.as_ref().is_none_or(|best| cost < best.cost)
        && let Some((one, other)) = shapes()
    {
        *best = Some(Stroke {
            cost,
            bent,
            one,
            other,
            tongue: 0,
        });
        return true;
    }
    false
}

/// Parts a shape at a line in each tier.
fn part(shape: &Shape, line: impl Fn(u16) -> u16) -> Option<(Shape, Shape)> {
    let tiers = || (shape.tier..).zip(shape.spans.iter().copied());
    let one = connected(tiers().map(|(tier, (from, to))| (tier, (from, to.min(line(tier))))))?;
    let other = connected(tiers().map(|(tier, (from, to))| (tier, (from.max(line(tier)), to))))?;
    Some((one, other))
}

/// Parts a shape above a tier; the upper part runs on into so many tiers below, at their ends.
fn below(shape: &Shape, tier: u16, many: u16, tongue: u16) -> Option<(Shape, Shape)> {
    let tiers = || (shape.tier..).zip(shape.spans.iter().copied());
    let one = connected(
        tiers()
            .take_while(|(at, _)| *at < tier + many)
            .map(|(at, (from, to))| (at, (if at < tier { from } else { to - tongue }, to))),
    )?;
    let other = connected(
        tiers()
            .filter(|(at, _)| *at >= tier)
            .map(|(at, (from, to))| (at, (from, if at < tier + many { to - tongue } else { to }))),
    )?;
    Some((one, other))
}

/// A shape of these tiers, without those at its ends that are empty; nothing where it would fall
/// apart or have a tier of too few lines.
fn connected(tiers: impl Iterator<Item = (u16, (u16, u16))>) -> Option<Shape> {
    let mut shape = Shape::default();
    let mut ended = false;
    for (tier, (from, to)) in tiers {
        if from >= to {
            ended = !shape.spans.is_empty();
            continue;
        }
        if ended || to - from < cost::SHORT_RUN {
            return None;
        }
        if let Some((own, end)) = shape.spans.last() {
            if from.max(*own) + cost::SHORT_RUN > to.min(*end) {
                return None;
            }
        } else {
            shape.tier = tier;
        }
        shape.spans.push((from, to));
    }
    (!shape.spans.is_empty()).then_some(shape)
}
