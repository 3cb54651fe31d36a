//! Fiction by the yard: prose with every mark that prose has, the same on every run.

use banxin::model::Tradition;

/// Numbers from a seed (a linear congruence; Knuth, TAOCP 3.3.4).
#[derive(Debug)]
pub struct Dice(u64);

impl Dice {
    /// From a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(2).wrapping_add(1))
    }

    /// A number under `n`.
    pub fn under(&mut self, n: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n.max(1)
    }

    fn pick<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.under(of.len())]
    }
}

const HAN: &str = "的一是不了人我在有他這為之大來以個中上們到說國和地也子時道出而要於就下得可你年生自會那後能對著事其裏所去行過家十用發天如然作方成者多日都三小軍二無同麼經法當起與好看學進種將還分此心前面又定見只主沒公從門樓船窗雨夜風街燈海山水火土書報紙字版印刷鉛墨";
const KANA: &str = "のはをにがでとたしてれさいるなからあうえおもまこそよりくちんつけどせほばらきみ";
const WORDS: &[&str] = &[
    "AI",
    "OCR",
    "Hong Kong",
    "GPT-4",
    "Unicode",
    "typesetting",
    "The Times",
    "iPhone",
    "km/h",
    "internationalization",
    "Wi-Fi",
    "e-mail",
    "PDF",
];
const NUMBERS: &[&str] = &[
    "3月16日",
    "2025年",
    "12人",
    "1,024頁",
    "3.5％",
    "￥500",
    "$20",
    "10 km",
    "第7屆",
    "20–30歲",
    "37℃",
    "100%",
    "5 kg",
    "二、三個",
    "五十％",
];
const NAMES: &[&str] = &[
    "約翰·史密斯",
    "《香港報業史》",
    "〈夜行船〉",
    "（參閱附錄）",
    "『新界』",
    "【本報訊】",
    "北京／上海",
    "九龍～香港",
    "人々",
];
const JAPANESE: &[&str] = &[
    "ジョン・スミス",
    "『草枕』",
    "（大正十三年）",
    "コーヒー",
    "ちょっと",
    "人々",
    "すゝき",
    "ウィキ゠ペディア",
    "東京〜大阪",
];
const ENDS: &[&str] = &[
    "。", "。", "。", "！", "？", "……", "。」", "！」", "——", "⁉", "；",
];
const PAUSES: &[&str] = &[
    "，", "，", "，", "、", "：「", "——", "……", "；", "，「", "」，",
];
const JA_PAUSES: &[&str] = &[
    "、",
    "、",
    "、",
    "、「",
    "」と、",
    "――",
    "……",
    "、『",
    "』、",
];

/// A paragraph of about `length` characters.
pub fn paragraph(dice: &mut Dice, tradition: Tradition, length: usize) -> String {
    let japanese = tradition == Tradition::Japan;
    let han: Vec<char> = HAN.chars().collect();
    let kana: Vec<char> = KANA.chars().collect();
    let mut text = String::with_capacity(length * 3 + 60);
    let mut count = 0;
    while count < length {
        let before = text.len();
        for _ in 0..1 + dice.under(3) {
            for _ in 0..2 + dice.under(9) {
                text.push(if japanese && dice.under(3) > 0 {
                    kana[dice.under(kana.len())]
                } else {
                    han[dice.under(han.len())]
                });
            }
            match dice.under(16) {
                0 => text.push_str(dice.pick(WORDS)),
                1 => text.push_str(dice.pick(NUMBERS)),
                2 => text.push_str(dice.pick(if japanese { JAPANESE } else { NAMES })),
                _ => {}
            }
            text.push_str(dice.pick(if japanese { JA_PAUSES } else { PAUSES }));
        }
        text.push(han[dice.under(han.len())]);
        text.push_str(dice.pick(ENDS));
        count += text[before..].chars().count();
    }
    text
}
