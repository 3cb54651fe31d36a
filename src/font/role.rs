//! What a face is asked for: the part it plays on the page, and its weight.

/// The part that a face plays on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum FaceRole {
    /// Text.
    #[default]
    Body,
    /// Headlines and subheadings.
    Heading,
    /// Captions, credits and furniture.
    Caption,
    /// Code.
    Code,
    /// Emoji.
    Emoji,
}

impl FaceRole {
    /// Every role, in the order of the manual.
    pub const ALL: [Self; 5] = [
        Self::Body,
        Self::Heading,
        Self::Caption,
        Self::Code,
        Self::Emoji,
    ];

    /// The name in `[fonts]` of the manuscript.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Body => "body",
            Self::Heading => "heading",
            Self::Caption => "caption",
            Self::Code => "code",
            Self::Emoji => "emoji",
        }
    }
}

/// How heavy a face is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Weight {
    /// As running text.
    #[default]
    Regular,
    /// As strong emphasis.
    Bold,
}
