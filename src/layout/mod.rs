//! Layout: a publication and its faces become pages on which every glyph has its place.

mod cover;
pub mod dump;
mod flow;
pub mod frame;
pub mod grid;
pub mod inline;
pub mod line;
mod news;
mod pages;
pub mod svg;

pub use cover::cover;
pub use frame::{Bookmark, Frame, FrameKind, Ink, Item, Layout, Page, Rule, Side};
pub use grid::PageGrid;
pub use line::{Decoration, Line, LinkRange, Orientation, SetGlyph};
pub use pages::layout;
