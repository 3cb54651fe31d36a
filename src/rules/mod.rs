//! Rules of composition as data: what each character is, where it stands, what it may do at a
//! line's edge and how much blank it gives or takes, for every tradition.

pub mod adjust;
pub mod beside;
pub mod body;
pub mod class;
pub mod context;
pub mod costs;
pub(crate) mod css;
pub mod edges;
mod figures;
pub mod headline;
pub mod house;
pub mod kinsoku;
pub mod newspaper;
pub mod notes;
pub mod orient;
pub mod ruby;
pub mod spacing;
pub mod tokens;
pub mod uax14;
pub mod warichu;
pub mod words;
