//! Outputs: where they go, whole or not at all, the same every time.

use std::fs;

use super::publication::Publication;

#[test]
fn outputs_go_to_dist_under_the_publication_s_name() {
    let publication = Publication::sound();
    publication.run(&["epub"]).succeeded();
    publication.run(&["pdf"]).succeeded();
    assert!(
        fs::read(publication.path("dist/book.epub"))
            .unwrap()
            .starts_with(b"PK")
    );
    assert!(
        fs::read(publication.path("dist/book.pdf"))
            .unwrap()
            .starts_with(b"%PDF-1.")
    );
    let left: Vec<_> = fs::read_dir(publication.path("dist")).unwrap().collect();
    assert_eq!(left.len(), 2, "{left:?}");
}

#[test]
fn build_makes_the_same_two_files() {
    let publication = Publication::sound();
    publication.run(&["epub"]).succeeded();
    publication.run(&["pdf"]).succeeded();
    publication.run(&["build", "-o", "both"]).succeeded();
    for name in ["book.epub", "book.pdf"] {
        let single = fs::read(publication.path(&format!("dist/{name}"))).unwrap();
        assert!(
            single == fs::read(publication.path(&format!("both/{name}"))).unwrap(),
            "{name}"
        );
    }
}

#[test]
fn second_runs_are_equal_from_elsewhere_and_at_another_time() {
    let publication = Publication::sound();
    publication.run(&["build"]).succeeded();
    let book = publication.path("book");
    let elsewhere = publication.path("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    let output = publication
        .command()
        .current_dir(&elsewhere)
        .env("TZ", "Asia/Hong_Kong")
        .env("RAYON_NUM_THREADS", "1")
        .env("LANG", "zh_HK.UTF-8")
        .args(["build", book.to_str().unwrap()])
        .output()
        .unwrap();
    assert!(output.status.success());
    for name in ["dist/book.epub", "dist/book.pdf"] {
        let first = fs::read(publication.path(name)).unwrap();
        assert!(
            first == fs::read(elsewhere.join(name)).unwrap(),
            "{name} differs"
        );
    }
}

#[test]
fn a_dash_means_standard_output() {
    let publication = Publication::sound();
    let ended = publication.run(&["pdf", "-o", "-"]).succeeded();
    assert!(ended.stdout.starts_with(b"%PDF-1."));
    assert!(!publication.path("dist").exists());
}

#[test]
fn a_read_only_target_is_a_fault_of_the_machine() {
    let publication = Publication::sound();
    publication.write("dist", "a file where the folder should be");
    let ended = publication.run(&["pdf"]);
    assert_eq!(ended.code, Some(2), "{}", ended.stderr);
    assert!(ended.stderr.contains("dist"), "{}", ended.stderr);
    assert_eq!(
        fs::read(publication.path("dist")).unwrap(),
        b"a file where the folder should be"
    );
}

/// The superuser writes to read-only files all the same, so the system itself is asked first.
#[cfg(unix)]
#[test]
fn a_read_only_file_stays_as_it_was() {
    use std::os::unix::fs::PermissionsExt;
    let publication = Publication::sound();
    publication.write("out/old.pdf", "old");
    let old = publication.path("out/old.pdf");
    fs::set_permissions(&old, fs::Permissions::from_mode(0o444)).unwrap();
    let writable = fs::File::options().append(true).open(&old).is_ok();
    let ended = publication.run(&["pdf", "-o", "out/old.pdf"]);
    if writable {
        assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    } else {
        assert_eq!(ended.code, Some(2), "{}", ended.stderr);
        assert_eq!(fs::read(&old).unwrap(), b"old");
    }
}

/// A limit on file sizes ends a write as a full disk does.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_the_old_output() {
    let publication = Publication::sound();
    publication.write("dist/book.pdf", "old");
    let output = std::process::Command::new("sh")
        .current_dir(publication.root())
        .args([
            "-c",
            "ulimit -f 4; exec \"$0\" pdf",
            env!("CARGO_BIN_EXE_banxin"),
        ])
        .output()
        .unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    assert!(stderr.contains("book.pdf"), "{stderr}");
    assert_eq!(fs::read(publication.path("dist/book.pdf")).unwrap(), b"old");
    assert_eq!(fs::read_dir(publication.path("dist")).unwrap().count(), 1);
    let ended = publication.run(&["epub", "-o", "/dev/full"]);
    assert_eq!(ended.code, Some(2), "{}", ended.stderr);
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_is_no_failure() {
    let publication = Publication::sound();
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_banxin"))
        .current_dir(publication.root())
        .args(["inspect", "--format", "json"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn inspect_tells_pages_in_three_forms() {
    let publication = Publication::sound();
    let json = publication
        .run(&["inspect", "--format", "json"])
        .succeeded();
    let value: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    let pages = value["pages"].as_array().unwrap();
    let frames = pages.iter().flat_map(|p| p["frames"].as_array().unwrap());
    let paragraph = frames
        .clone()
        .find(|f| f["kind"] == "paragraph" && f["source"]["line"] == 5)
        .unwrap();
    assert_eq!(paragraph["lines"][0]["text"], "香港的故事，從這裏說起。");
    assert_eq!(paragraph["source"]["line"], 5);
    let svg = publication
        .run(&["inspect", "--format", "svg", "--page", "1"])
        .succeeded();
    let text = String::from_utf8(svg.stdout).unwrap();
    roxmltree::Document::parse(&text).unwrap();
    let text = publication.run(&["inspect"]).succeeded().stdout;
    assert!(
        String::from_utf8(text)
            .unwrap()
            .contains("香港的故事，從這裏說起。")
    );
    assert_eq!(publication.run(&["inspect", "--page", "999"]).code, Some(2));
}

#[test]
fn fonts_tells_which_face_serves() {
    let publication = Publication::sound();
    let ended = publication.run(&["fonts"]).succeeded();
    let text = String::from_utf8(ended.stdout).unwrap();
    assert!(text.contains("Noto Serif CJK HK"), "{text}");
}

#[test]
fn finished_files_are_verified() {
    let publication = Publication::sound();
    publication.run(&["pdf", "--attach-source"]).succeeded();
    let ended = publication
        .run(&["check", "--pdf", "dist/book.pdf"])
        .succeeded();
    assert!(
        ended.stderr.contains("claims PDF/A-3a, PDF/UA-1"),
        "{}",
        ended.stderr
    );
    let whole = fs::read(publication.path("dist/book.pdf")).unwrap();
    publication.write("dist/cut.pdf", &whole[..whole.len() / 2]);
    let ended = publication.run(&["check", "--pdf", "dist/cut.pdf"]);
    assert_eq!(ended.code, Some(1));
    assert!(ended.stderr.contains("pdf::broken"), "{}", ended.stderr);
    assert_eq!(
        publication.run(&["check", "--pdf", "none.pdf"]).code,
        Some(2)
    );
}
