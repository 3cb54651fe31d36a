//! Composing one paragraph: collect, itemize and shape, break, justify, commit.

mod setting;

pub use setting::{Extent, Setting, TextAlign};
