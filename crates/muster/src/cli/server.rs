//! A Muster server, as the command line talks to it: REST with the token of `MUSTER_TOKEN`.

use std::io::Read;
use std::time::Duration;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use sentences::say;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use ureq::http::{Method, Request, Response};
use ureq::{Agent, Body, SendBody};

use super::ending::Failure;
use crate::api::wire;

/// A server and the token to talk to it.
pub(super) struct Server {
    agent: Agent,
    api: String,
    token: String,
}

/// What a problem document says of itself.
#[derive(Deserialize)]
struct Problem {
    title: String,
    detail: Option<String>,
}

/// How long to wait between two looks at an import that a server works on.
const LOOK_AGAIN: Duration = Duration::from_millis(200);
const CONNECT_TIME: Duration = Duration::from_secs(10);
/// The most bytes of one JSON answer.
const MOST_JSON: u64 = 64 << 20;

impl Server {
    /// The server at this address.
    pub(super) fn at(url: &str) -> Result<Self, Failure> {
        let token = std::env::var("MUSTER_TOKEN").ok().filter(|token| !token.is_empty());
        let token = token.ok_or_else(|| Failure::new(say!("cli-server-server-needs-a-token-in")))?;
        if !url.starts_with("http://") && !url.starts_with("https://") {
            return Err(Failure::new(say!(
                "cli-server-a-servers-address-begins-with",
                url = url.to_string()
            )));
        }
        let settings = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_connect(Some(CONNECT_TIME))
            .max_redirects(0)
            .build();
        Ok(Self { agent: settings.into(), api: format!("{}/api/v1", url.trim_end_matches('/')), token })
    }

    /// Reads something.
    pub(super) fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, Failure> {
        json_of(self.send(Method::GET, path, SendBody::none())?)
    }

    /// Reads something of any size.
    pub(super) fn stream(&self, path: &str) -> Result<impl Read + use<>, Failure> {
        Ok(self.send(Method::GET, path, SendBody::none())?.into_body().into_reader())
    }

    /// Asks for something to be done.
    pub(super) fn post<T: DeserializeOwned>(&self, path: &str) -> Result<T, Failure> {
        json_of(self.send(Method::POST, path, SendBody::none())?)
    }

    /// Asks for something to be done that is said in JSON.
    pub(super) fn post_json<T: DeserializeOwned>(
        &self,
        path: &str,
        wish: &impl Serialize,
    ) -> Result<T, Failure> {
        let body = serde_json::to_vec(wish).map_err(|error| Failure::new(error.to_string()))?;
        json_of(self.send(Method::POST, path, SendBody::from_reader(&mut body.as_slice()))?)
    }

    /// Sends a file.
    pub(super) fn upload<T: DeserializeOwned>(&self, path: &str, mut file: impl Read) -> Result<T, Failure> {
        json_of(self.send(Method::POST, path, SendBody::from_reader(&mut file))?)
    }

    /// Takes something away.
    pub(super) fn delete(&self, path: &str) -> Result<(), Failure> {
        self.send(Method::DELETE, path, SendBody::none()).map(drop)
    }

    /// Waits until nothing works on an import; tells each look at it.
    pub(super) fn wait(
        &self,
        mut import: wire::Import,
        mut watch: impl FnMut(&wire::Progress),
    ) -> Result<wire::Import, Failure> {
        while matches!(import.state.as_str(), "reading" | "applying") {
            watch(&import.progress);
            std::thread::park_timeout(LOOK_AGAIN);
            import = self.get(&format!("/imports/{}", import.id))?;
        }
        Ok(import)
    }

    fn send(&self, method: Method, path: &str, body: SendBody<'_>) -> Result<Response<Body>, Failure> {
        let request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.api))
            .header("Authorization", format!("Bearer {}", self.token))
            .body(body)
            .map_err(|error| {
                Failure::new(say!(
                    "cli-server-not-an-address",
                    api = self.api.to_string(),
                    error = error.to_string()
                ))
            })?;
        let answer = self.agent.run(request).map_err(|error| {
            Failure::new(say!(
                "cli-server-the-server-at-cant-be",
                api = self.api.to_string(),
                error = error.to_string()
            ))
        })?;
        if answer.status().is_success() { Ok(answer) } else { Err(problem_of(answer)) }
    }
}

/// A text as one value of an address.
pub(super) fn escaped(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

fn json_of<T: DeserializeOwned>(answer: Response<Body>) -> Result<T, Failure> {
    let mut body = answer.into_body();
    let text = body.with_config().limit(MOST_JSON).read_to_string().map_err(|error| {
        Failure::new(say!("cli-server-the-servers-answer-broke-off", error = error.to_string()))
    })?;
    serde_json::from_str(&text).map_err(|error| {
        Failure::new(say!("cli-server-the-servers-answer-is-not", error = error.to_string()))
    })
}

/// The sentence of an answer that is no success.
fn problem_of(answer: Response<Body>) -> Failure {
    let status = answer.status();
    match json_of::<Problem>(answer) {
        Ok(problem) => Failure::new(problem.detail.unwrap_or(problem.title)),
        Err(_) => Failure::new(say!("cli-server-the-server-answered-which-no", status = status.to_string())),
    }
}
