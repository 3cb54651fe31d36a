//! Letters in drawings: set in the bundled faces, never in the machine's.

use std::sync::{Arc, OnceLock};

use fontdb::{Database, ID, Source};
use usvg::{Font, FontFamily, FontResolver};

use crate::bundle::FONTS;

/// Place in [`FONTS`] of the first face of each style; its bold follows it.
const SERIF: usize = 0;
/// See [`SERIF`].
const SANS: usize = 2;

/// Weight from which bold is taken.
const BOLD_FROM: u16 = 600;

/// Parts of the names of families with serifs, in lower case.
const SERIF_NAMES: [&str; 14] = [
    "antiqua", "garamond", "georgia", "kai", "mincho", "ming", "roman", "serif", "song", "sung",
    "times", "宋", "明", "楷",
];

/// The bundled faces as drawings see them.
struct Letters {
    database: Arc<Database>,
    ids: Vec<ID>,
}

fn letters() -> &'static Letters {
    static LETTERS: OnceLock<Letters> = OnceLock::new();
    LETTERS.get_or_init(|| {
        let mut database = Database::new();
        let ids = FONTS
            .iter()
            .flat_map(|font| database.load_font_source(Source::Binary(Arc::new(*font))))
            .collect();
        Letters {
            database: Arc::new(database),
            ids,
        }
    })
}

/// The faces that a drawing may use.
pub(super) fn database() -> Arc<Database> {
    Arc::clone(&letters().database)
}

/// Picks the bundled face most like the one asked for; other characters come from any that has
/// them.
pub(super) fn resolver() -> FontResolver<'static> {
    FontResolver {
        select_font: Box::new(|font, _| pick(font)),
        select_fallback: FontResolver::default_fallback_selector(),
    }
}

fn pick(font: &Font) -> Option<ID> {
    let style = font.families().first().map_or(SANS, |family| match family {
        FontFamily::Serif => SERIF,
        FontFamily::Named(name) => named(name),
        _ => SANS,
    });
    let bold = usize::from(font.weight() >= BOLD_FROM);
    letters().ids.get(style + bold).copied()
}

fn named(name: &str) -> usize {
    let name = name.to_lowercase();
    let sans = name.contains("sans") || name.contains("gothic");
    if !sans && SERIF_NAMES.iter().any(|part| name.contains(part)) {
        SERIF
    } else {
        SANS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_are_told_from_names() {
        assert_eq!(named("Times New Roman"), SERIF);
        assert_eq!(named("Noto Sans CJK HK"), SANS);
        assert_eq!(named("PMingLiU"), SERIF);
        assert_eq!(named("MS Gothic"), SANS);
        assert_eq!(named("Arial"), SANS);
        assert_eq!(letters().ids.len(), 4);
    }
}
