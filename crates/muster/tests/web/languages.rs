//! In which language pages speak, who chooses it, and that all that a page says is of the sentences; what owners say of their
//! organisation; and that a workbook in one language is read by whoever speaks another.

use std::sync::Arc;

use ::import;
use ::store::Role;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use directory::{Field, FieldNumber, Kind};
use muster::app::{App, Settings};
use scraper::{ElementRef, Node};
use sentences::{Language, speaking};

use super::site::{Reply, Site};
use crate::ground::{NOW, on_both, on_sqlite};

/// Asks for a page as a browser that wants these languages does.
fn get_in(site: &Site, address: &str, cookie: &str, accepts: &str) -> Reply {
    let request =
        Request::get(address).header(header::COOKIE, cookie).header(header::ACCEPT_LANGUAGE, accepts);
    site.ask(request.body(Body::empty()).expect("a request"))
}

/// `lang` and `dir` of a page, and its heading.
fn spoken_by(reply: &Reply) -> (String, String, String) {
    let html = reply.html();
    let of = |name: &str| html.root_element().attr(name).unwrap_or_default().to_owned();
    (of("lang"), of("dir"), reply.text("h1"))
}

#[test]
fn a_page_speaks_as_the_person_chose_or_else_the_organisation_or_else_the_browser() {
    on_both(|app| {
        let site = Site::new(app);
        let cookie = site.cookie(&site.acme, Role::Owner);
        let heard = |accepts: &str| spoken_by(&get_in(&site, "/o/acme/users", &cookie, accepts)).2;
        assert_eq!((heard("fr"), heard("de-AT, en;q=0.5")), ("Users".to_owned(), "Benutzer".to_owned()));
        let settings = |language: &str| {
            let form = format!("name=Acme+Ltd&language={language}&date_order=dmy&region=GB&keep_days=30");
            assert_eq!(site.post("/o/acme/settings", &cookie, &form).status, StatusCode::SEE_OTHER);
        };
        settings("de");
        assert_eq!((heard("en"), heard("de")), ("Benutzer".to_owned(), "Benutzer".to_owned()));
        let person = |language: &str| {
            let form = format!("language={language}");
            assert_eq!(site.post("/o/acme/me/language", &cookie, &form).status, StatusCode::SEE_OTHER);
        };
        person("en-GB");
        assert_eq!((heard("de"), heard("en")), ("Users".to_owned(), "Users".to_owned()));
        // Nobody else's pages follow.
        let editor = site.cookie(&site.acme, Role::Editor);
        let page = get_in(&site, "/o/acme/users", &editor, "en");
        assert_eq!(spoken_by(&page), ("de".to_owned(), "ltr".to_owned(), "Benutzer".to_owned()));
        let other = site.cookie(&site.globex, Role::Owner);
        assert_eq!(spoken_by(&get_in(&site, "/o/globex/users", &other, "en")).2, "Users");
        // A language that there is not is none, and the disguise is for demos.
        for none in ["", "fr", "ar-XB"] {
            person(none);
            assert_eq!(heard("en"), "Benutzer", "{none}");
        }
        settings("");
        assert_eq!(heard("en"), "Users");
    });
}

#[test]
fn whoever_is_not_signed_in_chooses_by_a_button_and_the_browser_keeps_it() {
    on_sqlite(|app| {
        let site = Site::new(app);
        let german = get_in(&site, "/sign-in", "", "de");
        assert_eq!(spoken_by(&german), ("de".to_owned(), "ltr".to_owned(), "Anmelden".to_owned()));
        assert_eq!(german.cookie("muster-language"), None, "what the browser says itself is not kept");
        let chosen = site.post("/language", "", "language=de");
        assert_eq!((chosen.status, chosen.location()), (StatusCode::SEE_OTHER, "/"));
        let kept = chosen.cookie("muster-language").expect("kept");
        assert_eq!(kept, "muster-language=de");
        assert_eq!(spoken_by(&get_in(&site, "/help", &kept, "en")).0, "de");
        assert_eq!(get_in(&site, "/nowhere", &kept, "en").text("h1"), "Seite nicht gefunden");
        // Of who is signed in, their pages follow.
        let person = site.cookie(&site.acme, Role::Viewer);
        site.post("/language", &person, "language=de");
        assert_eq!(spoken_by(&get_in(&site, "/o/acme/users", &person, "en")).0, "de");
        // Whoever had pages in a language finds those before signing in in it.
        let page = get_in(&site, "/o/acme/users", &person, "en");
        assert_eq!(page.cookie("muster-language").as_deref(), Some("muster-language=de"));
    });
}

