//! May this face be embedded? The licence bits of the font file (OS/2 `fsType`).

use skrifa::raw::TableProvider;

use super::face::Face;

/// Licence bits of OS/2 `fsType` (OpenType 1.9.1, "OS/2").
const RESTRICTED: u16 = 0x0002;
/// Preview and print, or editable: each allows what is made here, a finished document.
const ALLOWED: u16 = 0x0004 | 0x0008;
/// No subset may be made.
const NO_SUBSETTING: u16 = 0x0100;
/// Only bitmaps may be embedded.
const BITMAP_ONLY: u16 = 0x0200;

impl Face {
    /// The licence bits as they stand in the file; 0, "installable", where it has none.
    #[must_use]
    pub fn fs_type(&self) -> u16 {
        self.font().tables().os2().map_or(0, |os2| os2.fs_type())
    }

    /// Whether the licence lets the face be embedded in a document.
    ///
    /// Where several permissions are set the least strict one holds (OS/2 versions 0 to 2).
    #[must_use]
    pub fn may_embed(&self) -> bool {
        may_embed(self.fs_type())
    }

    /// Whether the licence lets a part of the face be embedded.
    #[must_use]
    pub fn may_subset(&self) -> bool {
        self.fs_type() & NO_SUBSETTING == 0
    }
}

fn may_embed(bits: u16) -> bool {
    let restricted = bits & RESTRICTED != 0 && bits & ALLOWED == 0;
    !restricted && bits & BITMAP_ONLY == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_strict_permission_holds() {
        assert!(may_embed(0));
        assert!(!may_embed(RESTRICTED));
        assert!(may_embed(RESTRICTED | 0x0004));
        assert!(may_embed(NO_SUBSETTING));
        assert!(!may_embed(BITMAP_ONLY | 0x0008));
    }
}
