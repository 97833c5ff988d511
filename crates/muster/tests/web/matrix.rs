//! Every route, asked by everybody: nobody, each role, each scope of a token, people of another organisation, people without any role. The
//! routes are read from the tables of routes; what each asks for stands here, and one that is missing here fails.

use ::import;
use ::store::{ImportId, Role};
use axum::body::Body;
use axum::http::{Method, Request, header};
use muster::access::create_token;

use super::site::{Reply, Site};
use crate::ground::{NOW, on_both, on_sqlite};
use crate::routes::{Route, routes};

/// What a route asks of who calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Needs {
    /// Nothing: it is there for everybody.
    Nothing,
    /// A role in the organisation that may do as much as this one.
    Role(Role),
    /// To look after the whole deployment: to everybody else it is nowhere.
    Operator,
}

const LOOK: Needs = Needs::Role(Role::Viewer);
const EDIT: Needs = Needs::Role(Role::Editor);
const OWN: Needs = Needs::Role(Role::Owner);

/// What the routes ask for: the methods, the path, and that.
const RULES: [(&str, &str, Needs); 95] = [
    ("GET", "", Needs::Nothing),
    ("GET POST", "/sign-in", Needs::Nothing),
    ("GET POST", "/sign-in/code", Needs::Nothing),
    ("POST", "/sign-out", Needs::Nothing),
    ("GET POST", "/link/{secret}", Needs::Nothing),
    ("GET", "/help", Needs::Nothing),
    ("GET POST", "/forgot", Needs::Nothing),
    ("GET POST", "/me/news", Needs::Nothing),
    ("GET", "/help/captions.vtt", Needs::Nothing),
    ("POST", "/help/feedback", Needs::Nothing),
    ("GET POST", "/setup/{secret}", Needs::Nothing),
    ("GET", "/healthz", Needs::Nothing),
    ("GET", "/readyz", Needs::Nothing),
    // To strangers it is nowhere: `web::watched`.
    ("GET", "/metrics", Needs::Nothing),
    ("GET", "/assets/{hash}/{name}", Needs::Nothing),
    ("GET", "/o/{slug}/users", LOOK),
    ("GET POST", "/o/{slug}/users/new", EDIT),
    ("GET POST", "/o/{slug}/users/{id}/erase", OWN),
    ("GET POST", "/o/{slug}/searches", LOOK),
    ("GET", "/o/{slug}/users/{id}", LOOK),
    ("POST", "/o/{slug}/users/{id}", EDIT),
    ("POST", "/o/{slug}/columns", LOOK),
    ("GET", "/o/{slug}/tickets", LOOK),
    ("GET", "/o/{slug}/tickets/{id}", LOOK),
    ("POST", "/o/{slug}/tickets/{id}", EDIT),
    ("POST", "/o/{slug}/releases", OWN),
    ("POST", "/practice", Needs::Nothing),
    ("GET", "/practice/workbook", Needs::Nothing),
    ("POST", "/practice/end", Needs::Nothing),
    ("GET POST", "/operator", Needs::Operator),
    ("GET POST", "/operator/organisations/{slug}", Needs::Operator),
    ("GET", "/operator/feedback", Needs::Operator),
    ("GET", "/operator/state", Needs::Operator),
    ("GET", "/operator/tickets", Needs::Operator),
    ("GET POST", "/operator/tickets/{id}", Needs::Operator),
    ("GET", "/api/v1/tickets", LOOK),
    ("POST", "/api/v1/tickets", EDIT),
    ("GET", "/api/v1/tickets/{id}", LOOK),
    ("POST", "/api/v1/tickets/{id}/words", EDIT),
    ("POST", "/api/v1/tickets/{id}/take-back", EDIT),
    ("POST", "/api/v1/tickets/{id}/bring-back", EDIT),
    ("POST", "/o/{slug}/review-columns", LOOK),
    ("GET POST", "/o/{slug}/selections", LOOK),
    ("GET", "/o/{slug}/selections/{id}", LOOK),
    ("GET POST", "/o/{slug}/selections/{id}/change", EDIT),
    ("POST", "/api/v1/changes", EDIT),
    ("POST", "/api/v1/selections", EDIT),
    ("GET", "/api/v1/selections/{id}", EDIT),
    ("GET", "/o/{slug}/download", LOOK),
    ("GET", "/o/{slug}/download/file", LOOK),
    ("GET", "/o/{slug}/template", LOOK),
    ("GET", "/o/{slug}/import", EDIT),
    ("GET", "/o/{slug}/imports", LOOK),
    ("POST", "/o/{slug}/imports", EDIT),
    ("GET", "/o/{slug}/imports/{id}", LOOK),
    ("GET", "/o/{slug}/imports/{id}/...", LOOK),
    ("GET", "/o/{slug}/imports/{id}/problems/one", LOOK),
    ("POST", "/o/{slug}/imports/{id}/...", EDIT),
    ("GET", "/o/{slug}/answers", LOOK),
    ("POST", "/o/{slug}/answers", EDIT),
    ("GET", "/api/v1/answers", LOOK),
    ("POST DELETE", "/api/v1/answers", EDIT),
    ("GET POST", "/o/{slug}/me", LOOK),
    ("GET POST", "/o/{slug}/me/sessions", LOOK),
    ("GET POST", "/o/{slug}/me/factor", LOOK),
    ("POST", "/language", Needs::Nothing),
    ("GET POST", "/o/{slug}/me/language", LOOK),
    ("GET POST", "/o/{slug}/settings", OWN),
    ("GET POST", "/o/{slug}/me/account", LOOK),
    ("GET POST", "/o/{slug}/administrators", OWN),
    ("GET POST", "/o/{slug}/tokens", OWN),
    ("GET", "/o/{slug}/activity", OWN),
    ("GET", "/o/{slug}/activity/file", OWN),
    ("GET", "/api/v1/activity", OWN),
    ("GET", "/o/{slug}/fields", LOOK),
    ("POST", "/o/{slug}/fields", OWN),
    ("GET", "/o/{slug}/fields/{key}", LOOK),
    ("POST", "/o/{slug}/fields/{key}", OWN),
    ("GET", "/api/v1/fields", LOOK),
    ("POST PATCH", "/api/v1/fields", OWN),
    ("GET", "/api/v1/users", LOOK),
    ("POST", "/api/v1/users", EDIT),
    ("GET", "/api/v1/users/{id}", LOOK),
    ("GET", "/api/v1/users/{id}/history", LOOK),
    ("GET", "/api/v1/user-data", LOOK),
    ("GET", "/api/v1/new-user-template", LOOK),
    ("GET", "/api/v1/imports", LOOK),
    ("POST", "/api/v1/imports", EDIT),
    ("GET", "/api/v1/imports/{id}", LOOK),
    ("DELETE", "/api/v1/imports/{id}", EDIT),
    ("GET", "/api/v1/imports/{id}/...", LOOK),
    ("POST", "/api/v1/imports/{id}/...", EDIT),
    ("PATCH", "/api/v1/imports/{id}/...", EDIT),
    ("POST", "/api/v1/imports/{id}/fixes/undo", EDIT),
    ("POST", "/api/v1/imports/{id}/fixes/redo", EDIT),
];

