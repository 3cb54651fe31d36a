//! Style: every choice of composition in which houses differ, resolved, with no default left open.

use crate::geom::{Em, Length, WritingMode};

/// A tradition of composition: it picks the tables of `rules`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Tradition {
    /// 香港: marks in the middle of their cell.
    #[default]
    HongKong,
    /// 台灣: as Hong Kong, with its own defaults.
    Taiwan,
    /// 中國大陸: marks in the corner (GB/T 15834).
    Mainland,
    /// 日本 (jlreq).
    Japan,
}

impl Tradition {
    /// Whether the tradition sets 、，。 in the middle of their cell.
    #[must_use]
    pub const fn is_centred(self) -> bool {
        matches!(self, Self::HongKong | Self::Taiwan)
    }

    /// The name in the manuscript.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::HongKong => "hong-kong",
            Self::Taiwan => "taiwan",
            Self::Mainland => "mainland",
            Self::Japan => "japan",
        }
    }
}

/// Declares a choice of the manuscript: an enum, its values and their names.
macro_rules! choice {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant,)* }

        impl $name {
            /// Every value with its name, in the manual's order.
            pub const VALUES: &'static [(&'static str, Self)] =
                &[$(($text, Self::$variant),)*];

            /// The name in the manuscript.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }
        }
    };
}

choice! {
    /// How strictly characters are kept from line edges (composition rules §6.1). `strict`
    /// means each language's own.
    Kinsoku {
        /// Nothing is kept (clreq; some newspapers).
        None = "none",
        /// Closing marks off the head, opening marks off the end (clreq).
        Basic = "basic",
        /// Basic, and the solidus off the end (GB/T 15834).
        Gb = "gb",
        /// Each language's strict level.
        Strict = "strict",
        /// Japanese newspapers.
        VeryLoose = "very-loose",
        /// Japanese magazines.
        Loose = "loose",
        /// Also 々 ー and small kana off the head.
        VeryStrict = "very-strict",
    }
}

choice! {
    /// CSS `line-break`, for the profile `css`.
    LineBreak {
        /// Fewest prohibitions.
        Loose = "loose",
        /// The common set.
        Normal = "normal",
        /// Most prohibitions.
        Strict = "strict",
    }
}

choice! {
    /// How much blank of full-width marks is taken away before lines are broken (§4).
    Punctuation {
        /// None.
        None = "none",
        /// Between neighbouring marks.
        Adjacent = "adjacent",
        /// 開明: all marks half, sentence ends full.
        Half = "half",
        /// 半角: all marks half.
        AllHalf = "all-half",
    }
}

choice! {
    /// Where 、，。 stand in their cell.
    MarkPosition {
        /// In the middle (Hong Kong, Taiwan).
        Centre = "centre",
        /// In the corner (Mainland, Japan).
        Corner = "corner",
    }
}

choice! {
    /// What an opening mark does at a line's head (§5).
    LineHead {
        /// Its blank is cut.
        Trim = "trim",
        /// Its blank is kept.
        Keep = "keep",
        /// Its blank is kept on the first line only.
        KeepFirst = "keep-first",
    }
}

choice! {
    /// What a closing mark does at a line's end (§5).
    LineEnd {
        /// Its blank is cut where the line would not fit.
        IfNeeded = "if-needed",
        /// Its blank is always cut.
        Always = "always",
        /// Its blank is kept.
        Keep = "keep",
    }
}

choice! {
    /// Whether 、，。 may hang outside the measure (§8).
    Hanging {
        /// Never.
        Off = "off",
        /// Where the mark would start the next line.
        Allow = "allow",
        /// At every line end.
        Force = "force",
    }
}

choice! {
    /// 稿紙: whether every character keeps to a grid of em.
    Grid {
        /// No grid along the line.
        Off = "off",
        /// Western runs are padded to whole em.
        Strict = "strict",
    }
}

choice! {
    /// How four and more digits stand in a vertical line (§10.5).
    LongDigits {
        /// One a cell.
        Stack = "stack",
        /// Turned on their side.
        Rotate = "rotate",
    }
}

choice! {
    /// How an acronym stands in a vertical line (§10.5).
    Acronym {
        /// Two letters share a cell.
        Tcy2 = "tcy2",
        /// One a cell, to four letters.
        Stack = "stack",
        /// Turned on its side.
        Rotate = "rotate",
    }
}

choice! {
    /// What curly quotes become in a vertical line (§10.2).
    VerticalQuotes {
        /// They stay.
        Keep = "keep",
        /// 「」 and 『』 stand in for them.
        Corner = "corner",
    }
}

choice! {
    /// On which side of a full stop a note mark stands (§16.1).
    NoteMark {
        /// Before it.
        BeforeStop = "before-stop",
        /// After it.
        AfterStop = "after-stop",
    }
}

choice! {
    /// What a character that no face has is.
    MissingGlyphs {
        /// A warning; a box with the code point is drawn.
        Warn = "warn",
        /// An error.
        Error = "error",
    }
}

