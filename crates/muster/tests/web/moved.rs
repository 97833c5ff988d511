//! What people see of a directory that moved on: a download of just what the list shows, and what is new since review was looked at.

use ::import;
use ::store::Role;
use directory::{Choice, standard};
use scraper::Selector;

use super::site::{Reply, Site, words};
use crate::ground::{NOW, on_both, on_sqlite};

/// The address that the form of a page leads to, as it is sent untouched.
fn sent_untouched(page: &Reply) -> String {
    let html = page.html();
    let inputs =
        Selector::parse("form.stack input[type=hidden], form.stack input[checked]").expect("a selector");
    let pairs = html.select(&inputs).map(|input| {
        let attribute = |name| input.attr(name).unwrap_or_default().to_owned();
        format!("{}={}", attribute("name"), attribute("value").replace(' ', "%20"))
    });
    format!("/o/acme/download/file?{}", pairs.collect::<Vec<_>>().join("&"))
}

/// How many marks say "new" in a part of a page.
fn new_marks(reply: &Reply, part: &str) -> usize {
    let tags = Selector::parse(&format!("{part} .mark")).expect("a selector");
    reply.html().select(&tags).filter(|tag| tag.text().collect::<String>() == "new").count()
}

#[test]
fn a_download_holds_just_those_whom_the_list_shows() {
    on_sqlite(|app| {
        let site = Site::new(app);
        let cookie = site.cookie(&site.acme, Role::Viewer);
        let seen = app.store.account_now(site.acme.id).expect("the store").revision;
        let grace = site.user(&site.acme, 1);
        let inactive = [(standard::STATUS, "Inactive".to_owned())];
        import::edit(app, site.acme.id, grace, &inactive, seen, "pat").expect("the store");
        for (query, found, names) in [
            ("?status=inactive", "Those found by Status: Inactive (1)", vec!["Grace"]),
            ("?search=ann%20d&status=active", "Those found by “ann d”, Status: Active (1)", vec!["Ann"]),
            ("?search=ad&status=active", "Those found by “ad”, Status: Active (1)", vec!["Ada"]),
            ("?search=hopper&status=active", "Those found by “hopper”, Status: Active (0)", vec![]),
            ("?search=hopper", "Those found by “hopper” (1)", vec!["Grace"]),
            ("", "", vec!["Ada", "Grace", "Ann"]),
        ] {
            let listed = site.get(&format!("/o/acme/users{query}"), &cookie);
            let menu = Selector::parse(".menu a[href*='/download']").expect("a selector");
            let link =
                listed.html().select(&menu).next().and_then(|link| link.attr("href").map(str::to_owned));
            let page = site.get(&link.expect("a way to the download"), &cookie);
            let said = page
                .html()
                .select(&Selector::parse("label.radio").expect("a selector"))
                .nth(1)
                .map(|label| words(&label.text().collect::<String>()))
                .unwrap_or_default();
            assert!(found.is_empty() || said == found, "{query}: {said}");
            let file = site.get(&sent_untouched(&page).replace("format=xlsx", "format=csv"), &cookie);
            let rows: Vec<&str> =
                file.body.lines().skip(2).filter_map(|line| line.split(',').nth(1)).collect();
            assert_eq!(rows, names, "{query}");
        }
    });
}

#[test]
fn what_came_up_after_review_was_looked_at_is_marked_as_new() {
    on_both(|app| {
        let site = Site::new(app);
        let cookie = site.cookie(&site.acme, Role::Editor);
        let account = site.acme.id;
        let file = site
            .csv()
            .replace("Lovelace", "King")
            .replace("Droid", "Dee")
            .replace("grace@acme", "grace@free");
        let import = format!("/o/acme/imports/{}", site.import(&file));
        assert_eq!(site.open(&import, &cookie).text("#new-since"), "");
        let seen = app.store.account_now(account).expect("the store").revision;
        let name = [(standard::LAST_NAME, "Byron".to_owned())];
        import::edit(app, account, site.user(&site.acme, 0), &name, seen, "pat").expect("the store");
        let complete = || {
            site.post(&format!("{import}/complete"), &cookie, "");
            site.work();
            site.open(&import, &cookie)
        };
        let review = complete();
        let banner = "i 1 thing is new in this review, because the directory or its fields changed after it was looked at. It is \
             marked as new. Nothing was done yet: look at what is new, then complete.";
        assert_eq!(review.text("#new-since"), banner);
        assert_eq!(new_marks(&review, "#conflicts-part .conflict"), 1, "the part that needs somebody");
        let changes = site.get(&format!("{import}/changes"), &cookie);
        assert_eq!(new_marks(&changes, "#changes-part"), 0, "Ann's change was seen before");
        let conflicts = site.get(&format!("{import}/conflicts"), &cookie);
        assert_eq!(new_marks(&conflicts, ".conflict"), 1);

        // What is decided about is new no more; then an email is taken elsewhere.
        let chosen = site.post(&format!("{import}/fixes"), &cookie, "choose.all=file");
        let review = site.open(chosen.location(), &cookie);
        assert_eq!((review.text("#new-since").as_str(), new_marks(&review, "main")), ("", 0));
        let email = [(standard::EMAIL, "grace@free.example".to_owned())];
        let seen = app.store.account_now(site.globex.id).expect("the store").revision;
        import::edit(app, site.globex.id, site.user(&site.globex, 0), &email, seen, "max")
            .expect("the store");
        let review = complete();
        assert!(review.text("#new-since").contains("1 thing is new"), "{}", review.text("#new-since"));
        assert_eq!((new_marks(&review, "#problems-part"), new_marks(&review, "main")), (1, 1));
        assert_eq!(new_marks(&site.get(&format!("{import}/problems"), &cookie), "main"), 1);
    });
}

#[test]
fn a_change_that_a_new_choice_brought_is_marked_as_new() {
    on_sqlite(|app| {
        let site = Site::new(app);
        let cookie = site.cookie(&site.acme, Role::Editor);
        let keys = site.csv().lines().nth(1).expect("keys").to_owned();
        let place = keys.split(',').position(|key| key.trim() == "department").expect("a column");
        let with_department = |line: &str| {
            let mut cells: Vec<&str> = line.split(',').collect();
            cells[place] = "Legal";
            cells.join(",")
        };
        let file: Vec<String> = site
            .csv()
            .lines()
            .map(|line| if line.contains(",Ada,") { with_department(line) } else { line.to_owned() })
            .collect();
        let import = format!("/o/acme/imports/{}", site.import(&file.join("\r\n")));
        let mut department =
            app.store.fields(site.acme.id).expect("fields").by_key("department").expect("built in").clone();
        let label = "Legal".to_owned();
        department.choices.push(Choice { id: 99, label, former: Vec::new(), retired: false });
        app.store.save_field(site.acme.id, &department, "pat", NOW).expect("the store").expect("saved");
        site.post(&format!("{import}/complete"), &cookie, "plan=1&leave_out=1&sure=1");
        site.work();
        for page in ["", "/changes"] {
            let reply = site.open(&format!("{import}{page}"), &cookie);
            assert_eq!(new_marks(&reply, "td"), 1, "{page}: {}", reply.body);
        }
    });
}
