//! Newspaper pages: stories planned in tiers and lines, then set.
#![allow(
    dead_code,
    reason = "the press that sets what is planned comes with the pages"
)]

pub(crate) mod area;
mod bands;
mod cost;
mod dress;
pub(crate) mod form;
mod item;
pub(crate) mod plan;
pub(crate) mod search;
mod seat;
mod shape;

#[cfg(test)]
mod tests;
