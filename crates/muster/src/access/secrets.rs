//! Secrets that people and browsers carry: 256 random bits, of which the store sees only the digest.

use sha2::{Digest, Sha256};

use import::Context;

/// A new secret, in hexadecimal.
pub(super) fn new_secret(app: &Context) -> String {
    hexadecimal(&app.randomness.bytes::<32>())
}

/// Whether a text can be one of our secrets.
pub(super) fn is_secret(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

/// What the store keeps of a secret: its SHA-256 in hexadecimal. No salt is needed, because nobody guesses 256 bits.
pub(super) fn digest(secret: &str) -> String {
    hexadecimal(&Sha256::digest(secret.as_bytes()))
}

fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|digit| char::from(DIGITS[usize::from(digit)]))
        .collect()
}
