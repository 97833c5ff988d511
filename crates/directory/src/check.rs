//! The checks that need more than one cell: what is claimed by one user only, and whether an active user can sign in.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use crate::reading::nearest::case_folded;
use crate::reading::text::{folded, is_invisible, tidy};
use crate::reading::{email, username};
use crate::{Field, FieldNumber, Kind, Place, UserId, standard};

/// What kind of thing a claim is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClaimKind {
    /// An email: one user of the whole deployment.
    Email,
    /// A username: one user of the whole deployment.
    Username,
    /// A unique field of the account's own: one user of the account.
    Field(FieldNumber),
    /// In a plan only: to be the row of a user whose ID several rows share.
    Row,
    /// In a plan only, and no claim to have anything: that there is somebody, whom a cell names by a row that is to create them or by a
    /// sign-in that nobody has yet. Kept beside the claims, so that a row finds the cells that depend on it.
    Person,
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
        Some(Self { kind: Self::kind_of(field)?, key: Self::fold(field.kind, stored) })
    }

    /// Whether the values of a field are claims.
    pub fn is_made_by(field: &Field) -> bool {
        Self::kind_of(field).is_some()
    }

    fn kind_of(field: &Field) -> Option<ClaimKind> {
        match field.number {
            standard::EMAIL => Some(ClaimKind::Email),
            standard::USERNAME => Some(ClaimKind::Username),
            number => field.unique.then_some(ClaimKind::Field(number)),
        }
    }

    /// The claim that a text would be if it is a sign-in: an email when it holds an @, else a username.
    pub fn of_sign_in(text: &str) -> Option<Self> {
        let text = text.trim();
        let (kind, of) = if text.contains('@') {
            (ClaimKind::Email, Kind::Email)
        } else {
            (ClaimKind::Username, Kind::Username)
        };
        (!text.is_empty()).then(|| Self { kind, key: Self::fold(of, text) })
    }

    /// That there is somebody with a sign-in.
    pub fn naming(sign_in: &Self) -> Self {
        let kind = if sign_in.kind == ClaimKind::Email { "email" } else { "username" };
        Self { kind: ClaimKind::Person, key: format!("{kind}:{}", sign_in.key) }
    }

    /// That a row creates somebody; none for the row of a user who is there.
    pub fn naming_row(place: Place) -> Option<Self> {
        let is_new = matches!(place, Place::Row { .. });
        is_new.then(|| Self { kind: ClaimKind::Person, key: place.reference() })
    }

    /// To be the row of a user, with what tells it from other rows of theirs.
    pub fn speaking_for(user: UserId, says: &str) -> Self {
        Self { kind: ClaimKind::Row, key: format!("{user}#{says}") }
    }

    /// The folded key of a stored form (or of what a person typed for one).
    pub fn fold(kind: Kind, text: &str) -> String {
        let text = folded(tidy(text.into()));
        match kind {
            Kind::Email => email_key(&text),
            Kind::Username => username::key(&text).map_or_else(|| lower(&text), Cow::into_owned),
            // Compatibility forms may have white space of their own (U+00B8 is a space and a cedilla).
            _ => folded(tidy(case_folded(&text).into())).into_owned(),
        }
    }
}

/// NFC, lower case, the domain as IDNA has it. IDNA drops some invisible characters, which would make one key of two addresses; a
/// text that holds any keeps them.
fn email_key(text: &str) -> String {
    match text.rsplit_once('@') {
        Some((local, domain)) if !text.is_ascii() && !text.contains(is_invisible) => {
            format!("{}@{}", lower(local), email::domain_key(domain))
        }
        _ => lower(text),
    }
}

/// Lower case in NFC, as lower-casing may take a text out of it.
fn lower(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_lowercase() } else { text.to_lowercase().nfc().collect() }
}

/// Whether this user could not sign in: active, with neither email nor username (stored forms).
pub fn sign_in_missing(status: Option<&str>, email: Option<&str>, username: Option<&str>) -> bool {
    status == Some("active") && email.is_none() && username.is_none()
}

#[cfg(test)]
mod tests {
    use super::{Claim, ClaimKind, sign_in_missing};
    use crate::{Field, FieldNumber, Fields, Kind, standard};

    /// Whether two values make one claim.
    fn check(kind: Kind, one: &str, other: &str, same: bool) {
        assert_eq!(Claim::fold(kind, one) == Claim::fold(kind, other), same, "{one:?} {other:?}");
        let key = Claim::fold(kind, one);
        assert_eq!(Claim::fold(kind, &key), key, "a key folds to itself");
    }

