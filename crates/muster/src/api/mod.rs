//! REST, `/api/v1`: a bearer token knows its account, errors are problem details (RFC 9457), lists have cursors.
//!
//! [`wire`] and [`lists`] are also what the command line's `--json` prints, so that both say the same.

pub mod lists;
pub mod wire;
