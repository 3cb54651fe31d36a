//! Pixels brought to a coarser grid, for a picture finer than its print needs.

use image::imageops::{FilterType, resize};
use image::{ImageBuffer, Luma, Pixel, Rgb as RgbPixel};

use super::picture::{Colour, Raster};

/// The filter: bicubic (Catmull-Rom), widened to the coarser grid. It is a polynomial, so its
/// weights are the same on every machine, and it rings less than Lanczos at the edges of letters.
const FILTER: FilterType = FilterType::CatmullRom;

impl Raster {
    /// The same picture with fewer pixels. What is transparent weighs as much as is seen of it, so
    /// that the colour of unseen pixels does not run out at edges.
    ///
    /// ```
    /// use banxin::art::{Colour, Raster};
    /// let raster = Raster { width: 4, height: 2, colour: Colour::Grey, data: vec![90; 8], alpha: None };
    /// let small = raster.reduced((2, 1));
    /// assert_eq!((small.width, small.height, small.data), (2, 1, vec![90, 90]));
    /// ```
    #[must_use]
    pub fn reduced(&self, size: (u32, u32)) -> Self {
        let (width, height) = (size.0.clamp(1, self.width), size.1.clamp(1, self.height));
        let channels = self.colour.channels();
        let (data, alpha) = match &self.alpha {
            None => (self.scaled(&self.data, self.colour, (width, height)), None),
            Some(alpha) => {
                let weighed: Vec<u16> = self
                    .data
                    .chunks_exact(channels)
                    .zip(alpha)
                    .flat_map(|(pixel, alpha)| {
                        pixel
                            .iter()
                            .map(|value| u16::from(*value) * u16::from(*alpha))
                    })
                    .collect();
                let weighed = self.scaled(&weighed, self.colour, (width, height));
                let wide: Vec<u16> = alpha.iter().map(|alpha| u16::from(*alpha) * 255).collect();
                let alpha = self.scaled(&wide, Colour::Grey, (width, height));
                let data = weighed
                    .chunks_exact(channels)
                    .zip(&alpha)
                    .flat_map(|(pixel, alpha)| pixel.iter().map(|value| unweighed(*value, *alpha)))
                    .collect();
                let alpha: Vec<u8> = alpha
                    .iter()
                    .map(|alpha| unweighed(*alpha, 65_025))
                    .collect();
                (data, Some(alpha))
            }
        };
        Self {
            width,
            height,
            colour: self.colour,
            data,
            alpha,
        }
    }

    fn scaled<T>(&self, samples: &[T], colour: Colour, size: (u32, u32)) -> Vec<T>
    where
        T: image::Primitive + 'static,
        Luma<T>: Pixel<Subpixel = T>,
        RgbPixel<T>: Pixel<Subpixel = T>,
    {
        match colour {
            Colour::Grey => self.scaled_as::<Luma<T>>(samples, size),
            _ => self.scaled_as::<RgbPixel<T>>(samples, size),
        }
    }

    fn scaled_as<P: Pixel + 'static>(
        &self,
        samples: &[P::Subpixel],
        size: (u32, u32),
    ) -> Vec<P::Subpixel> {
        let Some(image) =
            ImageBuffer::<P, &[P::Subpixel]>::from_raw(self.width, self.height, samples)
        else {
            return Vec::new();
        };
        resize(&image, size.0, size.1, FILTER).into_raw()
    }
}

/// A weighed sample as it was before, of a weight in 65 025ths.
fn unweighed(sample: u16, weight: u16) -> u8 {
    let weight = u32::from(weight).max(1);
    ((u32::from(sample) * 255 + weight / 2) / weight).min(255) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unseen_colours_do_not_run_out() {
        // Red that is seen beside green that is not.
        let raster = Raster {
            width: 8,
            height: 1,
            colour: Colour::Rgb,
            data: [[255, 0, 0].repeat(4), [0, 255, 0].repeat(4)].concat(),
            alpha: Some([[255; 4], [0; 4]].concat()),
        };
        let small = raster.reduced((3, 1));
        for (pixel, alpha) in small.data.chunks(3).zip(small.alpha.unwrap()) {
            assert!(
                alpha == 0 || (pixel[0] > 250 && pixel[1] < 5),
                "{pixel:?} {alpha}"
            );
        }
    }

    #[test]
    fn a_fine_pattern_becomes_its_mean() {
        let raster = Raster {
            width: 64,
            height: 64,
            colour: Colour::Grey,
            data: (0..64 * 64)
                .map(|n| ((n + n / 64) % 2 * 255) as u8)
                .collect(),
            alpha: None,
        };
        let small = raster.reduced((16, 16));
        assert!(
            small.data.iter().all(|grey| (120..=135).contains(grey)),
            "{:?}",
            small.data
        );
    }
}
