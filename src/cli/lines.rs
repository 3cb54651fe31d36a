//! `inspect lines`: paragraphs as JSON on standard input, their lines on standard output.

use std::fmt::Write as _;
use std::io::{self, BufRead, BufReader, Read, Write as _};

use banxin::diag::Diagnostic;
use banxin::geom::{Em, Length, WritingMode};
use banxin::layout::{Line, Orientation, SetGlyph};
use banxin::manuscript::did_you_mean;
use banxin::model::Language;
use banxin::{Answer, Job, Markup, Probe, Rules};
use serde_json::{Map, Value};

use super::session::Failure;

/// Bytes read at once; jobs that arrive together are set together.
const BATCH: usize = 1 << 18;
/// No longer measure is taken, in em.
const LONGEST: f64 = 100_000.0;

/// Answers jobs until there are no more. A job that cannot be read or set is answered by what is
/// wrong with it, and the next one is read: the exit code tells only whether all were answered.
///
/// # Errors
/// Standard input cannot be read, or standard output cannot be written.
pub(super) fn lines() -> Result<(), Failure> {
    let mut input = BufReader::with_capacity(BATCH, io::stdin().lock());
    let mut out = io::stdout().lock();
    let probe = Probe::default();
    let mut written = String::new();
    loop {
        let batch = read_batch(&mut input).map_err(|fault| Failure::Output {
            target: "standard input".into(),
            fault,
        })?;
        if batch.is_empty() {
            return Ok(());
        }
        written.clear();
        answer(&probe, &batch, &mut written);
        out.write_all(written.as_bytes())
            .and_then(|()| out.flush())
            .map_err(|fault| Failure::Output {
                target: "standard output".into(),
                fault,
            })?;
    }
}

/// At least one line, and whatever others have already come; empty lines are left out. Nothing at
/// the end of the input.
fn read_batch(input: &mut BufReader<impl Read>) -> io::Result<Vec<Vec<u8>>> {
    let mut batch = Vec::new();
    loop {
        let mut line = Vec::new();
        if input.read_until(b'\n', &mut line)? == 0 {
            return Ok(batch);
        }
        if !line.trim_ascii().is_empty() {
            batch.push(line);
        }
        if !batch.is_empty() && !input.buffer().contains(&b'\n') {
            return Ok(batch);
        }
    }
}

/// Writes one answer a job, in order.
fn answer(probe: &Probe, batch: &[Vec<u8>], out: &mut String) {
    let read: Vec<(Value, Result<Job, String>)> = batch.iter().map(|line| read_job(line)).collect();
    let jobs: Vec<Job> = read
        .iter()
        .filter_map(|(_, job)| job.as_ref().ok().cloned())
        .collect();
    let mut answers = probe.set(&jobs).into_iter();
    for (id, job) in read {
        let _ = write!(out, "{{\"id\":{id},");
        let answered = match job {
            Ok(_) => answers
                .next()
                .expect("there is an answer for every job")
                .map_err(|faults| told(&faults)),
            Err(fault) => Err(fault),
        };
        match answered {
            Ok(answer) => write_answer(&answer, out),
            Err(fault) => {
                let _ = write!(out, "\"error\":{}", Value::from(fault));
            }
        }
        out.push_str("}\n");
    }
}

/// Faults in one sentence each, with what to do.
fn told(faults: &[Diagnostic]) -> String {
    let one = |fault: &Diagnostic| match fault.hints.first() {
        Some(hint) => format!("{}: {hint}", fault.message),
        None => fault.message.clone(),
    };
    faults.iter().map(one).collect::<Vec<_>>().join("; ")
}

const KEYS: [&str; 9] = [
    "id",
    "text",
    "measure_em",
    "mode",
    "lang",
    "profile",
    "set",
    "markup",
    "font",
];

/// A job and its id, or what is wrong with it.
fn read_job(line: &[u8]) -> (Value, Result<Job, String>) {
    let value: Value = match serde_json::from_slice(line) {
        Ok(value) => value,
        Err(fault) => return (Value::Null, Err(format!("the job is not JSON: {fault}"))),
    };
    let Value::Object(job) = value else {
        return (Value::Null, Err("the job is no JSON object".to_owned()));
    };
    let id = job.get("id").cloned().unwrap_or(Value::Null);
    (id, job_of(&job))
}

