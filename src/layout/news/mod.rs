//! Newspaper pages: stories planned in tiers and lines, then set.

pub(crate) mod area;
mod bands;
mod boxes;
mod captions;
mod combine;
mod cost;
mod cut;
mod dress;
mod even;
mod fall;
mod fill;
pub(crate) mod form;
mod furniture;
mod headline;
mod item;
mod known;
mod page;
mod phrase;
mod picture;
mod piece;
pub(crate) mod plan;
mod press;
mod repair;
mod rules;
pub(crate) mod search;
mod seat;
mod sense;
mod shape;
mod sheet;
mod story;
mod subhead;
mod tables;
mod tiers;
mod tracking;
mod trial;

#[cfg(test)]
mod tests;

pub(crate) use press::layout;
