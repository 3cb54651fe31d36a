//! Every argument of the command line, so that help and the manual read one source.

use std::io::IsTerminal;
use std::path::PathBuf;

use banxin::model::PdfStandard;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};

/// Typesets Chinese and Japanese Markdown as EPUB 3 and as print-ready PDF.
#[derive(Debug, Parser)]
#[command(name = "banxin", version, about, max_term_width = 100)]
#[command(
    after_help = "Exit status: 0 done, 1 the manuscript has errors and nothing was \
                        written, 2 the machine failed or the call was wrong."
)]
pub(super) struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub(super) command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Make the EPUB
    Epub(EpubArgs),
    /// Make the PDF
    Pdf(PdfArgs),
    /// Make both from one reading
    Build(BuildArgs),
    /// Tell every fault; write nothing
    Check(CheckArgs),
    /// Tell where every glyph sits
    Inspect(InspectArgs),
    /// Tell which face serves which characters, and which are missing
    Fonts(FontsArgs),
}

/// What every command that reads a publication takes.
#[derive(Debug, Args)]
pub(super) struct Reading {
    /// A folder with book.toml, an mdBook folder, or one Markdown file
    #[arg(default_value = "book")]
    pub(super) path: PathBuf,
    /// Set a key of book.toml by its dotted path, as typography.indent=1
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub(super) set: Vec<String>,
    /// Form of the messages
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(super) message_format: MessageFormat,
    /// Colour in messages
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    pub(super) color: ColourChoice,
    /// Take warnings for errors
    #[arg(long, value_name = "WHAT", value_parser = ["warnings"])]
    pub(super) deny: Option<String>,
    /// Say errors only
    #[arg(short, long, conflicts_with = "verbose")]
    pub(super) quiet: bool,
    /// Say what is being done
    #[arg(short, long)]
    pub(super) verbose: bool,
}

/// Arguments of `epub`.
#[derive(Debug, Args)]
pub(super) struct EpubArgs {
    #[command(flatten)]
    pub(super) reading: Reading,
    /// The file to write; - for standard output [default: dist/NAME.epub]
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    #[command(flatten)]
    pub(super) epub: EpubChoices,
}

/// What can be asked of an EPUB.
#[derive(Debug, Args)]
pub(super) struct EpubChoices {
    /// Leave the fonts out: the reader's device supplies its own
    #[arg(long)]
    pub(super) no_embed_fonts: bool,
}

/// Arguments of `pdf`.
#[derive(Debug, Args)]
pub(super) struct PdfArgs {
    #[command(flatten)]
    pub(super) reading: Reading,
    /// The file to write; - for standard output [default: dist/NAME.pdf]
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    #[command(flatten)]
    pub(super) pdf: PdfChoices,
}

/// What can be asked of a PDF.
#[derive(Debug, Args)]
pub(super) struct PdfChoices {
    /// The standards to keep, as a-2a,ua-1 [default: those of book.toml]
    #[arg(long, value_delimiter = ',', value_name = "NAMES", value_parser = Standard::parser())]
    pub(super) standard: Vec<Standard>,
    /// Let the manuscript and its pictures travel inside the file, which becomes PDF/A-3
    #[arg(long)]
    pub(super) attach_source: bool,
}

/// A standard that can be kept, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Standard(pub(super) Option<PdfStandard>);

impl Standard {
    const NONE: &'static str = "none";

    /// Reads one of the standards' names, or `none`.
    fn parser() -> impl TypedValueParser<Value = Self> {
        let names = PdfStandard::VALUES.iter().map(|(name, _)| *name);
        PossibleValuesParser::new(names.chain([Self::NONE])).map(|asked| {
            let named = PdfStandard::VALUES.iter().find(|(name, _)| *name == asked);
            Self(named.map(|(_, standard)| *standard))
        })
    }
}

/// Arguments of `build`.
#[derive(Debug, Args)]
pub(super) struct BuildArgs {
    #[command(flatten)]
    pub(super) reading: Reading,
    /// The folder to write to
    #[arg(short, long, value_name = "DIR", default_value = "dist")]
    pub(super) output: PathBuf,
    #[command(flatten)]
    pub(super) epub: EpubChoices,
    #[command(flatten)]
    pub(super) pdf: PdfChoices,
}

/// Arguments of `check`.
#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    pub(super) reading: Reading,
    /// Verify a finished PDF instead: fonts, text, tags, boxes, intents, metadata
    #[arg(long, value_name = "FILE", conflicts_with_all = ["path", "set"])]
    pub(super) pdf: Option<PathBuf>,
}

/// Arguments of `inspect`.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct InspectArgs {
    #[command(subcommand)]
    pub(super) what: Option<InspectWhat>,
    #[command(flatten)]
    pub(super) reading: Reading,
    /// Form of the result
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: InspectFormat,
    /// One page, counted from 1; svg shows page 1 where none is named
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(super) page: Option<u32>,
}

/// What is inspected instead of a publication's pages.
#[derive(Debug, Clone, Copy, Subcommand)]
pub(super) enum InspectWhat {
    /// Set paragraphs: JSON jobs on standard input, one a line, answered in order
    Lines,
}

/// Arguments of `fonts`.
#[derive(Debug, Args)]
pub(super) struct FontsArgs {
    #[command(flatten)]
    pub(super) reading: Reading,
}

/// Form of the messages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum MessageFormat {
    /// With the source line and a caret
    #[default]
    Long,
    /// One line each
    Short,
    /// One JSON object a line
    Json,
}

/// Colour in messages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum ColourChoice {
    /// On a terminal, unless NO_COLOR is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl ColourChoice {
    /// Whether standard error gets colour.
    #[expect(
        clippy::disallowed_methods,
        reason = "NO_COLOR is part of the command line"
    )]
    pub(super) fn is_on(self) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto => {
                let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
                !refused && std::io::stderr().is_terminal()
            }
        }
    }
}

/// Form of what `inspect` tells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum InspectFormat {
    /// One JSON object
    Json,
    /// Frames and lines, one a line
    #[default]
    Text,
    /// One page with its frames, baselines and em-boxes
    Svg,
}
