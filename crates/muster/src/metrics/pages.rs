//! How long requests took, by the template of their address: `GET /o/{slug}/users`. Templates are those of the tables of routes, so there
//! are as many as there are routes, and none holds what somebody typed.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use events::counted::Histogram;

use super::names;
use super::text::Text;

/// The methods that are told apart; any other is `other`.
const METHODS: [&str; 6] = ["GET", "HEAD", "POST", "PATCH", "DELETE", "other"];
/// The classes of status; what is none is of ours.
const CLASSES: [&str; 5] = ["1xx", "2xx", "3xx", "4xx", "5xx"];
/// What asks for an address that is nowhere.
const NOWHERE: &str = "nowhere";

/// The answers of one route, by class.
type OfRoute = [Histogram; CLASSES.len()];
/// Those of all routes of one method.
type Routes = RwLock<BTreeMap<String, Arc<OfRoute>>>;

static ANSWERS: [Routes; METHODS.len()] = [const { RwLock::new(BTreeMap::new()) }; METHODS.len()];

/// A request was answered with a status after so long.
pub fn answered(method: &str, route: Option<&str>, status: u16, took: Duration) {
    let method = METHODS.iter().position(|known| *known == method).unwrap_or(METHODS.len() - 1);
    let class = usize::from(status / 100).clamp(1, CLASSES.len()) - 1;
    of_route(&ANSWERS[method], route.unwrap_or(NOWHERE))[class].record(took);
}

/// The answers of a route: read where it was asked for before, so that nobody waits.
fn of_route(routes: &Routes, route: &str) -> Arc<OfRoute> {
    let known = routes.read().unwrap_or_else(PoisonError::into_inner).get(route).cloned();
    known.unwrap_or_else(|| {
        let mut routes = routes.write().unwrap_or_else(PoisonError::into_inner);
        let anew = || Arc::new([const { Histogram::of_pages() }; CLASSES.len()]);
        Arc::clone(routes.entry(route.to_owned()).or_insert_with(anew))
    })
}

pub(super) fn tell(text: &mut Text) {
    text.family(&names::PAGES);
    for (method, routes) in METHODS.iter().zip(&ANSWERS) {
        for (route, classes) in &*routes.read().unwrap_or_else(PoisonError::into_inner) {
            for (status, histogram) in CLASSES.iter().zip(&**classes) {
                let reading = histogram.read();
                if reading.all > 0 {
                    let labels = [("method", *method), ("route", route), ("status", *status)];
                    text.histogram(&names::PAGES, &labels, &reading);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_knows_is_counted_as_that() {
        let took = Duration::from_millis(7);
        for (method, route, status) in
            [("GET", Some("/here"), 200), ("BREW", None, 404), ("HEAD", Some("/here"), 999), ("GET", None, 7)]
        {
            answered(method, route, status, took);
        }
        let mut text = Text::default();
        tell(&mut text);
        let text = text.all();
        for said in [
            "{method=\"GET\",route=\"/here\",status=\"2xx\",le=\"0.005\"} 0\n",
            "{method=\"GET\",route=\"/here\",status=\"2xx\",le=\"0.02\"} 1\n",
            "{method=\"other\",route=\"nowhere\",status=\"4xx\",le=\"+Inf\"} 1\n",
            "{method=\"HEAD\",route=\"/here\",status=\"5xx\"} 0.007\n",
            "{method=\"GET\",route=\"nowhere\",status=\"1xx\"} 1\n",
        ] {
            assert!(text.contains(said), "{said}{text}");
        }
    }
}
