//! What stands in a line: emphasis, marks, ruby and HTML.

use banxin::diag::{Code, Severity};
use banxin::model::Block;

use super::reading::{
    CONFIG, article, cells, codes, faults, figure, line, publication, short, table,
};

#[test]
fn emphasis_works_beside_east_asian_characters() {
    let rows = [
        ("**「走吧。」**然後", "<strong:「走吧。」>然後"),
        ("**【本報訊】**記者", "<strong:【本報訊】>記者"),
        ("他說*「好」*。", "他說<em:「好」>。"),
        ("約**86%**的人", "約<strong:86%>的人"),
        ("見**(甲)**後", "見<strong:(甲)>後"),
        ("說**{漢字|かんじ}**後", "說<strong:<group:漢字=かんじ>>後"),
        (
            "說**[名](https://a.hk)**後",
            "說<strong:<https://a.hk:名>>後",
        ),
        ("說**^12^**月", "說<strong:<tcy:12>>月"),
        ("說**[王]{.pn}**說", "說<strong:<pn:王>>說"),
        ("**甲**、**乙**", "<strong:甲>、<strong:乙>"),
        ("a * b * c", "a * b * c"),
        ("價(*注)與(*註)", "價(*注)與(*註)"),
        ("~~「刪」~~了", "<s:「刪」>了"),
        ("3~5元，8~9元", "3~5元，8~9元"),
        ("***甲***乙", "<em:<strong:甲>>乙"),
        ("snake_case_name 與 _斜_", "snake_case_name 與 <em:斜>"),
        ("（_foo_）", "（<em:foo>）"),
    ];
    for (text, wanted) in rows {
        assert_eq!(line(text), wanted, "{text}");
    }
}

#[test]
fn inline_marks_are_read() {
    let rows = [
        ("{漢字|かんじ}。", "<group:漢字=かんじ>。"),
        ("{漢字|かん|じ}", "<mono:漢=かん,字=じ>"),
        ("{注音|ㄓㄨˋ|ㄧㄣ}", "<bopomofo:注=ㄓㄨˋ,音=ㄧㄣ>"),
        ("\\{漢字|かんじ}", "{漢字|かんじ}"),
        ("{一，二}", "{一，二}"),
        ("{*a*}", "{<em:a>}"),
        ("在^12^月", "在<tcy:12>月"),
        ("E=mc^2^，", "E=mc<sup:2>，"),
        ("**m**^2^", "<strong:m><sup:2>"),
        ("\\^12\\^", "^12^"),
        ("(^_^) ^ ^", "(^_^) ^ ^"),
        ("[王安石]{.pn}著[臨川集]{.bt}", "<pn:王安石>著<bt:臨川集>"),
        ("[Hong Kong]{lang=en}", "<en:Hong Kong>"),
        ("[12]{.tcy}月", "<tcy:12>月"),
        ("[線]{.sideline}", "<sideline:線>"),
        ("[**名**字]{.pn}", "<pn:<strong:名>字>"),
        ("[[內]{.pn}外]{.sideline}", "<sideline:<pn:內>外>"),
        ("[註] [甲[乙]丙]", "[註] [甲[乙]丙]"),
        ("`{漢|か}` ``a`b``", "<code:{漢|か}> <code:a`b>"),
        ("&lt;&#x4E2D;&amp;", "<中&"),
        ("甲<br>乙", "甲<br>乙"),
        ("甲  \n乙", "甲<br>乙"),
        ("香港\n九龍", "香港九龍"),
        ("Hong\nKong **one**\ntwo", "Hong Kong <strong:one> two"),
        (
            "<https://a.hk/「x」>",
            "<https://a.hk/「x」:https://a.hk/「x」>",
        ),
        ("[字](https://a.hk \"t\")", "<https://a.hk:字>"),
        ("[字](https://a.hk){.pn}", "<pn:<https://a.hk:字>>"),
    ];
    for (text, wanted) in rows {
        assert_eq!(line(text), wanted, "{text}");
    }
}

#[test]
fn the_form_wins_over_a_link_definition() {
    let text = "[名]{.pn}與[名]與[書][名]\n\n[名]: https://a.hk\n";
    assert_eq!(line(text), "<pn:名>與<https://a.hk:名>與<https://a.hk:書>");
}

#[test]
fn html_that_is_understood_becomes_marks() {
    let rows = [
        (
            "<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字<rt>じ</rt></ruby>",
            "<mono:漢=かん,字=じ>",
        ),
        (
            "<ruby>東京<rt>とうきょう</ruby>へ",
            "<group:東京=とうきょう>へ",
        ),
        ("H<sub>2</sub>O<sup>+</sup>", "H<sub:2>O<sup:+>"),
        (
            "a <mark>b</mark> <kbd>c</kbd> <u>d</u>",
            "a <mark:b> <kbd:c> <u:d>",
        ),
        (
            "x <b>b</b> <i>i</i> <s>s</s> <del>d</del> <ins>i</ins>",
            "x <strong:b> <em:i> <s:s> <s:d> <u:i>",
        ),
        (
            "x <small>小</small><span lang=\"ja\">日</span>",
            "x <small:小><ja:日>",
        ),
        ("甲<!-- 註 -->乙", "甲乙"),
        (
            "甲<img src=\"a.png\" alt=\"圖\">乙",
            "甲<img:articles/a.png:圖>乙",
        ),
    ];
    for (text, wanted) in rows {
        assert_eq!(line(text), wanted, "{text}");
    }
}

