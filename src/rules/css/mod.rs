//! CSS Text 4 as browsers ship it: `line-break`, `text-spacing-trim`, `text-autospace`.

pub(crate) mod autospace;
pub(crate) mod levels;
pub(crate) mod trim;
