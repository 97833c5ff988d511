//! Two owners on one form: what the later one has not touched stays as the other has made it, and what both have changed is asked about. And
//! a list whose address can't be read says so.

use ::store::Role;
use axum::http::StatusCode;

use super::site::{Reply, Site};
use crate::ground::{on_both, on_sqlite};

/// A form as a browser sends it: its hidden inputs, then what is typed.
fn sent(page: &Reply, typed: &str) -> String {
    let form = "form.stack:has(button[type=submit]) input[type=hidden]";
    let (names, values) = (page.all(form, "name"), page.all(form, "value"));
    let seen = names.iter().zip(&values).filter(|(name, _)| name.starts_with("seen."));
    let seen: Vec<String> = seen.map(|(name, value)| format!("{name}={}", value.replace(' ', "+"))).collect();
    format!("{}&{typed}", seen.join("&"))
}

#[test]
fn a_field_keeps_what_another_owner_has_changed_meanwhile() {
    on_both(|app| {
        let site = Site::new(app);
        let owner = site.cookie(&site.acme, Role::Owner);
        let address = "/o/acme/fields/job_title";
        let field =
            || site.app.store.fields(site.acme.id).expect("fields").by_key("job_title").expect("it").clone();
        let form = |page: &Reply, typed: &str| format!("act=save&{}", sent(page, typed));

        // One sets a pattern, the other, whose form is older, another title.
        let old = site.get(address, &owner);
        let saved = site.post(address, &owner, &form(&old, "title=Job+title&pattern=.*"));
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
        let later = site.post(address, &owner, &form(&old, "title=Role&pattern="));
        assert_eq!(later.status, StatusCode::SEE_OTHER, "{}", later.body);
        assert_eq!((field().title.as_str(), field().pattern.as_deref()), ("Role", Some(".*")));

        // Both have typed a title: both are shown, and the next time it is meant.
        let asked = site.post(address, &owner, &form(&old, "title=Occupation&pattern="));
        assert_eq!(asked.status, StatusCode::CONFLICT);
        let told = asked.text(".banner");
        assert!(told.contains("it is now “Role”; you typed “Occupation”"), "{told}");
        assert_eq!(field().title, "Role");
        assert_eq!(asked.all("input[name=title]", "value"), ["Occupation"]);
        let meant = site.post(address, &owner, &form(&asked, "title=Occupation&pattern=.*"));
        assert_eq!(meant.status, StatusCode::SEE_OTHER, "{}", meant.body);
        assert_eq!((field().title.as_str(), field().pattern.as_deref()), ("Occupation", Some(".*")));
        // Both say the same: nothing is asked.
        let same = site.post(address, &owner, &form(&old, "title=Occupation&pattern="));
        assert_eq!((same.status, field().pattern.as_deref()), (StatusCode::SEE_OTHER, Some(".*")));
    });
}

#[test]
fn settings_keep_what_another_owner_has_changed_meanwhile() {
    on_both(|app| {
        let site = Site::new(app);
        let owner = site.cookie(&site.acme, Role::Owner);
        let address = "/o/acme/settings";
        let settings = || site.app.store.account_now(site.acme.id).expect("acme").settings();
        let before = settings();
        let form = |page: &Reply, name: &str, days: i64| {
            let order = before.date_order.word();
            let typed =
                format!("name={name}&language=&date_order={order}&region={}&keep_days={days}", before.region);
            sent(page, &typed)
        };
        let name = before.name.replace(' ', "+");
        let old = site.get(address, &owner);
        let days = before.keep_days + 1;
        assert_eq!(site.post(address, &owner, &form(&old, &name, days)).status, StatusCode::SEE_OTHER);
        let later = site.post(address, &owner, &form(&old, "Acme+Ltd", before.keep_days));
        assert_eq!(later.status, StatusCode::SEE_OTHER, "{}", later.body);
        assert_eq!((settings().name.as_str(), settings().keep_days), ("Acme Ltd", days));

        let asked = site.post(address, &owner, &form(&old, &name, days + 1));
        assert_eq!((asked.status, settings().keep_days), (StatusCode::CONFLICT, days));
        let told = asked.text(".banner");
        assert!(told.contains(&format!("it is now “{days}”; you chose “{}”", days + 1)), "{told}");
        let meant = site.post(address, &owner, &form(&asked, "Acme+Ltd", days + 1));
        assert_eq!(meant.status, StatusCode::SEE_OTHER, "{}", meant.body);
        assert_eq!((settings().name.as_str(), settings().keep_days), ("Acme Ltd", days + 1));
    });
}

#[test]
fn a_list_that_is_not_narrowed_as_its_address_says_tells_so() {
    on_sqlite(|app| {
        let site = Site::new(app);
        let viewer = site.cookie(&site.acme, Role::Viewer);
        for (query, told) in [
            ("status=active&search=ann", ""),
            ("stauts=inactive", "stauts: inactive"),
            ("status=foo", "status: foo"),
            ("start_date.from=garbage", "start_date.from: garbage"),
        ] {
            for page in ["users", "download"] {
                let banner = site
                    .get(&format!("/o/acme/{page}?{query}"), &viewer)
                    .texts(".banner:not([hidden])")
                    .join(" ");
                assert!(
                    banner.contains(told) && banner.is_empty() == told.is_empty(),
                    "{page} {query}: {banner}"
                );
            }
        }
    });
}
