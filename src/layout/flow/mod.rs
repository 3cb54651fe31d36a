//! The flow: blocks of an article become strips of a galley, and these become pages.

pub(crate) mod caption;
pub(crate) mod cells;
pub(crate) mod code;
pub(crate) mod collect;
pub(crate) mod collector;
pub(crate) mod column;
pub(crate) mod compose;
pub(crate) mod desk;
pub(crate) mod distribute;
mod even;
pub(crate) mod figure;
pub(crate) mod foot;
pub(crate) mod galley;
pub(crate) mod jidori;
pub(crate) mod leaf;
pub(crate) mod mount;
pub(crate) mod notes;
pub(crate) mod opening;
pub(crate) mod place;
pub(crate) mod reset;
pub(crate) mod spread;
pub(crate) mod stack;
pub(crate) mod strips;
pub(crate) mod table;
pub(crate) mod tabular;
pub(crate) mod vary;
