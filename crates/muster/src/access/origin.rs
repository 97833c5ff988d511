//! Where a request comes from: the address of who asks, whether it came over https, and whether one of our own pages sent it.

use std::net::IpAddr;

use sentences::say;

use crate::app::Settings;

/// How a request reached us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Visit {
    /// Who asks, as far as it is known.
    pub address: Option<IpAddr>,
    /// Whether the browser speaks https (to us, or to a proxy that we trust).
    pub https: bool,
}

impl Visit {
    /// The visit of a request: `peer` is who is connected to us. The two forwarded headers are believed only when that is a
    /// trusted proxy; of `X-Forwarded-For` the last address that is not a trusted proxy counts, because what stands before
    /// it anybody can write.
    pub fn of(settings: &Settings, peer: Option<IpAddr>, forwarded_for: &str, forwarded_proto: &str) -> Self {
        let trusted = |address: &IpAddr| settings.trusted_proxies.contains(&address.to_canonical());
        let public = settings.public_url.as_deref().is_some_and(|url| url.starts_with("https://"));
        if !peer.as_ref().is_some_and(trusted) {
            return Self { address: peer, https: public };
        }
        let hops = forwarded_for.rsplit(',').map_while(|hop| hop.trim().parse::<IpAddr>().ok());
        let address = hops.into_iter().find(|hop| !trusted(hop)).or(peer);
        let proto = forwarded_proto.rsplit(',').next().unwrap_or("").trim();
        Self { address, https: public || proto.eq_ignore_ascii_case("https") }
    }
}

/// Whether who is connected to us may read `/metrics` on the address of the pages: from this machine, and where nothing says that a proxy
/// may stand between. To a proxy on this machine strangers come, too, and with a public URL there is one; then `metrics_listen` is for it.
pub fn may_watch(settings: &Settings, peer: Option<IpAddr>, is_forwarded: bool) -> bool {
    let is_here = peer.is_some_and(|peer| peer.to_canonical().is_loopback());
    is_here && !is_forwarded && settings.public_url.is_none() && settings.trusted_proxies.is_empty()
}

/// Letters of a request's number at the most that a proxy gives it.
const NUMBER_MOST: usize = 64;

/// The number of a request: what a trusted proxy calls it, when that is a short word of harmless letters, else the one that it is given here.
pub fn request_number(
    settings: &Settings,
    peer: Option<IpAddr>,
    said: Option<&str>,
    own: impl FnOnce() -> u64,
) -> String {
    let is_trusted = peer.is_some_and(|peer| settings.trusted_proxies.contains(&peer.to_canonical()));
    let harmless = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.');
    let said = said
        .filter(|said| is_trusted && (1..=NUMBER_MOST).contains(&said.len()) && said.chars().all(harmless));
    said.map_or_else(|| format!("{:016x}", own()), str::to_owned)
}

/// What a browser says about the page that sent a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Origin<'r> {
    /// `Sec-Fetch-Site` (W3C Fetch Metadata).
    pub fetch_site: Option<&'r str>,
    /// `Origin` (RFC 6454).
    pub origin: Option<&'r str>,
    /// `Host`.
    pub host: Option<&'r str>,
}

/// What tells one customer of the internet from another: an address; of IPv6 the first 64 bits, which is the least that one has.
pub(super) fn network_of(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => format!("{:x}", u128::from(address) >> 64),
    }
}

/// Whether an unsafe request was sent by one of our own pages, or typed in by a person. A browser that says neither where a
/// request comes from is refused.
pub fn comes_from_our_pages(settings: &Settings, visit: Visit, said: Origin<'_>) -> bool {
    match (said.fetch_site, said.origin) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => is_ours(settings, visit, origin, said.host),
        (None, None) => false,
    }
}

/// What is said to a request by an unknown name.
pub fn unknown_host() -> &'static str {
    say!("unknown-host")
}

/// Whether a request came by a name that can be ours. Without a public URL that is an IP address or a name of one's own machine: any other
/// name may be one that a foreign page made to point here, to read with the browser of somebody who may (DNS rebinding). A program that names no
/// host is no browser.
pub fn is_known_host(settings: &Settings, host: Option<&str>) -> bool {
    let Some(host) = host.filter(|_| settings.public_url.is_none()) else { return true };
    let name = match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((address, _)) => address,
        None => host.rsplit_once(':').map_or(host, |(name, _)| name),
    };
    let name = name.to_ascii_lowercase();
    // RFC 6761, 6.3: these never leave the machine.
    name.parse::<IpAddr>().is_ok() || name == "localhost" || name.ends_with(".localhost")
}

fn is_ours(settings: &Settings, visit: Visit, origin: &str, host: Option<&str>) -> bool {
    if let Some(url) = &settings.public_url {
        return origin.eq_ignore_ascii_case(url.trim_end_matches('/'));
    }
    let scheme = if visit.https { "https" } else { "http" };
    host.is_some_and(|host| origin.eq_ignore_ascii_case(&format!("{scheme}://{host}")))
}

#[cfg(test)]
mod tests {
    use super::{Origin, Visit, comes_from_our_pages, is_known_host, may_watch, request_number};
    use crate::app::Settings;

