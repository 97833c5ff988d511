//! `/metrics`: who may read it, what is in it and what is not; that docs/metrics.md, the dashboard and the rules of alerts speak of the same.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::Path;

use ::store::ImportId;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, Version};
use muster::app::App;
use muster::metrics::{self, ALL, Metric};
use serde_json::Value;

use super::site::{Reply, Site};
use crate::ground::{on_both, on_sqlite, open};

fn ask(site: &Site, address: &str, peer: &str, headers: &[(&str, &str)]) -> Reply {
    let mut request = Request::get(address).header("host", "localhost");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let mut request = request.body(Body::empty()).expect("a request");
    if let Ok(peer) = format!("{peer}:1").parse::<SocketAddr>() {
        request.extensions_mut().insert(ConnectInfo(peer));
    }
    site.ask(request)
}

fn read(site: &Site) -> String {
    let reply = ask(site, "/metrics", "127.0.0.1", &[]);
    assert_eq!(reply.status, 200, "{}", reply.body);
    assert_eq!(reply.headers["content-type"], "text/plain; version=0.0.4; charset=utf-8");
    reply.body
}

/// The value of a line, which begins with name and labels.
fn value(text: &str, line: &str) -> Option<f64> {
    text.lines().find_map(|found| found.strip_prefix(line)?.strip_prefix(' ')?.parse().ok())
}

#[test]
fn everything_in_the_list_is_said_and_nothing_else() {
    on_both(|app| {
        let site = Site::new(app);
        ask(&site, "/sign-in", "127.0.0.1", &[]);
        let text = read(&site);
        let said: BTreeSet<&str> = text.lines().filter_map(|line| line.strip_prefix("# TYPE ")).collect();
        let listed: Vec<String> = ALL.iter().map(|one| format!("{} {}", one.name, one.kind.word())).collect();
        let listed: BTreeSet<&str> = listed.iter().map(String::as_str).collect();
        assert_eq!(said, listed);
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let name = line.split(['{', ' ']).next().unwrap_or_default();
            let metric = metric_of(name).unwrap_or_else(|| panic!("{line}: not in the list"));
            assert!(labels_of(line).iter().all(|label| may_have(metric, label)), "{line}");
            assert!(line.rsplit(' ').next().is_some_and(|value| value.parse::<f64>().is_ok()), "{line}");
        }
    });
}

#[test]
fn nobody_is_named() {
    on_both(|app| {
        let site = Site::new(app);
        site.import(&site.csv().replace("Lovelace", "King"));
        ask(&site, "/o/acme/users?search=Lovelace", "127.0.0.1", &[]);
        ask(&site, "/o/acme/nothing-at-all", "127.0.0.1", &[]);
        let text = read(&site).to_lowercase();
        for theirs in ["acme", "globex", "lovelace", "king", "example", "nothing-at-all", "imp_", "127.0.0.1"]
        {
            assert!(!text.contains(theirs), "{theirs}: {text}");
        }
    });
}

#[test]
fn strangers_are_told_that_it_is_nowhere() {
    on_sqlite(|app| {
        let site = Site::new(app);
        let unknown = ask(&site, "/nowhere", "192.0.2.7", &[]);
        for (peer, headers) in [
            ("192.0.2.7", &[][..]),
            ("", &[]),
            ("127.0.0.1", &[("x-forwarded-for", "192.0.2.7")]),
            ("127.0.0.1", &[("x-real-ip", "192.0.2.7")]),
            ("127.0.0.1", &[("forwarded", "for=192.0.2.7")]),
            ("127.0.0.1", &[("via", "1.1 proxy")]),
            ("127.0.0.1", &[("x-forwarded-proto", "https")]),
        ] {
            let reply = ask(&site, "/metrics", peer, headers);
            assert_eq!(reply.status, 404, "{peer} {headers:?}");
            assert!(!reply.body.contains("muster_"), "{peer} {headers:?}");
            assert_eq!(reply.headers["content-type"], unknown.headers["content-type"]);
        }
        let proxied = Request::get("/metrics").version(Version::HTTP_10).header("host", "127.0.0.1");
        let proxied = proxied.extension(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 1))));
        let proxied = site.ask(proxied.body(Body::empty()).expect("a request"));
        assert_eq!(proxied.status, 404, "a proxy that was told nothing of headers");
        assert_eq!(ask(&site, "/metrics", "127.0.0.1", &[]).status, 200);
    });
}

