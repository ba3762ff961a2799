"""The certificates of HTTPS: an authority of one's own, and what it signs for this server.

Owns their files, for which names they are good, and when they are made anew.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterable
from datetime import datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import NamedTuple

import trustme
from cryptography import x509
from cryptography.exceptions import InvalidSignature

from afterlook.http import certificate_authority
from afterlook.http.hosts import REDIRECTED, REDIRECTED_BELOW
from afterlook.runtime import files

NAMES = (
    "localhost",
    "*.localhost",
    "127.0.0.1",
    "::1",
    *sorted(REDIRECTED),
    *(f"*{suffix}" for suffix in REDIRECTED_BELOW),
)
"""What a certificate is always good for: this machine, and the names that people redirect to it."""

_LIFETIME = timedelta(days=397)
"""Browsers take none that is good for longer."""

_MIN_LEFT = timedelta(days=132)
"""A server that was started with this certificate may run so long."""

_AUTHORITY_KEY = "ca-key.pem"
_OWN = "server.pem"


class CertificateError(Exception):
    """There is no certificate to serve with; the text says why."""


class Certificates(NamedTuple):
    """The files of a server: `key` is None where it stands in the file of the certificate.

    `authority` is what clients have to trust, unless it is somebody else's.
    """

    certificate: Path
    key: Path | None = None
    authority: Path | None = None


def keep_certificates(directory: Path, names: Iterable[str], now: datetime) -> Certificates:
    """Return the certificates in a directory, good for `NAMES` and `names`.

    An authority is made where there is none. What it signed is made anew where it ends soon, or
    was for other names. Raises `CertificateError`.
    """
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        with files.lock_file(directory / ".lock"):
            authority = _keep_authority(directory)
            wanted = frozenset(filter(_can_be_certified, [*NAMES, *names]))
            own = directory / _OWN
            if not _is_good(own, authority, wanted, now):
                signed = authority.issue_cert(
                    *sorted(wanted),
                    common_name="localhost",
                    organization_name="Afterlook",
                    not_before=now - timedelta(days=1),
                    not_after=now + _LIFETIME,
                )
                pem = signed.private_key_and_cert_chain_pem.bytes()
                files.write_atomically(own, pem.decode("ascii"))
    except OSError as error:
        message = f"cannot keep certificates in {directory}: {error.strerror or error}"
        raise CertificateError(message) from error
    return Certificates(own, None, directory / certificate_authority.FILE)


def open_context(certificates: Certificates) -> ssl.SSLContext:
    """Return what TLS is served by. Raises `CertificateError`."""

    def refuse_to_ask() -> str:
        file = certificates.key or certificates.certificate
        message = f"{file} needs a password; give a key that has none"
        raise CertificateError(message)

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_alpn_protocols(["http/1.1"])
    try:
        context.load_cert_chain(certificates.certificate, certificates.key, refuse_to_ask)
    except ssl.SSLError as error:
        what = f"{certificates.certificate} with {certificates.key or 'no --tls-key'}"
        message = f"{what}: no certificate with its key, in PEM ({error.reason or error})"
        raise CertificateError(message) from error
    except OSError as error:
        message = f"cannot read {certificates.certificate} or {certificates.key}: {error.strerror}"
        raise CertificateError(message) from error
    return context


def _keep_authority(directory: Path) -> trustme.CA:
    kept, shown = directory / _AUTHORITY_KEY, directory / certificate_authority.FILE
    if not kept.exists():
        made = trustme.CA(path_length=0, organization_name="Afterlook")
        pem = made.private_key_pem.bytes() + made.cert_pem.bytes()
        files.write_atomically(kept, pem.decode("ascii"))
    try:
        pem = kept.read_bytes()
        authority = trustme.CA.from_pem(pem, pem)
    except ValueError as error:
        message = f"{kept} is no key with its certificate; delete it to have a new authority made"
        raise CertificateError(message) from error
    certificate = authority.cert_pem.bytes()
    if not shown.exists() or shown.read_bytes() != certificate:
        files.write_atomically(shown, certificate.decode("ascii"))
    return authority


def _is_good(own: Path, authority: trustme.CA, wanted: frozenset[str], now: datetime) -> bool:
    if not own.exists():
        return False
    try:
        certificate = x509.load_pem_x509_certificate(own.read_bytes())
        certificate.verify_directly_issued_by(
            x509.load_pem_x509_certificate(authority.cert_pem.bytes())
        )
        named = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (ValueError, InvalidSignature, x509.ExtensionNotFound):
        return False
    names = {
        *named.get_values_for_type(x509.DNSName),
        *map(str, named.get_values_for_type(x509.IPAddress)),
    }
    is_current = certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc
    return names == wanted and is_current and certificate.not_valid_after_utc - now >= _MIN_LEFT


def _can_be_certified(name: str) -> bool:
    """Tell whether a name is one by the rules of certificates: those of containers may not be."""
    try:
        ip_address(name)
    except ValueError:
        return bool(name) and "_" not in name
    return True
