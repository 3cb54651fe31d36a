//! Credits: who did what, by MARC relator code and by the label that is printed.

use crate::diag::Span;

/// One person or body and what they did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credit {
    /// What they did.
    pub role: Role,
    /// Their name, as printed.
    pub name: String,
    /// The label printed before it; else the role's name in the book's language.
    pub label: Option<String>,
    /// The form under which the name is sorted (`file-as`).
    pub sort: Option<String>,
    /// Where it was written.
    pub span: Span,
}

/// A MARC relator code: three letters of the Library of Congress list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Role([u8; 3]);

impl Role {
    /// 撰文: `aut`.
    pub const WRITER: Self = Self(*b"aut");

    /// A role from a name of the manuscript (`writer`, `editor` …) or a MARC relator code;
    /// `None` for what is neither.
    ///
    /// ```
    /// use banxin::model::Role;
    /// assert_eq!(Role::parse("designer").unwrap().code(), "bkd");
    /// assert_eq!(Role::parse("pht").unwrap().code(), "pht");
    /// assert!(Role::parse("wizard").is_none());
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_lowercase();
        if let Some((_, code, ..)) = NAMES.iter().find(|row| row.0 == text) {
            return Self::from_code(code);
        }
        MARC.binary_search(&text.as_str())
            .ok()
            .and_then(|i| Self::from_code(MARC[i]))
    }

    fn from_code(code: &str) -> Option<Self> {
        <[u8; 3]>::try_from(code.as_bytes()).ok().map(Self)
    }

    /// The MARC relator code.
    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("ctb")
    }

    /// Whether the role makes its bearer a creator (`dc:creator`): who wrote the text.
    #[must_use]
    pub fn is_creator(&self) -> bool {
        matches!(&self.0, b"aut" | b"rpt" | b"cwt" | b"lyr" | b"com" | b"ivr")
    }

    /// Whether its bearer prints or binds the book, and so is named after the publisher.
    #[must_use]
    pub fn is_of_print(&self) -> bool {
        matches!(&self.0, b"prt" | b"bnd" | b"mfr" | b"dst")
    }

    /// The label printed for this role: Chinese in traditional or simplified form, Japanese, or
    /// English. For a code without a label of ours the code's English-less form, the code.
    #[must_use]
    pub fn label(&self, script: LabelScript) -> String {
        let row = NAMES.iter().find(|row| row.1 == self.code());
        let label = row.map(|row| match script {
            LabelScript::Traditional => row.2,
            LabelScript::Simplified => row.3,
            LabelScript::Japanese => row.4,
            LabelScript::English => row.5,
        });
        label.map_or_else(|| self.code().to_owned(), str::to_owned)
    }

    /// The names that a manuscript may use, in the order of the manual.
    pub fn names() -> impl Iterator<Item = &'static str> {
        NAMES.iter().map(|row| row.0)
    }
}

/// One person or body with everything that they did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bearer<'a> {
    /// Where they are first credited.
    pub credit: &'a Credit,
    /// All their roles, each once, in the order of the manuscript.
    pub roles: Vec<Role>,
}

impl<'a> Bearer<'a> {
    /// Everybody of a list of credits, once each, in its order.
    #[must_use]
    pub fn of(credits: impl IntoIterator<Item = &'a Credit>) -> Vec<Self> {
        let mut found: Vec<Self> = Vec::new();
        for credit in credits {
            match found.iter_mut().find(|b| b.credit.name == credit.name) {
                Some(bearer) if bearer.roles.contains(&credit.role) => {}
                Some(bearer) => bearer.roles.push(credit.role),
                None => found.push(Self {
                    credit,
                    roles: vec![credit.role],
                }),
            }
        }
        found
    }

    /// Whether any of their roles makes them a creator ([`Role::is_creator`]).
    #[must_use]
    pub fn is_creator(&self) -> bool {
        self.roles.iter().any(Role::is_creator)
    }
}

/// The language in which labels of roles are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LabelScript {
    /// Traditional Chinese.
    Traditional,
    /// Simplified Chinese.
    Simplified,
    /// Japanese.
    Japanese,
    /// English.
    English,
}

type NameRow = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

