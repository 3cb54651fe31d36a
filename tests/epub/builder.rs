//! What epub-builder emits, pinned: an update of the crate that changes what our second step
//! reads, or that mends what it mends, shows here.

use std::io::{Cursor, Read};

use epub_builder::{EpubBuilder, EpubContent, EpubVersion, PageDirection, ZipLibrary};

#[test]
fn epub_builder_emits_what_the_second_step_reads() {
    let mut builder = EpubBuilder::new(ZipLibrary::new().unwrap()).unwrap();
    builder.epub_version(EpubVersion::V33);
    builder
        .metadata("direction", PageDirection::Rtl.to_string())
        .unwrap();
    builder.metadata("title", "題").unwrap();
    builder.set_languages(vec!["zh-Hant-HK".to_owned()]);
    builder.set_toc_name("目錄");
    builder.set_uuid(uuid::Uuid::nil());
    builder.stylesheet(std::io::empty()).unwrap();
    builder
        .add_cover_image("images/c.png", std::io::empty(), "image/png")
        .unwrap();
    builder
        .add_content(EpubContent::new("a.xhtml", std::io::empty()))
        .unwrap();
    let mut bytes = Vec::new();
    builder.generate(&mut bytes).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names: Vec<String> = archive.file_names().map(str::to_owned).collect();
    assert_eq!(
        names,
        [
            "mimetype",
            "META-INF/container.xml",
            "META-INF/com.apple.ibooks.display-options.xml",
            "OEBPS/stylesheet.css",
            "OEBPS/images/c.png",
            "OEBPS/a.xhtml",
            "OEBPS/content.opf",
            "OEBPS/toc.ncx",
            "OEBPS/nav.xhtml",
        ]
    );
    let mut text = |name: &str| {
        let mut out = String::new();
        archive
            .by_name(name)
            .unwrap()
            .read_to_string(&mut out)
            .unwrap();
        out.lines()
            // Its clock, since no date can be given without the crate that it takes dates from.
            .filter(|line| !line.contains("dcterms:modified"))
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .map(|line| format!("{line}\n"))
            .collect::<String>()
    };
    assert_eq!(text("OEBPS/content.opf"), OPF);
    assert_eq!(text("OEBPS/nav.xhtml"), NAV);
    assert_eq!(text("OEBPS/toc.ncx"), NCX);
}

const OPF: &str = r##"<?xml version="1.0" encoding="UTF-8"?>
<package version="3.0" xmlns="http://www.idpf.org/2007/opf" unique-identifier="epub-id-1">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"
xmlns:opf="http://www.idpf.org/2007/opf">
<dc:identifier id="epub-id-1">urn:uuid:00000000-0000-0000-0000-000000000000</dc:identifier>
<dc:title>題</dc:title>
<dc:language id="epub-creator-0">zh-Hant-HK</dc:language>
<meta name="cover" content="cover-image"/>
</metadata>
<manifest>
<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item media-type="text/css" id="id_stylesheet.css" href="stylesheet.css"/>
<item media-type="image/png" properties="cover-image" id="cover-image" href="images/c.png"/>
<item media-type="application/xhtml+xml" id="id_a.xhtml" href="a.xhtml"/>
</manifest>
<spine toc="ncx" page-progression-direction="rtl">
<itemref idref="id_a.xhtml"/>
</spine>
<guide>
<reference type="toc" title="目錄" href="nav.xhtml"/>
</guide>
</package>
"##;

const NAV: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">
<head>
<meta charset = "utf-8" />
<meta name="generator" content="Rust EPUB library" />
<title>目錄</title>
<link rel="stylesheet" type="text/css" href="stylesheet.css" />
</head>
<body>
<nav epub:type = "toc" id="toc">
<h1 id="toc-title">目錄</h1>
<ol>
</ol>
</nav>
<nav epub:type = "landmarks">
</nav>
</body>
</html>
"#;

const NCX: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<ncx version="2005-1" xmlns="http://www.daisy.org/z3986/2005/ncx/">
<head>
<meta name="dtb:depth" content="1" />
<meta name="dtb:totalPageCount" content="0" />
<meta name="dtb:maxPageNumber" content="0" />
</head>
<docTitle>
<text>目錄</text>
</docTitle>
<navMap>
</navMap>
</ncx>
"#;
