//! Pictures: opened once, known by their content, measured, and read into pixels or paths on
//! demand.

mod bits;
mod exif;
mod gallery;
mod guard;
mod icc;
mod jpeg;
mod lettering;
mod picture;
mod pixels;
mod png;
mod reduce;
mod sniff;
mod svg;
mod used;
mod vector;

pub use gallery::Gallery;
pub use picture::{
    ArtError, Colour, Picture, PictureKind, Raster, Vector, VectorItem, VectorRaster,
};
pub use used::images_of;
pub use vector::{
    Cap, Clip, Gradient, GradientStop, Join, Paint, PathStep, Rgb, Spread, Stroke, VectorPath,
};

#[cfg(test)]
mod tests;
