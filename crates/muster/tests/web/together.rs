//! Several in one review, and one after the other: what others put right is told, a value that was changed meanwhile is asked about, what
//! was cancelled comes back; one problem at a time; columns of one's own.

use ::store::{ImportId, Role};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use muster::access::create_token;

use super::site::{Reply, Site};
use crate::ground::{on_both, on_sqlite};

/// A file in which two phones are wrong, in review.
fn review(site: &Site) -> ImportId {
    let text = site.csv();
    let mut lines: Vec<Vec<String>> =
        text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect();
    let phone = lines[1].iter().position(|key| key == "phone").expect("a column");
    for (line, value) in lines.iter_mut().skip(2).zip(["no phone", "no phone either"]) {
        line[phone] = value.to_owned();
    }
    site.import(&lines.iter().map(|line| line.join(",") + "\r\n").collect::<String>())
}

/// The name of the first red cell, from the table.
fn first_cell(reply: &Reply) -> String {
    let body = &reply.body;
    let at = body.find("data-target=\"").expect("a cell") + "data-target=\"".len();
    body[at..].split('"').next().unwrap_or_default().to_owned()
}

fn since(site: &Site, address: &str, cookie: &str, tag: Option<&str>) -> Reply {
    let mut request = Request::get(address).header(header::COOKIE, cookie);
    if let Some(tag) = tag {
        request = request.header(header::IF_NONE_MATCH, tag);
    }
    site.ask(request.body(Body::empty()).expect("a request"))
}

#[test]
fn two_in_one_review_see_each_other_and_are_asked() {
    on_both(|app| {
        let site = Site::new(app);
        let here = format!("/o/acme/imports/{}", review(&site));
        let [owner, editor] = [Role::Owner, Role::Editor].map(|role| site.cookie(&site.acme, role));
        let page = site.open(&format!("{here}/problems"), &owner);
        let cell = first_cell(&page);
        let plan = page.html();
        let told = since(&site, &format!("{here}/since?plan=1"), &owner, None);
        assert_eq!(told.status, StatusCode::OK);
        assert!(told.body.contains("\"cells\":[]"), "{}", told.body);
        let tag = told.headers.get(header::ETAG).and_then(|tag| tag.to_str().ok()).expect("a tag").to_owned();
        let again = since(&site, &format!("{here}/since?plan=1"), &owner, Some(&tag));
        assert_eq!((again.status, again.body.as_str()), (StatusCode::NOT_MODIFIED, ""));
        drop(plan);
        let form = format!("value.{cell}=%2B442079460001&was.{cell}=no+phone&back=problems");
        let saved = site.post(&format!("{here}/fixes"), &editor, &form);
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
        let told = since(&site, &format!("{here}/since?plan=1"), &owner, Some(&tag));
        assert_eq!(told.status, StatusCode::OK);
        assert!(
            told.body.contains("\"by\":\"editor@acme.example\",\"own\":false"),
            "who did it: {}",
            told.body
        );
        let form = format!("value.{cell}=%2B442079460002&was.{cell}=no+phone&back=problems");
        let asked = site.post(&format!("{here}/fixes"), &owner, &form);
        assert_eq!(asked.status, StatusCode::CONFLICT);
        let text = asked.text("main");
        for words in
            ["Which value is meant?", "editor@acme.example", "+442079460001", "+442079460002", "Ada Lovelace"]
        {
            assert!(text.contains(words), "{words}: {text}");
        }
        // The answer is a form like any other.
        let form = format!("value.{cell}=%2B442079460002&was.{cell}=%2B442079460001&back=problems");
        assert_eq!(site.post(&format!("{here}/fixes"), &owner, &form).status, StatusCode::SEE_OTHER);
        let changes = site.open(&format!("{here}/changes"), &owner).text("main");
        assert!(changes.contains("2079460002") || changes.contains("20 7946 0002"), "{changes}");
    });
}

