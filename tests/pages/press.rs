//! From Markdown in memory to finished pages.

use banxin::art::{Gallery, images_of};
use banxin::diag::{Diagnostic, Severity, Sources};
use banxin::files::Memory;
use banxin::font::Faces;
use banxin::geom::{Length, Point, Size};
use banxin::layout::{Frame, FrameKind, Item, Layout, Line, Stand, layout};
use banxin::manuscript::{Entry, Request, read};
use banxin::model::Book;

/// A publication with its pages.
pub(crate) struct Printed {
    pub(crate) book: Book,
    pub(crate) layout: Layout,
    pub(crate) found: Vec<Diagnostic>,
    pub(crate) sources: Sources,
    pub(crate) faces: Faces,
}

/// Reads articles under a `book.toml` and lays them out. Pictures `wide.png` (3 : 2), `high.png`
/// (3 : 4), `line.png` (200 : 1), `page.png` and `tall.png` (2 : 3), and `bleed.png` (3 : 4) are at hand.
/// `pic-WxH.png` may be of any size.
pub(crate) fn print(config: &str, articles: &[(&str, &str)]) -> Printed {
    let mut files: Vec<(String, Vec<u8>)> = vec![
        ("book.toml".into(), config.as_bytes().to_vec()),
        ("wide.png".into(), png(300, 200)),
        ("high.png".into(), png(150, 200)),
        ("line.png".into(), png(400, 2)),
        ("page.png".into(), png(600, 900)),
        ("tall.png".into(), png(600, 900)),
        ("bleed.png".into(), png(900, 1200)),
    ];
    for (name, text) in articles {
        files.push(((*name).into(), text.as_bytes().to_vec()));
        files.extend(pictures_of(text));
    }
    let files = Memory::new(files);
    let request = Request {
        entry: Entry::Folder,
        overrides: Vec::new(),
        folder_name: "test".into(),
        source_date_epoch: None,
    };
    let reading = read(&files, &request).unwrap();
    let errors: Vec<_> = reading
        .diagnostics
        .iter()
        .filter(|d| d.severity == Severity::Error)
        .collect();
    assert!(errors.is_empty(), "{errors:?}");
    let reading = reading.value;
    let gallery = Gallery::open(images_of(&reading.book), &files).value;
    let faces = Faces::bundled();
    let laid = layout(&reading.book, &faces, &gallery);
    Printed {
        book: reading.book,
        layout: laid.value,
        found: laid.diagnostics,
        sources: reading.sources,
        faces,
    }
}

/// The pictures of any size that a text names.
fn pictures_of(text: &str) -> Vec<(String, Vec<u8>)> {
    let named = text.split("(pic-").skip(1);
    named
        .filter_map(|rest| {
            let size = rest.split(".png").next()?;
            let (width, height) = size.split_once('x')?;
            let picture = png(width.parse().ok()?, height.parse().ok()?);
            Some((format!("pic-{size}.png"), picture))
        })
        .collect()
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let picture = image::GrayImage::from_pixel(width, height, image::Luma([200]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture
        .write_to(&mut bytes, image::ImageFormat::Png)
        .unwrap();
    bytes.into_inner()
}

/// A line with its origin on the page and the frame in which it stands.
pub(crate) struct Stood<'l> {
    pub(crate) page: usize,
    pub(crate) origin: Point,
    /// Where the inside of its frame lies on the page, and its place there.
    pub(crate) stand: (Stand, Point),
    pub(crate) frame: &'l Frame,
    pub(crate) line: &'l Line,
    /// The kinds of the frames around it, the outermost first.
    pub(crate) path: Vec<FrameKind>,
}

/// Every line of a layout in the order of its frames.
pub(crate) fn lines(layout: &Layout) -> Vec<Stood<'_>> {
    let mut found = Vec::new();
    for (page, leaf) in layout.pages.iter().enumerate() {
        walk(
            &leaf.frame,
            (page, Stand::PAGE),
            &mut Vec::new(),
            &mut found,
        );
    }
    found
}

fn walk<'l>(
    frame: &'l Frame,
    (page, stand): (usize, Stand),
    path: &mut Vec<FrameKind>,
    found: &mut Vec<Stood<'l>>,
) {
    for (at, item) in &frame.items {
        match item {
            Item::Line(line) => found.push(Stood {
                page,
                origin: stand.point(*at),
                stand: (stand, *at),
                frame,
                line,
                path: path.clone(),
            }),
            Item::Group(inner) => {
                path.push(inner.kind);
                walk(inner, (page, stand.inside(*at, inner)), path, found);
                path.pop();
            }
            _ => {}
        }
    }
}

/// The box of a line's cells on the page: left, top, right, bottom.
pub(crate) fn cells(stood: &Stood<'_>) -> (Length, Length, Length, Length) {
    let line = stood.line;
    let (from, to) = (line.start, line.start + line.set - line.hang);
    let (stand, Point { x, y }) = stood.stand;
    let (at, size) = if line.mode.is_vertical() {
        let half = line.size / 2;
        (
            Point::new(x - half, y + from),
            Size::new(line.size, to - from),
        )
    } else {
        let above = line.size.scale(880, 1000);
        (
            Point::new(x + from, y - above),
            Size::new(to - from, line.size),
        )
    };
    let corner = stand.corner(at, size);
    let lies = stand.turn.extent(size);
    (
        corner.x,
        corner.y,
        corner.x + lies.width,
        corner.y + lies.height,
    )
}
