//! The way through without script: every step is a form.

use ::import;
use ::store::Role;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use directory::UserId;
use scraper::Selector;

use super::site::{Reply, Site};
use crate::ground::{on_both, on_sqlite};

/// The value of the first input of a name.
fn value(reply: &Reply, name: &str) -> String {
    let selector = Selector::parse(&format!("[name='{name}']")).expect("a selector");
    let html = reply.html();
    html.select(&selector).next().and_then(|input| input.attr("value")).unwrap_or_default().to_owned()
}

fn upload(site: &Site, cookie: &str, file: &str, complete: bool) -> Reply {
    let part = |head: &str, body: &str| {
        format!("--border\r\nContent-Disposition: form-data; {head}\r\n\r\n{body}\r\n")
    };
    let tick = if complete { part("name=\"complete\"", "1") } else { String::new() };
    let body =
        format!("{tick}{}--border--\r\n", part("name=\"file\"; filename=\"C:\\docs\\users.csv\"", file));
    let request = Request::post("/o/acme/imports")
        .header(header::COOKIE, cookie)
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=border");
    site.ask(request.body(Body::from(body)).expect("a request"))
}

#[test]
fn from_download_to_undo() {
    on_both(|app| {
        let site = Site::new(app);
        walk(&site, site.user(&site.acme, 0));
    });
}

/// All the way, with a look at one of the users that it changed.
pub(super) fn walk(site: &Site, user: UserId) {
    let cookie = site.cookie(&site.acme, Role::Editor);
    let file = site.get("/o/acme/download/file?format=csv", &cookie);
    assert_eq!(file.headers["content-disposition"], "attachment; filename=\"acme-users-2026-11-22.csv\"");
    let edited = file.body.replace("Lovelace", "King").replace("grace@acme.example", "no address");
    let sent = upload(site, &cookie, &edited, false);
    let import = sent.location().to_owned();

    let progress = site.get(&import, &cookie);
    assert_eq!(progress.text("h1"), "Importing users.csv");
    assert_eq!(progress.text("progress"), "0 %");
    let strip = site.get("/o/acme/users", &cookie);
    assert!(strip.text(".strip").starts_with("Import in progress – 0 %"), "{}", strip.text(".strip"));
    site.work();

    let review = site.open(&import, &cookie);
    assert_eq!(review.text(".tabs [aria-current]"), "Problems 1", "the part that needs somebody");
    assert_eq!(review.text(".tabs .good"), "1");
    assert_eq!(review.text(".bar b"), "1 of 2 users ready");
    let cell = review
        .html()
        .select(&Selector::parse("td.bad").expect("a selector"))
        .next()
        .expect("red")
        .attr("data-target")
        .expect("a cell")
        .to_owned();
    assert_eq!(value(&review, &format!("value.{cell}")), "no address");
    let plan = value(&review, "plan");
    let blocked = site.post(&format!("{import}/complete"), &cookie, &format!("plan={plan}"));
    let blocked = site.open(blocked.location(), &cookie);
    assert!(blocked.text(".banner.bad").contains("put right 1 problem"), "{}", blocked.text(".banner"));

    let fixed =
        site.post(&format!("{import}/fixes"), &cookie, &format!("value.{cell}=grace.hopper%40acme.example"));
    let fixed = site.open(fixed.location(), &cookie);
    assert_eq!(fixed.text(".banner.good"), "✓ 1 correction saved.");
    assert_eq!(fixed.text("#finish .primary"), "Update 2 users");
    let old = site.post(&format!("{import}/complete"), &cookie, &format!("plan={plan}"));
    assert!(site.open(old.location(), &cookie).text(".banner").contains("look through the review again"));
    site.post(&format!("{import}/complete"), &cookie, &format!("plan={}", value(&fixed, "plan")));
    site.work();

    let done = site.get(&import, &cookie);
    assert_eq!(done.text("h1"), "2 users were successfully edited");
    assert_eq!(done.text(".stack tbody tr"), "Last name 1 Lovelace → King", "by field");
    let changes = site.get(&format!("{import}/changes"), &cookie);
    assert!(changes.body.contains("grace.hopper@acme.example"));
    let file = site.get(&format!("{import}/file"), &cookie);
    assert_eq!(file.body, edited, "the file as it came");
    let user = site.get(&format!("/o/acme/users/{user}"), &cookie);
    assert!(user.text(".history").contains("was Lovelace → became King"), "{}", user.text(".history"));
    // Imports of one moment have no order.
    site.app.clock.turn(1_000);
    let undo = site.post(&format!("{import}/undo"), &cookie, "").location().to_owned();
    site.work();
    assert_eq!(site.get(&undo, &cookie).text("h1"), "Undone: 2 users have their earlier values again");
    let undone = site.get(&import, &cookie);
    assert!(undone.body.contains("This was undone."));
    assert_eq!(undone.texts(".stack .mark"), ["Undone", "Undone"], "in every line");
    let history = site.get("/o/acme/imports", &cookie);
    assert!(history.text("tbody").starts_with("Undo of users.csv"), "{}", history.text("tbody"));
}

