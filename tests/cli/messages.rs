//! Messages: their forms, their places, and what the call itself gets wrong.

use super::publication::Publication;

#[test]
fn a_message_shows_its_line_and_a_caret() {
    let publication = Publication::sound();
    let ended = publication
        .article("他讀{漢字|かん，又寫。")
        .run(&["check"]);
    assert_eq!(ended.code, Some(1));
    assert!(
        ended.stderr.contains("error[ruby::syntax]"),
        "{}",
        ended.stderr
    );
    assert!(
        ended.stderr.contains("book/articles/01.md:5:3"),
        "{}",
        ended.stderr
    );
    let caret = ended.stderr.lines().find(|l| l.contains('^')).unwrap();
    let source = ended.stderr.lines().find(|l| l.contains("他讀")).unwrap();
    let cells = |t: &str| {
        t.chars()
            .map(|c| if c > '\u{2e7f}' { 2 } else { 1 })
            .sum::<usize>()
    };
    assert_eq!(
        cells(&caret[..caret.find('^').unwrap()]),
        cells(&source[..source.find('{').unwrap()]),
        "{}",
        ended.stderr
    );
}

#[test]
fn the_sum_counts_as_english_does() {
    let publication = Publication::sound();
    let sum = |body: &str| {
        let ended = publication.article(body).run(&["check"]);
        ended.stderr.lines().last().unwrap_or("").to_owned()
    };
    assert_eq!(sum("有註[^1]。"), "banxin: 1 error, 0 warnings");
    assert_eq!(
        sum("有註[^1]和註[^2]，\u{2F08}。"),
        "banxin: 2 errors, 1 warning"
    );
}

#[test]
fn short_messages_are_one_line_each() {
    let publication = Publication::sound();
    let ended = publication
        .article("有註[^1]。")
        .run(&["check", "--message-format", "short"]);
    let lines: Vec<_> = ended.stderr.lines().collect();
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(
        lines[0].starts_with("book/articles/01.md:5:3: error[note::undefined]: "),
        "{lines:?}"
    );
}

#[test]
fn warnings_can_be_denied() {
    let publication = Publication::sound();
    publication.article("韓文한字。");
    assert_eq!(publication.run(&["check"]).code, Some(0));
    let ended = publication.run(&["build", "--deny", "warnings"]);
    assert_eq!(ended.code, Some(1), "{}", ended.stderr);
    assert!(!publication.path("dist").exists());
}

#[test]
fn results_and_messages_keep_to_their_streams() {
    let publication = Publication::sound();
    let ended = publication.run(&["check"]).succeeded();
    assert!(ended.stdout.is_empty());
    let ended = publication.run(&["epub", "-q"]).succeeded();
    assert!(
        ended.stdout.is_empty() && ended.stderr.is_empty(),
        "{}",
        ended.stderr
    );
}

#[test]
fn a_wrong_call_ends_with_two() {
    let publication = Publication::sound();
    for args in [
        &["epub", "nowhere"][..],
        &["typeset"],
        &["inspect", "--format", "bmp"],
        &["epub", "--set", "typography"],
    ] {
        let ended = publication.run(args);
        assert_eq!(ended.code, Some(2), "{args:?}: {}", ended.stderr);
        assert!(!ended.stderr.is_empty());
    }
}

#[test]
fn help_names_every_command_and_no_other() {
    let publication = Publication::sound();
    let help = String::from_utf8(publication.run(&["--help"]).succeeded().stdout).unwrap();
    for command in ["epub", "pdf", "build", "check", "inspect", "fonts"] {
        assert!(
            help.lines().any(|l| l.trim_start().starts_with(command)),
            "{help}"
        );
    }
    for later in ["import", "batch", "preview", "new "] {
        assert!(
            !help.lines().any(|l| l.trim_start().starts_with(later)),
            "{help}"
        );
    }
}
