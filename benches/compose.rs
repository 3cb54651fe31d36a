//! What composing costs: paragraphs of Chinese prose, short and long, in both directions.

use banxin::font::Faces;
use banxin::geom::{Length, WritingMode};
use banxin::layout::inline::{Composer, Setting};
use banxin::model::{Inline, Language, Style};

const PASSAGE: &str = "版心是書頁上排字的地方，四周留白，稱為天頭、地腳、訂口與切口。「行有行距，字有字距，」\
老師傅說，「標點也要守規矩：不可以站在行首的，就不站。」2025年3月16日，他用AI校對了《香港報業史》第12章，\
發現錯漏37處——其中6處是OCR的問題……這本書共有1,024頁，約佔3.5％的篇幅談電腦排版（參閱附錄），其餘都是鉛字的故事！";

/// Paragraphs of about `length` characters, a million characters in all.
fn paragraphs(length: usize) -> Vec<Vec<Inline>> {
    let passage: Vec<char> = PASSAGE.chars().collect();
    let mut at = 0;
    (0..1_000_000 / length)
        .map(|n| {
            // Han characters differ from place to place, as in prose.
            let text: String = (0..length)
                .map(|i| {
                    let c = passage[(at + i) % passage.len()];
                    if ('\u{4e00}'..='\u{9000}').contains(&c) && (i + n) % 3 == 0 {
                        char::from_u32(c as u32 + ((i * 7 + n) % 200) as u32).unwrap_or(c)
                    } else {
                        c
                    }
                })
                .collect();
            at += length;
            vec![Inline::Text {
                text,
                span: Default::default(),
            }]
        })
        .collect()
}

fn main() {
    divan::main();
}

#[divan::bench(args = [120, 1_000, 200_000], sample_count = 5, sample_size = 1)]
fn vertical(bencher: divan::Bencher<'_, '_>, length: usize) {
    compose(bencher, length, WritingMode::VerticalRl);
}

#[divan::bench(args = [120, 1_000, 200_000], sample_count = 5, sample_size = 1)]
fn horizontal(bencher: divan::Bencher<'_, '_>, length: usize) {
    compose(bencher, length, WritingMode::HorizontalTb);
}

fn compose(bencher: divan::Bencher<'_, '_>, length: usize, mode: WritingMode) {
    let (faces, style, language) = (Faces::bundled(), Style::default(), Language::default());
    let text = paragraphs(length);
    let composer = Composer::new(&faces, &style);
    let setting = Setting {
        mode,
        indent: style.body_size * 2,
        ..Setting::new(&style, &language, Length::from_milli(10_500 * 32))
    };
    bencher.bench_local(|| {
        text.iter()
            .map(|paragraph| composer.paragraph(paragraph, &setting).value.len())
            .sum::<usize>()
    });
}
