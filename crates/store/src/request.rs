//! A request with an Idempotency-Key: carried by the handle over which its act is done.

use crate::ids::Time;
use crate::import::Import;

/// A request with an Idempotency-Key, as the act that it asks for keeps it.
#[derive(Debug, Clone)]
pub struct KeyedRequest {
    /// The key; it belongs to the account.
    pub key: String,
    /// A digest of all that is asked: the same key with another one is another request.
    pub digest: String,
    /// The status of the answer, once the act is done.
    pub status: i64,
    /// The body of the answer, made of the import as the act leaves it. Of an act on a ticket the number of the ticket is kept in its place.
    pub body: fn(&Import) -> String,
    /// When it came.
    pub at: Time,
}