#[test]
fn rows_with_problems_are_downloaded_in_review_and_those_left_out_once_it_is_done() {
    on_sqlite(|app| {
        let site = Site::new(app);
        let cookie = site.cookie(&site.acme, Role::Editor);
        let edited = site.csv().replace("Lovelace", "King").replace("grace@acme.example", "no address");
        let import = format!("/o/acme/imports/{}", site.import(&edited));
        let review = site.open(&import, &cookie);
        assert_eq!(review.text("#finish [download]"), "Download the problems");
        let report = site.get(&format!("{import}/report?format=csv"), &cookie);
        assert_eq!(report.headers["content-disposition"], "attachment; filename=\"acme-problems.csv\"");
        assert!(report.body.contains("this is not an email address"), "{}", report.body);
        assert!(report.body.contains("Hopper") && !report.body.contains("King"), "{}", report.body);
        let plan = value(&review, "plan");
        let sent = site.post(&format!("{import}/complete"), &cookie, &format!("plan={plan}&leave_out=1"));
        let many = site.open(sent.location(), &cookie);
        assert_eq!(many.text("#leave"), "1 of 2 users would be left out", "more than a tenth");
        assert!(
            many.text(".reasons").starts_with("Email : not an email address"),
            "{}",
            many.text(".reasons")
        );
        assert!(many.body.contains("Among them: Grace Hopper."), "{}", many.body);
        assert_eq!(many.text("button[name=sure]"), "Update 1 user now, leave out 1");
        let sure = format!("plan={}&leave_out=1&sure=1", value(&many, "plan"));
        site.post(&format!("{import}/complete"), &cookie, &sure);
        site.work();
        let done = site.get(&import, &cookie);
        assert_eq!(
            done.texts("main [download]"),
            ["Download the row that was left out", "the file as it came"]
        );
        assert!(done.body.contains("1 user was left out and stayed as before."), "{}", done.body);
        let left_out = site.get(&format!("{import}/report?format=csv"), &cookie);
        assert_eq!(left_out.headers["content-disposition"], "attachment; filename=\"acme-left-out.csv\"");
        assert_eq!(left_out.body, report.body);
        let workbook = site.get(&format!("{import}/report"), &cookie);
        assert_eq!(workbook.headers["content-disposition"], "attachment; filename=\"acme-left-out.xlsx\"");
        assert!(workbook.body.starts_with("PK"));

        app.store.forget_old_files(app.clock.now().plus(40 * 24 * 60 * 60 * 1_000)).expect("forgotten");
        assert_eq!(site.get(&import, &cookie).text("main [download]"), "", "the file is not kept any more");
        let file = site.get(&format!("{import}/file"), &cookie);
        assert_eq!(file.status, StatusCode::BAD_REQUEST);
        let gone = site.get(&format!("{import}/report"), &cookie);
        assert_eq!(gone.status, StatusCode::BAD_REQUEST);
        assert!(gone.body.contains("not kept any more"), "{}", gone.body);
    });
}

#[test]
fn the_template_for_new_users_is_in_the_menu() {
    on_sqlite(|app| {
        let site = Site::new(app);
        let cookie = site.cookie(&site.acme, Role::Editor);
        assert_eq!(
            site.get("/o/acme/users", &cookie).text(".menu a[href$=template]"),
            "Download new user template"
        );
        let file = site.get("/o/acme/template", &cookie);
        assert_eq!(file.headers["content-disposition"], "attachment; filename=\"acme-new-users.xlsx\"");
        let csv = site.get("/o/acme/template?format=csv", &cookie).body;
        assert_eq!(csv.lines().count(), 2, "{csv}");
    });
}