/// What a route needs; none when nobody has said it.
fn needs(route: &Route) -> Option<Needs> {
    let folder = route.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let whole = format!("{folder}/...");
    let rule = |path: &str| {
        let of_path = RULES.iter().filter(|(_, of, _)| *of == path);
        of_path.into_iter().find(|(methods, _, _)| methods.split(' ').any(|method| method == route.method))
    };
    let found = rule(&route.path).or_else(|| rule(&whole).filter(|_| folder.ends_with("/imports/{id}")));
    found.map(|(_, _, needs)| *needs)
}

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Caller {
    Nobody,
    /// Of the organisation whose things are asked for.
    Own(Role),
    /// Of another organisation.
    Other(Role),
    /// Signed in, without a role anywhere.
    Former,
    /// Somebody who looks after the whole deployment, and has no role in the organisation.
    Operator,
}

const CALLERS: [Caller; 9] = [
    Caller::Nobody,
    Caller::Own(Role::Viewer),
    Caller::Own(Role::Editor),
    Caller::Own(Role::Owner),
    Caller::Other(Role::Viewer),
    Caller::Other(Role::Editor),
    Caller::Other(Role::Owner),
    Caller::Former,
    Caller::Operator,
];

/// Two organisations, and an import of the first.
struct Scene<'s> {
    site: &'s Site,
    import: ImportId,
}

