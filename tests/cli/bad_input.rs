//! What a fault of the manuscript gets: place, code and hint, all faults together, nothing written.

use super::publication::{Publication, jpeg, png};

#[track_caller]
fn refused(body: &str, code: &str, place: &str) -> String {
    let found = Publication::sound().article(body).refused(code, place);
    format!("{} {}", found["message"].as_str().unwrap(), found["hints"])
}

#[test]
fn a_missing_image() {
    refused(
        "![圖](../images/no.png)",
        "image::missing",
        "articles/01.md:5:6",
    );
}

#[test]
fn an_unreadable_image() {
    let publication = Publication::sound();
    let whole = png();
    publication
        .article("甲。\n\n![圖](../images/a.png)")
        .write("book/images/a.png", &whole[..whole.len() / 2])
        .refused("image::unreadable", "articles/01.md:7:6");
    let publication = Publication::sound();
    std::fs::create_dir_all(publication.path("book/images/a.png")).unwrap();
    publication
        .article("![圖](../images/a.png)")
        .refused("image::unreadable", "articles/01.md:5:6");
    let publication = Publication::sound();
    let whole = jpeg();
    publication
        .article("![圖](../images/a.jpg)")
        .write("book/images/a.jpg", &whole[..whole.len() / 3])
        .refused("image::unreadable", "articles/01.md:5:6");
}

#[test]
fn a_file_that_is_not_the_image_that_it_claims_to_be() {
    Publication::sound()
        .article("![圖](../images/a.png)")
        .write("book/images/a.png", jpeg())
        .refused("image::kind", "articles/01.md:5:6");
    Publication::sound()
        .article("![圖](../images/a.jpg)")
        .write("book/images/a.jpg", "這不是圖")
        .refused("image::kind", "articles/01.md:5:6");
}

#[test]
fn broken_toml() {
    Publication::sound()
        .write("book/book.toml", "[book]\ntitle = \"試題\ndate = 1\n")
        .refused("config::syntax", "");
}

#[test]
fn broken_yaml() {
    Publication::sound()
        .write(
            "book/articles/01.md",
            "---\ntitle: [一\nbyline: 二\n---\n\n文。\n",
        )
        .refused("front::syntax", "");
    Publication::sound()
        .write("book/articles/01.md", "---\ntitle: 一\n\n文。\n")
        .refused("front::syntax", "");
}

#[test]
fn an_unknown_key_names_the_nearest_known_one() {
    let found = Publication::sound()
        .write(
            "book/book.toml",
            "[book]\ntitle = \"試題\"\npublsher = \"社\"\n",
        )
        .refused("config::unknown-key", "book.toml:3:1");
    assert!(
        found["hints"].to_string().contains("publisher"),
        "{found:#?}"
    );
    let found = Publication::sound()
        .write(
            "book/articles/01.md",
            "---\ntitle: 一\nkiker: 二\n---\n\n文。\n",
        )
        .refused("front::unknown-key", "articles/01.md:3:1");
    assert!(found["hints"].to_string().contains("kicker"), "{found:#?}");
    let publication = Publication::sound();
    let ended = publication.run(&["check", "--set", "typography.writing-mod=horizontal-tb"]);
    assert_eq!(ended.code, Some(1));
    assert!(ended.stderr.contains("`writing-mode`"), "{}", ended.stderr);
}

#[test]
fn an_unknown_role() {
    Publication::sound()
        .write(
            "book/book.toml",
            "[book]\ntitle = \"試題\"\n[[book.credits]]\nrole = \"edittor\"\nname = \"某\"\n",
        )
        .refused("credit::role", "book.toml:4:8");
}

#[test]
fn an_article_listed_twice_or_missing() {
    let config = "[book]\ntitle = \"試題\"\narticles = [\"articles/01.md\", \"articles/01.md\"]\n";
    Publication::sound()
        .write("book/book.toml", config)
        .refused("article::twice", "book.toml:3:31");
    let config = "[book]\ntitle = \"試題\"\narticles = [\"articles/01.md\", \"articles/02.md\"]\n";
    Publication::sound()
        .write("book/book.toml", config)
        .refused("article::missing", "book.toml:3:31");
}

#[test]
fn an_empty_article() {
    Publication::sound()
        .write("book/articles/01.md", "")
        .refused("article::empty", "");
    Publication::sound()
        .write(
            "book/articles/01.md",
            "---\ntitle: 一\n---\n\n<!-- 無 -->\n",
        )
        .refused("article::empty", "");
}

