//! Newspaper pages: stories planned in tiers and lines, then set.

pub(crate) mod area;
pub(crate) mod form;
pub(crate) mod plan;
