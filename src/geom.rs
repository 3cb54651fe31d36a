//! Lengths, em fractions and the turn between a line's own axes and the sheet's.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

/// A length in thousandths of a PostScript point (1 pt = 1/72 inch).
///
/// Integers give every platform the same answer, so a layout is equal byte for byte everywhere.
/// Operations saturate instead of wrapping: a hostile manuscript may ask for silly sizes.
///
/// ```
/// use banxin::geom::Length;
/// assert_eq!(Length::pt(10) + Length::from_milli(500), Length::from_milli(10_500));
/// assert_eq!(Length::mm(210), Length::from_milli(595_276));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Length(i32);

impl Length {
    /// No length.
    pub const ZERO: Self = Self(0);
    /// The greatest length that can be told.
    pub const MAX: Self = Self(i32::MAX);

    /// A length from thousandths of a point.
    #[must_use]
    pub const fn from_milli(milli: i32) -> Self {
        Self(milli)
    }

    /// A length from a wide sum of thousandths of a point, held to the range of the type.
    #[must_use]
    pub fn from_wide(milli: i64) -> Self {
        Self(i32::try_from(milli).unwrap_or(if milli < 0 { i32::MIN } else { i32::MAX }))
    }

    /// A length in whole points.
    #[must_use]
    pub const fn pt(points: i32) -> Self {
        Self(points.saturating_mul(1000))
    }

    /// A length in whole millimetres, rounded to the nearest thousandth of a point.
    #[must_use]
    pub const fn mm(millimetres: i32) -> Self {
        Self::micrometres(millimetres as i64 * 1000)
    }

    /// A length in thousandths of a millimetre, rounded to the nearest thousandth of a point.
    #[must_use]
    pub const fn micrometres(um: i64) -> Self {
        // 1 inch = 25 400 µm = 72 000 milli-points: 360/127 milli-points a micrometre.
        let doubled = um * 720;
        let rounded = if doubled >= 0 {
            (doubled + 127) / 254
        } else {
            (doubled - 127) / 254
        };
        Self(rounded as i32)
    }

    /// Thousandths of a point.
    #[must_use]
    pub const fn milli(self) -> i32 {
        self.0
    }

    /// Thousandths of a point, wide enough for sums and products.
    #[must_use]
    pub const fn wide(self) -> i64 {
        self.0 as i64
    }

    /// The length scaled by `numerator / denominator`, rounded to the nearest unit, halves away
    /// from zero. A zero denominator gives zero.
    #[must_use]
    pub fn scale(self, numerator: i64, denominator: i64) -> Self {
        Self::from_wide(round_div(
            self.wide().saturating_mul(numerator),
            denominator,
        ))
    }

    /// How many em of `size` this length is, rounded to the nearest thousandth of an em.
    #[must_use]
    pub fn in_em(self, size: Self) -> Em {
        Em::from_wide(round_div(self.wide() * 1000, size.wide()))
    }

    /// The length without its sign.
    #[must_use]
    pub const fn abs(self) -> Self {
        Self(self.0.saturating_abs())
    }

    /// The larger of the length and zero.
    #[must_use]
    pub fn at_least_zero(self) -> Self {
        self.max(Self::ZERO)
    }
}

/// Division rounded to the nearest whole, halves away from zero; zero for a zero divisor.
#[must_use]
pub fn round_div(numerator: i64, denominator: i64) -> i64 {
    if denominator == 0 {
        return 0;
    }
    if denominator > 0
        && let Some(magnitude) = numerator
            .checked_abs()
            .and_then(|n| n.checked_add(denominator / 2))
    {
        // Nearly every number has room to spare.
        let quotient = magnitude / denominator;
        return if numerator < 0 { -quotient } else { quotient };
    }
    let (n, d) = (i128::from(numerator), i128::from(denominator));
    let (n, d) = if d < 0 { (-n, -d) } else { (n, d) };
    let quotient = if n >= 0 {
        (n + d / 2) / d
    } else {
        -((-n + d / 2) / d)
    };
    i64::try_from(quotient).unwrap_or(i64::MAX)
}

impl Add for Length {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Length {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl AddAssign for Length {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl SubAssign for Length {
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

impl Neg for Length {
    type Output = Self;
    fn neg(self) -> Self {
        Self(self.0.saturating_neg())
    }
}

impl Mul<i32> for Length {
    type Output = Self;
    fn mul(self, factor: i32) -> Self {
        Self(self.0.saturating_mul(factor))
    }
}

impl Div<i32> for Length {
    type Output = Self;
    /// Rounds to the nearest unit; a zero divisor gives zero.
    fn div(self, divisor: i32) -> Self {
        self.scale(1, i64::from(divisor))
    }
}

impl Sum for Length {
    fn sum<I: Iterator<Item = Self>>(lengths: I) -> Self {
        Self::from_wide(lengths.map(Self::wide).sum())
    }
}

/// A fraction of the em of the character concerned, in thousandths.
///
/// ```
/// use banxin::geom::{Em, Length};
/// assert_eq!(Em::HALF.of(Length::pt(10)), Length::pt(5));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Em(i32);

impl Em {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// A quarter em (四分).
    pub const QUARTER: Self = Self(250);
    /// A half em (二分).
    pub const HALF: Self = Self(500);
    /// One em (全角).
    pub const ONE: Self = Self(1000);

