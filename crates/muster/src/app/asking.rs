//! For whom the store is asked: the account, once it is known, and until then the address that a request came from. It goes with the
//! request, so that no handler can forget to say it, and threads are shared out by it.

use std::cell::{Cell, RefCell};
use std::net::IpAddr;
use std::sync::Arc;

use store::AccountId;

/// For whom something is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Asker {
    /// Outside of any request that came over the network.
    Nobody,
    /// Nobody who is known as yet, from this address. Of IPv6 its /64: who has one has all of them.
    Stranger(IpAddr),
    /// An account.
    Account(AccountId),
}

tokio::task_local! {
    static ASKER: Cell<Asker>;
    static ADDRESS: Cell<IpAddr>;
    static NUMBER: RefCell<Option<Arc<str>>>;
    static LOOKS: Cell<bool>;
}

/// Answers a request from an address.
pub async fn asked_from<F: Future>(address: IpAddr, answer: F) -> F::Output {
    let answer = NUMBER.scope(RefCell::default(), answer);
    let answer = ADDRESS.scope(Cell::new(address.to_canonical()), answer);
    ASKER.scope(Cell::new(Asker::Stranger(neighbourhood(address))), answer).await
}

/// Answers a request whichever way it came: what is said of it on the way is kept with it.
///
/// `looks` says whether it only looks: then nothing was to be kept, and an error does not speak of that.
pub async fn asked<F: Future>(looks: bool, answer: F) -> F::Output {
    let answer = LOOKS.scope(Cell::new(looks), answer);
    if ASKER.try_with(|_| ()).is_ok() {
        return answer.await;
    }
    ASKER.scope(Cell::new(Asker::Nobody), NUMBER.scope(RefCell::default(), answer)).await
}

/// Whether the request that this is a part of only looks.
pub fn only_looks() -> bool {
    LOOKS.try_with(Cell::get).unwrap_or(false)
}

/// From now on, what this request does is done for a stranger from another address: the one behind a proxy.
pub fn asked_by(address: IpAddr) {
    // Without a request there is nothing to keep it in.
    let _ = ASKER.try_with(|asker| asker.set(Asker::Stranger(neighbourhood(address))));
    let _ = ADDRESS.try_with(|known| known.set(address.to_canonical()));
}

/// From now on, what this request does is known by its number.
pub fn asked_as(number: &str) {
    // Without a request there is nothing to keep it in.
    let _ = NUMBER.try_with(|kept| kept.replace(Some(number.into())));
}

/// The number of the request that this is a part of.
pub(super) fn number() -> Option<Arc<str>> {
    NUMBER.try_with(|kept| kept.borrow().clone()).ok().flatten()
}

/// From which address the request comes that this is a part of.
pub(super) fn address() -> Option<IpAddr> {
    ADDRESS.try_with(Cell::get).ok()
}

/// From now on, what this request does is done for an account.
pub fn asked_for(account: AccountId) {
    // Without a request there is nothing to keep it in.
    let _ = ASKER.try_with(|asker| asker.set(Asker::Account(account)));
}

/// The account that whoever sent the request was let into, once they were.
pub(super) fn account() -> Option<AccountId> {
    match asker() {
        Asker::Account(account) => Some(account),
        Asker::Nobody | Asker::Stranger(_) => None,
    }
}

/// For whom the request is answered that this is a part of.
pub(super) fn asker() -> Asker {
    ASKER.try_with(Cell::get).unwrap_or(Asker::Nobody)
}

fn neighbourhood(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V6(address) => {
            let network = u128::from(address) >> 64 << 64;
            IpAddr::V6(network.into())
        }
        address => address,
    }
}
