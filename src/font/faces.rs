//! All faces of a publication, and which of them sets a character.

use std::sync::Arc;

use super::bundled;
use super::cluster::{covers, variant};
use super::face::Face;
use super::id::FaceId;
use super::role::{FaceRole, Weight};

/// Asks for the coloured picture of the character before it (UTS 51, ED-9a).
const EMOJI_SELECTOR: char = '\u{FE0F}';

/// All open faces and, for each role and weight, the order in which they are asked.
///
/// Cheap to clone and shared between threads. The bundled faces have the ids 0 to 3; the author's
/// faces follow in the order in which they were named.
#[derive(Debug, Clone)]
pub struct Faces {
    faces: Arc<[Arc<Face>]>,
    lists: Arc<Lists>,
}

/// For each role and weight the faces to ask, in order.
#[derive(Debug, Default)]
pub(super) struct Lists([[Vec<FaceId>; 2]; FaceRole::ALL.len()]);

impl Lists {
    pub(super) fn get(&self, role: FaceRole, weight: Weight) -> &[FaceId] {
        &self.0[role as usize][weight as usize]
    }

    pub(super) fn set(&mut self, role: FaceRole, weight: Weight, list: Vec<FaceId>) {
        self.0[role as usize][weight as usize] = list;
    }
}

impl Faces {
    /// The bundled faces alone.
    #[must_use]
    pub fn bundled() -> Self {
        let mut lists = Lists::default();
        for role in FaceRole::ALL {
            for weight in [Weight::Regular, Weight::Bold] {
                lists.set(role, weight, bundled_list(role, weight));
            }
        }
        Self::of(bundled::faces().to_vec(), lists)
    }

    pub(super) fn of(faces: Vec<Arc<Face>>, lists: Lists) -> Self {
        Self {
            faces: faces.into(),
            lists: Arc::new(lists),
        }
    }

    /// The first face of the role's list that has every character of `cluster` (one character
    /// with what combines with it); `None` where no face has.
    ///
    /// ```
    /// use banxin::font::{FaceRole, Faces, Weight};
    /// let faces = Faces::bundled();
    /// let bold = faces.pick(FaceRole::Body, Weight::Bold, "字").unwrap();
    /// assert_eq!(faces.face(bold).postscript_name(), "NotoSerifCJKhk-Bold");
    /// assert_eq!(faces.pick(FaceRole::Body, Weight::Regular, "\u{1F600}"), None);
    /// ```
    #[must_use]
    pub fn pick(&self, role: FaceRole, weight: Weight, cluster: &str) -> Option<FaceId> {
        // Nearly every cluster is one character of the first face.
        let mut chars = cluster.chars();
        if let (Some(only), None, Some(first)) =
            (chars.next(), chars.next(), self.list(role, weight).first())
            && self.face(*first).glyph(only).is_some()
        {
            return Some(*first);
        }
        let emoji = cluster.contains(EMOJI_SELECTOR).then_some(FaceRole::Emoji);
        let asked = || {
            let roles = emoji.into_iter().chain([role]);
            roles.flat_map(|role| self.list(role, weight)).copied()
        };
        if let Some((base, selector)) = variant(cluster) {
            let drawn = asked().find(|id| self.face(*id).has_variant(base, selector));
            if drawn.is_some() {
                return drawn;
            }
        }
        asked().find(|id| covers(self.face(*id), cluster))
    }

    /// The faces that are asked for a role and weight, in order.
    #[must_use]
    pub fn list(&self, role: FaceRole, weight: Weight) -> &[FaceId] {
        self.lists.get(role, weight)
    }

    /// The face behind an id.
    ///
    /// # Panics
    /// The id is not of these faces, as [`FaceId::MISSING`].
    #[must_use]
    pub fn face(&self, id: FaceId) -> &Face {
        &self.faces[usize::from(id.0)]
    }

    /// Every open face's id, in order.
    pub fn ids(&self) -> impl Iterator<Item = FaceId> + use<> {
        (0..u16::try_from(self.faces.len()).unwrap_or(u16::MAX)).map(FaceId)
    }
}

/// The bundled faces for a role: the one that suits it, then the others by likeness.
pub(super) fn bundled_list(role: FaceRole, weight: Weight) -> Vec<FaceId> {
    use bundled::{SANS, SANS_BOLD, SERIF, SERIF_BOLD};
    let order = match (role, weight) {
        (FaceRole::Body | FaceRole::Emoji, Weight::Regular) => [SERIF, SANS, SERIF_BOLD, SANS_BOLD],
        (FaceRole::Body | FaceRole::Emoji, Weight::Bold) => [SERIF_BOLD, SANS_BOLD, SERIF, SANS],
        (FaceRole::Caption | FaceRole::Code, Weight::Regular) => {
            [SANS, SERIF, SANS_BOLD, SERIF_BOLD]
        }
        (FaceRole::Heading, _) | (FaceRole::Caption | FaceRole::Code, Weight::Bold) => {
            [SANS_BOLD, SERIF_BOLD, SANS, SERIF]
        }
    };
    order.map(FaceId).to_vec()
}
