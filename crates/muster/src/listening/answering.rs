//! What answers the requests of one connection: the routes; or, for a connection beyond those that there may be and before the routes are there,
//! the health of the server and nothing else.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::Pin;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, Response};
use hyper::body::Incoming;
use hyper::service::Service;
use hyper_util::service::TowerToHyperService;

use super::body::{Coming, Going};
use super::open::Slot;
use super::patience::Patience;
use super::routes::{Routes, put_off, too_early};
use crate::app::asked_from;

/// The addresses that are always answered.
const HEALTH: [&str; 2] = ["/healthz", "/readyz"];

pub(super) struct Answering {
    routes: Routes,
    peer: SocketAddr,
    slot: Slot,
    patience: Patience,
}

impl Answering {
    pub(super) fn new(routes: Routes, peer: SocketAddr, slot: Slot, patience: Patience) -> Self {
        Self { routes, peer, slot, patience }
    }
}

impl Service<Request<Incoming>> for Answering {
    type Response = Response<Going>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Going>, Infallible>> + Send>>;

    fn call(&self, request: Request<Incoming>) -> Self::Future {
        let busy = self.slot.busy();
        if self.slot.is_spare() && !HEALTH.contains(&request.uri().path()) {
            let answer = put_off(directory::too_many_connections()).map(|body| Going::new(body, busy));
            return Box::pin(async move { Ok(answer) });
        }
        let Some(routes) = self.routes.get() else {
            let answer = too_early(request.uri().path()).map(|body| Going::new(body, busy));
            return Box::pin(async move { Ok(answer) });
        };
        let (peer, patience) = (self.peer, self.patience);
        let mut request = request.map(|body| Body::new(Coming::new(body, patience)));
        request.extensions_mut().insert(ConnectInfo(peer));
        let answer = TowerToHyperService::new(routes.clone()).call(request);
        Box::pin(async move {
            let answer = asked_from(peer.ip(), answer).await?;
            Ok(answer.map(|body| Going::new(body, busy)))
        })
    }
}