/// Things that are nowhere.
const NO_USER: &str = "U-2222222222";
const NO_IMPORT: &str = "imp_0000000000000";
const NO_SELECTION: &str = "sel_0000000000000";
const NO_TICKET: &str = "1";

impl Scene<'_> {
    fn cookie(&self, caller: Caller) -> Option<String> {
        let of_email = |email: &str, operator: bool| {
            let made = self.site.app.store.save_administrator(email, email, None, operator, NOW);
            let session = muster::access::start_session(&self.site.app, made.expect("somebody").id);
            format!("muster={}", session.expect("a session"))
        };
        match caller {
            Caller::Nobody => None,
            Caller::Own(role) => Some(self.site.cookie(&self.site.acme, role)),
            Caller::Other(role) => Some(self.site.cookie(&self.site.globex, role)),
            Caller::Former => Some(of_email("former@acme.example", false)),
            Caller::Operator => Some(of_email("operator@muster.example", true)),
        }
    }

    fn token(&self, caller: Caller) -> Option<String> {
        let of = |account: &::store::Account, role| {
            create_token(&self.site.app, account.id, "robot", role, None).expect("a token")
        };
        match caller {
            Caller::Own(role) => Some(of(&self.site.acme, role)),
            Caller::Other(role) => Some(of(&self.site.globex, role)),
            Caller::Nobody | Caller::Former | Caller::Operator => None,
        }
    }

    /// The address of a route about things of acme, or about nothing that is there.
    fn address(&self, route: &Route, slug: &str, is_there: bool, caller: Caller) -> String {
        let below =
            ["/imports/", "/selections/", "/tickets/"].iter().position(|part| route.path.contains(part));
        let id = match (below, is_there) {
            (Some(0), true) => self.import.to_string(),
            (Some(0), false) => NO_IMPORT.to_owned(),
            (Some(1), true) => self.selection(route, caller),
            (Some(1), false) => NO_SELECTION.to_owned(),
            (Some(_), true) => self.ticket(),
            (Some(_), false) => NO_TICKET.to_owned(),
            (None, true) => self.site.user(&self.site.acme, 0).to_string(),
            (None, false) => NO_USER.to_owned(),
        };
        let path = route.path.replace("{slug}", slug).replace("{id}", &id);
        let path = path
            .replace("{secret}", "x")
            .replace("{hash}", "x")
            .replace("{name}", "x")
            .replace("{key}", "department");
        let file = path.ends_with("/download/file") || path.ends_with("/user-data");
        format!("{}{}", if path.is_empty() { "/" } else { &path }, if file { "?format=csv" } else { "" })
    }

    /// A ticket of acme, which asks for an email of globex.
    fn ticket(&self) -> String {
        let (app, acme) = (&self.site.app, &self.site.acme);
        let csv = self.site.csv().replace("ada@acme.example", "max@globex.example");
        let id = self.site.import(&csv);
        let wanted = import::Wanted::Kind(directory::standard::EMAIL);
        let raised = import::raise(app, acme.id, id, &wanted, "", "editor@acme.example").expect("it works");
        let import::Raised::Kept(number, _) = raised else { panic!("{raised:?}") };
        number.to_string()
    }

    /// A selection of users of acme, which is one person's: that of who asks, if they are of acme.
    fn selection(&self, route: &Route, caller: Caller) -> String {
        let actor = match caller {
            _ if is_of_rest(route) => "token:robot".to_owned(),
            Caller::Own(role) => format!("{}@acme.example", role.word()),
            _ => "owner@acme.example".to_owned(),
        };
        let acme = &self.site.acme;
        let users = vec![self.site.user(acme, 0)];
        import::select(&self.site.app, acme.id, &actor, users).expect("a selection").to_string()
    }

    /// Asks as one of our pages, or a program, would.
    fn ask(&self, route: &Route, address: &str, caller: Caller) -> Reply {
        self.ask_from(route, address, caller, &[("sec-fetch-site", "same-origin")])
    }

    fn ask_from(&self, route: &Route, address: &str, caller: Caller, from: &[(&str, &str)]) -> Reply {
        let method = Method::from_bytes(route.method.as_bytes()).expect("a method");
        let mut request = Request::builder().method(method).uri(address).header(header::HOST, "localhost");
        for (name, value) in from {
            request = request.header(*name, *value);
        }
        if is_of_rest(route) {
            request = request.header(header::CONTENT_TYPE, "application/json");
            if let Some(token) = self.token(caller) {
                request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
            }
            let body = if route.path.ends_with("/fixes") {
                "{\"fixes\":[{\"row\":3,\"leave_out\":true}]}"
            } else if route.path.ends_with("/decisions") {
                "{\"decisions\":[{\"decide\":\"file_is_whole\"}]}"
            } else if route.path.ends_with("/words") {
                "{\"words\":\"Please.\"}"
            } else {
                "{}"
            };
            return self.site.ask(request.body(Body::from(body)).expect("a request"));
        }
        if let Some(cookie) = self.cookie(caller) {
            request = request.header(header::COOKIE, cookie);
        }
        request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.site.ask(request.body(Body::from("plan=1&seen=1")).expect("a request"))
    }
}

