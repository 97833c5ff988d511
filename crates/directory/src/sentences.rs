//! Every sentence about a file and an import that people read: page, API and command line take them from here. Each makes sense
//! without colour, blames nobody, and says what to do next.

use crate::Wrong;

/// The sentence for something wrong. `title` is the field's title (or `User ID`).
pub fn sentence(wrong: &Wrong, title: &str) -> String {
    format!("{title}: {}", wrong.code.word())
}

/// "312 users were successfully edited", "1 user was successfully edited", "3,000 users were successfully edited".
pub fn edited(users: i64) -> String {
    if users == 1 {
        "1 user was successfully edited".to_owned()
    } else {
        format!("{} users were successfully edited", grouped(users))
    }
}

/// A number with thousands separators: `1,003,412`.
pub fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if number < 0 { format!("-{text}") } else { text }
}
