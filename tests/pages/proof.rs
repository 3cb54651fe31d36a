//! How a book's pages end: short pages, widows, headings at the foot, uneven spreads, far pictures.

use banxin::geom::{Length, Logical, Point};
use banxin::layout::{Frame, FrameKind, Item, Layout, Line, Page, PageGrid};

/// What was counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures {
    /// Pages of articles that go on on the next page.
    pub pages: usize,
    /// Of these, by how many lines they are short: none, one, two, more.
    pub short: [usize; 4],
    /// Spreads of which both pages go on.
    pub spreads: usize,
    /// Spreads that do not end alike.
    pub uneven: usize,
    /// Single last lines at a page's head.
    pub widows: usize,
    /// Single first lines at a page's foot.
    pub orphans: usize,
    /// Headings at a page's foot where they may not stand.
    pub headings: usize,
    /// Lines of text off the grid.
    pub off_grid: usize,
    /// Lines of text on it.
    pub on_grid: usize,
    /// Pictures by their distance from the text before them in the source, in pages.
    pub pictures: [usize; 4],
    /// What reaches out of the type area.
    pub outside: usize,
    /// Places of what is at fault, as printed page numbers.
    pub told: Vec<String>,
}

/// A piece of text of one page in type-area coordinates.
struct Block<'l> {
    frame: &'l Frame,
    from: Length,
    to: Length,
    lines: Vec<(Length, &'l Line)>,
}

struct Sheet<'l> {
    blocks: Vec<Block<'l>>,
    short: usize,
    has_notes: bool,
    article: Option<&'l str>,
    is_plate: bool,
}

/// Counts.
pub fn figures(layout: &Layout, grid: &PageGrid) -> Figures {
    let mut found = Figures::default();
    let sheets: Vec<Sheet<'_>> = layout.pages.iter().map(|page| sheet(page, grid)).collect();
    let goes_on = |at: usize| {
        let (here, next) = (sheets.get(at), sheets.get(at + 1));
        here.zip(next).is_some_and(|(here, next)| {
            here.article.is_some() && here.article == next.article && !here.is_plate
        })
    };
    for (at, sheet) in sheets.iter().enumerate() {
        let label = &layout.pages[at].number;
        for block in &sheet.blocks {
            outside(block, grid, label, &mut found);
            for (middle, line) in &block.lines {
                let place = *middle - grid.size / 2;
                if place.milli() % grid.pitch.milli() == 0 {
                    found.on_grid += 1;
                } else {
                    found.off_grid += 1;
                    found.told.push(format!("{label}: off grid {}", line.text));
                }
            }
        }
        if !goes_on(at) {
            continue;
        }
        found.pages += 1;
        found.short[sheet.short.min(3)] += 1;
        if sheet.short > 1 {
            found.told.push(format!("{label}: short {}", sheet.short));
        }
        let even = label.parse::<u32>().is_ok_and(|n| n % 2 == 0);
        if even && goes_on(at + 1) {
            found.spreads += 1;
            let next = &sheets[at + 1];
            if sheet.short != next.short && !sheet.has_notes && !next.has_notes {
                found.uneven += 1;
                found
                    .told
                    .push(format!("{label}: {} {}", sheet.short, next.short));
            }
        }
        let text = |block: &&Block<'_>| block.frame.kind != FrameKind::Figure;
        let last = sheet
            .blocks
            .iter()
            .filter(text)
            .max_by_key(|block| block.to);
        let first = sheets[at + 1]
            .blocks
            .iter()
            .filter(text)
            .min_by_key(|block| block.from);
        let Some(last) = last else { continue };
        if last.frame.kind == FrameKind::Heading && !(even && grid.mode.is_vertical()) {
            found.headings += 1;
            found.told.push(format!("{label}: heading at the foot"));
        }
        let Some(first) = first else { continue };
        if first.frame.kind != FrameKind::Paragraph
            || first.frame.source.is_none()
            || first.frame.source != last.frame.source
        {
            continue;
        }
        if first.lines.len() == 1 && first.lines[0].1.last {
            found.widows += 1;
            found.told.push(format!("{label}: widow on the next page"));
        }
        let starts = at == 0
            || !sheets[at - 1]
                .blocks
                .iter()
                .any(|block| block.frame.source == last.frame.source);
        // Beside a picture a paragraph makes several frames.
        let blocks = sheet.blocks.iter();
        let lines = blocks.filter(|block| block.frame.source == last.frame.source);
        if lines.map(|block| block.lines.len()).sum::<usize>() == 1 && starts {
            found.orphans += 1;
            found.told.push(format!("{label}: orphan"));
        }
    }
    pictures(&sheets, layout, &mut found);
    found
}