fn is_of_rest(route: &Route) -> bool {
    route.path.starts_with("/api/")
}

/// Whether a route is about something that one organisation has: its own address, or an identity.
fn is_about_something(route: &Route) -> bool {
    route.path.contains("{slug}") || route.path.contains("{id}")
}

/// A file of acme with an edit and an error.
fn scene(site: &Site) -> Scene<'_> {
    let csv = site.csv().replace("Lovelace", "King").replace("grace@acme.example", "ann@acme.example");
    Scene { site, import: site.import(&csv) }
}

/// What was asked for was not refused for who asked.
fn is_let_in(route: &Route, reply: &Reply) -> bool {
    let status = reply.status.as_u16();
    let to_sign_in = status == 303 && reply.location().starts_with("/sign-in");
    match (route.method, is_of_rest(route)) {
        // The import is in review, and has all of its lists.
        // Its address leads to one of its parts, and what only editors are asked leads others back to it.
        ("GET", false) if status == 303 => reply.location().starts_with("/o/acme/imports/"),
        ("GET", _) => status == 200,
        _ => ![401, 403, 404].contains(&status) && status < 500 && !to_sign_in,
    }
}

/// What is wrong with an answer, if something is.
fn wrong(scene: &Scene<'_>, route: &Route, needs: Needs, caller: Caller) -> Option<String> {
    let address = scene.address(route, "acme", true, caller);
    let reply = scene.ask(route, &address, caller);
    let status = reply.status.as_u16();
    let told = |what: &str| Some(format!("{} {address} by {caller:?}: {status}, {what}", route.method));
    if needs == Needs::Operator {
        return of_operators(route, caller, &reply).and_then(told);
    }
    let Needs::Role(least) = needs else {
        let is_ready = route.path == "/readyz";
        return if status < 500 && status != 403 || is_ready { None } else { told("it is there for all") };
    };
    match caller {
        Caller::Own(role) if role >= least => {
            if is_let_in(route, &reply) {
                None
            } else {
                told("wanted: let in")
            }
        }
        Caller::Own(_) => {
            if status == 403 {
                None
            } else {
                told("wanted: 403")
            }
        }
        _ if is_of_rest(route) => {
            if scene.token(caller).is_none() {
                return if status == 401 { None } else { told("wanted: 401") };
            }
            as_unknown(scene, route, caller, &reply).and_then(|what| told(&what))
        }
        Caller::Nobody => {
            let to_sign_in = status == 303 && reply.location().starts_with("/sign-in");
            if to_sign_in { None } else { told("wanted: to sign in") }
        }
        _ => as_unknown(scene, route, caller, &reply).and_then(|what| told(&what)),
    }
}

/// What is wrong with the answer of an operators' page, if something is.
fn of_operators(route: &Route, caller: Caller, reply: &Reply) -> Option<&'static str> {
    let to_sign_in = reply.status.as_u16() == 303 && reply.location().starts_with("/sign-in");
    match caller {
        Caller::Operator => (!is_let_in(route, reply)).then_some("wanted: let in"),
        Caller::Nobody => (!to_sign_in).then_some("wanted: to sign in"),
        _ => (reply.status.as_u16() != 404).then_some("wanted: 404"),
    }
}

