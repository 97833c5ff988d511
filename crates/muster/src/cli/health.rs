//! `muster health`: asks the server on this machine, for whoever watches it without another program at hand (an image that holds nothing else).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use clap::Args;
use sentences::say;
use ureq::Agent;

use super::ending::{Ending, Failure};
use super::start::Start;

/// Ask the server on this machine whether it is well: exit code 0 when it is
#[derive(Args)]
#[command(after_help = "\
Examples:
  muster health --ready --listen 127.0.0.1:8080")]
pub(super) struct HealthFlags {
    /// Where the server listens [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDRESS:PORT", env = "MUSTER_LISTEN")]
    listen: Option<SocketAddr>,

    /// Whether it is ready, too: its database answers and workers are alive
    #[arg(long)]
    ready: bool,
}

const PATIENCE: Duration = Duration::from_secs(4);

pub(super) fn run(typed: &HealthFlags, start: &Start) -> Result<Ending, Failure> {
    let usual = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8080);
    let address = here(typed.listen.or(start.file.listen).unwrap_or(usual));
    let page = if typed.ready { "readyz" } else { "healthz" };
    let settings =
        Agent::config_builder().timeout_global(Some(PATIENCE)).http_status_as_error(false).proxy(None);
    let agent: Agent = settings.build().into();
    let address = format!("http://{address}/{page}");
    let unwell = |why: String| Failure::new(say!("cli-health-unwell", address = &address, why = why));
    let mut answer = agent.get(&address).call().map_err(|error| unwell(error.to_string()))?;
    if answer.status().is_success() {
        return Ok(Ending::Done);
    }
    Err(unwell(answer.body_mut().read_to_string().unwrap_or_default()))
}

/// A server that listens on all addresses is asked on this machine's own.
fn here(listen: SocketAddr) -> SocketAddr {
    let address = match listen.ip() {
        IpAddr::V4(Ipv4Addr::UNSPECIFIED) => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(Ipv6Addr::UNSPECIFIED) => Ipv6Addr::LOCALHOST.into(),
        address => address,
    };
    SocketAddr::new(address, listen.port())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_machine_itself_is_asked() {
        for (listen, asked) in
            [("0.0.0.0:8080", "127.0.0.1:8080"), ("[::]:1", "[::1]:1"), ("192.0.2.7:80", "192.0.2.7:80")]
        {
            let [listen, asked] = [listen, asked].map(|text| text.parse().expect("an address"));
            assert_eq!(super::here(listen), asked);
        }
    }
}
