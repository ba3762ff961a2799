"""The certificates of HTTPS: made once, renewed when they must be, and refused by name."""

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from afterlook.http.certificates import (
    CertificateError,
    Certificates,
    keep_certificates,
    open_context,
)

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


def names_of(kept: Certificates) -> set[str]:
    """Return the names that a certificate is good for."""
    certificate = x509.load_pem_x509_certificate(kept.certificate.read_bytes())
    named = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return {str(name.value) for name in named}


def test_made_once(tmp_path: Path) -> None:
    """A second start finds what the first has made; nobody but the owner reads any of it."""
    directory = tmp_path / "tls"
    kept = keep_certificates(directory, ["tasks.example", "10.0.0.1", "of_a_container"], NOW)
    made = {file.name: file.read_bytes() for file in directory.iterdir()}
    again = keep_certificates(directory, ["10.0.0.1", "tasks.example"], NOW + timedelta(days=200))

    assert again == kept
    assert made == {file.name: file.read_bytes() for file in directory.iterdir()}
    assert stat.S_IMODE(directory.stat().st_mode) == 0o700
    for name in ("ca.pem", "ca-key.pem", "server.pem"):
        assert stat.S_IMODE((directory / name).stat().st_mode) == 0o600
    assert names_of(kept) == {
        "localhost", "*.localhost", "127.0.0.1", "::1", "tasks.example", "10.0.0.1",
        "outlook.office.com", "outlook.office365.com", "graph.microsoft.com",
        "login.microsoftonline.com", "*.sharepoint.com",
    }  # fmt: skip
    assert b"PRIVATE" not in made["ca.pem"]


@pytest.mark.parametrize(
    ("names", "after"),
    [(["other.example"], 0), ([], 300), ([], 500), ([], -30)],
    ids=["other names", "ends soon", "has ended", "not yet good"],
)
def test_renewed(tmp_path: Path, names: list[str], after: int) -> None:
    """What the authority signed is made anew; the authority, which clients trust, stays."""
    kept = keep_certificates(tmp_path, [], NOW)
    assert kept.authority is not None
    own, authority = kept.certificate.read_bytes(), kept.authority.read_bytes()
    keep_certificates(tmp_path, names, NOW + timedelta(days=after))

    assert kept.certificate.read_bytes() != own
    assert kept.authority.read_bytes() == authority
    assert set(names) <= names_of(kept)
    open_context(kept)


def test_lost_or_replaced(tmp_path: Path) -> None:
    """A file that is no certificate, or of another authority, is made anew."""
    kept = keep_certificates(tmp_path / "one", [], NOW)
    other = keep_certificates(tmp_path / "two", [], NOW)
    for content in (b"", b"no certificate", other.certificate.read_bytes()):
        kept.certificate.write_bytes(content)
        keep_certificates(tmp_path / "one", [], NOW)
        assert kept.certificate.read_bytes() != content
    assert kept.authority is not None
    before = kept.authority.read_bytes()
    kept.authority.unlink()
    keep_certificates(tmp_path / "one", [], NOW)
    assert kept.authority.read_bytes() == before


def test_an_authority_that_is_none(tmp_path: Path) -> None:
    """It is not replaced unasked: clients trust it."""
    (tmp_path / "ca-key.pem").write_text("something of mine")
    with pytest.raises(CertificateError, match=r"ca-key\.pem is no key"):
        keep_certificates(tmp_path, [], NOW)
    assert (tmp_path / "ca-key.pem").read_text() == "something of mine"


def test_no_directory(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CertificateError, match="cannot keep certificates in"):
        keep_certificates(tmp_path / "file", [], NOW)


LOCKED = """-----BEGIN ENCRYPTED PRIVATE KEY-----
MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAhR0pXVvqBBBAICCAAw
DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEAAAAAAAAAAAAAAAAAAAAAAEgZAA
-----END ENCRYPTED PRIVATE KEY-----
"""


def test_certificates_of_others(tmp_path: Path) -> None:
    """What cannot be served with is refused by the name of its file; no password is asked for."""
    kept = keep_certificates(tmp_path, [], NOW)
    open_context(Certificates(kept.certificate, kept.certificate))
    (tmp_path / "locked.pem").write_text(LOCKED)
    for certificate, key in (
        (tmp_path / "none.pem", None),
        (tmp_path / "ca.pem", None),
        (tmp_path / "ca.pem", tmp_path / "server.pem"),
        (kept.certificate, tmp_path / "locked.pem"),
    ):
        with pytest.raises(CertificateError, match=(key or certificate).name):
            open_context(Certificates(certificate, key))
