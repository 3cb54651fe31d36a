//! Paths of drawings, how they are painted, and what clips them.

/// A path with its paints; the fill is painted before the stroke.
#[derive(Debug, Clone)]
pub struct VectorPath {
    /// Its outline.
    pub steps: Vec<PathStep>,
    /// How it is filled.
    pub fill: Option<Paint>,
    /// Whether the even-odd rule tells inside from outside; else the non-zero rule.
    pub even_odd: bool,
    /// How it is stroked.
    pub stroke: Option<Stroke>,
    /// Clips that all apply, by their place in [`Vector::clips`](super::Vector::clips).
    pub clips: Vec<usize>,
}

/// What is drawn only inside of a path.
#[derive(Debug, Clone, PartialEq)]
pub struct Clip {
    /// Its outline; without steps it hides everything.
    pub steps: Vec<PathStep>,
    /// Whether the even-odd rule tells inside from outside.
    pub even_odd: bool,
}

/// One step of an outline.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum PathStep {
    /// Starts a contour.
    Move([f32; 2]),
    /// A straight line.
    Line([f32; 2]),
    /// A cubic curve: control points, end.
    Cubic([f32; 2], [f32; 2], [f32; 2]),
    /// Closes the contour.
    Close,
}

/// A colour of sRGB.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rgb(pub [u8; 3]);

/// What a path is painted with.
#[derive(Debug, Clone, PartialEq)]
pub enum Paint {
    /// One colour and how opaque it is, 0 to 1.
    Solid(Rgb, f32),
    /// Colours along a line from `(x1, y1)` to `(x2, y2)` of the gradient's own space.
    Linear([f32; 4], Gradient),
    /// Colours from one circle to another: `(x, y, r)` of the inner, then of the outer, in the
    /// gradient's own space.
    Radial([f32; 6], Gradient),
}

/// What linear and radial gradients share.
#[derive(Debug, Clone, PartialEq)]
pub struct Gradient {
    /// Its stops, from 0 to 1; at least one.
    pub stops: Vec<GradientStop>,
    /// From its own space to the drawing's: `(a·x + c·y + e, b·x + d·y + f)`.
    pub matrix: [f32; 6],
    /// What lies beyond its ends.
    pub spread: Spread,
}

/// A place in a gradient.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GradientStop {
    /// How far along, 0 to 1.
    pub offset: f32,
    /// Its colour.
    pub colour: Rgb,
    /// How opaque it is, 0 to 1.
    pub opacity: f32,
}

/// What lies beyond a gradient's ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Spread {
    /// The colours of its ends.
    Pad,
    /// The gradient again, turned each time.
    Reflect,
    /// The gradient again.
    Repeat,
}

impl Paint {
    /// One colour and opacity that stands for the paint: of a gradient the mean of its stops.
    ///
    /// ```
    /// use banxin::art::{Paint, Rgb};
    /// let ink = Paint::Solid(Rgb([1, 2, 3]), 0.5);
    /// assert_eq!(ink.flat(), (Rgb([1, 2, 3]), 0.5));
    /// ```
    #[must_use]
    pub fn flat(&self) -> (Rgb, f32) {
        let gradient = match self {
            Self::Solid(colour, opacity) => return (*colour, *opacity),
            Self::Linear(_, gradient) | Self::Radial(_, gradient) => gradient,
        };
        let count = gradient.stops.len().max(1) as f32;
        let mean = |part: &dyn Fn(&GradientStop) -> f32| {
            gradient.stops.iter().map(part).sum::<f32>() / count
        };
        let channel = |at: usize| mean(&|s| f32::from(s.colour.0[at])).round() as u8;
        (
            Rgb([channel(0), channel(1), channel(2)]),
            mean(&|s| s.opacity),
        )
    }

    /// Whether any part of it lets what is below shine through.
    #[must_use]
    pub fn is_translucent(&self) -> bool {
        match self {
            Self::Solid(_, opacity) => *opacity < 1.0,
            Self::Linear(_, gradient) | Self::Radial(_, gradient) => {
                gradient.stops.iter().any(|stop| stop.opacity < 1.0)
            }
        }
    }
}

/// How an outline is stroked.
#[derive(Debug, Clone, PartialEq)]
pub struct Stroke {
    /// With what.
    pub paint: Paint,
    /// How wide.
    pub width: f32,
    /// How its ends look.
    pub cap: Cap,
    /// How its corners look.
    pub join: Join,
    /// From what ratio on a mitred corner is cut.
    pub miter_limit: f32,
    /// Lengths of dashes and gaps; empty for an unbroken line.
    pub dashes: Vec<f32>,
    /// How far into the dashes it starts.
    pub dash_offset: f32,
}

/// How the ends of a stroke look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cap {
    /// Cut off at the end.
    Butt,
    /// Round.
    Round,
    /// Square, half the width beyond the end.
    Square,
}

/// How the corners of a stroke look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Join {
    /// Pointed.
    Miter,
    /// Round.
    Round,
    /// Cut.
    Bevel,
}
