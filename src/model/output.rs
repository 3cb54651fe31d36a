//! Output: what is made of a publication, on which paper, to which standards.

use crate::geom::{Length, Size, WritingMode};

use super::theme::Theme;

/// `[output]` of the manuscript, resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// The EPUB.
    pub epub: EpubOutput,
    /// The PDF.
    pub pdf: PdfOutput,
}

/// `[output.epub]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EpubOutput {
    /// For whose shop or device.
    pub profile: EpubProfile,
    /// Which way lines run.
    pub writing_mode: WritingMode,
    /// Whether printed page numbers are listed.
    pub page_list: bool,
    /// Whether subsets of the faces go in.
    pub fonts: bool,
    /// Heading level that starts a new file; 0: one file a story.
    pub split_at: u8,
}

/// For whose shop or device an EPUB is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum EpubProfile {
    /// All of them.
    #[default]
    Default,
    /// Amazon.
    Kindle,
    /// Rakuten Kobo.
    Kobo,
    /// Apple Books.
    Apple,
    /// Readers from before EPUB 3.
    Legacy,
}

/// `[output.pdf]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PdfOutput {
    /// Book or newspaper pages.
    pub layout: PageLayout,
    /// Trimmed size.
    pub page: PageSize,
    /// Margins; each `None` follows from page and layout.
    pub margins: Margins,
    /// 欄 of a newspaper page.
    pub columns: Option<u32>,
    /// The look of its pages.
    pub theme: Theme,
    /// Standards to keep.
    pub standard: Vec<PdfStandard>,
    /// Whether the manuscript travels inside the document.
    pub attach_source: bool,
    /// Colours of text and rules.
    pub colour: PdfColour,
    /// Path of a CMYK output profile.
    pub profile: Option<String>,
    /// Ink beyond the trimmed edge.
    pub bleed: Length,
    /// Marks outside the trimmed page.
    pub marks: Vec<PdfMark>,
    /// Whether marks are drawn in the Japanese way.
    pub japanese_marks: bool,
    /// Pictures are sampled down above it; 0: never.
    pub image_dpi: u32,
    /// Whether viewers are told that pages turn from the right.
    pub direction_hint: bool,
    /// How a chapter comes to its opening side.
    pub missing_pages: MissingPages,
}

impl PdfOutput {
    /// Pages of a size in the look of a theme, with everything else as a publication has it that
    /// asks for nothing: no standard, RGB, no bleed, no marks, pictures as they are.
    #[must_use]
    pub fn plain(layout: PageLayout, page: PageSize, theme: Theme) -> Self {
        Self {
            layout,
            page,
            margins: Margins::default(),
            columns: None,
            theme,
            standard: Vec::new(),
            attach_source: false,
            colour: PdfColour::Rgb,
            profile: None,
            bleed: Length::ZERO,
            marks: Vec::new(),
            japanese_marks: false,
            image_dpi: 0,
            direction_hint: true,
            missing_pages: MissingPages::Blank,
        }
    }
}

/// Book or newspaper pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum PageLayout {
    /// One type area a page.
    #[default]
    Book,
    /// Tiers or columns with several stories.
    Newspaper,
}

/// A trimmed size by its name or by its measures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageSize {
    /// As the author named it.
    pub name: String,
    /// Width and height.
    pub trim: Size,
}

impl PageSize {
    /// A size from a name of the table or from `"210mm x 285mm"`; `None` for what is neither, or
    /// for measures outside 20 mm to 5 m.
    ///
    /// ```
    /// use banxin::model::PageSize;
    /// assert_eq!(PageSize::parse("a5"), PageSize::parse("148mm x 210mm").map(|mut p| { p.name = "a5".into(); p }));
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let name = text.trim();
        let named = SIZES.iter().find(|row| row.0.eq_ignore_ascii_case(name));
        let trim = match named {
            Some(&(_, width, height)) => Size::new(
                Length::micrometres(width * 100),
                Length::micrometres(height * 100),
            ),
            None => {
                let (width, height) = name.split_once(['x', '×', 'X'])?;
                Size::new(parse_length(width)?, parse_length(height)?)
            }
        };
        let fits = |side: Length| side >= Length::mm(20) && side <= Length::mm(5000);
        (fits(trim.width) && fits(trim.height)).then(|| Self {
            name: name.to_owned(),
            trim,
        })
    }

    /// The names of the table.
    pub fn names() -> impl Iterator<Item = &'static str> {
        SIZES.iter().map(|row| row.0)
    }
}

