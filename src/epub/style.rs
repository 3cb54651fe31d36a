//! The style sheet: the same choices of composition as print, in the words of CSS.

use std::fmt::Write;

use crate::font::FaceRole;
use crate::geom::{Em, round_div};
use crate::model::style::{Hanging, LineHead, Punctuation};
use crate::model::{Book, Style};

use super::fonts::FontFile;

/// The style sheet of a publication with its embedded faces.
///
/// Every rule hangs on a class, for some reading systems bring strong rules for bare tags. There
/// is no colour of text or ground, no text size on `html` or `body`, no fixed position: night
/// mode and the reader's own settings stay theirs.
pub(crate) fn sheet(book: &Book, fonts: &[FontFile]) -> String {
    let mut css = String::from("@charset \"UTF-8\";\n");
    for font in fonts {
        let _ = writeln!(
            css,
            "@font-face {{ font-family: \"{}\"; font-weight: {}; font-style: normal; src: url(\"{}\"); }}",
            quoted(&font.family),
            font.weight,
            font.file,
        );
    }
    for (role, class) in [
        (FaceRole::Body, ".story, .matter"),
        (FaceRole::Heading, HEADINGS),
        (FaceRole::Caption, CAPTIONS),
        (FaceRole::Code, ".code, .listing, .kbd"),
    ] {
        let _ = writeln!(
            css,
            "{class} {{ font-family: {}; }}",
            stack(book, role, fonts)
        );
    }
    css.push_str(MODES);
    css.push_str(&text_rules(book));
    css.push_str(if book.output.epub.writing_mode.is_vertical() {
        VERTICAL
    } else {
        HORIZONTAL
    });
    css.push_str(COMMON);
    if book.output.epub.writing_mode.is_vertical() {
        css.push_str(VERTICAL_LISTS);
    }
    css
}

const HEADINGS: &str = ".title, .kicker, .deck, .book-title, .part-title, .h2, .h3, .h4, .h5, .h6, \
.alert-name, .pullquote";
const CAPTIONS: &str = ".caption, .table, .records, .table-caption, .section-name, .byline, .date, \
.imprint, .imprint-list, .credits";

/// The families embedded for a role, and the generic one that suits it: behind them, but before
/// them for code, where the bundled faces have no letters of one width.
fn stack(book: &Book, role: FaceRole, fonts: &[FontFile]) -> String {
    let mut families: Vec<String> = Vec::new();
    for font in fonts.iter().filter(|font| font.roles.contains(&role)) {
        let family = format!("\"{}\"", quoted(&font.family));
        if !families.contains(&family) {
            families.push(family);
        }
    }
    match role {
        FaceRole::Heading | FaceRole::Caption => families.push("sans-serif".to_owned()),
        FaceRole::Body | FaceRole::Emoji => families.push("serif".to_owned()),
        FaceRole::Code if book.style.fonts.code.is_empty() => {
            families.insert(0, "monospace".to_owned());
        }
        FaceRole::Code => families.push("monospace".to_owned()),
    }
    families.join(", ")
}

/// A family name inside a CSS string.
fn quoted(name: &str) -> String {
    name.chars()
        .filter(|c| !c.is_control())
        .flat_map(|c| {
            matches!(c, '"' | '\\')
                .then_some('\\')
                .into_iter()
                .chain([c])
        })
        .collect()
}

/// What `[typography]` asks of running text.
fn text_rules(book: &Book) -> String {
    let style = &book.style;
    let mut css = String::new();
    let _ = writeln!(
        css,
        "\
.story, .matter {{
  margin: 0;
  line-height: {pitch};
  line-break: {breaks};
  text-spacing-trim: {trim};
  text-autospace: {gap};
  hanging-punctuation: {hanging};
  text-align: {align};
  text-justify: inter-character;
  overflow-wrap: break-word;
}}
.p, .lead {{ margin: 0; text-indent: {indent}em; orphans: 2; widows: 2; }}",
        pitch = milli(round_div(
            style.line_pitch.wide() * 1000,
            style.body_size.wide()
        )),
        breaks = style.line_break.name(),
        trim = spacing_trim(style),
        gap = if style.western_gap > Em::ZERO {
            "normal"
        } else {
            "no-autospace"
        },
        hanging = match style.hanging {
            Hanging::Off => "none",
            Hanging::Allow => "allow-end",
            Hanging::Force => "force-end",
        },
        align = if style.justify { "justify" } else { "start" },
        indent = milli(i64::from(style.indent.milli())),
    );
    css
}

