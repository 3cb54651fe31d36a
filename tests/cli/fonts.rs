//! Faces and characters: which face serves what, and what is told where none does.

use super::publication::Publication;

/// A publication with a face of the tests' own under each key of `fonts`.
fn with_faces(fonts: &str, body: &str) -> Publication {
    let publication = Publication::sound();
    for (name, file) in [
        ("variants", &include_bytes!("../fonts/variants.ttf")[..]),
        ("emoji", include_bytes!("../fonts/emoji.ttf")),
        ("colour", include_bytes!("../fonts/colour.ttf")),
    ] {
        publication.write(&format!("book/fonts/{name}.ttf"), file);
    }
    publication
        .write(
            "book/book.toml",
            format!("[book]\ntitle = \"試題\"\n[typography]\nfonts = {{ {fonts} }}\n"),
        )
        .article(body);
    publication
}

#[test]
fn fonts_tells_which_face_serves_what_and_what_is_missing() {
    let publication = with_faces(
        "body = \"fonts/variants.ttf\", emoji = \"fonts/emoji.ttf\"",
        "葛\u{E0101}版，葛\u{E0102}😀한。",
    );
    let ended = publication.run(&["fonts"]).succeeded();
    let told = String::from_utf8(ended.stdout).unwrap();
    let place = |text: &str| {
        told.find(text)
            .unwrap_or_else(|| panic!("{text} in {told}"))
    };
    assert!(place("BanxinTestVariants-Regular)\n  2 characters, 1 distinct: 葛") > 0);
    place("BanxinTestEmoji-Regular)\n  1 characters, 1 distinct: 😀");
    place("U+845B U+E0101, once: BanxinTestVariants-Regular");
    place("U+845B U+E0102, once: no face draws it");
    assert!(place("no face\n  한 U+D55C, once, first at articles/01.md:5:8") > place("variants\n"));
}

#[test]
fn emoji_of_a_face_are_set_without_a_word() {
    let publication = with_faces("emoji = \"fonts/emoji.ttf\"", "甲😀👩\u{200D}🚀🇭🇰乙。");
    let (exit, messages) = publication.build();
    assert_eq!((exit, &messages[..]), (Some(0), &[][..]), "{messages:#?}");
}

#[test]
fn a_face_of_colours_alone_is_refused() {
    let found = with_faces("emoji = \"fonts/colour.ttf\"", "甲😀。").refused("font::colour", "");
    assert!(
        found["message"]
            .as_str()
            .unwrap()
            .contains("BanxinTestColour")
    );
}

#[test]
fn a_script_that_no_face_has_is_one_message() {
    let publication = with_faces("", "한국어는 ภาษาไทย，한국。😀🚀。");
    let (exit, messages) = publication.build();
    assert_eq!(exit, Some(0));
    let missing: Vec<&str> = messages
        .iter()
        .filter(|m| m["code"] == "character::missing")
        .map(|m| m["message"].as_str().unwrap())
        .collect();
    assert_eq!(
        missing,
        [
            "no face has Hangul: 한국어는, used 6 times",
            "no face has Thai: ภาษไทย, used 7 times",
            "no face has emoji: 😀🚀, used 2 times",
        ]
    );
}

#[test]
fn missing_glyphs_may_be_errors_and_variants_stay_warnings() {
    let publication = Publication::sound();
    publication.article("葛\u{E0102}한。");
    let (exit, messages) = publication.build();
    assert_eq!(exit, Some(0), "{messages:#?}");
    assert!(messages.iter().all(|m| m["severity"] == "warning"));
    let ended = publication.run(&[
        "check",
        "--set",
        "typography.missing-glyphs=error",
        "--message-format",
        "short",
    ]);
    assert_eq!(ended.code, Some(1));
    assert!(ended.stderr.contains("error[character::missing]"));
    assert!(ended.stderr.contains("warning[character::variant]"));
}

#[test]
fn look_alikes_lone_marks_and_directions_are_told() {
    let publication = Publication::sound();
    publication.article("\u{2F08}民\u{2EA0}\u{FA19}。\n\n甲 \u{3099}。\n\nשלום");
    let (exit, messages) = publication.build();
    assert_eq!(exit, Some(0), "{messages:#?}");
    for (code, line, column, hint) in [
        ("character::radical", 5, 1, "write `人` U+4EBA"),
        ("character::compatibility", 5, 4, "write `神` U+795E"),
        ("character::lone-mark", 7, 3, "dotted circle"),
        (
            "character::right-to-left",
            9,
            1,
            "order in which they are typed",
        ),
    ] {
        let found = messages
            .iter()
            .find(|m| m["code"] == code)
            .unwrap_or_else(|| panic!("no {code} in {messages:#?}"));
        assert_eq!(
            (&found["line"], &found["column"]),
            (&line.into(), &column.into()),
            "{code}"
        );
        assert!(found["hints"].to_string().contains(hint), "{found}");
    }
}
