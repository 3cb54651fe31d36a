//! Faults of the manuscript as plain data: where, what, and what to do about it.

use std::fmt;
use std::sync::Arc;

/// A file of the manuscript, by its place in [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct FileId(pub u32);

/// A stretch of bytes in one source file.
///
/// It travels from Markdown into the layout, so that an overfull line on page 41 names its
/// sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A stretch of `file` from byte `start` to before byte `end`.
    #[must_use]
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        let held = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self {
            file,
            start: held(start),
            end: held(end.max(start)),
        }
    }

    /// The stretch from the start of `self` to the end of `other`; `self` when they lie in two
    /// files.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        if self.file == other.file {
            Self {
                end: other.end.max(self.start),
                ..self
            }
        } else {
            self
        }
    }

    /// The byte range, for slicing the source.
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// How much a diagnostic weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something to know; nothing is wrong.
    Note,
    /// The output is made, and somebody should look.
    Warning,
    /// The output is not made.
    Error,
}

impl Severity {
    /// The word printed and written to JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Declares [`Code`]: one row a code, its stable name and its meaning.
macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// What kind of fault a diagnostic tells of. The names are stable: scripts match on them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[$doc])* $variant,)*
        }

        impl Code {
            /// Every code, in the order of the manual's table.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The stable name, as `image::missing`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }
    };
}

