//! Layout: a publication and its faces become pages on which every glyph has its place.

pub mod frame;
pub mod inline;
pub mod line;

pub use frame::{Bookmark, Frame, FrameKind, Ink, Item, Layout, Page, Rule, Side};
pub use line::{Decoration, Line, LinkRange, Orientation, SetGlyph};
