//! How much captions take in lines of so many characters: measured once, known at any size of body.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use crate::diag::Sink;
use crate::geom::{Length, Logical, WritingMode};
use crate::layout::flow::caption::{CaptionAt, Wording, caption, caption_length, caption_size};
use crate::layout::flow::desk::Desk;
use crate::layout::flow::mount::Worded;
use crate::model::Figure;

/// The body size at which captions are measured.
const BODY: Length = Length::pt(100);

/// The extents of an article's captions, as far as they were asked for.
#[derive(Debug, Default)]
pub(crate) struct Captions {
    /// By the id of the figure.
    known: Mutex<BTreeMap<String, Extents>>,
}

/// What is known of one caption: by whether its lines are vertical and of how many characters they
/// are its depth; without these, its length on one line.
type Extents = BTreeMap<Option<(bool, i64)>, Length>;

/// The caption of one figure beside text of a size.
pub(super) struct Measured<'c, 'd> {
    captions: &'c Captions,
    desk: &'c Desk<'d>,
    figure: &'c Figure,
    size: Length,
}

impl<'c, 'd> Measured<'c, 'd> {
    /// The words of a figure at a size of body.
    pub(super) fn new(
        captions: &'c Captions,
        (desk, figure, size): (&'c Desk<'d>, &'c Figure, Length),
    ) -> Self {
        Self {
            captions,
            desk,
            figure,
            size,
        }
    }

    /// An extent at [`BODY`] as it is at this size.
    fn known(&self, way: Option<(bool, i64)>, measure: impl FnOnce() -> Length) -> Length {
        let id = &self.figure.id;
        let known = || {
            let held = self.captions.known.lock();
            held.unwrap_or_else(PoisonError::into_inner)
        };
        let found = known().get(id).and_then(|of| of.get(&way)).copied();
        let extent = found.unwrap_or_else(|| {
            let extent = measure();
            known().entry(id.clone()).or_default().insert(way, extent);
            extent
        });
        extent.scale(self.size.wide(), BODY.wide())
    }
}

impl Worded for Measured<'_, '_> {
    fn size(&self) -> Length {
        caption_size(self.desk, self.size)
    }

    fn length(&mut self) -> Length {
        self.known(None, || caption_length(self.desk, self.figure, BODY))
    }

    fn depth(&mut self, at: CaptionAt, measure: Length) -> Length {
        let own = self.size().wide().max(1);
        let characters = (measure.wide() / own).max(1);
        let mode = at.mode();
        let way = (mode == WritingMode::VerticalRl, characters);
        self.known(Some(way), || {
            let wording = Wording {
                at,
                measure: Length::from_wide(caption_size(self.desk, BODY).wide() * characters),
                size: BODY,
            };
            let frame = caption(self.desk, self.figure, wording, &mut Sink::new());
            match frame.items.is_empty() {
                true => Length::ZERO,
                false => Logical::from_size(frame.size, mode).block,
            }
        })
    }
}
