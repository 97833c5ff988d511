//! The chain of revisions: every way to make one continues it, an alteration is found where it is, and an erased person leaves it whole.

use ::store::{Chain, PRESENT};
use directory::{Field, FieldNumber, Kind, Place, standard};
use sha2::{Digest, Sha256};

use ground::scene::{NICKNAME, Scene, cell, change, rows};
use ground::{Ground, NOW, on_both, on_one_machine};

/// An account whose revisions were made in every way: 1 and 2 are fields, 3 creates, 4 edits, creates and withdraws, 5 is a field again.
fn scene(app: &Ground) -> Scene<'_> {
    let scene = Scene::new(app);
    let users = scene.create_with_emails(&["ada@acme.example", "bo@acme.example"]);
    let new = Place::Row { file: 1, row: 9 };
    scene.apply(&[
        change(users[0], NICKNAME, None, Some("Countess")),
        change(users[0], standard::FIRST_NAME, Some("ada"), None),
        change(users[1], standard::USER, Some(PRESENT), None),
        cell(new, standard::USER, None, Some(PRESENT)),
        cell(new, standard::EMAIL, None, Some("cy@acme.example")),
    ]);
    let field = Field::new(FieldNumber(0), "shift", "Shift", Kind::Text);
    scene
        .store()
        .save_field(scene.account, &field, "priya@acme", NOW)
        .expect("it works")
        .expect("it is free");
    scene
}

fn chain(scene: &Scene<'_>) -> Chain {
    scene.store().verify_chain(scene.account).expect("it can be read")
}

#[test]
fn every_revision_continues_the_chain() {
    on_both(|app| {
        let scene = scene(app);
        let digest = chain(&scene).digest;
        assert_eq!(chain(&scene), Chain { from: 0, revision: 5, digest: digest.clone(), altered: None });
        assert_eq!(scene.store().digest_of_revision(scene.account, 5).expect("it works"), Some(digest));
        let kept = rows(app, "SELECT revision, lineage, mark, digest FROM revision ORDER BY revision");
        let lineage = &rows(app, "SELECT lineage FROM deployment")[0];
        let (mut marks, mut digests) = (Vec::new(), Vec::new());
        for (number, row) in kept.iter().enumerate() {
            let parts: Vec<&str> = row.split('|').collect();
            assert_eq!((parts[0], parts[1]), (number.to_string().as_str(), lineage.as_str()));
            assert!(parts[2].len() == 4 && parts[3].len() == 64, "{row}");
            marks.push(parts[2].to_owned());
            digests.push(parts[3].to_owned());
        }
        assert_eq!(kept.len(), 6);
        for all in [&mut marks, &mut digests] {
            all.sort();
            all.dedup();
            assert_eq!(all.len(), 6, "each has its own");
        }
        assert_eq!(rows(app, "SELECT COUNT(*) FROM history WHERE salt IS NULL"), ["0"]);
        let salts = rows(app, "SELECT COUNT(*), COUNT(DISTINCT salt) FROM history");
        let (all, distinct) = salts[0].split_once('|').expect("two");
        assert_eq!(all, distinct, "a salt belongs to one change");
        let other = Scene::named(app, "other");
        assert_eq!((chain(&other).from, chain(&other).revision, chain(&other).altered), (0, 2, None));
    });
}

#[test]
fn an_alteration_is_found_where_it_is() {
    for (sql, revision) in [
        ("UPDATE history SET after = 'Duchess' WHERE revision = 4 AND field = 101", 4),
        ("UPDATE history SET before = NULL WHERE revision = 4 AND field = 1", 4),
        ("UPDATE history SET field = 102 WHERE revision = 4 AND field = 101", 4),
        ("DELETE FROM history WHERE revision = 3 AND user_id = (SELECT MIN(user_id) FROM history)", 3),
        (
            "INSERT INTO history (account, revision, user_id, field) SELECT account, 2, user_id, 9 FROM history WHERE field = 101",
            2,
        ),
        ("UPDATE field SET title = 'Cap' WHERE key = 'badge'", 2),
        ("UPDATE revision SET actor = 'nobody' WHERE revision = 3", 3),
        ("UPDATE revision SET at = at + 1 WHERE revision = 1", 1),
        ("UPDATE revision SET mark = '0000' WHERE revision = 5", 5),
        ("UPDATE revision SET lineage = 'zz' WHERE revision = 5", 5),
        ("UPDATE revision SET digest = NULL WHERE revision = 3", 3),
        (
            "UPDATE revision SET digest = (SELECT digest FROM revision o WHERE o.revision = 2) WHERE revision = 3",
            3,
        ),
        ("UPDATE revision SET digest = '00' WHERE revision = 0", 1),
        ("DELETE FROM revision WHERE revision = 4", 4),
        ("DELETE FROM revision WHERE revision = 5", 5),
        ("UPDATE account SET revision = 6", 6),
    ] {
        on_one_machine(|app| {
            let scene = scene(app);
            assert_eq!(chain(&scene).altered, None);
            rows(app, sql);
            assert_eq!(chain(&scene).altered, Some(revision), "{sql}");
        });
    }
}

