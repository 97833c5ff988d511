//! Every route that the program has, read from the tables of routes themselves: a test of all of them can't forget one.

use std::path::Path;

/// A route: `GET`, and its path with `{names}` for what is asked for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Route {
    pub method: &'static str,
    pub path: String,
}

/// The files with tables of routes, and what stands before the paths of one: from the line that has the second text on, the third.
const TABLES: [(&str, &[(&str, &str)]); 2] = [
    ("web/mod.rs", &[("fn of_import", "/o/{slug}/imports/{id}")]),
    ("api/mod.rs", &[("pub fn router", "/api/v1")]),
];

const METHODS: [(&str, &str); 4] =
    [("get(", "GET"), ("post(", "POST"), ("patch(", "PATCH"), ("delete(", "DELETE")];

/// All routes of pages and of REST.
pub fn routes() -> Vec<Route> {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut routes = Vec::new();
    for (file, prefixes) in TABLES {
        let source = std::fs::read_to_string(sources.join(file)).expect("a table of routes");
        let mut rest = source.as_str();
        while let Some((_, after)) = rest.split_once(".route(") {
            let at = source.len() - after.len();
            let prefix =
                prefixes.iter().rev().find(|(from, _)| source.find(from).is_some_and(|from| from < at));
            let (call, later) = after.split_at(end_of_call(after));
            let path = call.split('"').nth(1).expect("a path");
            let path = format!("{}{path}", prefix.map_or("", |(_, prefix)| prefix));
            let handlers = call.split_once(&format!("{:?}", call.split('"').nth(1).unwrap_or_default()));
            let handlers = handlers.map_or("", |(_, handlers)| handlers);
            for (word, method) in METHODS {
                if handlers.contains(&format!(" {word}")) || handlers.contains(&format!(".{word}")) {
                    routes.push(Route { method, path: path.trim_end_matches('/').to_owned() });
                }
            }
            rest = later;
        }
    }
    routes.sort();
    routes
}

/// Where the parenthesis ends that was opened before a text.
fn end_of_call(text: &str) -> usize {
    let mut depth = 1;
    let end = text.find(|letter| {
        depth += match letter {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        depth == 0
    });
    end.unwrap_or(text.len())
}

#[test]
fn the_tables_are_read() {
    let routes = routes();
    assert!(routes.len() > 40, "{routes:#?}");
    for (method, path) in [
        ("POST", "/o/{slug}/imports/{id}/file"),
        ("GET", "/o/{slug}/imports/{id}"),
        ("GET", "/healthz"),
        ("POST", "/sign-in"),
        ("POST", "/api/v1/imports"),
        ("PATCH", "/api/v1/imports/{id}/fixes"),
        ("DELETE", "/api/v1/imports/{id}"),
        ("GET", "/api/v1/user-data"),
    ] {
        assert!(routes.contains(&Route { method, path: path.to_owned() }), "{method} {path}: {routes:#?}");
    }
}
