//! `inspect lines`: every job has its answer, in order, whatever is wrong with some of them.

use assert_cmd::Command;
use serde_json::{Value, json};

/// The answers to jobs, one a line.
fn answers(jobs: &str) -> Vec<Value> {
    let output = Command::cargo_bin("banxin")
        .unwrap()
        .args(["inspect", "lines"])
        .write_stdin(jobs)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stderr.is_empty(), "{output:?}");
    String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn jobs(jobs: &[Value]) -> Vec<Value> {
    let lines: Vec<String> = jobs.iter().map(Value::to_string).collect();
    answers(&lines.join("\n"))
}

fn error(answer: &Value) -> &str {
    answer["error"].as_str().unwrap()
}

#[test]
fn an_opening_mark_at_a_line_head_tells_what_was_cut() {
    let found = jobs(&[json!({
        "id": "a", "text": "「版心」之內。", "measure_em": 20, "lang": "zh-HK",
        "mode": "vertical-rl", "profile": "print", "set": {"indent": 0},
    })]);
    assert_eq!(found[0]["id"], "a");
    let line = &found[0]["lines"][0];
    assert_eq!(line["text"], "「版心」之內。");
    assert_eq!(line["set_em"], json!(6.5));
    let first = &line["glyphs"][0];
    assert_eq!(first["text"], "「");
    assert_eq!(first["advance_em"], json!(0.5));
    assert_eq!(first["offset_em"], json!(-0.5));
    assert_eq!(first["orientation"], "upright");
}

#[test]
fn bad_jobs_are_answered_and_the_others_go_on() {
    let found = answers(concat!(
        "{\"id\":1,\"text\":\"版\",\"measure_em\":4}\n",
        "{broken\n",
        "[]\n",
        "\n",
        "{\"id\":2,\"txt\":\"版\",\"measure_em\":4}\n",
        "{\"id\":3,\"text\":\"版\"}\n",
        "{\"id\":4,\"text\":\"版\",\"measure_em\":0}\n",
        "{\"id\":5,\"text\":\"版\",\"measure_em\":4,\"set\":{\"kinsok\":\"basic\"}}\n",
        "{\"id\":6,\"text\":\"版\",\"measure_em\":4,\"set\":{\"kinsoku\":\"lose\"}}\n",
        "{\"id\":7,\"text\":\"版\",\"measure_em\":4,\"set\":{\"font\":\"no/such.ttf\"}}\n",
        "{\"id\":8,\"text\":\"版\",\"measure_em\":4,\"mode\":\"vertical\"}\n",
        "{\"id\":9,\"text\":\"版\",\"measure_em\":4,\"lang\":\"?\"}\n",
        "{\"id\":{\"n\":10},\"text\":\"版\",\"measure_em\":4}",
    ));
    assert_eq!(found.len(), 12);
    assert_eq!(found[0]["lines"][0]["text"], "版");
    assert!(error(&found[1]).contains("not JSON"));
    assert!(error(&found[2]).contains("object"));
    assert!(error(&found[3]).contains("did you mean `text`?"));
    assert!(error(&found[4]).contains("`measure_em` is missing"));
    assert!(error(&found[5]).contains("`measure_em` is 0"));
    assert!(error(&found[6]).contains("did you mean `kinsoku`?"));
    assert!(error(&found[7]).contains("lose"));
    assert!(error(&found[8]).contains("such.ttf"));
    assert!(error(&found[9]).contains("did you mean `vertical-rl`?"));
    assert!(error(&found[10]).contains('?'));
    assert_eq!(found[11]["id"], json!({"n": 10}));
    assert_eq!(found[11]["lines"][0]["text"], "版");
}

#[test]
fn the_lines_hold_the_whole_text() {
    let text = "他說：「GDP升3.5%。」（見\t圖）\u{3000}\u{200b}版e\u{301}\u{202e}心—— …… 👩‍👩‍👧";
    for lang in ["zh-HK", "zh-TW", "zh-CN", "ja"] {
        for mode in ["vertical-rl", "horizontal-tb"] {
            let found = jobs(&[json!({
                "id": 0, "text": text, "measure_em": 3, "lang": lang, "mode": mode,
            })]);
            let lines = found[0]["lines"].as_array().unwrap();
            let whole: String = lines.iter().map(|l| l["text"].as_str().unwrap()).collect();
            assert_eq!(whole, text, "{lang} {mode}");
            for line in lines {
                let glyphs = line["glyphs"].as_array().unwrap();
                let parts: String = glyphs.iter().map(|g| g["text"].as_str().unwrap()).collect();
                assert_eq!(parts, line["text"].as_str().unwrap());
            }
        }
    }
}