/// Composition rules §5: the keyword for how marks lose their blank.
fn spacing_trim(style: &Style) -> &'static str {
    match (style.punctuation, style.line_head) {
        (Punctuation::None, _) => "space-all",
        (_, LineHead::Trim) => "trim-start",
        (_, LineHead::KeepFirst) => "space-first",
        (_, LineHead::Keep) => "normal",
    }
}

/// Thousandths as a decimal number.
fn milli(value: i64) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let value = value.unsigned_abs();
    let text = format!("{sign}{}.{:03}", value / 1000, value % 1000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// One principal writing mode a file, on `html`.
const MODES: &str = "\
.vertical { -webkit-writing-mode: vertical-rl; writing-mode: vertical-rl; }
.horizontal { -webkit-writing-mode: horizontal-tb; writing-mode: horizontal-tb; }
";

/// Which side marks stand on (composition rules §11), and how large pictures may be.
const VERTICAL: &str = "\
.vertical { -webkit-text-orientation: mixed; text-orientation: mixed; }
.tcy { -webkit-text-combine: horizontal; text-combine-upright: all; }
.upright { -webkit-text-orientation: upright; text-orientation: upright; }
.turned { -webkit-text-orientation: sideways; text-orientation: sideways; }
.pn, .bt, .underline { text-underline-position: left; }
.sideline { text-underline-position: right; }
.dots { -webkit-text-emphasis: filled circle; text-emphasis: filled circle; -webkit-text-emphasis-position: under right; text-emphasis-position: under right; }
.dots-ja { -webkit-text-emphasis: filled sesame; text-emphasis: filled sesame; -webkit-text-emphasis-position: over right; text-emphasis-position: over right; }
.picture { max-width: 80vw; max-height: 85%; }
.island { -webkit-writing-mode: horizontal-tb; writing-mode: horizontal-tb; margin: 0 1em; max-width: 90vw; line-height: 1.5; break-inside: avoid; }
.toc-list { padding: 1.5em 0 0 0; }
";

const HORIZONTAL: &str = "\
.pn, .bt, .underline, .sideline { text-underline-position: under; }
.dots { -webkit-text-emphasis: filled circle; text-emphasis: filled circle; -webkit-text-emphasis-position: under right; text-emphasis-position: under right; }
.dots-ja { -webkit-text-emphasis: filled dot; text-emphasis: filled dot; -webkit-text-emphasis-position: over right; text-emphasis-position: over right; }
.picture { max-width: 100%; max-height: 85vh; }
.toc-list { padding: 0 0 0 1.5em; }
";

/// Lists in vertical lines count 一、 and one level down （一） (composition rules §16.1).
const VERTICAL_LISTS: &str = "\
@counter-style banxin-inner { system: extends cjk-decimal; prefix: \"（\"; suffix: \"）\"; }
.numbered { list-style-type: cjk-ideographic; }
.numbered .numbered { list-style-type: banxin-inner; }
";

/// What holds in both directions: logical properties only.
const COMMON: &str = "\
.continued { text-indent: 0; }
.dots, .dots-ja, .bt { font-style: normal; }
.italic { font-style: italic; }
.strong { font-weight: bold; }
.pn, .underline, .sideline { text-decoration: underline; }
.bt { text-decoration: underline; -webkit-text-decoration: underline wavy; text-decoration: underline wavy; }
.strike { text-decoration: line-through; }
.highlight { background: rgba(255, 214, 0, 0.35); color: inherit; }
.small, .warichu { font-size: 0.75em; }
.warichu { vertical-align: middle; }
.sup, .sub, .noteref { font-size: 0.65em; line-height: 1; }
.sup, .noteref { vertical-align: super; }
.sub { vertical-align: sub; }
.noteref, .toc-link { text-decoration: none; }
.ruby { ruby-align: space-around; }
.bopomofo { -webkit-ruby-position: inter-character; ruby-position: inter-character; }
.rt { font-size: 0.5em; line-height: 1; text-emphasis: none; }
.bopomofo .rt { font-size: 0.3em; }
.inline { max-inline-size: 100%; block-size: 1em; inline-size: auto; vertical-align: middle; }

.headline { margin-block-end: 2em; break-inside: avoid; text-align: start; }
.section-name { margin: 0 0 1em 0; margin-block: 0 1em; font-size: 0.8em; letter-spacing: 0.2em; }
.kicker { margin: 0; font-size: 1.05em; line-height: 1.5; }
.title { margin: 0; margin-block: 0.2em 0.3em; font-size: 1.7em; line-height: 1.35; font-weight: bold; }
.segment { display: inline-block; margin-inline-end: 1em; text-indent: 0; }
.segment:last-child { margin-inline-end: 0; }
.deck { margin: 0; font-size: 1.15em; line-height: 1.5; }
.byline, .date { margin: 0; margin-block-start: 0.6em; font-size: 0.85em; }
.date { margin-block-start: 0.2em; }
.lead { margin-block-end: 1.2em; font-weight: bold; text-indent: 0; }
.dateline { font-weight: bold; }
.h2, .h3, .h4, .h5, .h6 { margin: 0; line-height: 1.45; font-weight: bold; text-align: start; break-after: avoid; page-break-after: avoid; break-inside: avoid; }
.h2 { margin-block: 1.6em 0.6em; font-size: 1.2em; }
.h3 { margin-block: 1.4em 0.5em; font-size: 1.08em; }
.h4, .h5, .h6 { margin-block: 1.2em 0.4em; font-size: 1em; }

.quote { margin: 0; margin-block: 1em; margin-inline: 2em 0; }
.alert { margin-block: 1.2em; padding-block: 0.6em; padding-inline: 1em; border-block-start: 3px solid; }
.alert-name { margin: 0; font-weight: bold; }
.list { margin: 0; margin-block: 0.8em; padding: 0; padding-inline-start: 2em; }
.item .p { text-indent: 0; }
.task { list-style-type: none; }
.tick { margin-inline-end: 0.4em; }
.definitions { margin: 0; margin-block: 0.8em; }
.term { font-weight: bold; }
.meaning { margin: 0; margin-inline-start: 2em; }
.meaning .p { text-indent: 0; }
.verse { margin-block: 1.2em; margin-inline-start: 2em; }
.stanza { margin-block-end: 1em; break-inside: avoid; }
.line { margin: 0; padding-inline-start: 1em; text-indent: -1em; text-align: start; }
.code, .kbd { font-size: 0.9em; text-spacing-trim: space-all; text-autospace: no-autospace; }
.listing .code { font-size: 1em; }
.listing { margin: 0; margin-block: 1em; padding: 0.8em; border: 1px solid; white-space: pre-wrap; overflow-wrap: anywhere; text-align: start; font-size: 0.9em; line-height: 1.5; text-spacing-trim: space-all; text-autospace: no-autospace; }
.break { inline-size: 6em; margin-block: 1.6em; margin-inline: auto; border: 0; border-block-start: 1px solid; }

.figure { margin: 0; margin-block: 1.2em; break-inside: avoid; page-break-inside: avoid; text-align: start; }
.picture { height: auto; width: auto; object-fit: contain; }
.caption { margin: 0; margin-block-start: 0.5em; font-size: 0.8em; line-height: 1.5; text-align: start; text-indent: 0; }
.pointer { margin-inline-end: 0.4em; }
.page { break-before: page; break-after: page; }
.box { margin: 0; margin-block: 1.6em; padding: 1em; border: 1px solid; line-height: 1.6; }
.box-title { margin-block-start: 0; }
.sidebar { border-width: 0; border-block-start: 3px double; border-block-end: 1px solid; padding-inline: 0; }
.pullquote { margin: 0; margin-block: 1.6em; padding-block: 0.8em; padding-inline: 1.5em; border-block-start: 2px solid; border-block-end: 2px solid; font-size: 1.2em; line-height: 1.6; text-align: start; break-inside: avoid; }
.pullquote .p { text-indent: 0; }
.pullquote-title { margin: 0; margin-block-end: 0.4em; font-size: 0.75em; }

.table { border-collapse: collapse; margin: 0; margin-block: 1.2em; font-size: 0.85em; line-height: 1.5; border-block-start: 2px solid; border-block-end: 2px solid; text-align: start; max-inline-size: 100%; }
.table-caption { margin: 0; margin-block-end: 0.5em; font-weight: bold; text-align: start; text-indent: 0; }
.row { break-inside: avoid; }
.cell { padding-block: 0.3em; padding-inline: 0.5em; border-block-end: 1px solid; vertical-align: top; font-weight: normal; text-align: start; text-justify: auto; }
th.cell { font-weight: bold; }
th[scope=\"col\"] { vertical-align: bottom; }
.number, .end { text-align: end; }
.number { font-variant-numeric: tabular-nums; }
.centre { text-align: center; }
.records { margin-block: 1.4em; padding-block: 0.6em; border-block-start: 2px solid; border-block-end: 2px solid; font-size: 0.9em; line-height: 1.6; }
.record { margin: 0; margin-block-end: 0.8em; }
.record-name { margin: 0; margin-block-start: 0.6em; font-weight: bold; font-size: 1.1em; break-after: avoid; }
.field { margin: 0; padding-inline-start: 1em; }
.field-name { display: inline; font-weight: bold; margin-inline-end: 1em; }
.field-value { display: inline; margin: 0; }

.credits { margin-block-start: 1.6em; font-size: 0.85em; text-align: end; }
.credit-line { margin: 0; }
.notes { margin-block-start: 1.6em; font-size: 0.85em; line-height: 1.6; }
.note { padding-block-start: 0.8em; border-block-start: 1px solid; }
.note + .note { padding-block-start: 0.3em; border: 0; }
.note-text { margin: 0; }
.backlink { margin-inline-end: 0.4em; }

.cover { margin: 0; text-align: center; }
.cover-picture { max-width: 100%; max-height: 100%; }
.title-page { margin-block-start: 2em; text-align: start; }
.book-title { margin: 0; margin-block: 0.4em; font-size: 2.2em; line-height: 1.3; font-weight: bold; }
.imprint { margin: 0; margin-block-start: 2em; }
.part-page { margin-block-start: 4em; }
.part-title { margin: 0; font-size: 1.9em; line-height: 1.4; font-weight: bold; }
.imprint-list { margin: 0; font-size: 0.9em; }
.imprint-list .field { padding: 0; margin-block-end: 0.3em; }
.toc-list { margin: 0; list-style-type: none; }
.contents .toc-list { padding: 0; }
.contents .toc-list .toc-list { padding-inline-start: 1.5em; font-size: 0.92em; }
.toc-item { margin: 0; margin-block: 0.4em; text-align: start; }
.toc-link { color: inherit; }
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousandths_are_written_short() {
        assert_eq!(milli(1750), "1.75");
        assert_eq!(milli(2000), "2");
        assert_eq!(milli(-50), "-0.05");
    }

    #[test]
    fn names_cannot_leave_their_string() {
        assert_eq!(quoted("A\"; } x\\"), "A\\\"; } x\\\\");
    }

    #[test]
    fn nothing_that_stores_refuse_is_in_the_sheet() {
        for css in [COMMON, VERTICAL, HORIZONTAL, VERTICAL_LISTS, MODES] {
            for banned in [
                "position: fixed",
                "position: absolute",
                "direction:",
                "unicode-bidi",
                "-epub-",
            ] {
                assert!(!css.contains(banned), "{banned}");
            }
            assert!(!css.contains("margin: -") && !css.contains("margin-block: -"));
        }
    }
}
