//! Composing one paragraph: collect, itemize and shape, break, justify, commit.

mod bopomofo;
mod breaker;
mod breaks;
mod cell;
mod choice;
mod clusters;
mod collect;
mod commit;
mod composer;
mod cramped;
mod css;
mod dash;
mod greedy;
mod itemize;
mod jukugo;
mod justify;
mod measure;
mod neighbours;
mod ornament;
mod overhang;
mod place;
mod report;
mod ruby;
mod setting;
mod shape;
mod sorts;
mod upright;
mod warichu;
mod words;

pub use composer::Composer;
pub use setting::{Breaking, Css, Extent, MarksOf, Profile, Setting, TextAlign};

#[cfg(test)]
mod properties;
#[cfg(test)]
mod properties_beside;
#[cfg(test)]
mod tests;
