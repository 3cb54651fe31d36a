//! Pictures of the package: their media types and their file names.

use std::collections::{BTreeMap, BTreeSet};

use crate::art::{Gallery, Picture, PictureKind};

use super::ids::ascii_name;

/// A picture as it goes into the package.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Image<'a> {
    /// The picture.
    pub(crate) picture: &'a Picture,
    /// Its media type.
    pub(crate) media_type: &'static str,
}

/// The longest name that is kept; file systems hold 255 bytes with the folder.
const LONGEST_NAME: usize = 80;

/// Every picture with its file in the package, and the names by the manuscript's paths.
pub(crate) fn images(gallery: &Gallery) -> (BTreeMap<String, Image<'_>>, BTreeMap<String, String>) {
    let (mut files, mut names) = (BTreeMap::new(), BTreeMap::new());
    let mut taken = BTreeSet::new();
    for picture in gallery.iter() {
        let (media_type, extension) = match picture.kind {
            PictureKind::Jpeg => ("image/jpeg", "jpg"),
            PictureKind::Png => ("image/png", "png"),
            PictureKind::Svg => ("image/svg+xml", "svg"),
        };
        let stem = stem(&picture.path);
        let mut file = format!("images/{stem}.{extension}");
        let mut count = 1;
        // Letter case is folded: some readers unpack to disks that do.
        while !taken.insert(file.to_ascii_lowercase()) {
            count += 1;
            file = format!("images/{stem}-{count}.{extension}");
        }
        names.insert(picture.path.clone(), file.clone());
        files.insert(
            file,
            Image {
                picture,
                media_type,
            },
        );
    }
    (files, names)
}

/// The file's name without folder and extension, in ASCII.
fn stem(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let bare = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    ascii_name(bare).chars().take(LONGEST_NAME).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_ascii_and_short() {
        assert_eq!(stem("images/bay area.svg"), "bay-area");
        assert_eq!(stem("圖.png"), "u5716");
        assert_eq!(stem(&"字".repeat(200)).len(), LONGEST_NAME);
    }
}