codes! {
    /// A file of the publication is not there.
    FileMissing = "file::missing",
    /// A file of the publication cannot be read.
    FileUnreadable = "file::unreadable",
    /// A path leaves the publication's folder.
    FileOutside = "file::outside",
    /// Text is not UTF-8.
    FileEncoding = "file::encoding",
    /// A file is larger than its kind may be.
    FileTooLarge = "file::too-large",
    /// `book.toml` is not TOML.
    ConfigSyntax = "config::syntax",
    /// A key that nobody knows.
    ConfigUnknownKey = "config::unknown-key",
    /// A value of the wrong kind or out of its range.
    ConfigValue = "config::value",
    /// A key that must be there is not.
    ConfigMissingKey = "config::missing-key",
    /// A key that is understood and has no effect yet.
    ConfigNoEffect = "config::no-effect",
    /// Front matter is not YAML, or is not closed.
    FrontSyntax = "front::syntax",
    /// A key of the front matter that nobody knows.
    FrontUnknownKey = "front::unknown-key",
    /// A value of the front matter of the wrong kind.
    FrontValue = "front::value",
    /// An article listed twice.
    ArticleTwice = "article::twice",
    /// An article listed and not there.
    ArticleMissing = "article::missing",
    /// An article without any text.
    ArticleEmpty = "article::empty",
    /// A publication without any article.
    ArticleNone = "article::none",
    /// A draft chapter, listed without a file.
    ArticleDraft = "article::draft",
    /// A role that is neither a name of ours nor a MARC relator code.
    CreditRole = "credit::role",
    /// A credit without a name.
    CreditName = "credit::name",
    /// An image file is missing.
    ImageMissing = "image::missing",
    /// An image file cannot be read or decoded.
    ImageUnreadable = "image::unreadable",
    /// A file is not the kind of image that its name claims.
    ImageKind = "image::kind",
    /// A drawing uses what print cannot show, as filters.
    ImageSimplified = "image::simplified",
    /// The colour profile inside of an image cannot be used.
    ImageProfile = "image::profile",
    /// An image in the colours of a press, without a profile that says of which.
    ImageCmyk = "image::cmyk",
    /// An image on the network.
    ImageRemote = "image::remote",
    /// An image without words for a blind reader.
    ImageAlt = "image::alt",
    /// A picture listed under `figures:` and not shown in the text, or the reverse.
    ImageUnplaced = "image::unplaced",
    /// Ruby that is not closed, or whose parts do not match its base.
    RubySyntax = "ruby::syntax",
    /// A reading longer than a line.
    RubyTooLong = "ruby::too-long",
    /// A reading over text so small that it cannot be read.
    RubyTooSmall = "ruby::too-small",
    /// A note mark without its note.
    NoteUndefined = "note::undefined",
    /// A note without its mark.
    NoteUnused = "note::unused",
    /// A note defined twice.
    NoteTwice = "note::twice",
    /// A cross-reference or inner link to nothing.
    ReferenceUndefined = "reference::undefined",
    /// One id given to two things.
    ReferenceTwice = "reference::twice",
    /// An HTML tag that is not understood; its text is kept.
    HtmlUnknown = "html::unknown",
    /// HTML that is not closed or not opened.
    HtmlUnbalanced = "html::unbalanced",
    /// A class or attribute that is not understood.
    MarkUnknown = "mark::unknown",
    /// A mark of the manuscript that is understood and has no effect yet.
    MarkNoEffect = "mark::no-effect",
    /// A table whose rows do not fit its head.
    TableShape = "table::shape",
    /// A table too wide or too high for its page.
    TableOverfull = "table::overfull",
    /// Blocks nested deeper than the program follows.
    NestingDepth = "nesting::depth",
    /// A private-use character.
    CharacterPrivate = "character::private-use",
    /// A code point that Unicode has not assigned, or a control character.
    CharacterUnassigned = "character::unassigned",
    /// An assigned character that no face has.
    CharacterMissing = "character::missing",
    /// A Kangxi radical typed for a Han character.
    CharacterRadical = "character::radical",
    /// A compatibility ideograph typed for a Han character.
    CharacterCompatibility = "character::compatibility",
    /// A variant of a character that no face draws; its usual shape is set.
    CharacterVariant = "character::variant",
    /// A combining mark without a letter.
    CharacterLoneMark = "character::lone-mark",
    /// Text of scripts that run from right to left.
    CharacterDirection = "character::right-to-left",
    /// A font file or family that cannot be found.
    FontMissing = "font::missing",
    /// A font file that cannot be read.
    FontUnreadable = "font::unreadable",
    /// A face of coloured pictures only, which print cannot draw.
    FontColour = "font::colour",
    /// A face whose licence forbids embedding (OS/2 fsType).
    FontLicence = "font::licence",
    /// A face that cannot be subset and is embedded whole.
    FontWhole = "font::whole",
    /// A line that does not fit its measure.
    LineOverfull = "line::overfull",
    /// A line stretched beyond what looks well.
    LineLoose = "line::loose",
    /// 縱中橫 that was asked for and is too wide for its cell.
    LineUncombined = "line::uncombined",
    /// A cluster of closing marks parted over two lines, as the style allows in need.
    LineEscape = "line::escape",
    /// What stands beside a line is higher than the gap between lines.
    LineGap = "line::gap",
    /// A note between the lines (割注) that cannot be set in two lines.
    WarichuNoRoom = "warichu::no-room",
    /// A picture more than two pages from its place in the text.
    FigureFar = "figure::far",
    /// A picture of pixels printed under 200 dots to the inch.
    FigureResolution = "figure::resolution",
    /// A figure too large for its page, or for what it stands in, set smaller.
    FigureTooLarge = "figure::too-large",
    /// Page numbers of the contents did not come to rest.
    PagesUnstable = "pages::unstable",
    /// A page geometry that leaves no room for text.
    PageNoRoom = "page::no-room",
    /// A story leaves lines of a newspaper page empty.
    StoryShort = "story::short",
    /// A newspaper page cannot place a story as its keys ask.
    StoryPlace = "story::place",
    /// A finished PDF that is not whole.
    PdfBroken = "pdf::broken",
    /// A font of a finished PDF that is not embedded as it should be.
    PdfFont = "pdf::font",
    /// Text of a finished PDF that cannot be found again.
    PdfText = "pdf::text",
    /// A structure of a finished PDF that is not whole.
    PdfTags = "pdf::tags",
    /// Boxes of a finished PDF's pages that do not lie in each other.
    PdfBoxes = "pdf::boxes",
    /// Colours of a finished PDF without the output intent that they need.
    PdfIntent = "pdf::intent",
    /// Metadata of a finished PDF that are missing or do not agree.
    PdfMetadata = "pdf::metadata",
    /// A finished PDF holds what its standard forbids.
    PdfForbidden = "pdf::forbidden",
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// One fault: severity, code, place, message, further places, and what to do.
///
/// Messages are lower case without a full stop and quote the author's own text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How much it weighs.
    pub severity: Severity,
    /// Its stable kind.
    pub code: Code,
    /// Where; `None` for a fault of the whole publication.
    pub span: Option<Span>,
    /// What is wrong.
    pub message: String,
    /// Further places that explain it, each with its words.
    pub labels: Vec<(Span, String)>,
    /// What to do.
    pub hints: Vec<String>,
}

