//! How the bases of a word and their readings share its length: what each base is widened by, and
//! where each reading stands.

use crate::rules::ruby::OVER_SIBLING;

/// A base and its reading, by their lengths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) base: i32,
    pub(super) reading: i32,
}

/// What a word needs so that its readings fit over it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Needs {
    /// What each base is widened by.
    pub(super) wider: Vec<i32>,
    /// How far the first reading stands out before the word, and the last one after it.
    pub(super) out: (i32, i32),
}

impl Needs {
    pub(super) fn total(&self) -> i32 {
        self.wider.iter().sum()
    }
}

/// What a word needs whose neighbours lend `(before, after)`; `em` is that of the readings.
///
/// A reading longer than its base stands over a shorter-read neighbour of its own word by up to one
/// em, then over the word's neighbours; what is left widens the word evenly, as under group ruby
/// (jlreq #jukugo_ruby), or the base itself where it would come to stand too far from its reading.
pub(super) fn needs(word: &[Pair], em: i32, lent: (i32, i32)) -> Needs {
    let count = word.len();
    let mut over: Vec<i32> = word
        .iter()
        .map(|pair| (pair.reading - pair.base).max(0))
        .collect();
    let mut free: Vec<i32> = word
        .iter()
        .map(|pair| (pair.base - pair.reading).max(0))
        .collect();
    let sibling = part(em, OVER_SIBLING.milli());
    for (i, own) in over.iter_mut().enumerate() {
        let siblings = [i.checked_sub(1), Some(i + 1).filter(|j| *j < count)];
        for j in siblings.into_iter().flatten() {
            let taken = (*own).min(free[j]).min(sibling);
            *own -= taken;
            free[j] -= taken;
        }
    }
    let out = match over.as_mut_slice() {
        [] => (0, 0),
        [only] => {
            let before = lent.0.min(*only / 2);
            let after = lent.1.min(*only - before);
            let before = lent.0.min(*only - after);
            *only -= before + after;
            (before, after)
        }
        [first, .., last] => {
            let out = (lent.0.min(*first), lent.1.min(*last));
            *first -= out.0;
            *last -= out.1;
            out
        }
    };
    let own = Needs { wider: over, out };
    let total = own.total();
    if count < 2 || total == 0 {
        return own;
    }
    let even = Needs {
        wider: shares(total, count).collect(),
        out,
    };
    if is_near(word, em, &even) { even } else { own }
}

/// An amount in `count` parts alike, that differ by one at most.
pub(super) fn shares(amount: i32, count: usize) -> impl Iterator<Item = i32> {
    let count = i32::try_from(count.max(1)).unwrap_or(i32::MAX);
    let at = move |i: i32| {
        i32::try_from(i64::from(amount) * i64::from(i) / i64::from(count)).unwrap_or(0)
    };
    (0..count).map(move |i| at(i + 1) - at(i))
}

/// Whether every reading of a widened word stands within reach of its base.
fn is_near(word: &[Pair], em: i32, needs: &Needs) -> bool {
    let sibling = part(em, OVER_SIBLING.milli());
    let mut boxes = Vec::with_capacity(word.len());
    let mut at = 0;
    for (pair, wider) in word.iter().zip(&needs.wider) {
        boxes.push((at, at + pair.base + wider));
        at += pair.base + wider;
    }
    let readings: Vec<i32> = word.iter().map(|pair| pair.reading).collect();
    let places = lay(&boxes, &readings, (-needs.out.0, at + needs.out.1));
    boxes.iter().zip(&readings).zip(&places).all(|((b, r), p)| {
        *p >= b.0 - sibling.max(needs.out.0) && p + r <= b.1 + sibling.max(needs.out.1)
    })
}

/// Where readings of these lengths start: each in the middle of its base as far as its neighbours
/// and the bounds let it.
pub(super) fn lay(boxes: &[(i32, i32)], readings: &[i32], (low, high): (i32, i32)) -> Vec<i32> {
    let mut places: Vec<i32> = boxes
        .iter()
        .zip(readings)
        .map(|((from, to), length)| (from + to - length) / 2)
        .collect();
    let mut least = low;
    for (place, length) in places.iter_mut().zip(readings) {
        *place = (*place).max(least);
        least = *place + length;
    }
    let mut most = high;
    for (place, length) in places.iter_mut().zip(readings).rev() {
        *place = (*place).min(most - length);
        most = *place;
    }
    places
}

fn part(of: i32, thousandths: i32) -> i32 {
    i32::try_from(i64::from(of) * i64::from(thousandths) / 1000).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lengths in em of the readings: two of them are one em of the base.
    fn word(pairs: &[(i32, i32)]) -> Vec<Pair> {
        pairs
            .iter()
            .map(|(base, reading)| Pair {
                base: base * 100,
                reading: reading * 100,
            })
            .collect()
    }

    #[test]
    fn one_reading_stands_out_on_both_sides() {
        let five = word(&[(2, 5)]);
        assert_eq!(needs(&five, 100, (100, 100)).out, (100, 100));
        assert_eq!(needs(&five, 100, (100, 100)).wider, [100]);
        assert_eq!(needs(&five, 100, (0, 100)).wider, [200]);
        // What one side does not lend the other does.
        assert_eq!(needs(&word(&[(2, 3)]), 100, (0, 100)).wider, [0]);
        assert_eq!(needs(&word(&[(2, 3)]), 100, (0, 100)).out, (0, 100));
    }

    #[test]
    fn siblings_lend_what_they_do_not_need() {
        // ぎょう・し: four over four.
        let found = needs(&word(&[(2, 3), (2, 1)]), 100, (0, 0));
        assert_eq!(found.wider, [0, 0]);
        let places = lay(&[(0, 200), (200, 400)], &[300, 100], (0, 400));
        assert_eq!(places, [0, 300]);
    }

    #[test]
    fn a_longer_word_is_spread_evenly() {
        // りゅう・こう: five over four.
        assert_eq!(needs(&word(&[(2, 3), (2, 2)]), 100, (0, 0)).wider, [50, 50]);
        // Six characters over the first: the base follows its reading.
        assert_eq!(
            needs(&word(&[(2, 8), (2, 2), (2, 2)]), 100, (0, 0)).wider,
            [600, 0, 0]
        );
    }
}