#[test]
fn the_database_is_read_at_most_once_in_some_seconds() {
    on_both(|app| {
        let site = Site::new(app);
        let waiting = || value(&read(&site), "muster_imports{state=\"review\"}");
        assert_eq!(waiting(), Some(0.0));
        let id: ImportId = site.import(&site.csv().replace("Lovelace", "King"));
        assert_eq!(waiting(), Some(0.0), "what was read is said again");
        app.clock.turn(10_000);
        assert_eq!(waiting(), Some(1.0));
        let age = value(&read(&site), "muster_imports_oldest_seconds{state=\"review\"}");
        assert!(age.is_some_and(|age| (10.0..20.0).contains(&age)), "{age:?}");
        app.store.forget_import(site.acme.id, id).expect("it works");
        app.clock.turn(-60_000);
        assert_eq!(waiting(), Some(0.0), "a clock that was set back makes nothing last");
    });
}

#[test]
fn what_is_counted_goes_up() {
    on_sqlite(|app| {
        let site = Site::new(app);
        let lines = [
            "muster_stage_seconds_count{stage=\"reading\",ended=\"review\"}",
            "muster_sign_in_failures_total",
            "muster_events_total{event=\"sign-in-failed\"}",
        ];
        let read = || lines.map(|line| value(&read(&site), line).unwrap_or_default());
        let before = read();
        site.import(&site.csv().replace("Lovelace", "King"));
        let form = "email=owner%40acme.example&password=wrong";
        let request =
            Request::post("/sign-in").header("host", "localhost").header("sec-fetch-site", "same-origin");
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        site.ask(request.body(Body::from(form)).expect("a request"));
        // Tests beside this one count, too.
        for ((before, after), line) in before.into_iter().zip(read()).zip(lines) {
            assert!(after > before, "{line}: {before} {after}");
        }
    });
}

#[test]
fn a_database_that_does_not_answer_is_said_so_beside_the_rest() {
    on_sqlite(|app: &App| {
        let text = metrics::told(app, None);
        assert_eq!(value(&text, "muster_database_up"), Some(0.0));
        assert!(text.contains("muster_workers 0\n") && !text.contains("muster_imports{"), "{text}");
    });
}

#[test]
fn the_number_of_a_request_is_taken_over_from_a_trusted_proxy() {
    ::ground::with_sqlite(|database| {
        let mut app = open(database);
        let mut settings = (*app.settings).clone();
        settings.trusted_proxies = vec!["10.0.0.1".parse().expect("an address")];
        app.settings = settings.into();
        let site = Site::new(&app);
        for address in ["/sign-in", "/nowhere", "/api/v1/users"] {
            for (peer, said, is_taken) in
                [("10.0.0.1", "edge-7.4", true), ("192.0.2.7", "edge-7.4", false), ("10.0.0.1", "a b", false)]
            {
                let reply = ask(&site, address, peer, &[("x-request-id", said)]);
                let number = reply.headers["x-request-id"].to_str().expect("text");
                assert_eq!(number == said, is_taken, "{address} {peer} {said}: {number}");
                assert!(is_taken || number.len() == 16, "{number}");
            }
        }
    });
}

fn root(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(file);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The metric that a name of the text is of; that of a histogram has parts.
fn metric_of(name: &str) -> Option<&'static Metric> {
    let parts = ["_bucket", "_sum", "_count"];
    ALL.iter().find(|metric| metric.name == name && metric.kind.word() != "histogram").or_else(|| {
        let whole = parts.iter().find_map(|part| name.strip_suffix(part))?;
        ALL.iter().find(|metric| metric.name == whole && metric.kind.word() == "histogram")
    })
}

