//! What the service manager is told, where it wants to know (`Type=notify` of systemd): that the server is ready, and that it stops. One
//! datagram to the socket that `NOTIFY_SOCKET` names, as sd_notify(3) says.

use std::os::linux::net::SocketAddrExt;
use std::os::unix::net::{SocketAddr, UnixDatagram};

/// Tells it, if somebody listens. A word that does not arrive changes nothing here.
pub(super) fn notify(word: &str) {
    let Ok(named) = std::env::var("NOTIFY_SOCKET") else { return };
    if let Err(error) = send(&named, word) {
        tracing::warn!(%error, word, "the service manager was not told");
    }
}

fn send(named: &str, word: &str) -> std::io::Result<()> {
    // A name of the abstract kind begins with an @ where the address has a zero.
    let address = match named.strip_prefix('@') {
        Some(name) => SocketAddr::from_abstract_name(name)?,
        None => SocketAddr::from_pathname(named)?,
    };
    UnixDatagram::unbound()?.send_to_addr(word.as_bytes(), &address).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_arrives_by_either_kind_of_name() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("notify");
        let abstract_name = format!("muster-{}-notified", std::process::id());
        let by_name = SocketAddr::from_abstract_name(&abstract_name).expect("a name");
        for (socket, named) in [
            (UnixDatagram::bind(&path), path.to_string_lossy().into_owned()),
            (UnixDatagram::bind_addr(&by_name), format!("@{abstract_name}")),
        ] {
            let socket = socket.expect("a socket");
            send(&named, "READY=1").expect("it is sent");
            let mut word = [0; 64];
            let length = socket.recv(&mut word).expect("a word");
            assert_eq!(&word[..length], b"READY=1", "{named}");
        }
        assert!(send("/nowhere/at/all", "READY=1").is_err());
    }
}
