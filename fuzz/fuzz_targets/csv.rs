//! Any bytes as csv, behind a letter that makes them no other kind of file.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = fuzz::read([b"a,", bytes].concat());
});