/// The names of labels in a line or a question.
fn labels_of(text: &str) -> Vec<String> {
    let mut labels = Vec::new();
    for braces in text.split('{').skip(1).filter_map(|rest| rest.split('}').next()) {
        labels.extend(braces.split("\",").filter_map(|pair| Some(pair.split_once('=')?.0.trim().to_owned())));
    }
    labels
}

fn may_have(metric: &Metric, label: &str) -> bool {
    metric.labels.contains(&label) || label == "le" && metric.kind.word() == "histogram"
}

/// What is wrong with a question to Prometheus: a name that is not said, a label that no named metric has.
fn wrong_in(question: &str) -> Vec<String> {
    let words = question.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
    let names = words.filter(|word| word.starts_with("muster_") || word.starts_with("process_"));
    let mut metrics = Vec::new();
    let mut wrong = Vec::new();
    for name in names {
        match metric_of(name) {
            Some(metric) => metrics.push(metric),
            None => wrong.push(format!("{name} is not said: {question}")),
        }
    }
    let mut labels = labels_of(question);
    for by in question.split(" by (").skip(1).filter_map(|rest| rest.split(')').next()) {
        labels.extend(by.split(',').map(|label| label.trim().to_owned()));
    }
    let unknown = labels.iter().filter(|label| !metrics.iter().any(|metric| may_have(metric, label)));
    wrong.extend(unknown.map(|label| format!("no label {label}: {question}")));
    if metrics.is_empty() {
        wrong.push(format!("it asks for nothing: {question}"));
    }
    wrong
}

fn questions_in(value: &Value) -> Vec<String> {
    match value {
        Value::Object(object) => object
            .iter()
            .flat_map(|(key, value)| match value {
                Value::String(question) if key == "expr" => vec![question.clone()],
                other => questions_in(other),
            })
            .collect(),
        Value::Array(values) => values.iter().flat_map(questions_in).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn the_dashboard_and_the_alerts_ask_for_what_is_said() {
    let dashboard: Value = serde_json::from_str(&root("packaging/grafana.json")).expect("JSON");
    let shown = questions_in(&dashboard);
    let page = root("docs/metrics.md");
    let alerts: Vec<&str> = page.lines().filter_map(|line| line.trim().strip_prefix("expr: ")).collect();
    assert!(shown.len() > 20 && alerts.len() > 8, "{shown:?} {alerts:?}");
    let all = shown.iter().map(String::as_str).chain(alerts);
    let wrong: Vec<String> = all.flat_map(wrong_in).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let unseen = ALL.iter().filter(|metric| !shown.iter().any(|question| question.contains(metric.name)));
    assert_eq!(unseen.map(|metric| metric.name).collect::<Vec<_>>(), Vec::<&str>::new(), "on no panel");
    for (question, findings) in [
        ("sum(muster_nothing)", 2),
        ("sum by (nobody) (muster_workers)", 1),
        ("muster_workers_count", 2),
        ("muster_stage_seconds", 2),
        ("up", 1),
        ("rate(muster_stage_seconds_bucket{stage=\"reading\",le=\"1\"}[5m])", 0),
    ] {
        assert_eq!(wrong_in(question).len(), findings, "{question}: {:?}", wrong_in(question));
    }
}

#[test]
fn the_page_about_metrics_tells_of_each() {
    let page = root("docs/metrics.md");
    let rows = page.lines().filter_map(|line| line.strip_prefix("| `"));
    let told: Vec<(String, String, Vec<String>)> = rows
        .map(|row| {
            let cells: Vec<&str> = row.split('|').map(str::trim).collect();
            let labels = cells[2].split('`').skip(1).step_by(2).map(str::to_owned).collect();
            (cells[0].trim_end_matches('`').to_owned(), cells[1].to_owned(), labels)
        })
        .collect();
    let listed: Vec<(String, String, Vec<String>)> = ALL
        .iter()
        .map(|metric| {
            let labels = metric.labels.iter().map(|label| (*label).to_owned()).collect();
            (metric.name.to_owned(), metric.kind.word().to_owned(), labels)
        })
        .collect();
    let (told, listed): (BTreeSet<_>, BTreeSet<_>) =
        (told.into_iter().collect(), listed.into_iter().collect());
    assert_eq!(told, listed);
}
