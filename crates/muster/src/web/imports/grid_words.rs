//! What the module of the grid says, in the words of the page: by name, as one attribute. `{cells}` and the like are places that it fills.

use std::collections::BTreeMap;

use sentences::say;

/// The words, as the attribute holds them.
pub(super) fn words() -> String {
    let place = |name: &str| format!("{{{name}}}");
    let words: BTreeMap<&str, String> = BTreeMap::from([
        ("hint", say!("grid-hint").to_owned()),
        ("place", say!("grid-place", number = place("number"), all = place("all"))),
        ("previous", say!("grid-previous").to_owned()),
        ("next", say!("grid-next").to_owned()),
        ("keys", say!("grid-keys").to_owned()),
        ("keys-title", say!("grid-keys-title").to_owned()),
        ("close", say!("grid-close").to_owned()),
        ("use", say!("grid-use", answer = place("answer"))),
        ("saving", say!("grid-saving").to_owned()),
        ("saved", say!("grid-saved").to_owned()),
        ("unsaved", say!("grid-unsaved", cells = place("cells"))),
        ("again", say!("grid-again").to_owned()),
        ("right", say!("grid-right").to_owned()),
        ("right-by", say!("grid-right-by", who = place("who"))),
        ("others", say!("grid-others", who = place("who"), cells = place("cells"))),
        ("no-undo", say!("grid-no-undo").to_owned()),
        ("no-redo", say!("grid-no-redo").to_owned()),
        ("no-paste", say!("grid-no-paste").to_owned()),
        ("no-room", say!("grid-no-room", cells = place("cells"))),
        ("copied", say!("grid-copied", cells = place("cells"))),
        ("not-editable", say!("grid-not-editable").to_owned()),
        ("calendar", say!("grid-calendar").to_owned()),
        ("no-option", say!("grid-no-option").to_owned()),
        ("width", say!("grid-width", column = place("column"), width = place("width"))),
        ("moved-on", say!("grid-moved-on").to_owned()),
        ("refused", say!("grid-refused").to_owned()),
        ("key-list", say!("grid-key-list").to_owned()),
        ("signed-out", say!("grid-signed-out").to_owned()),
        ("signed-out-why", say!("grid-signed-out-why", cells = place("cells"))),
        ("email", say!("sign-in-email").to_owned()),
        ("password", say!("sign-in-password").to_owned()),
        ("code", say!("code-code").to_owned()),
        ("sign-in", say!("link-sign-in").to_owned()),
        ("later", say!("grid-later").to_owned()),
    ]);
    serde_json::to_string(&words).unwrap_or_default()
}