#[test]
fn over_rest_too_and_what_was_cancelled_comes_back() {
    on_sqlite(|app| {
        let site = Site::new(app);
        let id = review(&site);
        let here = format!("/o/acme/imports/{id}");
        let editor = site.cookie(&site.acme, Role::Editor);
        let cell = first_cell(&site.open(&format!("{here}/problems"), &editor));
        let token = create_token(app, site.acme.id, "robot", Role::Editor, None).expect("a token");
        let ask = |method: &str, path: &str, body: String| {
            let request = Request::builder()
                .method(method)
                .uri(format!("/api/v1/imports/{id}{path}"))
                .header(header::AUTHORIZATION, format!("Bearer {token}"))
                .header(header::CONTENT_TYPE, "application/json");
            site.ask(request.body(Body::from(body)).expect("a request"))
        };
        let fix = |value: &str, was: &str| {
            ask(
                "PATCH",
                "/fixes",
                format!(r#"{{"fixes":[{{"cell":"{cell}","value":"{value}","was":"{was}"}}]}}"#),
            )
        };
        assert_eq!(fix("+442079460001", "no phone").status, StatusCode::OK);
        let refused = fix("+442079460002", "no phone");
        assert_eq!(refused.status, StatusCode::CONFLICT);
        for words in ["changed-meanwhile", &format!("\"cell\":\"{cell}\""), "\"now\":\"+442079460001\""] {
            assert!(refused.body.contains(words), "{words}: {}", refused.body);
        }
        assert!(ask("POST", "/take-back", String::new()).body.contains("not-taken-back"));
        let cancelled = ask("POST", "/cancel", String::new());
        assert!(cancelled.body.contains("take_back_until"), "{}", cancelled.body);
        let page = site.open(&here, &editor).text("main");
        assert!(page.contains("Cancelled by mistake?") && page.contains("are kept until"), "{page}");
        let back = ask("POST", "/take-back", String::new());
        assert!(back.body.contains("\"state\":\"review\""), "{}", back.body);
        site.post(&format!("{here}/cancel"), &editor, "");
        let back = site.post(&format!("{here}/take-back"), &editor, "");
        assert!(site.open(back.location(), &editor).text(".banner").contains("The import is back"));
        site.post(&format!("{here}/cancel"), &editor, "");
        let gone = site.post(&format!("{here}/empty"), &editor, "");
        let page = site.open(gone.location(), &editor);
        assert!(!page.text("main").contains("Cancelled by mistake?"), "{}", page.text("main"));
        assert_eq!(ask("POST", "/take-back", String::new()).status, StatusCode::CONFLICT);
    });
}

#[test]
fn one_problem_at_a_time_leads_to_the_next() {
    on_sqlite(|app| {
        let site = Site::new(app);
        let here = format!("/o/acme/imports/{}", review(&site));
        let editor = site.cookie(&site.acme, Role::Editor);
        let page = site.open(&format!("{here}/problems/one"), &editor);
        for words in ["Problem 1 of 2", "Ada Lovelace", "Your file says", "no phone", "What is wrong"] {
            assert!(page.text("main").contains(words), "{words}: {}", page.text("main"));
        }
        let hidden = |page: &Reply, name: &str| {
            let selector =
                scraper::Selector::parse(&format!("section.one input[name='{name}']")).expect("one");
            let html = page.html();
            let found = html.select(&selector).next().and_then(|input| input.value().attr("value"));
            found.unwrap_or_default().replace('&', "%26")
        };
        let cell = first_cell(&site.open(&format!("{here}/problems"), &editor));
        let form = |value: &str| {
            let [kind, at, then] = ["kind", "at", "then"].map(|name| hidden(&page, name));
            format!("back=one&kind={kind}&at={at}&then={then}&was.{cell}=no+phone&value.{cell}={value}")
        };
        let same = site.post(&format!("{here}/fixes"), &editor, &form("still+none"));
        let same = site.open(same.location(), &editor);
        assert!(same.text("section.one").contains("still none"), "{}", same.text("section.one"));
        let next = form("%2B442079460001").replace("was.", "x.");
        let next = site.post(&format!("{here}/fixes"), &editor, &next);
        let next = site.open(next.location(), &editor).text("section.one");
        assert!(next.contains("Problem 1 of 1") && next.contains("Grace Hopper"), "{next}");
        let viewer = site.open(&format!("{here}/problems/one"), &site.cookie(&site.acme, Role::Viewer));
        assert!(viewer.texts("section.one form").is_empty(), "who may look sees it without a form");
    });
}

#[test]
fn columns_and_widths_are_kept_for_each_person() {
    on_sqlite(|app| {
        let site = Site::new(app);
        let here = format!("/o/acme/imports/{}", review(&site));
        let [viewer, editor] = [Role::Viewer, Role::Editor].map(|role| site.cookie(&site.acme, role));
        let back = format!("{here}/problems").replace('/', "%2F");
        let form = format!("columns=1&column=department&width.user=321&back={back}");
        let kept = site.post("/o/acme/review-columns", &viewer, &form);
        assert_eq!(kept.location(), format!("{here}/problems"));
        let heads = |cookie: &str| site.open(&format!("{here}/problems"), cookie).texts("thead th").join(" ");
        assert!(
            heads(&viewer).contains("Department") && !heads(&viewer).contains("Job title"),
            "{}",
            heads(&viewer)
        );
        assert!(heads(&editor).contains("Job title"), "of another person: {}", heads(&editor));
        assert!(site.open(&format!("{here}/problems"), &viewer).body.contains("width=\"321\""));
        for elsewhere in
            ["https://evil.example/", "//evil.example", "/o/globex/imports/", "/o/acme/imports/%5C"]
        {
            let away = site.post("/o/acme/review-columns", &viewer, &format!("back={elsewhere}"));
            assert_eq!(away.location(), "/o/acme/imports", "{elsewhere}");
        }
    });
}
