//! The bodies of requests and answers: a request's is waited for patiently and not for ever, and an answer's holds its connection's slot as
//! busy until it is sent.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes, HttpBody};
use hyper::body::{Frame, Incoming, SizeHint};

use super::open::Busy;
use super::patience::{Left, Patience, too_slow};

/// The body of a request, as it comes.
pub(super) struct Coming {
    body: Incoming,
    left: Left,
}

impl Coming {
    pub(super) fn new(body: Incoming, patience: Patience) -> Self {
        Self { body, left: Left::new(patience) }
    }
}

impl HttpBody for Coming {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        match Pin::new(&mut self.body).poll_frame(context) {
            Poll::Ready(frame) => {
                let bytes = frame.as_ref().and_then(|frame| frame.as_ref().ok()?.data_ref());
                let bytes = bytes.map_or(0, Bytes::len);
                self.left.moved(bytes);
                Poll::Ready(frame.map(|frame| frame.map_err(io::Error::other)))
            }
            Poll::Pending => self.left.poll_over(context).map(|()| Some(Err(too_slow()))),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// The body of an answer, and that its connection is busy.
pub(super) struct Going {
    body: Body,
    _busy: Busy,
}

impl Going {
    pub(super) fn new(body: Body, busy: Busy) -> Self {
        Self { body, _busy: busy }
    }
}

impl HttpBody for Going {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