/// Name in the manuscript, MARC code, then labels: traditional, simplified, Japanese, English.
/// Codes after the EPUB profile; the first row of a code gives its label.
#[rustfmt::skip]
const NAMES: &[NameRow] = &[
    ("writer",         "aut", "撰文",     "撰文",     "文",       "Writer"),
    ("author",         "aut", "撰文",     "撰文",     "文",       "Author"),
    ("reporter",       "rpt", "記者",     "记者",     "記者",     "Reporter"),
    ("editor",         "edt", "編輯",     "编辑",     "編集",     "Editor"),
    ("designer",       "bkd", "設計",     "设计",     "デザイン", "Designer"),
    ("photographer",   "pht", "攝影",     "摄影",     "写真",     "Photographer"),
    ("illustrator",    "ill", "插圖",     "插图",     "イラスト", "Illustrator"),
    ("translator",     "trl", "翻譯",     "翻译",     "翻訳",     "Translator"),
    ("proofreader",    "pfr", "校對",     "校对",     "校正",     "Proofreader"),
    ("interviewer",    "ivr", "訪問",     "采访",     "聞き手",   "Interviewer"),
    ("interviewee",    "ive", "受訪",     "受访",     "話し手",   "Interviewee"),
    ("publisher",      "pbl", "出版",     "出版",     "発行",     "Publisher"),
    ("printer",        "prt", "印刷",     "印刷",     "印刷",     "Printer"),
    ("cover-designer", "cov", "封面設計", "封面设计", "装丁",     "Cover designer"),
    ("compiler",       "com", "編纂",     "编纂",     "編纂",     "Compiler"),
    ("contributor",    "ctb", "協力",     "协力",     "協力",     "Contributor"),
    ("narrator",       "nrt", "朗讀",     "朗读",     "朗読",     "Narrator"),
    ("cartographer",   "ctg", "地圖",     "地图",     "地図",     "Cartographer"),
];

/// MARC Code List for Relators (Library of Congress), sorted; obsolete codes are not listed.
#[rustfmt::skip]
const MARC: &[&str] = &[
    "abr", "acp", "act", "adi", "adp", "aft", "anc", "anl", "anm", "ann", "ant", "ape", "apl",
    "app", "aqt", "arc", "ard", "arr", "art", "asg", "asn", "ato", "att", "auc", "aud", "aue",
    "aui", "aup", "aus", "aut", "bdd", "bjd", "bka", "bkd", "bkp", "blw", "bnd", "bpd", "brd",
    "brl", "bsl", "cad", "cas", "ccp", "chr", "clb", "cli", "cll", "clr", "clt", "cmm", "cmp",
    "cmt", "cnd", "cng", "cns", "coe", "col", "com", "con", "cop", "cor", "cos", "cot", "cou",
    "cov", "cpc", "cpe", "cph", "cpl", "cpt", "cre", "crp", "crr", "crt", "csl", "csp", "cst",
    "ctb", "cte", "ctg", "ctr", "cts", "ctt", "cur", "cwt", "dbd", "dbp", "dfd", "dfe", "dft",
    "dgc", "dgg", "dgs", "dis", "djo", "dln", "dnc", "dnr", "dpc", "dpt", "drm", "drt", "dsr",
    "dst", "dtc", "dte", "dtm", "dto", "dub", "edc", "edd", "edm", "edt", "egr", "elg", "elt",
    "eng", "enj", "etr", "evp", "exp", "fac", "fds", "fld", "flm", "fmd", "fmk", "fmo", "fmp",
    "fnd", "fon", "fpy", "frg", "gdv", "gis", "gsp", "his", "hnr", "hst", "ill", "ilu", "ink",
    "ins", "inv", "isb", "itr", "ive", "ivr", "jud", "jug", "lbr", "lbt", "ldr", "led", "lee",
    "lel", "len", "let", "lgd", "lie", "lil", "lit", "lsa", "lse", "lso", "ltg", "ltr", "lyr",
    "mcp", "mdc", "med", "mfp", "mfr", "mka", "mod", "mon", "mrb", "mrk", "msd", "mte", "mtk",
    "mup", "mus", "mxe", "nan", "nrt", "onp", "opn", "org", "orm", "osp", "oth", "own", "pad",
    "pan", "pat", "pbd", "pbl", "pdr", "pfr", "pht", "plt", "pma", "pmn", "pnc", "pop", "ppm",
    "ppt", "pra", "prc", "prd", "pre", "prf", "prg", "prm", "prn", "pro", "prp", "prs", "prt",
    "prv", "pta", "pte", "ptf", "pth", "ptt", "pup", "rap", "rbr", "rcd", "rce", "rcp", "rdd",
    "red", "ren", "res", "rev", "rpc", "rps", "rpt", "rpy", "rse", "rsg", "rsp", "rsr", "rst",
    "rth", "rtm", "rxa", "sad", "sce", "scl", "scr", "sde", "sds", "sec", "sfx", "sgd", "sgn",
    "sht", "sll", "sng", "spk", "spn", "spy", "srv", "std", "stg", "stl", "stm", "stn", "str",
    "swd", "tad", "tau", "tcd", "tch", "ths", "tld", "tlg", "tlh", "tlp", "trc", "trl", "tyd",
    "tyg", "uvp", "vac", "vdg", "vfx", "voc", "wac", "wal", "wam", "wat", "waw", "wdc", "wde",
    "wfs", "wfw", "win", "wit", "wpr", "wst", "wts",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_has_a_marc_code() {
        for row in NAMES {
            assert!(Role::parse(row.0).is_some(), "{}", row.0);
            assert!(MARC.contains(&row.1), "{}", row.1);
        }
    }
}
