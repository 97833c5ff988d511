//! Any bytes as the sheet, the strings and the styles of a workbook, parted by form feeds. What the fast way reads of a
//! sheet must be what the slow way reads: two spaces behind `<c` make every cell slow.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let mut parts = bytes.splitn(3, |&byte| byte == 12);
    let sheet = parts.next().unwrap_or_default();
    let strings = parts.next().unwrap_or(b"<sst><si><t>a</t></si></sst>");
    let styles = parts.next().unwrap_or(b"<styleSheet/>");
    let fast = fuzz::read(fuzz::workbook(sheet, strings, styles)).map_err(|refusal| refusal.code());
    let Ok(text) = std::str::from_utf8(sheet) else { return };
    // What is in comments, declarations and attributes would be changed as well.
    if !text.contains("<!") && !text.contains("<?") && text.is_ascii() {
        let slow = text.replace("<c ", "<c  ").replace("<c>", "<c >");
        let slow =
            fuzz::read(fuzz::workbook(slow.as_bytes(), strings, styles)).map_err(|refusal| refusal.code());
        if !text.contains("<<c") {
            assert_eq!(fast, slow);
        }
    }
});