#[test]
fn dates_numbers_and_errors_are_said_in_german() {
    on_sqlite(|app| {
        let site = Site::new(app);
        let csv = site.csv();
        let id = site.import(&csv.replace("Active", "Gone").replace("Lovelace", ""));
        let cookie = site.cookie(&site.acme, Role::Editor);
        let review = get_in(&site, &format!("/o/acme/imports/{id}/problems"), &cookie, "de");
        assert_eq!(review.text("h1"), "Prüfung: users.csv");
        for words in ["weder aktiv noch inaktiv", "Nachname", " 2026 um "] {
            assert!(review.body.contains(words), "{words}");
        }
        let english = get_in(&site, &format!("/o/acme/imports/{id}/problems"), &cookie, "en").body;
        for words in ["neither active nor inactive", "Last name"] {
            assert!(english.contains(words), "{words}");
        }
    });
}

#[test]
fn values_are_shown_as_the_language_writes_them_and_typed_as_they_are_kept() {
    on_sqlite(|app| {
        let site = Site::new(app);
        let rating = Field::new(FieldNumber(0), "rating", "Rating", Kind::Number);
        app.store.save_field(site.acme.id, &rating, "test", NOW).expect("the store").expect("saved");
        let edited = |csv: &str, values: [&str; 2]| {
            let mut lines: Vec<Vec<String>> =
                csv.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect();
            for (key, value) in ["start_date", "rating"].iter().zip(values) {
                let column = lines[1].iter().position(|of| of == key).expect("a column");
                lines[2][column] = value.to_owned();
            }
            lines.iter().map(|line| line.join(",")).collect::<Vec<_>>().join("\r\n")
        };
        let cookie = site.cookie(&site.acme, Role::Editor);
        let first = site.import(&edited(&site.csv(), ["2026-12-24", "-1234.5"]));
        site.post(&format!("/o/acme/imports/{first}/complete"), &cookie, "plan=1");
        site.work();
        let csv = site.csv();
        let id = csv.lines().nth(2).and_then(|line| line.split(',').next()).expect("a user").to_owned();
        let second = site.import(&edited(&csv, ["2027-02-01", "1000000"]));
        site.post("/o/acme/columns", &cookie, "column=start_date&column=rating");
        let pages = [
            format!("/o/acme/imports/{second}/changes"),
            format!("/o/acme/users/{id}"),
            "/o/acme/users?start_date=2026-12-24..2027-01-31".to_owned(),
        ];
        for (accepts, day, number) in
            [("en", "24 December 2026", "-1,234.5"), ("de", "24.12.2026", "-1.234,5")]
        {
            for page in &pages {
                let reply = get_in(&site, page, &cookie, accepts);
                assert!(reply.text("main").contains(day), "{page}: {}", reply.text("main"));
                let has_number = reply.text("main").contains(number);
                assert!(has_number || page.contains(".."), "{page}: {}", reply.text("main"));
            }
            let user = get_in(&site, &pages[1], &cookie, accepts);
            let typed = |name: &str| user.all(&format!("#details ~ form [name='{name}']"), "value");
            assert_eq!(typed("field.start_date"), ["2026-12-24"]);
            assert_eq!(typed("field.rating"), ["-1234.5"]);
        }
        let becomes = |accepts: &str| get_in(&site, &pages[0], &cookie, accepts).text("main");
        assert!(becomes("en").contains("1 February 2027") && becomes("en").contains("1,000,000"));
        assert!(becomes("de").contains("01.02.2027") && becomes("de").contains("1.000.000"));
        // What is put back is what may be typed, whoever reads the page.
        site.post(&format!("/o/acme/imports/{second}/complete"), &cookie, "plan=1");
        site.work();
        let user = get_in(&site, &pages[1], &cookie, "de");
        assert!(user.text("#history ~ ol").contains("01.02.2027"));
        assert!(user.all("#history ~ ol [name='field.rating']", "value").contains(&"-1234.5".to_owned()));
        assert!(
            user.all("#history ~ ol [name='field.start_date']", "value").contains(&"2026-12-24".to_owned())
        );
    });
}

