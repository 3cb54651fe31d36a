//! The font files that travel inside the program.

/// Noto Serif CJK HK regular and bold, Noto Sans CJK HK regular and bold (`fonts/SOURCES.md`).
pub(crate) static FONTS: [&[u8]; 4] = [
    include_bytes!("../fonts/NotoSerifCJKhk-Regular.ttf"),
    include_bytes!("../fonts/NotoSerifCJKhk-Bold.ttf"),
    include_bytes!("../fonts/NotoSansCJKhk-Regular.ttf"),
    include_bytes!("../fonts/NotoSansCJKhk-Bold.ttf"),
];