    /// A fraction from thousandths of an em.
    #[must_use]
    pub const fn from_milli(milli: i32) -> Self {
        Self(milli)
    }

    /// A fraction from a wide sum of thousandths, held to the range of the type.
    #[must_use]
    pub fn from_wide(milli: i64) -> Self {
        Self(i32::try_from(milli).unwrap_or(if milli < 0 { i32::MIN } else { i32::MAX }))
    }

    /// Thousandths of an em.
    #[must_use]
    pub const fn milli(self) -> i32 {
        self.0
    }

    /// The length of this fraction at `size`, rounded to the nearest unit.
    #[must_use]
    pub fn of(self, size: Length) -> Length {
        size.scale(i64::from(self.0), 1000)
    }
}

impl Add for Em {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Em {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Neg for Em {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

/// A place on the sheet: right and **down** from the upper left corner of what holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Point {
    /// Distance to the right.
    pub x: Length,
    /// Distance downwards.
    pub y: Length,
}

impl Point {
    /// The upper left corner.
    pub const ORIGIN: Self = Self {
        x: Length::ZERO,
        y: Length::ZERO,
    };

    /// A point.
    #[must_use]
    pub const fn new(x: Length, y: Length) -> Self {
        Self { x, y }
    }
}

impl Add for Point {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self {
            x: self.x + other.x,
            y: self.y + other.y,
        }
    }
}

/// A width and a height on the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Size {
    /// Extent to the right.
    pub width: Length,
    /// Extent downwards.
    pub height: Length,
}

impl Size {
    /// A size.
    #[must_use]
    pub const fn new(width: Length, height: Length) -> Self {
        Self { width, height }
    }
}

/// Which way lines run and follow each other (CSS Writing Modes 4, §3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum WritingMode {
    /// 直排: characters downwards, lines from right to left.
    #[default]
    VerticalRl,
    /// 橫排: characters to the right, lines downwards.
    HorizontalTb,
}

impl WritingMode {
    /// Whether lines run downwards.
    #[must_use]
    pub const fn is_vertical(self) -> bool {
        matches!(self, Self::VerticalRl)
    }

    /// The CSS name, as in the manuscript's `writing-mode`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::VerticalRl => "vertical-rl",
            Self::HorizontalTb => "horizontal-tb",
        }
    }
}

/// A pair along a line's own axes: `inline` along the line, `block` from line to line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Logical<T> {
    /// Along the line.
    pub inline: T,
    /// Across lines, in the order in which they are read.
    pub block: T,
}

impl<T> Logical<T> {
    /// A pair.
    #[must_use]
    pub const fn new(inline: T, block: T) -> Self {
        Self { inline, block }
    }
}

impl Logical<Length> {
    /// The extent on the sheet of a box with these logical extents.
    #[must_use]
    pub const fn to_size(self, mode: WritingMode) -> Size {
        match mode {
            WritingMode::HorizontalTb => Size::new(self.inline, self.block),
            WritingMode::VerticalRl => Size::new(self.block, self.inline),
        }
    }

    /// The logical extents of a box of `size`.
    #[must_use]
    pub const fn from_size(size: Size, mode: WritingMode) -> Self {
        match mode {
            WritingMode::HorizontalTb => Self::new(size.width, size.height),
            WritingMode::VerticalRl => Self::new(size.height, size.width),
        }
    }

    /// The upper left corner, inside a holder of physical size `holder`, of a box that starts at
    /// these logical offsets and has the physical size `size`.
    #[must_use]
    pub fn to_corner(self, mode: WritingMode, holder: Size, size: Size) -> Point {
        match mode {
            WritingMode::HorizontalTb => Point::new(self.inline, self.block),
            WritingMode::VerticalRl => {
                Point::new(holder.width - self.block - size.width, self.inline)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn millimetres_round_to_the_nearest_unit() {
        assert_eq!(Length::mm(148).milli(), 419_528);
        assert_eq!(Length::micrometres(120).milli(), 340);
        assert_eq!(Length::micrometres(-120).milli(), -340);
    }

    #[test]
    fn scaling_rounds_halves_away_from_zero() {
        assert_eq!(Length::from_milli(5).scale(1, 2), Length::from_milli(3));
        assert_eq!(Length::from_milli(-5).scale(1, 2), Length::from_milli(-3));
        assert_eq!(Length::pt(1).scale(1, 0), Length::ZERO);
    }

    #[test]
    fn vertical_lines_start_at_the_right() {
        let holder = Size::new(Length::pt(100), Length::pt(200));
        let corner = Logical::new(Length::pt(5), Length::pt(10)).to_corner(
            WritingMode::VerticalRl,
            holder,
            Size::new(Length::pt(20), Length::pt(30)),
        );
        assert_eq!(corner, Point::new(Length::pt(70), Length::pt(5)));
    }

    #[test]
    fn sums_saturate() {
        assert_eq!(Length::MAX + Length::pt(1), Length::MAX);
    }
}
