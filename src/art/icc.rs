//! Colour profiles inside of pictures: whether one is whole and fits its pixels (ICC.1:2010).

use super::bits::u32_at;
use super::picture::Colour;

/// Bytes of the header, of the number of tags, and of one entry of their table (§7.2, §7.3).
const HEADER: usize = 128;
const COUNT: usize = 4;
const ENTRY: usize = 12;

/// More tags has no profile; registered are some eighty.
const MOST_TAGS: usize = 200;

/// Classes of profiles that an image may have in PDF (ISO 32000-1, table 66).
const CLASSES: [&[u8; 4]; 4] = [b"scnr", b"mntr", b"prtr", b"spac"];

/// What a profile needs of one of these sets (§8.3 to §8.5): a table of colours, or curves with
/// the places of the primaries.
const TABLE: &[&[u8; 4]] = &[b"A2B0"];
const GREY: &[&[u8; 4]] = &[b"kTRC"];
const MATRIX: &[&[u8; 4]] = &[b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC", b"gTRC", b"bTRC"];

/// The profile without what follows it; the words say why it cannot be used for such pixels.
pub(super) fn checked(profile: &[u8], colour: Colour) -> Result<&[u8], String> {
    let told = u32_at(profile, 0).ok_or("it is cut off")? as usize;
    let profile = profile.get(..told).ok_or("it is cut off")?;
    if profile.len() < HEADER + COUNT || profile.get(36..40) != Some(b"acsp") {
        return Err("it is no ICC profile".into());
    }
    let version = profile[8];
    if !(2..=4).contains(&version) {
        return Err(format!("its version {version} is none of 2 to 4"));
    }
    let named = |at: usize| profile.get(at..at + 4).unwrap_or_default();
    if !CLASSES.iter().any(|class| named(12) == *class) {
        return Err(format!(
            "its class {} is none of a picture",
            words(named(12))
        ));
    }
    let (space, sets): (&[u8; 4], &[&[&[u8; 4]]]) = match colour {
        Colour::Grey => (b"GRAY", &[TABLE, GREY]),
        Colour::Rgb => (b"RGB ", &[TABLE, MATRIX]),
        Colour::Cmyk => (b"CMYK", &[TABLE]),
    };
    if named(16) != space {
        return Err(format!(
            "it is for {} and the pixels are {}",
            words(named(16)),
            words(space)
        ));
    }
    if !matches!(named(20), b"XYZ " | b"Lab ") {
        return Err("it leads to no colours that are known".into());
    }
    let tags = tags(profile)?;
    let has = |tag: &[u8; 4]| {
        tags.iter()
            .any(|(name, data)| name == tag && is_whole(data))
    };
    if !sets.iter().any(|set| set.iter().all(|tag| has(tag))) {
        return Err("its curves or tables are missing or broken".into());
    }
    Ok(profile)
}

/// A signature as words.
fn words(name: &[u8]) -> String {
    let text: String = name
        .iter()
        .map(|byte| char::from(*byte))
        .filter(|c| c.is_ascii_graphic())
        .collect();
    if text.is_empty() {
        "nothing".into()
    } else {
        text
    }
}

/// A tag: its name and its data.
type Tag<'a> = ([u8; 4], &'a [u8]);

/// The tags by their names; each must lie inside of the profile.
fn tags(profile: &[u8]) -> Result<Vec<Tag<'_>>, String> {
    let broken = || "its table of tags is broken".to_owned();
    let count = u32_at(profile, HEADER).ok_or_else(broken)? as usize;
    if count == 0 || count > MOST_TAGS {
        return Err(broken());
    }
    (0..count)
        .map(|tag| {
            let at = HEADER + COUNT + tag * ENTRY;
            let name = profile.get(at..at + 4)?.try_into().ok()?;
            let (start, length) = (u32_at(profile, at + 4)?, u32_at(profile, at + 8)?);
            let start = start as usize;
            let data = profile.get(start..start.checked_add(length as usize)?)?;
            (start >= HEADER + COUNT + count * ENTRY).then_some((name, data))
        })
        .collect::<Option<_>>()
        .ok_or_else(broken)
}

/// Whether a tag's data are as long as they say themselves (§10).
fn is_whole(data: &[u8]) -> bool {
    let Some(kind) = data.get(..4) else {
        return false;
    };
    match kind {
        b"XYZ " => data.len() >= 20,
        b"curv" => u32_at(data, 8).is_some_and(|count| data.len() >= 12 + count as usize * 2),
        b"para" => {
            // Parameters of the functions of types 0 to 4 (table 65).
            let needed = [1, 3, 4, 5, 7];
            let function = data.get(9).copied().unwrap_or(u8::MAX);
            needed
                .get(usize::from(function))
                .is_some_and(|count| data.len() >= 12 + count * 4)
        }
        b"mft1" | b"mft2" => {
            let (Some(ins), Some(outs), Some(side)) = (data.get(8), data.get(9), data.get(10))
            else {
                return false;
            };
            let nodes = usize::from(*side).checked_pow(u32::from(*ins));
            let values = nodes.and_then(|nodes| nodes.checked_mul(usize::from(*outs)));
            let (width, head) = if kind == b"mft1" { (1, 48) } else { (2, 52) };
            values
                .and_then(|values| values.checked_mul(width))
                .is_some_and(|bytes| data.len() >= bytes.saturating_add(head))
        }
        b"mAB " => data.len() >= 32,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A profile with three equal curves.
    fn profile() -> Vec<u8> {
        let mut bytes = vec![0; HEADER];
        bytes[8] = 2;
        bytes[12..24].copy_from_slice(b"mntrRGB XYZ ");
        bytes[36..40].copy_from_slice(b"acsp");
        bytes.extend(6_u32.to_be_bytes());
        let data = HEADER + COUNT + 6 * ENTRY;
        for (nth, name) in MATRIX.iter().enumerate() {
            bytes.extend(**name);
            let (start, length) = if nth < 3 { (data, 20) } else { (data + 20, 14) };
            bytes.extend((start as u32).to_be_bytes());
            bytes.extend((length as u32).to_be_bytes());
        }
        bytes.extend(b"XYZ \0\0\0\0");
        bytes.extend([0; 12]);
        bytes.extend(b"curv\0\0\0\0\0\0\0\x01\x02\x33");
        let length = bytes.len() as u32;
        bytes[..4].copy_from_slice(&length.to_be_bytes());
        bytes
    }

    #[test]
    fn a_whole_profile_is_taken_for_its_own_colours_only() {
        let mut bytes = profile();
        assert_eq!(checked(&bytes, Colour::Rgb), Ok(&bytes[..]));
        let reason = checked(&bytes, Colour::Grey).unwrap_err();
        assert_eq!(reason, "it is for RGB and the pixels are GRAY");
        let whole = bytes.clone();
        bytes.extend(b"padding");
        assert_eq!(checked(&bytes, Colour::Rgb), Ok(&whole[..]));
    }

    #[test]
    fn broken_profiles_are_refused() {
        let whole = profile();
        for end in 0..whole.len() {
            assert!(checked(&whole[..end], Colour::Rgb).is_err(), "{end}");
        }
        // Version, class, colours, signature, the number and the places of tags, a curve's kind.
        for at in [8, 12, 16, 20, 36, 128, 131, 136, 140, whole.len() - 14] {
            let mut bytes = whole.clone();
            bytes[at] ^= 0xA5;
            assert!(checked(&bytes, Colour::Rgb).is_err(), "{at}");
        }
    }
}
