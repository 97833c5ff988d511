//! Any bytes as the content of a document.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let mimetype = b"application/vnd.oasis.opendocument.spreadsheet".as_slice();
    let _ = fuzz::read(fuzz::pack(&[("mimetype", mimetype), ("content.xml", bytes)]));
});