/// What is of another organisation answers exactly as what does not exist, and says nothing of it.
fn as_unknown(scene: &Scene<'_>, route: &Route, caller: Caller, reply: &Reply) -> Option<String> {
    if ["Lovelace", "King", "acme"].iter().any(|theirs| reply.body.contains(theirs)) {
        return Some("it tells of the other".to_owned());
    }
    if !is_about_something(route) {
        return None;
    }
    let unknown = scene.address(route, if is_of_rest(route) { "" } else { "nobody" }, false, caller);
    let unknown = scene.ask(route, &unknown, caller);
    let alike = (reply.status, &reply.body) == (unknown.status, &unknown.body);
    let is_refused = [403, 404].contains(&reply.status.as_u16());
    (!alike || !is_refused).then(|| format!("what is nowhere answers {}", unknown.status))
}

#[test]
fn every_route_answers_everybody_by_its_rule() {
    on_both(|app| {
        let site = Site::new(app);
        let mut found = Vec::new();
        for route in routes() {
            let needs =
                needs(&route).unwrap_or_else(|| panic!("{} {} has no rule", route.method, route.path));
            for caller in CALLERS {
                // Who is let in may change it: each begins with an import of its own.
                let scene = scene(&site);
                found.extend(wrong(&scene, &route, needs, caller));
                site.app.store.forget_import(site.acme.id, scene.import).expect("it works");
            }
        }
        assert!(found.is_empty(), "{} findings:\n{}", found.len(), found.join("\n"));
    });
}

#[test]
fn identities_of_others_are_unknown_in_ones_own_organisation_too() {
    on_sqlite(|app| {
        let site = Site::new(app);
        let scene = scene(&site);
        let of_pages = routes().into_iter().filter(|route| route.path.contains("{slug}"));
        for route in of_pages.filter(|route| route.path.contains("{id}")) {
            for role in Role::ALL {
                let caller = Caller::Other(role);
                let ask =
                    |is_there| scene.ask(&route, &scene.address(&route, "globex", is_there, caller), caller);
                let (theirs, unknown) = (ask(true), ask(false));
                let told = format!("{} {} by {role:?}", route.method, route.path);
                assert_eq!((theirs.status, &theirs.body), (unknown.status, &unknown.body), "{told}");
                assert!([403, 404].contains(&theirs.status.as_u16()), "{told}: {}", theirs.status);
            }
        }
    });
}

#[test]
fn no_page_acts_for_a_foreign_one() {
    on_sqlite(|app| {
        let site = Site::new(app);
        let scene = scene(&site);
        let owner = Caller::Own(Role::Owner);
        let sent = routes().into_iter().filter(|route| route.method != "GET" && !is_of_rest(route));
        let mut asked = 0;
        for route in sent {
            let address = scene.address(&route, "acme", true, owner);
            let foreign: [&[(&str, &str)]; 7] = [
                &[],
                &[("sec-fetch-site", "cross-site")],
                &[("sec-fetch-site", "same-site")],
                &[("sec-fetch-site", "cross-site"), ("origin", "http://localhost")],
                &[("origin", "https://evil.example")],
                &[("origin", "null")],
                &[("origin", "http://localhost.evil.example")],
            ];
            for from in foreign {
                let reply = scene.ask_from(&route, &address, owner, from);
                assert_eq!(reply.status.as_u16(), 403, "{} {address} from {from:?}", route.method);
                asked += 1;
            }
            let ours = scene.ask(&route, &address, owner);
            assert_ne!(ours.status.as_u16(), 403, "{} {address}", route.method);
        }
        assert!(asked > 80, "{asked}");
    });
}

#[test]
fn programs_need_their_token_whatever_a_browser_brings() {
    on_sqlite(|app| {
        let site = Site::new(app);
        let scene = scene(&site);
        for route in routes().into_iter().filter(is_of_rest) {
            let request =
                Request::builder().method(route.method).uri(scene.address(&route, "", true, Caller::Nobody));
            let cookie = site.cookie(&site.acme, Role::Owner);
            let request = request.header(header::COOKIE, cookie).header("sec-fetch-site", "same-origin");
            let reply = site.ask(request.body(Body::empty()).expect("a request"));
            assert_eq!(reply.status.as_u16(), 401, "{} {}", route.method, route.path);
        }
    });
}