fn job_of(job: &Map<String, Value>) -> Result<Job, String> {
    if let Some(key) = job.keys().find(|key| !KEYS.contains(&key.as_str())) {
        let known = did_you_mean(key, KEYS.into_iter());
        return Err(format!("unknown key `{key}`: {known}"));
    }
    let text = text_of(job, "text")?.ok_or("`text` is missing: write the paragraph")?;
    let measure = measure(job.get("measure_em"))?;
    let mut read = Job::new(text, measure);
    read.mode = match text_of(job, "mode")? {
        None => None,
        Some("vertical-rl") => Some(WritingMode::VerticalRl),
        Some("horizontal-tb") => Some(WritingMode::HorizontalTb),
        Some(other) => {
            let known = did_you_mean(other, ["vertical-rl", "horizontal-tb"].into_iter());
            return Err(format!("`mode` is \"{other}\": {known}"));
        }
    };
    if let Some(tag) = text_of(job, "lang")? {
        read.language = Language::new(tag);
    }
    read.rules = match text_of(job, "profile")? {
        None | Some("print") => Rules::Print,
        Some("css") => Rules::Css,
        Some(other) => {
            let known = did_you_mean(other, ["print", "css"].into_iter());
            return Err(format!("`profile` is \"{other}\": {known}"));
        }
    };
    read.markup = match job.get("markup") {
        None | Some(Value::Null | Value::Bool(false)) => Markup::None,
        Some(Value::Bool(true)) => Markup::Inline,
        Some(other) => return Err(format!("`markup` is {other}, not true or false")),
    };
    read.font = text_of(job, "font")?.map(absolute);
    match job.get("set") {
        None | Some(Value::Null) => {}
        Some(Value::Object(set)) => settings(set, "", &mut read)?,
        Some(other) => return Err(format!("`set` is {other}, not an object of keys")),
    }
    Ok(read)
}

/// The text of a key; `None` where it is not given.
fn text_of<'j>(job: &'j Map<String, Value>, key: &str) -> Result<Option<&'j str>, String> {
    match job.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(other) => Err(format!("`{key}` is {other}, not text")),
    }
}

fn measure(given: Option<&Value>) -> Result<Em, String> {
    let given = given.ok_or("`measure_em` is missing: write the length of a line in em")?;
    match given.as_f64() {
        Some(em) if em > 0.0 && em <= LONGEST => Ok(Em::from_milli((em * 1000.0).round() as i32)),
        _ => Err(format!(
            "`measure_em` is {given}, not a number over 0 and up to {LONGEST}"
        )),
    }
}

/// Keys of `[typography]` with their values as TOML; tables are opened to dotted keys.
fn settings(set: &Map<String, Value>, prefix: &str, read: &mut Job) -> Result<(), String> {
    for (key, value) in set {
        match value {
            Value::String(font) if prefix.is_empty() && key == "font" => {
                read.font = Some(absolute(font));
            }
            Value::Object(inner) => settings(inner, &format!("{prefix}{key}."), read)?,
            Value::Null => return Err(format!("`set.{prefix}{key}` is null: leave it out")),
            value => read.set.push((format!("{prefix}{key}"), toml(value))),
        }
    }
    Ok(())
}

/// A JSON value as TOML.
fn toml(value: &Value) -> String {
    match value {
        Value::String(text) => {
            let mut quoted = String::from("\"");
            for c in text.chars() {
                match c {
                    '"' | '\\' => {
                        quoted.push('\\');
                        quoted.push(c);
                    }
                    c if c.is_control() => {
                        let _ = write!(quoted, "\\u{:04X}", u32::from(c));
                    }
                    c => quoted.push(c),
                }
            }
            quoted.push('"');
            quoted
        }
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(toml).collect();
            format!("[{}]", items.join(", "))
        }
        other => other.to_string(),
    }
}

/// A path seen from the current folder.
fn absolute(path: &str) -> String {
    std::path::absolute(path).map_or_else(
        |_| path.to_owned(),
        |path| path.to_string_lossy().into_owned(),
    )
}

fn write_answer(answer: &Answer, out: &mut String) {
    out.push_str("\"lines\":[");
    for (i, line) in answer.lines.iter().enumerate() {
        if i > 0 {
            out.push(',');
        }
        write_line(line, answer.em, out);
    }
    out.push(']');
    if !answer.diagnostics.is_empty() {
        out.push_str(",\"diagnostics\":[");
        for (i, found) in answer.diagnostics.iter().enumerate() {
            let _ = write!(
                out,
                "{}{{\"severity\":\"{}\",\"code\":\"{}\",\"message\":{}}}",
                if i > 0 { "," } else { "" },
                found.severity.name(),
                found.code,
                Quoted(&found.message)
            );
        }
        out.push(']');
    }
}

