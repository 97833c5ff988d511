//! A client with a token that asks over REST, at a server or at what stands before several; what broke off it asks again with the same key.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use serde_json::Value;
use ureq::Agent;
use ureq::http::Request;

use ::ground::office::Sheet;

use super::server::{Answer, Asked, pause};

/// So long it asks again, in tries of 50 ms each.
const TRIES: usize = 600;

/// Who asks.
pub(super) struct Client {
    url: String,
    token: String,
    agent: Agent,
}

/// Keys that were given out: none is another client's.
static KEYS: AtomicUsize = AtomicUsize::new(0);

impl Client {
    /// One who asks at an address (`127.0.0.1:8080`).
    pub(super) fn new(address: &str, token: &str) -> Self {
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            // Each request is a connection of its own, as through a proxy.
            .max_idle_connections(0)
            .timeout_global(Some(Duration::from_secs(60)))
            .build();
        let url = format!("http://{address}/api/v1");
        Self { url, token: token.to_owned(), agent: agent.into() }
    }

    /// Asks once. None when it broke off.
    pub(super) fn once(&self, asked: &Asked) -> Option<Answer> {
        let request = Request::builder()
            .method(asked.method)
            .uri(format!("{}{}", self.url, asked.path))
            .header("Authorization", format!("Bearer {}", self.token));
        let request = match &asked.key {
            Some(key) => request.header("Idempotency-Key", key),
            None => request,
        };
        let answer = self.agent.run(request.body(asked.body.as_slice()).expect("a request")).ok()?;
        let status = answer.status().as_u16();
        let body = answer.into_body().into_with_config().limit(1 << 30).read_to_string().ok()?;
        Some(Answer { status, body })
    }

    /// Reads once; whatever is not an answer with what was asked for is told.
    pub(super) fn read(&self, path: &str) -> Result<Answer, String> {
        let asked = Asked { method: "GET", path: path.to_owned(), key: None, body: Vec::new() };
        match self.once(&asked) {
            Some(answer) if answer.status == 200 => Ok(answer),
            other => Err(format!("{path}: {other:?}")),
        }
    }

    /// Asks until it is done.
    pub(super) fn act(&self, method: &'static str, path: &str, body: &[u8]) -> Value {
        let key = Some(format!("key {}", KEYS.fetch_add(1, Ordering::Relaxed)));
        let asked = Asked { method, path: path.to_owned(), key, body: body.to_vec() };
        for _ in 0..TRIES {
            match self.once(&asked) {
                Some(answer) if answer.status < 300 => return answer.json(),
                Some(answer) if answer.status < 500 && answer.status != 429 => {
                    panic!("{path}: {answer:?}")
                }
                _ => pause(50),
            }
        }
        panic!("never answered: {path}");
    }

    /// Looks at an import until it is at rest.
    pub(super) fn rested(&self, import: &Value) -> Value {
        let path = format!("/imports/{}", import["id"].as_str().expect("an id"));
        for _ in 0..TRIES {
            if let Ok(answer) = self.read(&path) {
                let seen = answer.json();
                if !["reading", "applying"].contains(&seen["state"].as_str().expect("a state")) {
                    return seen;
                }
            }
            pause(50);
        }
        panic!("it does not come to rest: {import}");
    }

    /// The download of emails and job titles.
    pub(super) fn sheet(&self) -> Sheet {
        for _ in 0..TRIES {
            if let Ok(answer) = self.read("/user-data?format=csv&fields=email,job_title") {
                return Sheet::of(&answer.body);
            }
            pause(50);
        }
        panic!("no download");
    }

    /// Uploads a file in which every user of an account has this title, to be applied at once.
    pub(super) fn entitle(&self, users: usize, title: &str) -> Value {
        let mut sheet = self.sheet();
        (0..users).for_each(|user| *sheet.cell(user, "job_title") = title.to_owned());
        self.act("POST", "/imports?file_name=users.csv&apply=when_clean_large", sheet.text().as_bytes())
    }

    /// The titles that the users have.
    pub(super) fn titles(&self, users: usize) -> Vec<String> {
        let mut sheet = self.sheet();
        let mut titles: Vec<String> = (0..users).map(|user| sheet.cell(user, "job_title").clone()).collect();
        titles.dedup();
        titles
    }
}
