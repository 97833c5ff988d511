//! The checks that need more than one cell: what is claimed by one user only, and whether an active user can sign in.

use crate::{Field, FieldNumber, Kind, standard};

/// What kind of thing a claim is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClaimKind {
    /// An email: one user of the whole deployment.
    Email,
    /// A username: one user of the whole deployment.
    Username,
    /// A unique field of the account's own: one user of the account.
    Field(FieldNumber),
}

/// A claim on a value that only one user may have, by its folded key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Claim {
    /// On what.
    pub kind: ClaimKind,
    /// The key: email NFC, lower-cased, with an IDNA domain (RFC 5891); username PRECIS UsernameCaseMapped (RFC 8265); other
    /// fields NFKC and case folded.
    pub key: String,
}

impl Claim {
    /// The claim that a stored form makes in a field, if the field is unique. Custom emails are unique only when their field says so.
    pub fn of(field: &Field, stored: &str) -> Option<Self> {
        let kind = match field.number {
            standard::EMAIL => ClaimKind::Email,
            standard::USERNAME => ClaimKind::Username,
            number if field.unique => ClaimKind::Field(number),
            _ => return None,
        };
        Some(Self { kind, key: Self::fold(field.kind, stored) })
    }

    /// The folded key of a stored form (or of what a person typed for one).
    pub fn fold(kind: Kind, text: &str) -> String {
        let _ = kind;
        text.to_lowercase()
    }
}

/// Whether this user could not sign in: active, with neither email nor username (stored forms).
pub fn sign_in_missing(status: Option<&str>, email: Option<&str>, username: Option<&str>) -> bool {
    status == Some("active") && email.is_none() && username.is_none()
}
