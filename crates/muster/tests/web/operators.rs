//! The pages of operators: organisations made, renamed, suspended, let in again, removed; feedback by reason; what is under way.

use ::import;
use ::store::{Feedback, Role};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use directory::{Claim, ClaimKind};
use muster::access::create_token;

use super::site::{Reply, Site};
use crate::ground::{NOW, on_both, on_sqlite};

fn operator(site: &Site) -> String {
    let email = "sam@operations.example";
    let made = site.app.store.save_administrator(email, email, None, true, NOW).expect("an operator");
    format!("muster={}", muster::access::start_session(&site.app, made.id).expect("a session"))
}

fn by_token(site: &Site, token: &str) -> Reply {
    let request = Request::get("/api/v1/users").header(header::AUTHORIZATION, format!("Bearer {token}"));
    site.ask(request.header(header::HOST, "localhost").body(Body::empty()).expect("a request"))
}

#[test]
fn an_organisation_is_made_with_its_owner() {
    on_both(|app| {
        let site = Site::new(app);
        let sam = operator(&site);
        let made = site.post("/operator", &sam, "name=New+Ltd.&owner=nora@new.example");
        assert_eq!(made.status, StatusCode::OK);
        let link = made.all("#secret", "value").pop().expect("a link");
        let opened = site.post(link.trim_start_matches("http://localhost"), "", "");
        assert!(opened.cookie("muster").is_some(), "the owner comes in by it");
        let listed = site.get("/operator", &sam).texts("tbody th");
        assert!(listed.contains(&"New Ltd. new-ltd".to_owned()), "{listed:?}");
        // Whoever signs in here already gets no link.
        let known = site.post("/operator", &sam, "name=Another&owner=owner@acme.example");
        assert_eq!((known.status, known.all("#secret", "value").len()), (StatusCode::OK, 0));
        for (form, problem) in
            [("name=&owner=a@b.example", "#name-problem"), ("name=X&owner=nobody", "#owner-problem")]
        {
            let refused = site.post("/operator", &sam, form);
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{form}");
            assert_ne!(refused.text(problem), "", "{form}");
        }
        assert_eq!(app.store.accounts().expect("the store").len(), 4);
    });
}

#[test]
fn who_is_suspended_is_told_why_and_comes_back() {
    on_both(|app| {
        let site = Site::new(app);
        let (sam, owner) = (operator(&site), site.cookie(&site.acme, Role::Owner));
        let token = create_token(app, site.acme.id, "robot", Role::Owner, None).expect("a token");
        let page = "/operator/organisations/acme";
        assert_eq!(site.post(page, &sam, "act=suspend&why=+").status, StatusCode::UNPROCESSABLE_ENTITY);
        site.post(page, &sam, "act=suspend&why=Your+contract+<b>+ended.").location();
        for address in
            ["/o/acme/users", "/o/acme/import", "/o/acme/me/account", "/o/acme/download/file?format=csv"]
        {
            let refused = site.get(address, &owner);
            assert_eq!(refused.status, StatusCode::FORBIDDEN, "{address}");
            assert!(refused.body.contains("Your contract &lt;b&gt; ended."), "{address}: {}", refused.body);
        }
        assert_eq!(site.post("/o/acme/imports", &owner, "").status, StatusCode::FORBIDDEN);
        let refused = by_token(&site, &token);
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        assert!(
            refused.body.contains("suspended") && refused.body.contains("Your contract"),
            "{}",
            refused.body
        );
        assert_eq!(
            site.get("/o/globex/users", &site.cookie(&site.globex, Role::Owner)).status,
            StatusCode::OK
        );
        let seen = site.get("/operator", &sam);
        assert!(seen.texts("tbody td").contains(&"Suspended".to_owned()));
        site.post(page, &sam, "act=resume").location();
        assert_eq!(site.get("/o/acme/users", &owner).status, StatusCode::OK);
        assert_eq!(by_token(&site, &token).status, StatusCode::OK);
    });
}