#[test]
fn marks_are_read_where_they_are_asked_for() {
    let job =
        |markup: bool| json!({"text": "*版*{心|しん}\n內", "measure_em": 20, "markup": markup});
    let found = jobs(&[job(true), job(false)]);
    assert_eq!(found[0]["lines"][0]["text"], "版心內");
    assert_eq!(found[1]["lines"][0]["text"], "*版*{心|しん}內");
}

#[test]
fn many_jobs_keep_their_order() {
    let text: String = (0..3000)
        .map(|n| {
            format!(
                "{{\"id\":{n},\"text\":\"版心{n}\",\"measure_em\":{}}}\n",
                1 + n % 7
            )
        })
        .collect();
    let found = answers(&text);
    assert_eq!(found.len(), 3000);
    for (n, answer) in found.iter().enumerate() {
        assert_eq!(answer["id"], n);
    }
}

/// The lines of a text by profile `css`.
fn css(text: &str, measure: f64, lang: &str, set: Value) -> Vec<String> {
    let found = jobs(&[json!({
        "text": text, "measure_em": measure, "lang": lang, "mode": "horizontal-tb",
        "profile": "css", "set": set,
    })]);
    let lines = found[0]["lines"].as_array().unwrap();
    lines
        .iter()
        .map(|l| l["text"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn css_lines_are_greedy_and_natural() {
    // Composition rules §19, the note on measures of 11 em.
    let text = "「香港」（九龍）、『新界』。";
    for lang in ["zh-HK", "zh-CN", "ja"] {
        let found = css(text, 11.0, lang, json!({}));
        assert_eq!(found, ["「香港」（九龍）、『新", "界』。"], "{lang}");
        // One em more, and all but the last mark's own blank fits: browsers keep it.
        assert_eq!(css(text, 12.0, lang, json!({})), [text], "{lang}");
    }
}

#[test]
fn css_marks_stand_where_the_language_or_the_face_has_them() {
    let length = |text: &str, lang: &str, set: Value| {
        let found = jobs(&[json!({
            "text": text, "measure_em": 40, "lang": lang, "mode": "vertical-rl",
            "profile": "css", "set": set,
        })]);
        found[0]["lines"][0]["set_em"].as_f64().unwrap()
    };
    let bundled =
        json!({"font": concat!(env!("CARGO_MANIFEST_DIR"), "/fonts/NotoSerifCJKhk-Regular.ttf")});
    // Composition rules §19: 』。」 in a vertical line.
    assert_eq!(length("』。」", "zh-HK", json!({})), 2.5);
    assert_eq!(length("』。」", "ja", json!({})), 2.0);
    assert_eq!(length("』。」", "ja", bundled), 2.5);
    assert_eq!(
        length("字a字", "zh-HK", json!({})) - length("a", "zh-HK", json!({})),
        2.25
    );
}

#[test]
fn css_levels_say_what_starts_a_line() {
    let starts = |c: &str, lang: &str| {
        ["strict", "normal", "loose"].map(|level| {
            let lines = css(
                &format!("字{c}字"),
                0.01,
                lang,
                json!({"line-break": level}),
            );
            u8::from(lines.len() > 1 && lines[0] == "字")
        })
    };
    assert_eq!(starts("ぁ", "ja"), [0, 1, 1]);
    assert_eq!(starts("\u{1b150}", "ja"), [0, 1, 1]);
    assert_eq!(starts("々", "zh-HK"), [0, 0, 1]);
    assert_eq!(starts("％", "zh-CN"), [0, 0, 1]);
    assert_eq!(starts("…", "zh-TW"), [0, 0, 0]);
    assert_eq!(starts("～", "ja"), [1, 1, 1]);
    assert_eq!(starts("\u{fe12}", "zh-HK"), [0, 0, 0]);
}
