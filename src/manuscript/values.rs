//! Numbers and dates as an author types them.

/// A decimal number as typed, in thousandths; digits beyond the third are cut.
pub(crate) fn thousandths(raw: &str) -> Option<i32> {
    let raw = raw.replace('_', "");
    let (negative, digits) = match raw.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, raw.strip_prefix('+').unwrap_or(&raw)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let fraction: String = fraction.chars().chain("000".chars()).take(3).collect();
    let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if !all_digits(whole) || !all_digits(&fraction) {
        return None;
    }
    let whole: i32 = if whole.is_empty() {
        0
    } else {
        whole.parse().ok()?
    };
    let value = whole
        .checked_mul(1000)?
        .checked_add(fraction.parse().ok()?)?;
    Some(if negative { -value } else { value })
}

pub(crate) fn decimal(thousandths: i32) -> String {
    let text = format!(
        "{}{}.{:03}",
        if thousandths < 0 { "-" } else { "" },
        thousandths.unsigned_abs() / 1000,
        thousandths.unsigned_abs() % 1000
    );
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Whether text is a date of ISO 8601 to the year, the month or the day.
pub(crate) fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |part: &str, digits: usize| -> Option<u32> {
        (part.len() == digits && part.bytes().all(|b| b.is_ascii_digit()))
            .then(|| part.parse().ok())
            .flatten()
    };
    let Some(year) = parts.first().and_then(|p| number(p, 4)) else {
        return false;
    };
    let month = parts.get(1).map(|p| number(p, 2));
    let day = parts.get(2).map(|p| number(p, 2));
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let days = match month {
        Some(Some(2)) => 28 + u32::from(leap),
        Some(Some(4 | 6 | 9 | 11)) => 30,
        Some(Some(1..=12)) => 31,
        None => 0,
        _ => return false,
    };
    match day {
        None => true,
        Some(Some(day)) => (1..=days).contains(&day) && parts.len() == 3,
        Some(None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_checked_to_the_day() {
        for good in ["2025", "2025-03", "2025-03-06", "2024-02-29"] {
            assert!(is_date(good), "{good}");
        }
        for bad in [
            "",
            "25",
            "2025-13",
            "2025-02-29",
            "2025-3-6",
            "2025-03-06-01",
            "二〇二五",
        ] {
            assert!(!is_date(bad), "{bad}");
        }
    }

    #[test]
    fn numbers_are_read_in_thousandths() {
        assert_eq!(thousandths("1.75"), Some(1750));
        assert_eq!(thousandths("-0.5"), Some(-500));
        assert_eq!(thousandths("2"), Some(2000));
        assert_eq!(thousandths("1e3"), None);
        assert_eq!(decimal(-500), "-0.5");
        assert_eq!(decimal(2000), "2");
    }
}