#[test]
fn text_that_is_not_utf_8_is_named() {
    let text = "香港的故事從這裏說起，記者到了現場，看到很多人在排隊等候，天氣很熱。".repeat(4);
    let (big5, _, _) = encoding_rs::BIG5.encode(&text);
    let found = Publication::sound()
        .write("book/articles/01.md", big5)
        .refused("file::encoding", "");
    assert!(found.to_string().contains("Big5"), "{found:#?}");
    let text = "香港的故事从这里说起，记者到了现场，看到很多人在排队等候，天气很热。".repeat(4);
    let (gb, _, _) = encoding_rs::GB18030.encode(&text);
    let found = Publication::sound()
        .write("book/articles/01.md", gb)
        .refused("file::encoding", "");
    assert!(found.to_string().contains("GB 18030"), "{found:#?}");
}

#[test]
fn unclosed_ruby() {
    refused(
        "他讀{漢字|かん，又寫。",
        "ruby::syntax",
        "articles/01.md:5:3",
    );
}

#[test]
fn a_note_without_its_definition_and_the_reverse() {
    refused("有註[^1]。", "note::undefined", "articles/01.md:5:3");
    refused(
        "無註。\n\n[^1]: 註文。",
        "note::unused",
        "articles/01.md:7:1",
    );
}

#[test]
fn private_use_and_unassigned_characters() {
    let told = refused(
        "字\u{e000}。",
        "character::private-use",
        "articles/01.md:5:2",
    );
    assert!(told.contains("U+E000"), "{told}");
    let told = refused("字\u{378}。", "character::unassigned", "articles/01.md:5:2");
    assert!(told.contains("U+0378"), "{told}");
}

#[test]
fn a_character_that_no_face_has_is_a_warning() {
    let publication = Publication::sound();
    let (exit, messages) = publication.article("韓文한字。").build();
    assert_eq!(exit, Some(0), "{messages:#?}");
    let found = messages
        .iter()
        .find(|m| m["code"] == "character::missing")
        .unwrap();
    assert_eq!(found["severity"], "warning");
    assert_eq!((&found["line"], &found["column"]), (&5.into(), &3.into()));
    publication.write(
        "book/book.toml",
        "[book]\ntitle = \"試題\"\n[typography]\nmissing-glyphs = \"error\"\n",
    );
    std::fs::remove_dir_all(publication.path("dist")).unwrap();
    publication.refused("character::missing", "articles/01.md:5:3");
}

#[test]
fn a_path_that_leaves_the_folder() {
    let publication = Publication::sound();
    publication
        .write("secret.png", png())
        .article("![圖](../../secret.png)")
        .refused("file::outside", "articles/01.md:5:6");
    publication
        .article("![圖](/etc/hostname)")
        .refused("file::outside", "articles/01.md:5:6");
    publication
        .article("文。")
        .write("secret.md", "密。")
        .write(
            "book/book.toml",
            "[book]\ntitle = \"試題\"\narticles = [\"../secret.md\"]\n",
        )
        .refused("file::outside", "book.toml:3:13");
}

#[cfg(unix)]
#[test]
fn a_link_that_leaves_the_folder() {
    let publication = Publication::sound();
    publication
        .write("secret.png", png())
        .write("book/images/b.png", png());
    std::os::unix::fs::symlink(
        publication.path("secret.png"),
        publication.path("book/images/a.png"),
    )
    .unwrap();
    publication
        .article("![圖](../images/a.png)")
        .refused("file::outside", "articles/01.md:5:6");
}

#[test]
fn all_faults_of_a_run_come_together() {
    let publication = Publication::sound();
    publication
        .write(
            "book/book.toml",
            "[book]\ntitle = \"試題\"\ntitel = \"二\"\n[typography]\nkinsoku = \"hard\"\nindent = \"x\"\n",
        )
        .write("book/articles/01.md", "---\ntitle: 一\nkiker: 二\n---\n\n![圖](no.png)[^9]\n")
        .write("book/articles/02.md", "---\ntitle: 二\n---\n\n{漢|\u{e001}\n");
    let (exit, messages) = publication.build();
    assert_eq!(exit, Some(1));
    for code in [
        "config::unknown-key",
        "config::value",
        "front::unknown-key",
        "image::missing",
        "note::undefined",
        "ruby::syntax",
        "character::private-use",
    ] {
        assert!(
            messages.iter().any(|m| m["code"] == code),
            "no {code} in {messages:#?}"
        );
    }
    let values = messages
        .iter()
        .filter(|m| m["code"] == "config::value")
        .count();
    assert_eq!(values, 2, "{messages:#?}");
    assert!(!publication.path("dist").exists());
}
