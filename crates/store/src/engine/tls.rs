//! How a connection to PostgreSQL is encrypted, and whose certificate is believed.

use std::path::Path;
use std::sync::Arc;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{WebPkiSupportedAlgorithms, ring, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::errors::{Error, Result};

/// Which certificates of a server are believed. The roots are a file, or those of the system.
pub(crate) enum Trust {
    /// All of them: what is said is encrypted, to whomever.
    Anybody,
    /// Those that a root has signed.
    Signed(Option<String>),
    /// Those that a root has signed for the name in the address.
    Named(Option<String>),
}

/// How connections are encrypted.
pub(crate) struct Tls(Arc<ClientConfig>);

impl Tls {
    /// `own` are the files of a certificate and its key by which this program is known to the server.
    ///
    /// # Errors
    /// When a file can't be read, or is none of these; when others may read the key.
    pub(crate) fn new(trust: &Trust, own: (Option<String>, Option<String>)) -> Result<Self> {
        let provider = Arc::new(ring::default_provider());
        let algorithms = provider.signature_verification_algorithms;
        let verified = match trust {
            Trust::Anybody => None,
            Trust::Signed(roots) | Trust::Named(roots) => {
                let roots = Arc::new(roots_of(roots.as_deref())?);
                let verifier =
                    WebPkiServerVerifier::builder_with_provider(roots, Arc::clone(&provider)).build();
                Some(verifier.map_err(|error| unusable(&error.to_string()))?)
            }
        };
        let verifier: Arc<dyn ServerCertVerifier> = match (trust, verified) {
            (Trust::Named(_), Some(verifier)) => verifier,
            (_, chain) => Arc::new(Lenient { chain, algorithms }),
        };
        let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
        let config = config.map_err(|error| unusable(&error.to_string()))?;
        let config = config.dangerous().with_custom_certificate_verifier(verifier);
        let config = match own {
            (None, None) => config.with_no_client_auth(),
            (Some(certificate), Some(key)) => {
                let (chain, key) = (certificates(&certificate)?, private_key(&key)?);
                config.with_client_auth_cert(chain, key).map_err(|error| unusable(&error.to_string()))?
            }
            _ => return Err(unusable("sslcert and sslkey are given together")),
        };
        Ok(Self(Arc::new(config)))
    }

    /// What the driver encrypts a connection with.
    pub(crate) fn connector(&self) -> MakeRustlsConnect {
        MakeRustlsConnect::new(ClientConfig::clone(&self.0))
    }
}

/// Whether nobody but its owner may read a file; of root, its group may too, as libpq has it for keys.
#[cfg(unix)]
pub(crate) fn is_private(path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(path).is_ok_and(|found| {
        let others = if found.uid() == 0 { 0o027 } else { 0o077 };
        found.is_file() && found.mode() & others == 0
    })
}

/// Where files have no such owners, one that is there.
#[cfg(not(unix))]
pub(crate) fn is_private(path: &Path) -> bool {
    path.is_file()
}

fn unusable(why: &str) -> Error {
    Error::Failed(directory::certificate_unusable(why))
}

fn certificates(file: &str) -> Result<Vec<CertificateDer<'static>>> {
    let read = CertificateDer::pem_file_iter(file).and_then(Iterator::collect);
    let read: Vec<_> = read.map_err(|error| unusable(&format!("{file}: {error}")))?;
    if read.is_empty() { Err(unusable(&format!("{file}: no certificate"))) } else { Ok(read) }
}

fn private_key(file: &str) -> Result<PrivateKeyDer<'static>> {
    if Path::new(file).exists() && !is_private(Path::new(file)) {
        return Err(unusable(&format!("{file}: others may read the key; chmod 600 it")));
    }
    PrivateKeyDer::from_pem_file(file).map_err(|error| unusable(&format!("{file}: {error}")))
}

/// The roots of a file, or of the system.
fn roots_of(file: Option<&str>) -> Result<RootCertStore> {
    let mut roots = RootCertStore::empty();
    match file {
        Some(file) if file != "system" => {
            for root in certificates(file)? {
                roots.add(root).map_err(|error| unusable(&format!("{file}: {error}")))?;
            }
        }
        _ => {
            let found = rustls_native_certs::load_native_certs();
            // Systems have some that are old: those that can't be read are passed over, as every program does.
            roots.add_parsable_certificates(found.certs);
        }
    }
    if roots.is_empty() {
        Err(unusable("the system has no roots; name a file by sslrootcert"))
    } else {
        Ok(roots)
    }
}

/// Believes a certificate whoever's name stands in it, and where there are no roots to ask, whoever signed it.
#[derive(Debug)]
struct Lenient {
    chain: Option<Arc<WebPkiServerVerifier>>,
    algorithms: WebPkiSupportedAlgorithms,
}

impl ServerCertVerifier for Lenient {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        between: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> std::result::Result<ServerCertVerified, rustls::Error> {
        let Some(chain) = &self.chain else { return Ok(ServerCertVerified::assertion()) };
        match chain.verify_server_cert(certificate, between, name, ocsp, now) {
            // The name is looked at last, when the rest is found good.
            Err(rustls::Error::InvalidCertificate(
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
            )) => Ok(ServerCertVerified::assertion()),
            verified => verified,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, certificate, signed, &self.algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, certificate, signed, &self.algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.algorithms.supported_schemes()
    }
}
