//! Characters that look like a Han character and are none: radicals and compatibility ideographs.

/// The Han character that is meant by a radical of a dictionary or by a compatibility ideograph;
/// `None` for every other character (UAX #38, "Equivalent Unified Ideographs"; UAX #15).
pub(super) fn han(c: char) -> Option<char> {
    let (first, table) = TABLES
        .iter()
        .rev()
        .find(|(first, _)| u32::from(c) >= *first)?;
    let index = usize::try_from(u32::from(c) - first).ok()?;
    table.chars().nth(index).filter(|han| *han != c)
}

/// Whether a character may be one of them; quick.
pub(super) const fn may_be(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{2FD5}' | '\u{F900}'..='\u{FAD9}' | '\u{2F800}'..='\u{2FA1D}')
}

/// Whether it is a radical, and no ideograph of an older set.
pub(super) const fn is_radical(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{2FD5}')
}

/// The selector that asks for the shape of a compatibility ideograph after its Han character:
/// they are numbered in the order of the ideographs (StandardizedVariants.txt).
pub(super) fn selector(c: char) -> Option<char> {
    let wanted = han(c).filter(|_| !is_radical(c))?;
    let before = (u32::from('\u{F900}')..u32::from(c))
        .filter_map(char::from_u32)
        .filter(|other| may_be(*other) && han(*other) == Some(wanted))
        .count();
    char::from_u32(0xFE00 + u32::try_from(before).ok()?)
}

/// Each table with its first character; what is a Han character of its own, or has none, stands
/// for itself.
const TABLES: [(u32, &str); 3] = [
    (0x2E80, RADICALS),
    (0xF900, COMPATIBLE),
    (0x2F800, SUPPLEMENT),
];

/// U+2E80–2FD5 in order (EquivalentUnifiedIdeograph.txt, Unicode 15).
const RADICALS: &str = "\
    ⺀厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑𫜹忄心扌攵⺚旡日月歺母民氵氺灬爫爫丬牛\
    犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑\
    钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟⻴⻵⻶⻷\
    ⻸⻹⻺⻻⻼⻽⻾⻿一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土\
    士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日\
    曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石\
    示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕\
    豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯\
    鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";

/// U+F900–FAD9 in order (UnicodeData.txt, field 5).
const COMPATIBLE: &str = "\
    豈更車賈滑串句龜龜契金喇奈懶癩羅蘿螺裸邏樂洛烙珞落酪駱亂卵欄爛蘭鸞嵐濫藍襤拉臘蠟\
    廊朗浪狼郎來冷勞擄櫓爐盧老蘆虜路露魯鷺碌祿綠菉錄鹿論壟弄籠聾牢磊賂雷壘屢樓淚漏累\
    縷陋勒肋凜凌稜綾菱陵讀拏樂諾丹寧怒率異北磻便復不泌數索參塞省葉說殺辰沈拾若掠略亮\
    兩凉梁糧良諒量勵呂女廬旅濾礪閭驪麗黎力曆歷轢年憐戀撚漣煉璉秊練聯輦蓮連鍊列劣咽烈\
    裂說廉念捻殮簾獵令囹寧嶺怜玲瑩羚聆鈴零靈領例禮醴隸惡了僚寮尿料樂燎療蓼遼龍暈阮劉\
    杻柳流溜琉留硫紐類六戮陸倫崙淪輪律慄栗率隆利吏履易李梨泥理痢罹裏裡里離匿溺吝燐璘\
    藺隣鱗麟林淋臨立笠粒狀炙識什茶刺切度拓糖宅洞暴輻行降見廓兀嗀﨎﨏塚﨑晴﨓﨔凞猪益\
    礼神祥福靖精羽﨟蘒﨡諸﨣﨤逸都﨧﨨﨩飯飼館鶴郞隷侮僧免勉勤卑喝嘆器塀墨層屮悔慨憎\
    懲敏既暑梅海渚漢煮爫琢碑社祉祈祐祖祝禍禎穀突節練縉繁署者臭艹艹著褐視謁謹賓贈辶逸\
    難響頻恵𤋮舘﩮﩯並况全侀充冀勇勺喝啕喙嗢塚墳奄奔婢嬨廒廙彩徭惘慎愈憎慠懲戴揄搜摒\
    敖晴朗望杖歹殺流滛滋漢瀞煮瞧爵犯猪瑱甆画瘝瘟益盛直睊着磌窱節类絛練缾者荒華蝹襁覆\
    視調諸請謁諾諭謹變贈輸遲醙鉶陼難靖韛響頋頻鬒龜𢡊𢡄𣏕㮝䀘䀹𥉉𥳐𧻓齃龎";