#[test]
fn rows_without_an_id_are_asked_about_left_out_taken_in_and_created() {
    on_both(|app| {
        let site = Site::new(app);
        let cookie = site.cookie(&site.acme, Role::Editor);
        let file = site.csv();
        let keys = file.lines().nth(1).expect("the keys");
        let row = |first: &str| {
            let value = |key: &str| match key {
                "first_name" => first.to_owned(),
                "last_name" => "Wray".to_owned(),
                "email" => format!("{first}@acme.example").to_lowercase(),
                _ => String::new(),
            };
            keys.split(',').map(|key| value(key.trim_matches('"'))).collect::<Vec<_>>().join(",")
        };
        let file = format!("{}\r\n{}\r\n{}\r\n", file.trim_end(), row("Gil"), row("Hope"));
        let import = format!("/o/acme/imports/{}", site.import(&file));
        let fixes = format!("{import}/fixes");
        let fix = |form: &str| {
            site.post(&fixes, &cookie, form);
            let of = |page: &str| site.get(&format!("{import}/{page}"), &cookie);
            (of("new-users"), of("left-out"))
        };

        let review = site.open(&import, &cookie);
        assert_eq!(review.text(".tabs [aria-current]"), "New users 2");
        let asked = "2 rows have no User ID: create 2 users, or leave them out?";
        assert_eq!(review.text("#without-id"), asked, "{}", review.body);
        assert_eq!(review.text("#without-id-part form"), "Create 2 users Leave them out");
        assert!(review.text(".tabs a").starts_with("Problems 0"), "a question, and no problem");
        let (_, out) = fix("without_id.all=leave_out");
        assert_eq!(out.text("#left-out"), "2 users are left out");
        assert!(out.text("#left-out-part tbody tr").contains("Gil Wray"), "{}", out.text("#left-out-part"));
        fix(&first_button(&out, "#left-out-part"));
        let again = site.post(&fixes, &cookie, &first_button(&out, "#left-out-part tr + tr"));
        assert_eq!(
            site.open(again.location(), &cookie).text(".banner"),
            "! Saved, but 1 problem is still there."
        );
        let (left, _) = fix("nothing=1");
        assert_eq!(left.text("#without-id"), asked);

        let (created, _) = fix("without_id.all=create");
        assert_eq!(created.text("#without-id"), "");
        assert_eq!(created.text(".bar b"), "2 of 2 users ready");
        assert_eq!(created.text("#new-users th[scope=rowgroup]"), "Hope Wray New user");
        assert_eq!(created.text("#finish .primary"), "Create 2 users");
        site.post(&format!("{import}/complete"), &cookie, &format!("plan={}", value(&created, "plan")));
        site.work();
        let done = site.get(&import, &cookie);
        assert_eq!(done.text("h1"), "2 users were created");
        assert!(
            done.text("#undo-hint").starts_with("Withdraws 2 new users: "),
            "{}",
            done.text("#undo-hint")
        );
        assert!(site.get("/o/acme/users", &cookie).body.contains("Gil Wray"));
        let undo = site.post(&format!("{import}/undo"), &cookie, "").location().to_owned();
        site.work();
        let undone = site.get(&undo, &cookie);
        assert_eq!(undone.text("h1"), "Undone: 2 users are as before");
        assert!(undone.text("#undo-hint").starts_with("Makes 2 users as they were before this undo."));
        assert!(!site.get("/o/acme/users", &cookie).body.contains("Gil Wray"));
    });
}

/// What the first button of a part sends.
fn first_button(reply: &Reply, part: &str) -> String {
    let selector = Selector::parse(&format!("{part} button")).expect("a selector");
    let html = reply.html();
    let button = html.select(&selector).next().expect("a button");
    format!("{}={}", button.attr("name").expect("a name"), button.attr("value").expect("a value"))
}