fn outside(block: &Block<'_>, grid: &PageGrid, label: &str, found: &mut Figures) {
    let slack = Length::from_milli(20);
    if block.from < -slack || block.to > grid.area().block + slack {
        found.outside += 1;
        found.told.push(format!(
            "{label}: {} outside the type area",
            block.frame.kind.name()
        ));
    }
}

fn pictures(sheets: &[Sheet<'_>], layout: &Layout, found: &mut Figures) {
    for (at, sheet) in sheets.iter().enumerate() {
        for picture in &sheet.blocks {
            let (FrameKind::Figure, Some(source)) = (picture.frame.kind, picture.frame.source)
            else {
                continue;
            };
            let before = sheets.iter().enumerate().flat_map(|(page, sheet)| {
                sheet.blocks.iter().filter_map(move |block| {
                    let span = block.frame.source?;
                    let is_before = span.file == source.file
                        && span.start < source.start
                        && block.frame.kind != FrameKind::Figure;
                    is_before.then_some((span.start, page))
                })
            });
            let far = before.max().map_or(0, |(_, page)| at.abs_diff(page));
            found.pictures[far.min(3)] += 1;
            if far > 2 {
                let label = &layout.pages[at].number;
                found
                    .told
                    .push(format!("{label}: a picture {far} pages away"));
            }
        }
    }
}

fn sheet<'l>(page: &'l Page, grid: &PageGrid) -> Sheet<'l> {
    let corner = grid.corner(page.side);
    let area = grid.area().to_size(grid.mode);
    let mut sheet = Sheet {
        blocks: Vec::new(),
        short: 0,
        has_notes: false,
        article: None,
        is_plate: false,
    };
    for (at, item) in &page.frame.items {
        let Item::Group(frame) = item else { continue };
        if matches!(
            frame.kind,
            FrameKind::RunningHead | FrameKind::Folio | FrameKind::Pointer
        ) {
            continue;
        }
        sheet.article = sheet.article.or(frame.article.as_deref());
        if frame.size.width == page.trim.width && frame.size.height == page.trim.height {
            sheet.is_plate = true;
            continue;
        }
        sheet.has_notes |= frame.kind == FrameKind::Note;
        let size = Logical::from_size(frame.size, grid.mode);
        let from = if grid.mode.is_vertical() {
            corner.x + area.width - at.x - frame.size.width
        } else {
            at.y - corner.y
        };
        let mut block = Block {
            frame,
            from,
            to: from + size.block,
            lines: Vec::new(),
        };
        if frame.kind == FrameKind::Paragraph {
            for (inner, item) in &frame.items {
                if let Item::Line(line) = item {
                    let origin = Point::new(at.x + inner.x, at.y + inner.y);
                    let axis = if grid.mode.is_vertical() {
                        corner.x + area.width - origin.x
                    } else {
                        origin.y - corner.y
                    };
                    let base = PageGrid::axis(Length::ZERO, line.size, grid.mode);
                    block.lines.push((axis - base, line));
                }
            }
        }
        sheet.blocks.push(block);
    }
    // A picture that leaves room for text beside it fills no page (a quarter of the measure, nine
    // characters at least, an em of blank).
    let room = (grid.measure() / 4).max(grid.size * 9) + grid.size * 2;
    let is_figure = |block: &&Block<'_>| block.frame.kind == FrameKind::Figure;
    let fills = |block: &&Block<'_>| {
        let abreast = |other: &&Block<'_>| block.from < other.to && other.from < block.to;
        let pictures = sheet.blocks.iter().filter(is_figure).filter(abreast);
        let length: Length = pictures
            .map(|other| Logical::from_size(other.frame.size, grid.mode).inline)
            .sum();
        !is_figure(block) || length + room > grid.measure()
    };
    let reach = sheet
        .blocks
        .iter()
        .filter(fills)
        .map(|block| block.to)
        .max()
        .unwrap_or(Length::ZERO);
    let used = grid.lines_for(reach);
    sheet.short = usize::try_from(grid.lines - used).unwrap_or(0);
    sheet.is_plate |= sheet.blocks.len() == 1 && sheet.blocks[0].frame.kind == FrameKind::Figure;
    sheet
}