/// U+2F800–2FA1D in order (the same).
const SUPPLEMENT: &str = "\
    丽丸乁𠄢你侮侻倂偺備僧像㒞𠘺免兔兤具𠔜㒹內再𠕋冗冤仌冬况𩇟凵刃㓟刻剆割剷㔕勇勉勤\
    勺包匆北卉卑博即卽卿卿卿𠨬灰及叟𠭣叫叱吆咞吸呈周咢哶唐啓啣善善喙喫喳嗂圖嘆圗噑噴\
    切壮城埴堍型堲報墬𡓤売壷夆多夢奢𡚨𡛪姬娛娧姘婦㛮㛼嬈嬾嬾𡧈寃寘寧寳𡬘寿将当尢㞁屠\
    屮峀岍𡷤嵃𡷦嵮嵫嵼巡巢㠯巽帨帽幩㡢𢆃㡼庰庳庶廊𪎒廾𢌱𢌱舁弢弢㣇𣊸𦇚形彫㣣徚忍志忹\
    悁㤺㤜悔𢛔惇慈慌慎慌慺憎憲憤憯懞懲懶成戛扝抱拔捐𢬌挽拼捨掃揤𢯱搢揅掩㨮摩摾撝摷㩬\
    敏敬𣀊旣書晉㬙暑㬈㫤冒冕最暜肭䏙朗望朡杞杓𣏃㭉柺枅桒梅𣑭梎栟椔㮝楂榣槪檨𣚣櫛㰘次\
    𣢧歔㱎歲殟殺殻𣪍𡴋𣫺汎𣲼沿泍汧洖派海流浩浸涅𣴞洴港湮㴳滋滇𣻑淹潮𣽞𣾎濆瀹瀞瀛㶖灊\
    災灷炭𠔥煅𤉣熜𤎫爨爵牐𤘈犀犕𤜵𤠔獺王㺬玥㺸㺸瑇瑜瑱璅瓊㼛甤𤰶甾𤲒異𢆟瘐𤾡𤾸𥁄㿼䀈\
    直𥃳𥃲𥄙𥄳眞真真睊䀹瞋䁆䂖𥐝硎碌磌䃣𥘦祖𥚚𥛅福秫䄯穀穊穏𥥼𥪧𥪧竮䈂𥮫篆築䈧𥲀糒䊠\
    糨糣紀𥾆絣䌁緇縂繅䌴𦈨𦉇䍙𦋙罺𦌾羕翺者𦓚𦔣聠𦖨聰𣍟䏕育脃䐋脾媵𦞧𦞵𣎓𣎜舁舄辞䑫芑\
    芋芝劳花芳芽苦𦬼若茝荣莭茣莽菧著荓菊菌菜𦰶𦵫𦳕䔫蓱蓳蔖𧏊蕤𦼬䕝䕡𦾱𧃒䕫虐虜虧虩蚩\
    蚈蜎蛢蝹蜨蝫螆䗗蟡蠁䗹衠衣𧙧裗裞䘵裺㒻𧢮𧥦䚾䛇誠諭變豕𧲨貫賁贛起𧼯𠠄跋趼跰𠣞軔輸\
    𨗒𨗭邔郱鄑𨜮鄛鈸鋗鋘鉼鏹鐕𨯺開䦕閷𨵷䧦雃嶲霣𩅅𩈚䩮䩶韠𩐊䪲𩒖頋頋頩𩖶飢䬳餩馧駂駾\
    䯎𩬰鬒鱀鳽䳎䳭鵧𪃎䳸𪄅𪈎𪊑麻䵖黹黾鼅鼏鼖鼻𪘀";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_end_where_their_blocks_do() {
        let lengths: Vec<usize> = TABLES.iter().map(|(_, t)| t.chars().count()).collect();
        assert_eq!(
            lengths,
            [0x2FD6 - 0x2E80, 0xFADA - 0xF900, 0x2FA1E - 0x2F800]
        );
        for c in ['\u{2E7F}', '一', '\u{2FD6}', '\u{FADA}', '\u{2FA1E}', 'a'] {
            assert_eq!(han(c), None, "{c}");
        }
    }

    #[test]
    fn each_names_its_character() {
        for (c, wanted) in [
            ('\u{2F00}', '一'),
            ('\u{2FD5}', '龠'),
            ('\u{2EA0}', '民'),
            ('\u{2EF3}', '龟'),
            ('\u{F900}', '豈'),
            ('\u{FA19}', '神'),
            ('\u{FAD9}', '龎'),
            ('\u{2F800}', '丽'),
            ('\u{2FA1D}', '𪘀'),
        ] {
            assert_eq!(han(c), Some(wanted));
        }
        // U+FA0E and the like are Han characters in spite of their block.
        for unified in "﨎﨏﨑﨓﨔﨟﨡﨣﨤﨧﨨﨩".chars() {
            assert_eq!(han(unified), None);
        }
    }

    #[test]
    fn selectors_are_numbered_as_their_ideographs() {
        // StandardizedVariants.txt: 6A02 has FE00 for F914, FE01 for F95C, FE02 for F9BF.
        assert_eq!(selector('\u{F914}'), Some('\u{FE00}'));
        assert_eq!(selector('\u{F95C}'), Some('\u{FE01}'));
        assert_eq!(selector('\u{F9BF}'), Some('\u{FE02}'));
        assert_eq!(selector('\u{2F00}'), None);
    }
}