#[test]
fn rows_left_out_beyond_those_listed_are_in_the_report() {
    on_sqlite(|app| {
        let site = Site::new(app);
        let cookie = site.cookie(&site.acme, Role::Editor);
        let file = site.csv();
        let keys: Vec<&str> = file.lines().nth(1).expect("the keys").split(',').collect();
        let row = |number: usize| {
            let value =
                |key: &&str| if *key == "first_name" { format!("New{number}") } else { String::new() };
            keys.iter().map(value).collect::<Vec<_>>().join(",") + "\r\n"
        };
        let file = format!("{}\r\n{}", file.trim_end(), (0..53).map(row).collect::<String>());
        let import = format!("/o/acme/imports/{}", site.import(&file));
        site.post(&format!("{import}/fixes"), &cookie, "without_id.all=leave_out");
        let review = site.get(&format!("{import}/left-out"), &cookie);
        assert_eq!(review.text("#left-out"), "53 users are left out");
        assert!(review.text("#left-out-part").contains("13 more are not listed here."), "{}", review.body);
        let link = Selector::parse("#left-out-part a[download]").expect("a selector");
        let link = review.html().select(&link).next().and_then(|link| link.attr("href").map(str::to_owned));
        let report = site.get(&format!("{}?format=csv", link.expect("a link")), &cookie);
        assert!((0..53).all(|number| report.body.contains(&format!("New{number},"))), "{}", report.body);
    });
}

#[test]
fn what_is_clean_completes_by_itself() {
    on_sqlite(|app| {
        let site = Site::new(app);
        let cookie = site.cookie(&site.acme, Role::Editor);
        let sent = upload(&site, &cookie, &site.csv().replace("Lovelace", "King"), true);
        site.work();
        let done = site.get(sent.location(), &cookie);
        assert_eq!(done.text("h1"), "1 user was successfully edited");
    });
}

#[test]
fn no_file_is_said_beside_the_input() {
    on_sqlite(|app| {
        let site = Site::new(app);
        let cookie = site.cookie(&site.acme, Role::Editor);
        let body = "--border\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\"\r\n\r\n\r\n--border--\r\n";
        let request = Request::post("/o/acme/imports")
            .header(header::COOKIE, &cookie)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=border");
        let reply = site.ask(request.body(Body::from(body)).expect("a request"));
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(reply.text("#file-problem"), "Error: Select a file to import.");
    });
}

#[test]
fn an_edit_by_hand_is_saved_or_says_why_not() {
    on_sqlite(|app| {
        let site = Site::new(app);
        let cookie = site.cookie(&site.acme, Role::Editor);
        let address = format!("/o/acme/users/{}", site.user(&site.acme, 0));
        let seen = value(&site.get(&address, &cookie), "seen");
        let wrong = site.post(
            &address,
            &cookie,
            &format!("seen={seen}&field.last_name=&field.email=ann%40acme.example"),
        );
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.text("#field-email-problem").contains("already in use"), "{}", wrong.body);
        assert!(!wrong.text("#field-last_name-problem").is_empty());
        assert_eq!(value(&wrong, "field.email"), "ann@acme.example", "what was typed stays");
        let saved = site.post(&address, &cookie, &format!("seen={seen}&field.last_name=King"));
        assert_eq!(site.get(saved.location(), &cookie).text(".banner.good"), "✓ Saved.");
        let late = site.post(&address, &cookie, &format!("seen={seen}&field.last_name=Byron"));
        assert!(late.text("#field-last_name-problem").contains("Last name is now “King”"), "{}", late.body);
    });
}

#[test]
fn a_conflict_waits_for_a_choice() {
    on_sqlite(|app| {
        let site = Site::new(app);
        let cookie = site.cookie(&site.acme, Role::Editor);
        let file = site.csv();
        let user = site.user(&site.acme, 0);
        let address = format!("/o/acme/users/{user}");
        let seen = value(&site.get(&address, &cookie), "seen");
        site.post(&address, &cookie, &format!("seen={seen}&field.last_name=Byron"));
        let import = format!("/o/acme/imports/{}", site.import(&file.replace("Lovelace", "King")));
        let review = site.open(&import, &cookie);
        assert_eq!(review.text(".tabs [aria-current]"), "Conflicts 1");
        let options = review.text(".conflict");
        assert!(
            options.contains("Your file King") && options.contains("When you downloaded Lovelace"),
            "{options}"
        );
        assert!(options.contains("Byron"), "{options}");
        let chosen = site.post(&format!("{import}/fixes"), &cookie, "choose.all=file");
        assert_eq!(site.open(chosen.location(), &cookie).text("#finish .primary"), "Update 1 user");
    });
}