/// The hash of a change as it is written: what keeps an erased one in the chain.
fn hash(salt: &str, user: &str, field: i64, before: Option<&str>, after: Option<&str>) -> String {
    let byte = |place: usize| u8::from_str_radix(&salt[place * 2..place * 2 + 2], 16).expect("hexadecimal");
    let salt: Vec<u8> = (0..salt.len() / 2).map(byte).collect();
    let mut sum = Sha256::new();
    sum.update(&salt);
    sum.update(user.parse::<i64>().expect("a number").to_le_bytes());
    sum.update(field.to_le_bytes());
    for text in [before, after] {
        sum.update(text.map_or(-1, |text| text.len() as i64).to_le_bytes());
        sum.update(text.unwrap_or_default());
    }
    sum.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn a_person_who_is_erased_leaves_the_chain_whole() {
    on_both(|app| {
        let scene = scene(app);
        let whole = chain(&scene);
        let is_sqlite = app.database.starts_with("sqlite:");
        let hexadecimal = if is_sqlite { "lower(hex(salt))" } else { "encode(salt, 'hex')" };
        let of_field = format!("SELECT user_id, {hexadecimal} FROM history WHERE field = 101");
        let found = rows(app, &of_field);
        let (user, salt) = found[0].split_once('|').expect("two");
        assert_eq!(salt.len(), 32);
        let bytes = |hash: &str| if is_sqlite { format!("X'{hash}'") } else { format!("'\\x{hash}'") };
        let erase = |hash: &str| {
            let hash = bytes(hash);
            let sql = format!(
                "UPDATE history SET before = NULL, after = NULL, salt = NULL, hash = {hash} WHERE field = 101"
            );
            rows(app, &sql);
        };
        erase(&hash(salt, user, 101, None, Some("Countess")));
        assert_eq!(chain(&scene), whole);
        assert!(
            rows(app, &of_field)[0].ends_with("|-") || rows(app, &of_field)[0].ends_with('|'),
            "the salt is gone"
        );
        erase(&hash(salt, user, 101, None, Some("Duchess")));
        assert_eq!(chain(&scene).altered, Some(4));
    });
}

/// Who made a revision can be erased as well; where the digest is over the name itself, as programs wrote it first, it verifies still.
#[test]
fn whoever_made_a_revision_is_under_its_digest() {
    on_both(|app| {
        let scene = scene(app);
        let whole = chain(&scene);
        let is_sqlite = app.database.starts_with("sqlite:");
        let bytes = |hash: &str| if is_sqlite { format!("X'{hash}'") } else { format!("'\\x{hash}'") };
        let hexadecimal = if is_sqlite { "lower(hex(actor_salt))" } else { "encode(actor_salt, 'hex')" };
        let found = rows(app, &format!("SELECT actor, {hexadecimal} FROM revision WHERE revision = 4"));
        let (actor, salt) = found[0].split_once('|').expect("two");
        let mut sum = Sha256::new();
        let byte =
            |place: usize| u8::from_str_radix(&salt[place * 2..place * 2 + 2], 16).expect("hexadecimal");
        sum.update((0..salt.len() / 2).map(byte).collect::<Vec<u8>>());
        sum.update((actor.len() as i64).to_le_bytes());
        sum.update(actor);
        let hash = sum.finalize().iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        let erase = |hash: &str| {
            let hash = bytes(hash);
            rows(
                app,
                &format!(
                    "UPDATE revision SET actor = 'erased', actor_salt = NULL, actor_hash = {hash} WHERE revision = 4"
                ),
            );
        };
        erase(&hash);
        assert_eq!(chain(&scene), whole);
        erase(&hash.replace(char::is_numeric, "0"));
        assert_eq!(chain(&scene).altered, Some(4));
        erase(&hash);
        rows(app, "UPDATE revision SET actor_salt = NULL WHERE revision = 5");
        assert_eq!(chain(&scene).altered, Some(5), "a salt is not taken away");
        // As the last revision was written by the program before: over the name itself.
        let digest = of_plain_name(app);
        let mark: String = (0..4)
            .map(|place| {
                usize::from_str_radix(&digest[place * 2..place * 2 + 2], 16).expect("hexadecimal") & 31
            })
            .map(|letter| char::from(b"0123456789abcdefghjkmnpqrstvwxyz"[letter]))
            .collect();
        rows(app, &format!("UPDATE revision SET digest = '{digest}', mark = '{mark}' WHERE revision = 5"));
        assert_eq!(chain(&scene), Chain { digest, ..whole });
    });
}

/// The digest of the last revision, which defines a field, as it was made before who made it had a salt.
fn of_plain_name(app: &Ground) -> String {
    let one = |sql: &str| rows(app, sql)[0].split('|').map(str::to_owned).collect::<Vec<_>>();
    let mut sum = Sha256::new();
    let number =
        |sum: &mut Sha256, number: &str| sum.update(number.parse::<i64>().unwrap_or(-1).to_le_bytes());
    let text = |sum: &mut Sha256, text: &str| {
        let is_there = text != "-" && !text.is_empty();
        sum.update((if is_there { text.len() as i64 } else { -1 }).to_le_bytes());
        sum.update(if is_there { text } else { "" });
    };
    let before = one("SELECT digest FROM revision WHERE revision = 4");
    let row = one(
        "SELECT lineage, account, revision, users, cells, at, kind, actor FROM revision WHERE revision = 5",
    );
    text(&mut sum, &before[0]);
    text(&mut sum, &row[0]);
    row[1..6].iter().for_each(|each| number(&mut sum, each));
    row[6..8].iter().for_each(|each| text(&mut sum, each));
    ["-1", "-1"].iter().for_each(|each| number(&mut sum, each));
    let field = one("SELECT number, position, required, only_once, read_only, retired, max_length, key, title, kind, pattern, choices
                     FROM field WHERE revision = 5");
    field[..7].iter().for_each(|each| number(&mut sum, each));
    field[7..].iter().for_each(|each| text(&mut sum, each));
    sum.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
