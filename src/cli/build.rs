//! `epub`, `pdf` and `build`: the outputs, written whole or not at all.

use std::path::{Path, PathBuf};

use super::args::{BuildArgs, EpubArgs, EpubChoices, PdfArgs, PdfChoices, Reading};
use super::output::{Ready, is_stdout};
use super::session::{Failure, Session, print};

/// The folder of outputs for which no place is named.
const DIST: &str = "dist";

/// Makes the EPUB.
///
/// # Errors
/// See [`Failure`].
pub(super) fn epub(args: &EpubArgs) -> Result<(), Failure> {
    let mut session = open(&args.reading, &args.epub)?;
    let bytes = write_epub(&mut session)?;
    session.settle()?;
    deliver(
        &session,
        vec![(
            args.output
                .clone()
                .unwrap_or_else(|| named(&session, "epub")),
            bytes,
        )],
    )
}

/// Makes the PDF.
///
/// # Errors
/// See [`Failure`].
pub(super) fn pdf(args: &PdfArgs) -> Result<(), Failure> {
    let mut session = Session::open(&args.reading)?;
    choose(&mut session, &args.pdf);
    let bytes = write_pdf(&mut session)?;
    session.settle()?;
    deliver(
        &session,
        vec![(
            args.output
                .clone()
                .unwrap_or_else(|| named(&session, "pdf")),
            bytes,
        )],
    )
}

/// Makes both from one reading.
///
/// # Errors
/// See [`Failure`].
pub(super) fn both(args: &BuildArgs) -> Result<(), Failure> {
    let mut session = open(&args.reading, &args.epub)?;
    choose(&mut session, &args.pdf);
    let epub = write_epub(&mut session)?;
    let pdf = write_pdf(&mut session)?;
    session.settle()?;
    let name = file_name(&session);
    deliver(
        &session,
        vec![
            (args.output.join(format!("{name}.epub")), epub),
            (args.output.join(format!("{name}.pdf")), pdf),
        ],
    )
}

fn open(reading: &Reading, choices: &EpubChoices) -> Result<Session, Failure> {
    let mut session = Session::open(reading)?;
    if choices.no_embed_fonts {
        session.publication.book.output.epub.fonts = false;
    }
    Ok(session)
}

/// Takes what the call asks for in place of the publication's own.
fn choose(session: &mut Session, choices: &PdfChoices) {
    let output = &mut session.publication.book.output.pdf;
    output.attach_source = choices.attach_source;
    if !choices.standard.is_empty() {
        output.standard = choices
            .standard
            .iter()
            .filter_map(|asked| asked.0)
            .collect();
    }
}

/// The bytes of the EPUB; none where the manuscript already has errors.
fn write_epub(session: &mut Session) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    if !session.is_refused() {
        session.stage("making the EPUB");
        let met = session.publication.write_epub(&mut bytes)?.diagnostics;
        session.meet(met);
    }
    Ok(bytes)
}

/// The bytes of the PDF; none where the manuscript already has errors. Pages are set all the same,
/// so that what only setting finds is told in the same run.
fn write_pdf(session: &mut Session) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    session.stage("setting pages");
    let pages = session.publication.lay_out();
    session.meet(pages.diagnostics);
    if !session.is_refused() {
        session.stage("making the PDF");
        let met = session
            .publication
            .write_pdf(&pages.value, &mut bytes)?
            .diagnostics;
        session.meet(met);
    }
    Ok(bytes)
}

fn named(session: &Session, extension: &str) -> PathBuf {
    Path::new(DIST).join(format!("{}.{extension}", file_name(session)))
}

fn file_name(session: &Session) -> &str {
    &session.publication.book.meta.file_name
}

/// Puts every output on disk beside its target, and only then puts all in their places.
fn deliver(session: &Session, outputs: Vec<(PathBuf, Vec<u8>)>) -> Result<(), Failure> {
    let mut ready = Vec::new();
    for (target, bytes) in outputs {
        if is_stdout(&target) {
            return print(&bytes);
        }
        let file = Ready::write(&target, &bytes).map_err(|fault| Failure::Output {
            target: target.clone(),
            fault,
        })?;
        ready.push((target, file));
    }
    for (target, file) in ready {
        file.commit().map_err(|fault| Failure::Output {
            target: target.clone(),
            fault,
        })?;
        session.say_written(&target);
    }
    Ok(())
}