#[test]
fn a_title_that_is_left_as_it_is_said_is_no_title_of_its_own() {
    on_sqlite(|app| {
        let site = Site::new(app);
        let cookie = site.cookie(&site.acme, Role::Owner);
        let german = format!("{cookie}; muster-language=de");
        site.post("/o/acme/me/language", &cookie, "language=de");
        let page = site.get("/o/acme/fields/job_title", &german);
        assert_eq!(page.all("#title", "value"), ["Position"]);
        let kept = |title: &str| {
            let form = format!("act=save&title={title}&pattern=");
            site.post("/o/acme/fields/job_title", &german, &form);
            let fields = app.store.fields(site.acme.id).expect("fields");
            let field = fields.by_key("job_title").expect("built in");
            field.title.clone()
        };
        assert_eq!(kept("Position"), "Job title");
        assert_eq!(kept("Rolle"), "Rolle");
        assert_eq!(kept("Rolle"), "Rolle");
        // Of an own title each is one: also the word that was said before.
        assert_eq!(kept("Position"), "Position");
    });
}

#[test]
fn owners_say_what_holds_and_what_is_wrong_is_told_beside_its_field() {
    on_both(|app| {
        let site = Site::new(app);
        let cookie = site.cookie(&site.acme, Role::Owner);
        let page = site.get("/o/acme/settings", &cookie);
        assert_eq!(page.texts("h1"), ["Settings"]);
        assert_eq!(page.all("#name", "value"), ["Acme Ltd"]);
        assert_eq!(page.texts("#quotas ~ ul li").len(), 5);
        let wrong = site.post(
            "/o/acme/settings",
            &cookie,
            "name=+&language=&date_order=mdy&region=XX&keep_days=many",
        );
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(wrong.texts(".field.wrong").len(), 3);
        assert_eq!(wrong.all("#region", "value"), ["XX"], "what was typed is still there");
        let same = app.store.account("acme").expect("the store").expect("the account");
        assert_eq!(same.settings(), site.acme.settings(), "nothing was changed");
        let form = "name=Acme+GmbH&language=&date_order=ymd&region=de&keep_days=60";
        let saved = site.post("/o/acme/settings", &cookie, form);
        assert!(site.open(saved.location(), &cookie).text(".banner").contains("The settings were saved"));
        let account = app.store.account("acme").expect("the store").expect("the account");
        let settings = account.settings();
        assert_eq!(
            (settings.name.as_str(), settings.region.as_str(), settings.keep_days),
            ("Acme GmbH", "DE", 60)
        );
        assert_eq!(account.reading.date_order.word(), "ymd");
    });
}

#[test]
fn a_workbook_in_german_is_read_by_its_keys_and_its_words() {
    on_sqlite(|app| {
        let site = Site::new(app);
        let csv = speaking(Language::German, || site.csv());
        let titles: Vec<&str> = csv.lines().next().unwrap_or_default().split(',').collect();
        assert!(titles.iter().any(|title| title.contains("Vorname")), "{titles:?}");
        assert_eq!(
            csv.lines().skip(1).collect::<Vec<_>>(),
            site.csv().lines().skip(1).collect::<Vec<_>>(),
            "values are English"
        );
        let counts = |text: &str| {
            let id = site.import(text);
            app.store.import(site.acme.id, id).expect("the store").expect("an import").counts
        };
        let unedited = counts(&csv);
        assert_eq!((unedited.cells_to_edit, unedited.errors, unedited.warnings), (0, 0, 0));
        let words = counts(&csv.replace("Active", "Inaktiv"));
        assert_eq!((words.users_to_edit, words.errors, words.warnings), (3, 0, 0));
        // What a rule says is said to each in their language.
        let id = rule(&site);
        let cookie = site.cookie(&site.acme, Role::Editor);
        let heard = |accepts: &str| get_in(&site, "/o/acme/imports", &cookie, accepts).body;
        assert!(heard("en").contains("Department is cleared"), "{id}");
        assert!(heard("de").contains("Abteilung wird geleert"), "{id}");
    });
}

/// Begins a change by a rule, as a person who speaks German does.
fn rule(site: &Site) -> ::store::ImportId {
    let lines = vec![("department".to_owned(), directory::RuleStep::Clear)];
    let new = import::NewChange {
        lines,
        users: ::store::RuleUsers::All,
        actor: "editor@acme.example".to_owned(),
        complete: ::store::Complete::Never,
        keep: true,
        leave_out_errors: false,
    };
    let begun =
        speaking(Language::German, || import::change(&site.app, site.acme.id, new)).expect("the store");
    let import::Begun::Started(id) = begun else { panic!("a change begins") };
    site.work();
    id
}