    #[test]
    fn only_our_pages_may_post() {
        let visit = Visit { address: None, https: false };
        let open = Settings::default();
        let public = Settings { public_url: Some("https://muster.example/".into()), ..Settings::default() };
        for (settings, fetch_site, origin, ours) in [
            (&open, Some("same-origin"), None, true),
            (&open, Some("none"), None, true),
            (&open, Some("same-site"), Some("http://here:1"), false),
            (&open, Some("cross-site"), None, false),
            (&open, None, Some("http://here:1"), true),
            (&open, None, Some("http://there"), false),
            (&open, None, Some("null"), false),
            (&open, None, None, false),
            (&public, None, Some("https://muster.example"), true),
            (&public, None, Some("http://here:1"), false),
        ] {
            let said = Origin { fetch_site, origin, host: Some("here:1") };
            assert_eq!(comes_from_our_pages(settings, visit, said), ours, "{said:?}");
        }
    }

    #[test]
    fn without_a_public_url_only_addresses_and_ones_own_machine_are_known() {
        let open = Settings::default();
        let public = Settings { public_url: Some("https://muster.example".into()), ..Settings::default() };
        for (host, known) in [
            (None, true),
            (Some("127.0.0.1:8080"), true),
            (Some("192.0.2.7"), true),
            (Some("[::1]:8080"), true),
            (Some("[2001:db8::7]"), true),
            (Some("LocalHost:8080"), true),
            (Some("acme.localhost:8080"), true),
            (Some("rebound.example:8080"), false),
            (Some("127.0.0.1.rebound.example"), false),
            (Some("localhost.rebound.example"), false),
            (Some("notlocalhost"), false),
            (Some("[::1"), false),
            (Some(""), false),
        ] {
            assert_eq!(is_known_host(&open, host), known, "{host:?}");
            assert!(is_known_host(&public, host), "{host:?}: a proxy may call us by any name");
        }
    }

    #[test]
    fn strangers_read_no_metrics() {
        let open = Settings::default();
        let public = Settings { public_url: Some("https://muster.example".into()), ..Settings::default() };
        let proxies = vec!["127.0.0.1".parse().expect("an address")];
        let proxied = Settings { trusted_proxies: proxies, ..Settings::default() };
        for (settings, peer, is_forwarded, may) in [
            (&open, "127.0.0.1", false, true),
            (&open, "::1", false, true),
            (&open, "::ffff:127.0.0.1", false, true),
            (&open, "127.0.0.1", true, false),
            (&open, "192.0.2.7", false, false),
            (&open, "10.0.0.1", false, false),
            (&open, "nobody", false, false),
            (&public, "127.0.0.1", false, false),
            (&proxied, "127.0.0.1", false, false),
            (&proxied, "::1", false, false),
        ] {
            assert_eq!(may_watch(settings, peer.parse().ok(), is_forwarded), may, "{peer} {is_forwarded}");
        }
    }

    #[test]
    fn the_number_of_a_request_is_a_trusted_proxys_or_ours() {
        let proxy = "10.0.0.1".parse().ok();
        let settings = Settings { trusted_proxies: proxy.into_iter().collect(), ..Settings::default() };
        let long = "x".repeat(65);
        for (peer, said, number) in [
            ("10.0.0.1", Some("4bf92f35-77b3.4d_a"), "4bf92f35-77b3.4d_a"),
            ("::ffff:10.0.0.1", Some("abc"), "abc"),
            ("192.0.2.9", Some("abc"), "0000000000000007"),
            ("nobody", Some("abc"), "0000000000000007"),
            ("10.0.0.1", None, "0000000000000007"),
            ("10.0.0.1", Some(""), "0000000000000007"),
            ("10.0.0.1", Some("a b"), "0000000000000007"),
            ("10.0.0.1", Some("a\nb"), "0000000000000007"),
            ("10.0.0.1", Some("ä"), "0000000000000007"),
            ("10.0.0.1", Some("a\"b"), "0000000000000007"),
            ("10.0.0.1", Some(&long), "0000000000000007"),
            ("10.0.0.1", Some(&long[1..]), &long[1..]),
        ] {
            assert_eq!(request_number(&settings, peer.parse().ok(), said, || 7), number, "{peer} {said:?}");
        }
    }

    #[test]
    fn only_trusted_proxies_are_believed() {
        let proxy = "10.0.0.1".parse().ok();
        let settings = Settings { trusted_proxies: proxy.into_iter().collect(), ..Settings::default() };
        for (peer, forwarded, address, https) in [
            ("10.0.0.1", "6.6.6.6, 192.0.2.7, 10.0.0.1", "192.0.2.7", true),
            ("10.0.0.1", "192.0.2.7, nonsense", "10.0.0.1", true),
            ("192.0.2.9", "192.0.2.7", "192.0.2.9", false),
        ] {
            let visit = Visit::of(&settings, peer.parse().ok(), forwarded, "https");
            assert_eq!(visit, Visit { address: address.parse().ok(), https }, "{peer} {forwarded}");
        }
    }
}
