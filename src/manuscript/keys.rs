//! The nearest known name to one that nobody knows.

/// What to do about an unknown name: the nearest known one, else all of them.
///
/// ```
/// use banxin::manuscript::did_you_mean;
/// let known = ["title", "language"];
/// assert_eq!(did_you_mean("tilte", known.into_iter()), "did you mean `title`?");
/// assert_eq!(did_you_mean("x", known.into_iter()), "known here: language, title");
/// ```
#[must_use]
pub fn did_you_mean<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> String {
    let mut known: Vec<&str> = known.collect();
    known.sort_unstable();
    known.dedup();
    match nearest(name, &known) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("known here: {}", known.join(", ")),
    }
}

/// The known name with the fewest letters to change, when they are few enough to be a slip.
pub(crate) fn nearest<'n>(name: &str, known: &[&'n str]) -> Option<&'n str> {
    let folded = fold(name);
    known
        .iter()
        .map(|candidate| (distance(&folded, &fold(candidate)), *candidate))
        .filter(|(steps, candidate)| {
            let longest = name.chars().count().max(candidate.chars().count());
            *steps <= (longest / 3).max(1) && *steps < longest
        })
        .min_by_key(|(steps, _)| *steps)
        .map(|(_, candidate)| candidate)
}

/// `filename`, `file_name` and `File-Name` are slips for one another.
fn fold(name: &str) -> Vec<char> {
    name.chars()
        .filter(|c| !matches!(c, '-' | '_' | ' '))
        .flat_map(char::to_lowercase)
        .take(64)
        .collect()
}

/// Insertions, deletions, changes and swaps of neighbours (optimal string alignment).
fn distance(a: &[char], b: &[char]) -> usize {
    let width = b.len() + 1;
    let mut rows: Vec<usize> = vec![0; (a.len() + 1) * width];
    for (j, cell) in rows.iter_mut().take(width).enumerate() {
        *cell = j;
    }
    for i in 1..=a.len() {
        rows[i * width] = i;
        for j in 1..=b.len() {
            let change = usize::from(a[i - 1] != b[j - 1]);
            let mut best = (rows[(i - 1) * width + j] + 1)
                .min(rows[i * width + j - 1] + 1)
                .min(rows[(i - 1) * width + j - 1] + change);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[(i - 2) * width + j - 2] + 1);
            }
            rows[i * width + j] = best;
        }
    }
    rows[a.len() * width + b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_find_their_name() {
        let known = ["title", "kicker", "deck", "writing-mode", "file-name"];
        assert_eq!(nearest("tilte", &known), Some("title"));
        assert_eq!(nearest("writing_mode", &known), Some("writing-mode"));
        assert_eq!(nearest("FileName", &known), Some("file-name"));
        assert_eq!(nearest("tags", &known), None);
        assert_eq!(nearest("", &known), None);
    }
}