/// Every choice of `[typography]`, resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Style {
    /// Which way lines run.
    pub writing_mode: WritingMode,
    /// Whose tables are used.
    pub tradition: Tradition,
    /// How strictly line edges are kept.
    pub kinsoku: Kinsoku,
    /// CSS level for the profile `css`.
    pub line_break: LineBreak,
    /// Whether a cluster of three closing marks may part before bad stretching.
    pub cluster_escape: bool,
    /// Whether a line may start with ……
    pub ellipsis_at_line_head: bool,
    /// How much blank of marks is taken away.
    pub punctuation: Punctuation,
    /// Where 、，。 stand.
    pub mark_position: MarkPosition,
    /// Opening marks at a line's head.
    pub line_head: LineHead,
    /// Closing marks at a line's end.
    pub line_end: LineEnd,
    /// Hanging marks.
    pub hanging: Hanging,
    /// The gap between Han and Western text.
    pub western_gap: Em,
    /// Size of Western text beside CJK text.
    pub western_size: Em,
    /// Shift of the Western baseline, away from the line's own.
    pub western_shift: Em,
    /// First-line indent.
    pub indent: Em,
    /// 稿紙.
    pub grid: Grid,
    /// Long numbers in vertical lines.
    pub long_digits: LongDigits,
    /// Acronyms in vertical lines.
    pub acronym: Acronym,
    /// Curly quotes in vertical lines.
    pub vertical_quotes: VerticalQuotes,
    /// Note marks beside a full stop.
    pub note_mark: NoteMark,
    /// Whether lines are set to the full measure.
    pub justify: bool,
    /// Characters that no face has.
    pub missing_glyphs: MissingGlyphs,
    /// Body size.
    pub body_size: Length,
    /// Whether the author chose the body size: newspaper pages choose theirs otherwise.
    pub size_given: bool,
    /// From one line's centre to the next one's.
    pub line_pitch: Length,
    /// Whether the author chose the line pitch.
    pub pitch_given: bool,
    /// Which faces are used.
    pub fonts: FontChoice,
}

/// Which faces are used: family names or font files, each list in order of preference. An empty
/// list means the bundled faces.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FontChoice {
    /// Text.
    pub body: Vec<FontName>,
    /// Bold text.
    pub bold: Vec<FontName>,
    /// Headings.
    pub heading: Vec<FontName>,
    /// Captions.
    pub caption: Vec<FontName>,
    /// Code.
    pub code: Vec<FontName>,
    /// Emoji.
    pub emoji: Vec<FontName>,
}

/// A family name or a font file as the author named it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FontName {
    /// As typed.
    pub name: String,
    /// Where it was named; `None` when it came from the command line.
    pub span: Option<crate::diag::Span>,
}

impl Default for Style {
    fn default() -> Self {
        Self::of(Tradition::HongKong)
    }
}

impl Style {
    /// The defaults of a tradition's books (composition rules §17).
    ///
    /// ```
    /// use banxin::model::{Style, Tradition};
    /// assert_eq!(Style::of(Tradition::Japan).indent.milli(), 1000);
    /// ```
    #[must_use]
    pub fn of(tradition: Tradition) -> Self {
        let japan = tradition == Tradition::Japan;
        let mainland = tradition == Tradition::Mainland;
        let size = if japan {
            Length::pt(9)
        } else {
            Length::from_milli(10_500)
        };
        Self {
            writing_mode: if mainland {
                WritingMode::HorizontalTb
            } else {
                WritingMode::VerticalRl
            },
            tradition,
            kinsoku: match tradition {
                Tradition::HongKong | Tradition::Taiwan => Kinsoku::Basic,
                Tradition::Mainland => Kinsoku::Gb,
                Tradition::Japan => Kinsoku::Strict,
            },
            line_break: LineBreak::Strict,
            cluster_escape: false,
            ellipsis_at_line_head: false,
            punctuation: Punctuation::Adjacent,
            mark_position: if tradition.is_centred() {
                MarkPosition::Centre
            } else {
                MarkPosition::Corner
            },
            line_head: LineHead::Trim,
            line_end: if mainland {
                LineEnd::Always
            } else {
                LineEnd::IfNeeded
            },
            hanging: Hanging::Off,
            western_gap: Em::QUARTER,
            western_size: Em::ONE,
            western_shift: Em::ZERO,
            indent: if japan { Em::ONE } else { Em::from_milli(2000) },
            grid: Grid::Off,
            long_digits: LongDigits::Rotate,
            acronym: Acronym::Rotate,
            vertical_quotes: VerticalQuotes::Keep,
            note_mark: if japan {
                NoteMark::BeforeStop
            } else {
                NoteMark::AfterStop
            },
            justify: true,
            missing_glyphs: MissingGlyphs::Warn,
            body_size: size,
            size_given: false,
            line_pitch: DEFAULT_PITCH.of(size),
            pitch_given: false,
            fonts: FontChoice::default(),
        }
    }
}

/// Line pitch where the author asks for none: one em of text and ¾ em of gap, inside the ½ to 1
/// em of clreq and jlreq (composition rules §14), wide enough for ruby, bopomofo and side lines.
pub const DEFAULT_PITCH: Em = Em::from_milli(1750);