/// A length with its unit (`mm`, `cm`, `in`, `pt`, `pc`, `Q`), at most four decimals; `None` for
/// anything else.
///
/// ```
/// use banxin::{geom::Length, model::output::parse_length};
/// assert_eq!(parse_length("10.5pt"), Some(Length::from_milli(10_500)));
/// assert_eq!(parse_length("3 mm"), Some(Length::mm(3)));
/// assert_eq!(parse_length("3"), None);
/// ```
#[must_use]
pub fn parse_length(text: &str) -> Option<Length> {
    let text = text.trim();
    let split = text.find(|c: char| c.is_ascii_alphabetic())?;
    let (number, unit) = text.split_at(split);
    // Tenths of a micrometre times 10^4 would overflow nothing sensible; work in i128.
    let value = parse_decimal(number.trim())?;
    // (numerator, denominator) from one unit to milli-points.
    let (n, d): (i128, i128) = match unit {
        "pt" => (1000, 1),
        "mm" => (360_000, 127),
        "cm" => (3_600_000, 127),
        "in" => (72_000, 1),
        "pc" => (12_000, 1),
        "Q" | "q" => (90_000, 127),
        _ => return None,
    };
    let scaled = i128::from(value) * n;
    let divisor = d * 10_000;
    let half = if scaled < 0 {
        -divisor / 2
    } else {
        divisor / 2
    };
    i32::try_from((scaled + half) / divisor)
        .ok()
        .map(Length::from_milli)
}

/// A decimal number in ten-thousandths.
fn parse_decimal(text: &str) -> Option<i64> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if (whole.is_empty() && fraction.is_empty()) || !all_digits(whole) || !all_digits(fraction) {
        return None;
    }
    let whole: i64 = if whole.is_empty() {
        0
    } else {
        whole.parse().ok()?
    };
    let mut tail: String = fraction.chars().take(4).collect();
    while tail.len() < 4 {
        tail.push('0');
    }
    let value = whole
        .checked_mul(10_000)?
        .checked_add(tail.parse::<i64>().ok()?)?;
    Some(if negative { -value } else { value })
}

/// Trimmed sizes in tenths of a millimetre: ISO 216, JIS P 0138, the 開 sizes of composition rules
/// §16.1, the common tabloid, and 大報 at a page of 390 × 540 mm.
#[rustfmt::skip]
const SIZES: &[(&str, i64, i64)] = &[
    ("A3", 2970, 4200), ("A4", 2100, 2970), ("A5", 1480, 2100), ("A6", 1050, 1480),
    ("B4", 2500, 3530), ("B5", 1760, 2500), ("B6", 1250, 1760),
    ("JIS-B4", 2570, 3640), ("JIS-B5", 1820, 2570), ("JIS-B6", 1280, 1820),
    ("16開", 1900, 2600), ("25開", 1480, 2100), ("32開", 1300, 1900),
    ("tabloid", 2800, 4000), ("broadsheet", 3900, 5400),
];

/// Margins of a page; each `None` follows from page and layout.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Margins {
    /// 天頭.
    pub head: Option<Length>,
    /// 地腳.
    pub foot: Option<Length>,
    /// 訂口.
    pub gutter: Option<Length>,
    /// 切口.
    pub fore_edge: Option<Length>,
}

/// A standard that the PDF is to keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PdfStandard {
    /// PDF/A-2a (ISO 19005-2).
    A2a,
    /// PDF/A-2b.
    A2b,
    /// PDF/A-2u.
    A2u,
    /// PDF/A-3a (ISO 19005-3).
    A3a,
    /// PDF/UA-1 (ISO 14289-1).
    Ua1,
    /// PDF/X-4 (ISO 15930-7).
    X4,
}

impl PdfStandard {
    /// Every standard with its name.
    pub const VALUES: &'static [(&'static str, Self)] = &[
        ("a-2a", Self::A2a),
        ("a-2b", Self::A2b),
        ("a-2u", Self::A2u),
        ("a-3a", Self::A3a),
        ("ua-1", Self::Ua1),
        ("x-4", Self::X4),
    ];
}

/// Colours of text and rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum PdfColour {
    /// For screens.
    #[default]
    Rgb,
    /// For a press: black text on K alone.
    Cmyk,
}

/// A mark outside the trimmed page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PdfMark {
    /// Crop marks.
    Crop,
    /// Registration marks.
    Registration,
    /// Fold marks.
    Fold,
    /// Colour bar.
    Bar,
    /// Page information.
    Slug,
}

impl PdfMark {
    /// Every mark with its name.
    pub const VALUES: &'static [(&'static str, Self)] = &[
        ("crop", Self::Crop),
        ("registration", Self::Registration),
        ("fold", Self::Fold),
        ("bar", Self::Bar),
        ("slug", Self::Slug),
    ];
}

/// How a chapter comes to its opening side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum MissingPages {
    /// A blank page is put in.
    #[default]
    Blank,
    /// It opens on the next page, whichever side that is.
    None,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_keep_their_unit() {
        assert_eq!(parse_length("1in"), Some(Length::pt(72)));
        assert_eq!(parse_length("0.12mm"), Some(Length::from_milli(340)));
        assert_eq!(parse_length("4Q"), Some(Length::mm(1)));
        assert_eq!(parse_length("-2pt"), Some(Length::pt(-2)));
        for bad in ["", "mm", "1..2mm", "一mm", "1e3mm", "99999999999mm"] {
            assert_eq!(parse_length(bad), None, "{bad}");
        }
    }

    #[test]
    fn sizes_have_bounds() {
        assert!(PageSize::parse("0mm x 10mm").is_none());
        assert!(PageSize::parse("letter").is_none());
        assert_eq!(PageSize::parse("16開").unwrap().trim.width, Length::mm(190));
    }
}