/// A file of acme in which these users have what is said in a column; more users are made first, so that there are so many.
fn file_of_many(site: &Site, users: usize, column: &str, value: impl Fn(usize) -> String) -> String {
    let csv = site.csv();
    let keys: Vec<&str> = csv.lines().nth(1).expect("the keys").split(',').collect();
    let row = |number: usize| {
        let value = |key: &&str| match key.trim_matches('"') {
            "first_name" => "Many".to_owned(),
            "last_name" => format!("More{number:03}"),
            "username" => format!("many{number}"),
            _ => String::new(),
        };
        keys.iter().map(value).collect::<Vec<_>>().join(",") + "\r\n"
    };
    let all = format!("{}\r\n{}", csv.trim_end(), (0..users).map(row).collect::<String>());
    let id = site.import(&all);
    let fixes = [(import::Target::RowsWithoutId, ::store::FixKind::Create)];
    import::fix(&site.app, site.acme.id, id, &fixes, "test").expect("the store");
    import::complete(&site.app, site.acme.id, id, None, false).expect("the store");
    site.work();
    let csv = site.csv();
    let place = keys.iter().position(|key| key.trim_matches('"') == column).expect("a column");
    let mut number = 0;
    let edited = csv.lines().map(|line| {
        if !line.contains(",Many,") {
            return line.to_owned();
        }
        let mut cells: Vec<String> = line.split(',').map(str::to_owned).collect();
        cells[place] = value(number);
        number += 1;
        cells.join(",")
    });
    edited.collect::<Vec<_>>().join("\r\n")
}

#[test]
fn a_blast_is_stopped_until_it_is_ticked() {
    on_both(|app| {
        let site = Site::new(app);
        let cookie = site.cookie(&site.acme, Role::Editor);
        let file = file_of_many(&site, 25, "status", |number| {
            if number < 22 { "Inactive".to_owned() } else { "Active".to_owned() }
        });
        let import = format!("/o/acme/imports/{}", site.import(&file));
        let review = site.open(&import, &cookie);
        assert_eq!(review.text(".tabs [aria-current]"), "What will change 22");
        assert_eq!(review.text(".blast label"), "Yes, make 22 users inactive.");
        assert_eq!(review.all(".blast input[type=checkbox]", "form"), ["finish-form"]);
        assert!(review.text(".bar").contains("one tick is missing"), "{}", review.text(".bar"));
        assert_eq!(review.text("#finish .primary"), "Update 22 users", "it can be pressed");
        let plan = value(&review, "plan");
        let complete = |form: &str| {
            site.post(&format!("{import}/complete"), &cookie, &format!("plan={plan}{form}"))
                .location()
                .to_owned()
        };
        for form in ["", "&agreed=email", "&leave_out=1&sure=1"] {
            assert!(complete(form).contains("/changes?said=ticks&a=1"), "{form}");
        }
        let asked = site.open(&complete(""), &cookie);
        assert!(asked.text(".banner").contains("One change hits many users"), "{}", asked.text(".banner"));
        assert_eq!(
            asked.text(".stack tbody tr"),
            "Status 22 Active → Inactive can’t sign in Keep as they are"
        );
        assert_eq!(complete("&agreed=inactive"), import);
        site.work();
        assert_eq!(site.get(&import, &cookie).text("h1"), "22 users were successfully edited");
    });
}

#[test]
fn what_is_hard_on_many_is_kept_as_it_is_by_one_click() {
    on_sqlite(|app| {
        let site = Site::new(app);
        let cookie = site.cookie(&site.acme, Role::Editor);
        let file = file_of_many(&site, 25, "status", |_| "Inactive".to_owned()).replace("Lovelace", "King");
        let import = format!("/o/acme/imports/{}", site.import(&file));
        let review = site.open(&import, &cookie);
        let keep = first_button(&review, ".blast form");
        let kept = site.post(&format!("{import}/fixes"), &cookie, &format!("back=changes&{keep}"));
        let kept = site.open(kept.location(), &cookie);
        assert_eq!(kept.text(".banner"), "✓ 25 values stay as they are now.");
        assert_eq!(
            (kept.text(".blast"), kept.text("#finish .primary")),
            (String::new(), "Update 1 user".to_owned())
        );
        assert_eq!(kept.text("#steps-part"), "Undo: 25 values kept as they are");
        let undone = site.post(&format!("{import}/fixes"), &cookie, "back=changes&turn=undo");
        assert_eq!(site.open(undone.location(), &cookie).text("#finish .primary"), "Update 26 users");
    });
}