impl Diagnostic {
    /// An error: the output is not made.
    #[must_use]
    pub fn error(code: Code, span: impl Into<Option<Span>>, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, span.into(), message.into())
    }

    /// A warning: the output is made, and somebody should look.
    #[must_use]
    pub fn warning(code: Code, span: impl Into<Option<Span>>, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, span.into(), message.into())
    }

    fn new(severity: Severity, code: Code, span: Option<Span>, message: String) -> Self {
        Self {
            severity,
            code,
            span,
            message,
            labels: Vec::new(),
            hints: Vec::new(),
        }
    }

    /// The same with words on what to do.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// The same with a further place and its words.
    #[must_use]
    pub fn label(mut self, span: Span, words: impl Into<String>) -> Self {
        self.labels.push((span, words.into()));
        self
    }
}

/// How a message goes on that is told once for several places: nothing where there is one.
pub(crate) fn again(times: usize) -> String {
    match times {
        0 | 1 => String::new(),
        2 => ", here and once more".into(),
        _ => format!(", here and {} more times", times - 1),
    }
}

/// Where diagnostics are gathered while the work goes on.
#[derive(Debug, Clone, Default)]
pub struct Sink {
    found: Vec<Diagnostic>,
}

impl Sink {
    /// An empty sink.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes one diagnostic.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// Takes many.
    pub fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        self.found.extend(diagnostics);
    }

    /// Whether an error was found.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.found.iter().any(|d| d.severity == Severity::Error)
    }

    /// All that was found, in the order in which it was found.
    #[must_use]
    pub fn into_inner(self) -> Vec<Diagnostic> {
        self.found
    }

    /// Joins a value with what was found while making it.
    #[must_use]
    pub fn warned<T>(self, value: T) -> Warned<T> {
        Warned {
            value,
            diagnostics: self.found,
        }
    }
}

/// A value and the diagnostics met while making it.
#[derive(Debug, Clone)]
pub struct Warned<T> {
    /// The value; after an error it is a stand-in good enough to go on with.
    pub value: T,
    /// What was met, in order.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Warned<T> {
    /// The value, with what was met moved into `sink`.
    pub fn unpack(self, sink: &mut Sink) -> T {
        sink.extend(self.diagnostics);
        self.value
    }

    /// Whether an error was met.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics
            .iter()
            .any(|d| d.severity == Severity::Error)
    }
}

/// One source file: the name by which people know it, and its text.
#[derive(Debug, Clone)]
pub struct Source {
    /// Path as printed, with `/` between its parts.
    pub name: String,
    /// The text, as read; empty where it could not be read as text.
    pub text: Arc<str>,
}

/// A place as editors count it: lines and columns from one, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Place {
    /// Line, from one.
    pub line: usize,
    /// Column in characters, from one.
    pub column: usize,
}

/// Every text file that was read, so that a [`Span`] can be shown.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<Source>,
}

impl Sources {
    /// Adds a file and gives its id.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<Arc<str>>) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(Source {
            name: name.into(),
            text: text.into(),
        });
        id
    }

    /// The file behind an id.
    #[must_use]
    pub fn get(&self, file: FileId) -> Option<&Source> {
        self.files.get(file.0 as usize)
    }

    /// The text under a span; empty where the span is not of these sources.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.get(span.file)
            .and_then(|s| s.text.get(span.range()))
            .unwrap_or("")
    }

    /// Line and column of a byte of a file.
    #[must_use]
    pub fn place(&self, file: FileId, byte: u32) -> Place {
        let text = self.get(file).map_or("", |s| &s.text);
        let mut end = (byte as usize).min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let before = &text[..end];
        let line_start = before.rfind('\n').map_or(0, |i| i + 1);
        let column = before[line_start..]
            .trim_start_matches('\u{feff}')
            .chars()
            .count()
            + 1;
        Place {
            line: before.matches('\n').count() + 1,
            column,
        }
    }

    /// All files, in the order in which they were read.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &Source)> {
        (0u32..).map(FileId).zip(&self.files)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_characters_not_bytes() {
        let mut sources = Sources::default();
        let file = sources.add("a.md", "一二\n三四五\n");
        assert_eq!(sources.place(file, 13), Place { line: 2, column: 3 });
        assert_eq!(sources.place(file, 14), Place { line: 2, column: 3 });
        assert_eq!(sources.place(file, 999), Place { line: 3, column: 1 });
    }

    #[test]
    fn code_names_are_unique() {
        let mut names: Vec<_> = Code::ALL.iter().map(|c| c.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Code::ALL.len());
    }
}
