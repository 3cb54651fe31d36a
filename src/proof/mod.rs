//! Proofs: a frame of letters and rules as a picture in shades of grey.

mod canvas;
mod print;
mod shelf;

pub use print::png;
pub use shelf::cover;