/// Words that a page has of its data, of names, or of units.
const OF_DATA: &[&str] = &[
    "Muster", "Acme", "Ltd", "Globex", "Ada", "Lovelace", "King", "Grace", "Hopper", "Ann", "Droid", "ada",
    "grace", "ann", "acme", "example", "owner", "editor", "viewer", "UTC", "MB", "users", "csv", "created",
    "test", "English", "Deutsch", "AL", "OW", "ED", "U", "MiB", "min", "s",
];

/// What of a text is not in disguise and no data.
fn undisguised(text: &str) -> Vec<String> {
    let mut rest = String::new();
    let mut inside = false;
    for letter in text.chars() {
        match letter {
            '\u{202e}' => inside = true,
            '\u{202c}' => inside = false,
            letter if !inside => rest.push(letter),
            _ => {}
        }
    }
    // A User ID is none, and its letters are no words.
    let texts = rest.split_whitespace().filter(|text| !text.trim_matches('(').starts_with("U-"));
    let words = texts.flat_map(|text| text.split(|letter: char| !letter.is_alphabetic()));
    let words = words.filter(|word| word.chars().count() > 1);
    words.filter(|word| !OF_DATA.contains(word)).map(str::to_owned).collect()
}

/// Whether what stands here is data, and says so: in a direction or a language of its own, or a moment.
fn is_of_data(element: &ElementRef<'_>) -> bool {
    let around = element.ancestors().filter_map(ElementRef::wrap).chain(std::iter::once(*element));
    around.into_iter().any(|around| {
        let name = around.value().name();
        ["bdi", "code", "time", "del", "ins", "script", "noscript", "datalist"].contains(&name)
            || name != "html" && (around.attr("dir").is_some() || around.attr("lang").is_some())
    })
}

#[test]
fn all_that_a_page_says_is_of_the_sentences() {
    on_sqlite(|app| {
        let mut app: App = app.clone();
        app.settings = Arc::new(Settings { disguise: true, ..(*app.settings).clone() });
        let site = Site::new(&app);
        let cookie = format!("{}; muster-language=ar-XB", site.cookie(&site.acme, Role::Owner));
        let csv = site.csv();
        let review =
            site.import(&csv.replace("Lovelace", "").replace("grace@acme.example", "ann@acme.example"));
        let failed = site.import("");
        let mut pages: Vec<String> = [
            "users",
            "users?search=nobody-at-all",
            "users?search=ada",
            "download",
            "import",
            "imports",
            "me",
            "me/language",
            "me/sessions",
            "me/factor",
            "settings",
            "administrators",
            "me/account",
            "tokens",
            "fields",
            "fields/department",
            "fields/job_title",
            "selections",
            "nowhere",
        ]
        .map(|page| format!("/o/acme/{page}"))
        .into();
        pages.extend(
            [
                "",
                "/problems",
                "/changes",
                "/conflicts",
                "/new-users",
                "/worth-knowing",
                "/left-out",
                "/complete",
                "/cancel",
            ]
            .map(|part| format!("/o/acme/imports/{review}{part}")),
        );
        pages.extend([
            format!("/o/acme/imports/{failed}"),
            format!("/o/acme/users/{}", site.user(&site.acme, 0)),
        ]);
        pages.extend(["/help", "/sign-in", "/?choose=1"].map(str::to_owned));
        let mut outside = Vec::new();
        for address in pages {
            let reply = site.open(&address, &cookie);
            let (lang, dir, _) = spoken_by(&reply);
            assert_eq!((lang.as_str(), dir.as_str()), ("ar-XB", "rtl"), "{address}");
            outside.extend(
                said_by(&reply)
                    .into_iter()
                    .flat_map(|text| undisguised(&text))
                    .map(|word| format!("{address}: {word}")),
            );
        }
        assert!(outside.is_empty(), "{} words:\n{}", outside.len(), outside.join("\n"));
    });
}

/// What a page says, to those who look and those who listen.
fn said_by(reply: &Reply) -> Vec<String> {
    let html = reply.html();
    let mut said = Vec::new();
    for element in html.root_element().descendants().filter_map(ElementRef::wrap) {
        if is_of_data(&element) {
            continue;
        }
        let texts = element.children().filter_map(|child| match child.value() {
            Node::Text(text) => Some(text.to_string()),
            _ => None,
        });
        said.extend(texts);
        let read =
            ["aria-label", "title", "alt", "placeholder"].into_iter().filter_map(|name| element.attr(name));
        said.extend(read.map(str::to_owned));
    }
    said
}