    /// One of each kind of what Unicode calls ignorable, but for the joiners.
    const UNSEEN: [char; 27] = [
        '\u{ad}',
        '\u{34f}',
        '\u{61c}',
        '\u{115f}',
        '\u{1160}',
        '\u{17b4}',
        '\u{17b5}',
        '\u{180b}',
        '\u{180e}',
        '\u{180f}',
        '\u{200b}',
        '\u{200e}',
        '\u{202a}',
        '\u{2060}',
        '\u{2065}',
        '\u{206a}',
        '\u{206f}',
        '\u{3164}',
        '\u{fe00}',
        '\u{fe0f}',
        '\u{feff}',
        '\u{ffa0}',
        '\u{1d173}',
        '\u{e0001}',
        '\u{e0041}',
        '\u{e007f}',
        '\u{e0100}',
    ];

    #[test]
    fn emails_are_one_in_any_case_and_form() {
        check(Kind::Email, "Ann@Example.com", "ann@example.COM", true);
        check(Kind::Email, "zoë@example.com", "Zoe\u{308}@example.com", true);
        check(Kind::Email, "ann@exämple.de", "ann@xn--exmple-cua.de", true);
        check(Kind::Email, "ann@EXÄMPLE.de", "ann@exämple.de", true);
        check(Kind::Email, " ann@example.com\u{a0}", "ann@example.com", true);
        check(Kind::Email, "ann+hr@example.com", "ann@example.com", false);
        check(Kind::Email, "a.nn@example.com", "ann@example.com", false);
        check(Kind::Email, "ann@ex\u{200b}ample.com", "ann@example.com", true);
        check(Kind::Email, "ann@exa\u{ad}mple.com", "ann@example.com", true);
        check(Kind::Email, "ann@exä\u{200d}mple.com", "ann@exämple.com", true);
        check(Kind::Email, "ann@ex\u{fe0f}ample.com", "ann@example.com", true);
    }

    #[test]
    fn usernames_are_one_by_precis() {
        check(Kind::Username, "Ann", "ann", true);
        check(Kind::Username, "ａｎｎ", "ann", true);
        check(Kind::Username, "ÑANDÚ", "ñandu\u{301}", true);
        check(Kind::Username, "ann1", "ann2", false);
        for invisible in ["\u{ad}", "\u{200b}", "\u{2060}", "\u{feff}"] {
            check(Kind::Username, &format!("an{invisible}n"), "ann", true);
        }
        check(Kind::Username, "not a username", "NOT a username", true);
    }

    #[test]
    fn other_values_are_one_folded() {
        check(Kind::Text, "STRASSE 1", "Straße 1", true);
        check(Kind::Text, "Ⅳ", "iv", true);
        for invisible in ["\u{ad}", "\u{200b}", "\u{200c}", "\u{200d}", "\u{2060}", "\u{feff}"] {
            check(Kind::Text, &format!("A{invisible}1"), "A1", true);
        }
        for unseen in UNSEEN {
            check(Kind::Text, &format!("A{unseen}1"), "A1", true);
            check(Kind::Text, &format!("王{unseen}芳"), "王芳", true);
            check(Kind::Text, &format!("{unseen}A1{unseen}"), "a1", true);
            check(Kind::Username, &format!("an{unseen}n"), "ann", true);
        }
        check(Kind::Text, "\u{2764}\u{fe0f}", "\u{2764}", true);
        check(Kind::Text, "\u{845b}\u{e0100}城", "\u{845b}城", true);
        check(Kind::Text, "علی\u{200c}زاده", "علیزاده", false);
        check(Kind::Text, "A\u{2800}1", "A1", false);
        check(Kind::Text, "A1", "A 1", false);
        check(Kind::Number, "12.5", "12.5", true);
    }

    #[test]
    fn only_unique_fields_claim() {
        let fields = Fields::built_in();
        let kind = |number| {
            let field = fields.get(number).expect("built in");
            Claim::of(field, "Ann@example.com").map(|claim| (claim.kind, claim.key))
        };
        let email = (ClaimKind::Email, "ann@example.com".to_owned());
        assert_eq!(kind(standard::EMAIL), Some(email));
        assert_eq!(kind(standard::USERNAME).map(|(kind, _)| kind), Some(ClaimKind::Username));
        assert_eq!(kind(standard::FIRST_NAME), None);
        let own = Field { unique: true, ..Field::new(FieldNumber(101), "badge", "Badge", Kind::Email) };
        let claim = Claim::of(&own, "Ann@EXAMPLE.com").expect("unique");
        assert_eq!((claim.kind, claim.key.as_str()), (ClaimKind::Field(FieldNumber(101)), "ann@example.com"));
    }

    #[test]
    fn an_active_user_needs_a_sign_in() {
        assert!(sign_in_missing(Some("active"), None, None));
        assert!(!sign_in_missing(Some("active"), Some("ann@example.com"), None));
        assert!(!sign_in_missing(Some("active"), None, Some("ann")));
        assert!(!sign_in_missing(Some("inactive"), None, None));
        assert!(!sign_in_missing(None, None, None));
    }
}