fn write_line(line: &Line, em: Length, out: &mut String) {
    let _ = write!(
        out,
        "{{\"text\":{},\"natural_em\":{},\"set_em\":{},\"hang_em\":{}",
        Quoted(&line.text),
        InEm(line.natural, em),
        InEm(line.set, em),
        InEm(line.hang, em)
    );
    if line.start != Length::ZERO {
        let _ = write!(out, ",\"start_em\":{}", InEm(line.start, em));
    }
    out.push_str(",\"glyphs\":[");
    for (i, glyph) in line.glyphs.iter().enumerate() {
        if i > 0 {
            out.push(',');
        }
        let _ = write!(
            out,
            "{{\"text\":{},\"gid\":{},\"advance_em\":{},\"offset_em\":{},\"orientation\":\"{}\"}}",
            Quoted(&line.text[glyph.range()]),
            glyph.id,
            InEm(glyph.advance, em),
            InEm(moved(glyph), em),
            glyph.orientation.name()
        );
    }
    out.push_str("]}");
}

/// How far a glyph is moved along its line for blank that is cut; in 縱中橫 glyphs stand side by
/// side across it.
fn moved(glyph: &SetGlyph) -> Length {
    match glyph.orientation {
        Orientation::Combined => Length::ZERO,
        Orientation::Upright | Orientation::Rotated => glyph.offset.inline,
    }
}

/// A text as JSON.
struct Quoted<'t>(&'t str);

impl std::fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_char('"')?;
        for c in self.0.chars() {
            match c {
                '"' => f.write_str("\\\"")?,
                '\\' => f.write_str("\\\\")?,
                c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => {
                    write!(f, "\\u{:04x}", u32::from(c))?;
                }
                c => f.write_char(c)?,
            }
        }
        f.write_char('"')
    }
}

/// A length in em, to four places, exact where the em is a round number of units.
struct InEm(Length, Length);

impl std::fmt::Display for InEm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        const ONE: i64 = 10_000;
        let parts = banxin::geom::round_div(self.0.wide() * ONE, self.1.wide());
        let (sign, parts) = if parts < 0 {
            ("-", -parts)
        } else {
            ("", parts)
        };
        let (whole, rest) = (parts / ONE, parts % ONE);
        if rest == 0 {
            return write!(f, "{sign}{whole}");
        }
        let digits = format!("{rest:04}");
        write!(f, "{sign}{whole}.{}", digits.trim_end_matches('0'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_told_exactly() {
        let em = Length::pt(10);
        let told = |milli| InEm(Length::from_milli(milli), em).to_string();
        assert_eq!(told(200_000), "20");
        assert_eq!(told(-5_000), "-0.5");
        assert_eq!(told(1), "0.0001");
        assert_eq!(told(12_345), "1.2345");
        assert_eq!(told(0), "0");
    }

    #[test]
    fn settings_become_toml() {
        let job = serde_json::json!({
            "text": "", "measure_em": 4,
            "set": {"kinsoku": "a\"b\n", "indent": 1.5, "justify": false, "fonts": {"body": ["x", "y"]}},
        });
        let read = job_of(job.as_object().unwrap()).unwrap();
        let set = |key: &str| {
            let pair = read.set.iter().find(|(name, _)| name == key).unwrap();
            pair.1.clone()
        };
        assert_eq!(set("kinsoku"), r#""a\"b\u000A""#);
        assert_eq!(set("indent"), "1.5");
        assert_eq!(set("justify"), "false");
        assert_eq!(set("fonts.body"), r#"["x", "y"]"#);
    }

    #[test]
    fn what_arrived_together_is_one_batch() {
        let mut input = BufReader::with_capacity(64, &b"a\n\n b\nc"[..]);
        let batch = read_batch(&mut input).unwrap();
        assert_eq!(batch, [&b"a\n"[..], b" b\n"]);
        assert_eq!(read_batch(&mut input).unwrap(), [&b"c"[..]]);
        assert!(read_batch(&mut input).unwrap().is_empty());
    }
}