#[test]
fn html_that_is_not_understood_is_told_and_its_text_kept() {
    let (reading, faults) = publication(&[
        ("book.toml", CONFIG),
        (
            "articles/01.md",
            "甲<font>乙</font>丙<font>丁</font>\n\n<div>\n戊\n</div>\n\n<script>x</script>\n",
        ),
    ]);
    assert_eq!(codes(&faults), [Code::HtmlUnknown; 3]);
    assert!(faults[0].message.contains("here and once more"));
    assert!(
        faults
            .iter()
            .all(|fault| fault.severity == Severity::Warning)
    );
    let body = &reading.book.articles().next().unwrap().body;
    assert_eq!(body.len(), 2, "{body:#?}");
    let (Block::Paragraph(first), Block::Paragraph(second)) = (&body[0], &body[1]) else {
        panic!("{body:?}");
    };
    assert_eq!(short(&first.content), "甲乙丙丁");
    assert_eq!(short(&second.content), "戊");
}

#[test]
fn html_figures_and_tables_come_to_the_model() {
    let article = article(
        "<figure>\n<img src=\"../images/a.png\" alt=\"圖\">\n<figcaption>說<b>明</b>／陳大文</figcaption>\n</figure>\n\n\
         <table>\n<caption>表一</caption>\n<tr><th>甲</th><th>乙</th></tr>\n\n<tr><td>1</td><td>2 &amp; 3</td></tr>\n</table>\n",
    );
    let figure = figure(&article);
    assert_eq!(figure.image.path, "images/a.png");
    assert_eq!(short(&figure.caption), "說<strong:明>");
    assert_eq!(figure.credit.as_deref(), Some("陳大文"));
    let table = table(&article);
    assert_eq!(short(&table.caption), "表一");
    assert_eq!(table.head.len(), 1);
    assert_eq!(cells(table), [["甲", "乙"], ["1", "2 & 3"]]);
}

#[test]
fn ruby_in_a_cell_has_its_bar_escaped() {
    let article = article("|甲|乙|\n|-|-|\n|{漢字\\|かんじ}|`a\\|b`|\n");
    assert_eq!(
        cells(table(&article))[1],
        ["<group:漢字=かんじ>", "<code:a|b>"]
    );
    let found = faults("|甲|乙|\n|-|-|\n|{漢字|かんじ}|x|\n");
    assert_eq!(codes(&found), [Code::RubySyntax]);
    assert!(found[0].hints[0].contains("{漢字\\|かんじ}"));
}

#[test]
fn unclosed_ruby_is_an_error_with_its_place() {
    let found = faults("甲{漢字|かんじ。\n");
    assert_eq!(codes(&found), [Code::RubySyntax]);
    assert_eq!(found[0].span.unwrap().start, 3);
    assert_eq!(codes(&faults("甲{漢字|か|ん|じ}。\n")), [Code::RubySyntax]);
}

#[test]
fn classes_nobody_knows_are_told() {
    assert_eq!(codes(&faults("[甲]{.wavy}乙\n")), [Code::MarkUnknown]);
    assert_eq!(codes(&faults("## 甲 {.bax}\n\n乙\n")), [Code::MarkUnknown]);
    assert_eq!(codes(&faults("[甲]{.warichu}[乙]{.warichu}\n")), []);
}

#[test]
fn commands_of_mdbook_are_told_once() {
    let (reading, found) = publication(&[
        (
            "book.toml",
            "[book]\ntitle = \"書\"\n[output.linkcheck]\n[output.epub]\ncover-image = \"x\"\n",
        ),
        ("src/SUMMARY.md", "- [一](1.md)\n"),
        ("src/1.md", "文{{#include a.md}}\n\n{{#include b.md}}\n"),
    ]);
    assert_eq!(codes(&found), [Code::MarkNoEffect], "{found:#?}");
    assert_eq!(reading.book.articles().next().unwrap().body.len(), 2);
}

#[test]
fn classes_of_paragraphs_are_told() {
    let (reading, found) = publication(&[
        ("book.toml", CONFIG),
        (
            "articles/01.md",
            "甲。 {.lead}\n\n乙。 {.lead}\n\n丙[丁]{.pn}\n\n戊 {#x}\n",
        ),
    ]);
    assert_eq!(codes(&found), [Code::MarkUnknown], "{found:#?}");
    let article = reading.book.articles().next().unwrap();
    assert_eq!(short(&article.lead), "甲。");
    let lines: Vec<String> = article
        .body
        .iter()
        .map(|block| match block {
            Block::Paragraph(paragraph) => short(&paragraph.content),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(lines, ["乙。", "丙<pn:丁>", "戊 {#x}"]);
}

#[test]
fn unknown_tags_inside_a_line_do_not_part_it() {
    let (reading, _) = publication(&[
        ("book.toml", CONFIG),
        (
            "articles/01.md",
            "<p>\n甲<sup>乙<a href=\"x\">丙</a></sup>\n<p>丁\n",
        ),
    ]);
    let body = &reading.book.articles().next().unwrap().body;
    let lines: Vec<String> = body
        .iter()
        .map(|block| match block {
            Block::Paragraph(paragraph) => short(&paragraph.content),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(lines, ["甲<sup:乙丙>", "丁"]);
}