#[test]
fn a_kind_of_problems_is_put_right_as_one_step() {
    on_both(|app| {
        let site = Site::new(app);
        let cookie = site.cookie(&site.acme, Role::Editor);
        let file = file_of_many(&site, 40, "phone", |number| format!("07700 9001{number:02}"));
        let import = format!("/o/acme/imports/{}", site.import(&file));
        let review = site.open(&import, &cookie);
        assert_eq!(review.texts("nav.kinds a"), ["All problems 40", "Phone 40 not a whole phone number"]);
        assert_eq!(review.text("h2"), "Phone: 40 cells, not a whole phone number");
        assert_eq!(review.texts(".values .hint")[0], "country code added");
        assert_eq!(
            review.all(".values input[type=text], .values input:not([type])", "value")[0],
            "+447700900100"
        );
        let further = review.all("nav.row a[rel=next]", "href");
        assert!(further[0].ends_with("texts=1"), "{further:?}");
        assert_eq!(site.get(&further[0], &cookie).text("nav.row .hint"), "13 to 24 of 40 texts");
        let offered = first_button(&review, "#values");
        assert_eq!(review.text("#values .primary"), "Use these 40 answers");
        let fixed = site.post(&format!("{import}/fixes"), &cookie, &format!("back=problems&{offered}"));
        let fixed = site.open(fixed.location(), &cookie);
        assert_eq!(fixed.text(".banner"), "✓ 40 corrections saved.");
        assert_eq!(fixed.text("#finish .primary"), "Update 40 users");
        assert_eq!(fixed.text("#no-problems a"), "What will change");
    });
}

#[test]
fn an_option_is_added_by_owners_alone() {
    on_sqlite(|app| {
        let site = Site::new(app);
        let (owner, editor) = (site.cookie(&site.acme, Role::Owner), site.cookie(&site.acme, Role::Editor));
        let file = file_of_many(&site, 3, "department", |_| "Human Resources".to_owned());
        let import = format!("/o/acme/imports/{}", site.import(&file));
        let review = site.open(&import, &owner);
        let added = "add “Human Resources” to the options";
        assert!(review.texts(".values option").contains(&added.to_owned()), "{}", review.text(".values"));
        assert!(!site.open(&import, &editor).texts(".values option").contains(&added.to_owned()));
        let field = value(&review, "field");
        let form = format!(
            "back=problems&kind=not_a_choice%3Adepartment&field={field}&of.0=1&text.0=Human%20Resources&pick.0=add&use=each"
        );
        let refused = site.post(&format!("{import}/fixes"), &editor, &form);
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        let sent = site.post(&format!("{import}/fixes"), &owner, &form);
        let fixed = site.open(sent.location(), &owner);
        assert_eq!(fixed.text(".banner"), "✓ The option was added: 3 cells are right now.");
        assert_eq!(fixed.text("#finish .primary"), "Update 3 users");
    });
}

#[test]
fn a_note_is_read_in_the_history_and_cancelling_asks() {
    on_sqlite(|app| {
        let site = Site::new(app);
        let cookie = site.cookie(&site.acme, Role::Editor);
        let import = format!("/o/acme/imports/{}", site.import(&site.csv().replace("Lovelace", "King")));
        let noted = site.post(&format!("{import}/note"), &cookie, "note=+agreed+with+the+%3Cboard%3E+");
        assert_eq!(site.open(noted.location(), &cookie).text("#note"), "Note: agreed with the <board>");
        assert!(site.get("/o/acme/imports", &cookie).text("tbody").contains("agreed with the <board>"));
        let asked = site.get(&format!("{import}/cancel"), &cookie);
        assert_eq!(asked.text("main form"), "Keep the import Cancel the import");
        assert_eq!(site.open(&import, &cookie).text(".tabs [aria-current]"), "What will change 1");
        site.post(&format!("{import}/cancel"), &cookie, "");
        assert_eq!(site.get(&import, &cookie).text("h1"), "The import was cancelled");
        let failed = site.import("nothing of ours");
        let reason = site.get(&format!("/o/acme/imports/{failed}"), &cookie).text(".banner.bad p");
        assert!(
            site.get("/o/acme/imports", &cookie).text("tbody").contains(&reason),
            "the reason in its row"
        );
    });
}
