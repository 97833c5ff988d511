//! Characters that XML has no way to hold, in cells that this crate wrote. OpenDocument has no escape for them, so the
//! cell carries an attribute of its own, and only then `_xHHHH_` is an escape, as in xlsx.

/// The namespace of the attribute, its prefix, and the attribute with its value.
pub(crate) const NAMESPACE: &str = "urn:x-workbook:cell";
/// The attribute's name.
pub(crate) const ATTRIBUTE: &str = "workbook:escaped";

/// Whether a text holds what XML can't: control characters, U+FFFE, U+FFFF, and CR, which would become white space.
pub(crate) fn is_needed(text: &str) -> bool {
    text.bytes().any(|byte| byte < 32 && !matches!(byte, b'\t' | b'\n'))
        || text.contains(['\u{fffe}', '\u{ffff}'])
}
