//! What the tests of pages stand on: two organisations with users and administrators, and a browser that asks in process.

use ::import::{self, DownloadChoice, Format, NewUpload, Upload};
use ::store::{Account, Complete, ImportId, Role, Time};
use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use directory::{UserId, Users, standard};
use muster::app::App;
use muster::web;
use muster::{access, api};
use scraper::{Html, Selector};
use tokio::runtime::Runtime;
use tower::ServiceExt;

use crate::ground::NOW;

pub(super) const PASSWORD: &str = "correct horse battery";

/// Two organisations, and the pages over them.
pub(super) struct Site {
    pub(super) app: App,
    pub(super) acme: Account,
    pub(super) globex: Account,
    router: Router,
    runtime: Runtime,
}

/// An answer, read to its end.
pub(super) struct Reply {
    pub(super) status: StatusCode,
    pub(super) headers: axum::http::HeaderMap,
    pub(super) body: String,
}

impl Site {
    pub(super) fn new(app: &App) -> Self {
        let acme = organisation(app, "acme", "Acme Ltd", &["Ada Lovelace", "Grace Hopper", "Ann Droid"]);
        let globex = organisation(app, "globex", "Globex", &["Max Power"]);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        Self {
            app: app.clone(),
            acme,
            globex,
            router: web::router(app.clone()).merge(api::router(app.clone())),
            runtime,
        }
    }

    /// A user of an organisation, by their place.
    pub(super) fn user(&self, account: &Account, place: usize) -> UserId {
        let fields = self.app.store.fields(account.id).expect("fields");
        let mut users = Users::new(&fields);
        self.app.store.users_after(account.id, 0, u64::MAX >> 1, 100, &mut users).expect("users");
        users.get(place).expect("a user").id()
    }

    /// The cookie of somebody with a role in an organisation.
    pub(super) fn cookie(&self, account: &Account, role: Role) -> String {
        self.cookie_of(&format!("{}@{}.example", role.word(), account.slug))
    }

    /// The cookie of somebody.
    pub(super) fn cookie_of(&self, email: &str) -> String {
        let found = self.app.store.administrator(email).expect("the store").expect("an administrator");
        format!("muster={}", access::start_session(&self.app, found.id).expect("a session"))
    }

    pub(super) fn ask(&self, request: Request<Body>) -> Reply {
        self.runtime.block_on(async {
            let response = self.router.clone().oneshot(request).await.expect("an answer");
            let (parts, body) = response.into_parts();
            let body = axum::body::to_bytes(body, 16 << 20).await.expect("a whole answer");
            Reply {
                status: parts.status,
                headers: parts.headers,
                body: String::from_utf8_lossy(&body).into_owned(),
            }
        })
    }

    /// An answer that is a file: its status, and its bytes.
    pub(super) fn bytes(&self, request: Request<Body>) -> (StatusCode, Vec<u8>) {
        self.runtime.block_on(async {
            let response = self.router.clone().oneshot(request).await.expect("an answer");
            let status = response.status();
            let body = axum::body::to_bytes(response.into_body(), 16 << 20).await.expect("a whole answer");
            (status, body.to_vec())
        })
    }

    pub(super) fn get(&self, address: &str, cookie: &str) -> Reply {
        let request = Request::get(address).header(header::COOKIE, cookie);
        self.ask(request.body(Body::empty()).expect("a request"))
    }

    /// The page that an address leads to.
    pub(super) fn open(&self, address: &str, cookie: &str) -> Reply {
        let reply = self.get(address, cookie);
        match reply.status {
            StatusCode::SEE_OTHER => self.open(reply.location(), cookie),
            _ => reply,
        }
    }

    /// Sends a form as one of our pages would.
    pub(super) fn post(&self, address: &str, cookie: &str, form: &str) -> Reply {
        let request = Request::builder()
            .method(Method::POST)
            .uri(address)
            .header(header::COOKIE, cookie)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.ask(request.body(Body::from(form.to_owned())).expect("a request"))
    }

