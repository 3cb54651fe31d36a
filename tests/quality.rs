//! The quality of lines, on generated prose at every level of kinsoku: nothing that a level forbids
//! at a line's edge, every justified line as long as its measure, no cell under its least length.

use banxin::font::Faces;
use banxin::geom::{Length, WritingMode};
use banxin::layout::inline::{Breaking, Composer};
use banxin::model::style::Kinsoku;
use banxin::model::{Inline, Language, Style, Tradition};

#[allow(unreachable_pub, dead_code, reason = "one module of two programs")]
#[path = "quality/judge.rs"]
mod judge;
#[allow(unreachable_pub, dead_code, reason = "one module of two programs")]
#[path = "quality/prose.rs"]
mod prose;

use judge::{EM, Findings, Job, LEVELS, judge};
use prose::Dice;

/// Characters set for each level.
const LENGTH: usize = 24_000;

fn set(level: usize, breaking: Breaking, length: usize) -> Findings {
    judged(LEVELS[level], LEVELS[level].2, (breaking, length))
}

/// Prose composed at one level and judged by another.
fn judged(
    (tradition, tag, kinsoku): (Tradition, &str, Kinsoku),
    judged_by: Kinsoku,
    (breaking, length): (Breaking, usize),
) -> Findings {
    let (faces, language) = (Faces::bundled(), Language::new(tag));
    let mut style = Style::of(tradition);
    style.kinsoku = kinsoku;
    style.body_size = Length::from_milli(EM);
    let composer = Composer::new(&faces, &style).breaking(breaking);
    let strict = Style {
        kinsoku: judged_by,
        ..style.clone()
    };
    let mut dice = Dice::new(kinsoku as u64);
    let mut found = Findings::default();
    let mut number = 0;
    while found.characters < length {
        let size = 20 + dice.under(300);
        let text = [Inline::Text {
            text: prose::paragraph(&mut dice, tradition, size),
            span: Default::default(),
        }];
        let mode = if number % 2 == 0 {
            WritingMode::VerticalRl
        } else {
            WritingMode::HorizontalTb
        };
        let job = Job {
            text: &text,
            mode,
            measure: 10 + number % 31,
            language: &language,
            labels: &[],
        };
        judge(&composer, &strict, &job, &mut found);
        number += 1;
    }
    found
}

#[test]
fn lines_keep_every_level() {
    for (level, name) in LEVELS.iter().enumerate() {
        let found = set(level, Breaking::Optimum, LENGTH);
        assert!(found.lines > 500, "{name:?}");
        let faults = found.faults();
        assert!(
            faults.is_empty(),
            "{name:?}: {} faults: {:#?}",
            faults.len(),
            &faults[..faults.len().min(8)]
        );
        assert!(
            found.share() >= 9_950,
            "{name:?}: {} of {} lines within limits",
            found.within,
            found.wide
        );
    }
}

#[test]
fn the_optimum_changes_lines_less_than_filling_them() {
    for level in [1, 2, 6] {
        let best = set(level, Breaking::Optimum, LENGTH / 2).deviation;
        let greedy = set(level, Breaking::Greedy, LENGTH / 2).deviation;
        assert!(best < greedy, "{level}: {best} and {greedy}");
    }
}

#[test]
fn the_judge_sees_what_a_level_forbids() {
    let of = |level: usize, by| judged(LEVELS[level], by, (Breaking::Optimum, LENGTH / 4));
    let none = of(0, Kinsoku::Basic);
    assert!(!none.heads.is_empty() && !none.ends.is_empty());
    assert!(!of(1, Kinsoku::Strict).heads.is_empty());
    let loose = of(4, Kinsoku::Strict);
    assert!(!loose.heads.is_empty() && !loose.pairs.is_empty());
    assert!(!of(6, Kinsoku::VeryStrict).heads.is_empty());
}
