//! Inline text: characters with their marks, each with the place where it was written.

use crate::diag::Span;

use super::language::Language;

/// A piece of text inside a paragraph, a heading, a caption or a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Inline {
    /// Characters as they are to be set: entities resolved, soft line breaks joined.
    Text {
        /// The characters.
        text: String,
        /// Where they stand in the source.
        span: Span,
    },
    /// Children under a mark.
    Mark(Mark),
    /// Base text with its reading.
    Ruby(Ruby),
    /// 縱中橫: short horizontal text set upright in one cell of a vertical line, by request
    /// (`^12^`, `[12]{.tcy}`). Short runs get it without asking.
    Upright {
        /// The characters.
        text: String,
        /// Where they stand in the source.
        span: Span,
    },
    /// Code: kept as typed, without typographic gaps.
    Code {
        /// The characters.
        text: String,
        /// Where they stand in the source.
        span: Span,
    },
    /// A link.
    Link {
        /// Where it leads.
        target: LinkTarget,
        /// The text shown.
        children: Vec<Inline>,
        /// Where it stands in the source.
        span: Span,
    },
    /// The mark of a note: an index into [`Article::notes`](super::Article::notes).
    NoteRef {
        /// Which note.
        note: usize,
        /// Where the mark stands in the source.
        span: Span,
    },
    /// A picture inside running text.
    Image {
        /// The picture.
        image: super::ImageRef,
        /// Words for a reader who cannot see it.
        alt: String,
        /// Where it stands in the source.
        span: Span,
    },
    /// A line break that the author asked for.
    LineBreak {
        /// Where it stands in the source.
        span: Span,
    },
    /// A place where a headline may break (`／`); it sets nothing.
    BreakHint {
        /// Where it stands in the source.
        span: Span,
    },
}

impl Inline {
    /// Where this piece stands in the source.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            Self::Text { span, .. }
            | Self::Upright { span, .. }
            | Self::Code { span, .. }
            | Self::Link { span, .. }
            | Self::NoteRef { span, .. }
            | Self::Image { span, .. }
            | Self::LineBreak { span }
            | Self::BreakHint { span } => *span,
            Self::Mark(mark) => mark.span,
            Self::Ruby(ruby) => ruby.span,
        }
    }

    /// Text without marks, for metadata and labels: what is under ruby is kept, its reading,
    /// note marks and pictures are not.
    ///
    /// ```
    /// use banxin::model::Inline;
    /// let text = Inline::Text { text: "漢字".into(), span: Default::default() };
    /// assert_eq!(Inline::plain(&[text]), "漢字");
    /// ```
    #[must_use]
    pub fn plain(inlines: &[Self]) -> String {
        let mut text = String::new();
        Self::plain_into(inlines, &mut text);
        text
    }

    /// Text of a headline in one line, for contents, running heads and outlines: where its author
    /// let it break (`／`) or broke it stands an ideographic space.
    ///
    /// ```
    /// use banxin::model::Inline;
    /// let span = Default::default();
    /// let part = |text: &str| Inline::Text { text: text.into(), span };
    /// let title = [part("甲乙"), Inline::BreakHint { span }, part("丙丁")];
    /// assert_eq!(Inline::in_one_line(&title), "甲乙\u{3000}丙丁");
    /// ```
    #[must_use]
    pub fn in_one_line(inlines: &[Self]) -> String {
        let parts = inlines.split(|inline| matches!(inline, Self::BreakHint { .. }));
        let texts = parts.map(|part| Self::plain(part).replace('\n', "\u{3000}"));
        texts
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
            .join("\u{3000}")
            .trim()
            .to_owned()
    }

    fn plain_into(inlines: &[Self], out: &mut String) {
        for inline in inlines {
            match inline {
                Self::Text { text, .. } | Self::Upright { text, .. } | Self::Code { text, .. } => {
                    out.push_str(text);
                }
                Self::Mark(mark) => Self::plain_into(&mark.children, out),
                Self::Link { children, .. } => Self::plain_into(children, out),
                Self::Ruby(ruby) => ruby.parts.iter().for_each(|p| out.push_str(&p.base)),
                Self::LineBreak { .. } => out.push('\n'),
                Self::NoteRef { .. } | Self::Image { .. } | Self::BreakHint { .. } => {}
            }
        }
    }
}

/// Children that share one mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Which mark.
    pub kind: MarkKind,
    /// What it holds.
    pub children: Vec<Inline>,
    /// Where it stands in the source, with its delimiters.
    pub span: Span,
}

/// What a mark says of its children.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum MarkKind {
    /// `**…**`: bold.
    Strong,
    /// `*…*`: emphasis dots (着重號) on CJK text, italics on Western text.
    Emphasis,
    /// `[…]{.pn}`: proper-name mark (專名號).
    ProperName,
    /// `[…]{.bt}`: wavy book-title mark (書名號).
    BookTitle,
    /// `[…]{.warichu}`: interlinear note (夾注／割注).
    Warichu,
    /// `[…]{.sideline}`: side line (傍線).
    SideLine,
    /// `<u>`, `<ins>`: underlined or inserted.
    Underline,
    /// `~~…~~`, `<s>`, `<del>`: struck out.
    Strike,
    /// `<mark>`: highlighted.
    Highlight,
    /// `<small>`: small print.
    Small,
    /// `<kbd>`: a key.
    Keyboard,
    /// `<sup>`, `^…^` after a Latin letter or digit.
    Superscript,
    /// `<sub>`.
    Subscript,
    /// `[…]{lang=…}`, `<span lang>`: another language.
    Language(Language),
}

/// Base text with its reading beside it (注音、振假名).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ruby {
    /// How the reading is spread over the base.
    pub kind: RubyKind,
    /// The base with its reading; one part for [`RubyKind::Group`].
    pub parts: Vec<RubyPart>,
    /// Where it stands in the source, with its braces.
    pub span: Span,
}

/// One base and its reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RubyPart {
    /// What is read.
    pub base: String,
    /// How it is read.
    pub text: String,
}

/// How a reading is spread over its base (jlreq §3.3.3; clreq #positioning_of_interlinear_comments).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RubyKind {
    /// One reading over the whole base, unbreakable.
    Group,
    /// One reading a base character.
    Mono,
    /// Bopomofo, known by its characters, on the right of each base character.
    Bopomofo,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum LinkTarget {
    /// An address outside the publication, as typed.
    External(String),
    /// A heading, figure or table of this publication, by its id; an article by its
    /// [`Article::id`](super::Article::id).
    Internal {
        /// The id led to.
        id: String,
        /// `[…]{ref=…}`: where there are pages, the page number is printed after it.
        with_page: bool,
    },
}