#[test]
fn an_organisation_is_removed_by_who_types_its_name() {
    on_both(|app| {
        let site = Site::new(app);
        let (sam, owner) = (operator(&site), site.cookie(&site.acme, Role::Owner));
        let page = "/operator/organisations/acme";
        for typed in ["", "Acme", "globex"] {
            let refused = site.post(page, &sam, &format!("act=remove&slug={typed}"));
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed:?}");
        }
        site.post(page, &sam, "act=rename&name=Acme+Limited").location();
        assert_eq!(site.get(page, &sam).text("h1"), "Acme Limited");
        assert_eq!(site.post(page, &sam, "act=remove&slug=acme").location(), "/operator?done=removed");
        assert_eq!(site.get("/o/acme/users", &owner).status, StatusCode::NOT_FOUND);
        assert_eq!(site.get(page, &sam).status, StatusCode::NOT_FOUND);
        assert!(site.get("/operator", &sam).texts("tbody td").contains(&"Being removed".to_owned()));
        import::remove_all(app).expect("it works");
        assert_eq!(site.get("/operator", &sam).texts("tbody th"), ["Globex globex"]);
        assert_eq!(app.store.examine(NOW).expect("it can be read"), []);
    });
}

#[test]
fn how_often_somebody_was_told_of_others_stands_beside_them() {
    on_both(|app| {
        let site = Site::new(app);
        let sam = operator(&site);
        let day = NOW.0 / 86_400_000;
        for (number, on) in [(1, day), (2, day), (3, day - 29), (4, day - 40)] {
            let claim = Claim { kind: ClaimKind::Email, key: format!("p{number}@globex.example") };
            assert!(app.store.tell_elsewhere(site.acme.id, on, &claim, 100).expect("the store"));
        }
        let shown = site.get("/operator", &sam).texts("tbody tr");
        assert!(shown.iter().any(|row| row.starts_with("Acme Ltd acme") && row.ends_with(" 3")), "{shown:?}");
        let days = site.get("/operator/organisations/acme", &sam).texts("dl.facts dd");
        assert_eq!(days, ["2 values", "1 value"]);
        app.store.forget_old_files(NOW.plus(401 * 86_400_000)).expect("it works");
        assert_eq!(app.store.told_by_day(site.acme.id, 0).expect("the store"), [], "kept for 400 days");
    });
}

#[test]
fn feedback_is_read_by_reason_and_what_is_under_way_is_seen() {
    on_both(|app| {
        let site = Site::new(app);
        let sam = operator(&site);
        for (number, (helpful, reasons, said)) in
            [(true, "", ""), (false, "step hard", "Step 3 <i>"), (false, "hard", "")].into_iter().enumerate()
        {
            let feedback = Feedback { at: NOW, helpful, reasons: reasons.to_owned(), said: said.to_owned() };
            assert!(app.store.keep_feedback(&feedback, &format!("sender {number}")).expect("kept"));
        }
        let all = site.get("/operator/feedback", &sam);
        assert_eq!(all.texts("ul.choices li").len(), 3);
        assert!(all.text("h1 + p").contains("Helped: 1"), "{}", all.text("h1 + p"));
        let some = site.get("/operator/feedback?reason=step", &sam);
        assert_eq!(some.texts("ul.choices li").len(), 1);
        assert!(some.text("ul.choices li").contains("Step 3 <i>"), "{}", some.text("ul.choices li"));

        let import = site.import(&site.csv().replace("Lovelace", "King"));
        let state = site.get("/operator/state", &sam);
        assert!(!state.body.contains(&import.to_string()), "what rests is not under way");
        let reading = ::store::ImportId::new(NOW, 9);
        let new = ::ground::scene::new_import(reading);
        let lease = app.store.begin_staged(site.acme.id, &new, "serve-1-2-3", NOW.plus(5_000));
        assert!(lease.expect("the store").is_some());
        let state = site.get("/operator/state", &sam);
        let row = state
            .texts("tbody tr")
            .into_iter()
            .find(|row| row.contains(&reading.to_string()))
            .expect("its row");
        assert!(row.contains("acme") && row.contains("serve-1-2-3"), "{row}");
        assert!(state.texts("tbody th").contains(&"users".to_owned()));
    });
}

#[test]
fn nobody_else_finds_the_pages() {
    on_sqlite(|app| {
        let site = Site::new(app);
        let owner = site.cookie(&site.acme, Role::Owner);
        for page in ["/operator", "/operator/organisations/acme", "/operator/feedback", "/operator/state"] {
            assert_eq!(site.get(page, &owner).status, StatusCode::NOT_FOUND, "{page}");
        }
        assert_eq!(
            site.post("/operator/organisations/acme", &owner, "act=remove&slug=acme").status,
            StatusCode::NOT_FOUND
        );
        assert!(app.store.account("acme").expect("the store").is_some());
    });
}