    /// The file that an administrator of acme would download now, as csv.
    pub(super) fn csv(&self) -> String {
        let choice = DownloadChoice::everyone(Format::Csv);
        let mut bytes = Vec::new();
        import::download(&self.app, self.acme.id, &choice, &mut bytes).expect("a download");
        String::from_utf8(bytes).expect("text")
    }

    /// Imports a file into acme and works on it until it rests.
    pub(super) fn import(&self, text: &str) -> ImportId {
        let new = NewUpload {
            file_name: "users.csv".to_owned(),
            actor: "editor@acme.example".to_owned(),
            complete: Complete::Never,
            leave_out_errors: false,
            decisions: Vec::new(),
            keep: true,
        };
        let mut upload = Upload::begin(&self.app, self.acme.id, new);
        upload.write(text.as_bytes()).expect("kept");
        let id = upload.finish().expect("an import");
        self.work();
        id
    }

    /// Does what waits to be done.
    pub(super) fn work(&self) {
        while import::work_once(&self.app, "test").expect("work") {}
    }
}

impl Reply {
    pub(super) fn html(&self) -> Html {
        Html::parse_document(&self.body)
    }

    /// Where a redirect leads.
    pub(super) fn location(&self) -> &str {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.body);
        self.headers[header::LOCATION].to_str().expect("an address")
    }

    /// The text of the first element that a selector finds.
    pub(super) fn text(&self, selector: &str) -> String {
        let selector = Selector::parse(selector).expect("a selector");
        let html = self.html();
        let found = html.select(&selector).next();
        found.map(|element| words(&element.text().collect::<Vec<_>>().join(" "))).unwrap_or_default()
    }

    /// The texts of all elements that a selector finds.
    pub(super) fn texts(&self, selector: &str) -> Vec<String> {
        let selector = Selector::parse(selector).expect("a selector");
        let html = self.html();
        html.select(&selector).map(|element| words(&element.text().collect::<Vec<_>>().join(" "))).collect()
    }

    /// An attribute of all elements that a selector finds.
    pub(super) fn all(&self, selector: &str, attribute: &str) -> Vec<String> {
        let selector = Selector::parse(selector).expect("a selector");
        let html = self.html();
        html.select(&selector).filter_map(|element| element.attr(attribute)).map(str::to_owned).collect()
    }

    /// `NAME=SECRET`, as the browser sends a cookie back that this answer keeps; none when it keeps none of the name.
    pub(super) fn cookie(&self, name: &str) -> Option<String> {
        let lines = self.headers.get_all(header::SET_COOKIE).iter().filter_map(|line| line.to_str().ok());
        let pairs = lines.filter_map(|line| line.split(';').next());
        let kept =
            |pair: &&str| pair.split_once('=').is_some_and(|(of, secret)| of == name && !secret.is_empty());
        pairs.into_iter().find(kept).map(str::to_owned)
    }
}

/// A text with single spaces.
pub(super) fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn organisation(app: &App, slug: &str, name: &str, people: &[&str]) -> Account {
    let account = app.store.create_account(slug, name, NOW).expect("the store").expect("a new slug");
    for role in Role::ALL {
        let email = format!("{}@{slug}.example", role.word());
        let made = app.store.save_administrator(&email, &email, None, false, NOW).expect("an administrator");
        app.store.give_role(account.id, made.id, role).expect("a role");
    }
    let fields = app.store.fields(account.id).expect("fields");
    let mut users = Users::new(&fields);
    let first = app.store.reserve_users(people.len() as u64).expect("numbers");
    for (number, person) in (first..).zip(people) {
        users.begin(UserId::from_number(number).expect("in range"), 0, false);
        let (first_name, last_name) = person.split_once(' ').expect("two names");
        let email = format!("{}@{slug}.example", first_name.to_lowercase());
        for (field, value) in [
            (standard::FIRST_NAME, first_name),
            (standard::LAST_NAME, last_name),
            (standard::EMAIL, email.as_str()),
            (standard::STATUS, "active"),
        ] {
            users.set(fields.slot(field).expect("built in"), Some(value));
        }
    }
    app.store.create_users(account.id, &users, "created", "test", Time(NOW.0)).expect("users");
    app.store.account(slug).expect("the store").expect("the account")
}
