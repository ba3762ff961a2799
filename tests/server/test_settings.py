"""Settings: flags beat variables beat defaults, and what cannot be is named."""

import re
import socket
from pathlib import Path

import pytest

from afterlook import settings
from afterlook.http import hosts
from afterlook.settings import InvalidSettingError
from tests.support.server import Run, expect_failure, run_here

NEEDED: dict[str, dict[str, object]] = {"tls_key": {"tls_cert": "cert.pem"}}
"""What a setting cannot do without."""


def test_defaults() -> None:
    """Without a word: loopback, port 8025, a file, the demo seed, full durability."""
    loaded = settings.load()

    assert (loaded.local_url, loaded.seed, loaded.workers) == ("http://127.0.0.1:8025", "demo", 1)
    assert (loaded.auth, loaded.durability) == ("open", "full")
    assert loaded.location == Path("afterlook-data/afterlook.db")
    assert loaded.max_body == 36 * 1024 * 1024


@pytest.mark.parametrize(
    ("name", "variable", "flag"),
    [("port", "9001", 9002), ("host", "::1", "localhost"), ("workers", "2", 3),
     ("auth", "any", "open"), ("seed", "empty", "demo"), ("durability", "normal", "full"),
     ("ephemeral", "true", False), ("rate_limit", "documented", "60/60"),
     ("cors_origins", "https://app.example", "*"), ("culture", "de-de", "fr-FR")],
)  # fmt: skip
def test_precedence(
    monkeypatch: pytest.MonkeyPatch, name: str, variable: str, flag: object
) -> None:
    """A flag beats the variable, and the variable the default."""
    default = getattr(settings.load(), name)
    monkeypatch.setenv(f"AFTERLOOK_{name.upper()}", variable)
    by_variable = getattr(settings.load(), name)
    by_flag = getattr(settings.load(**{name: flag}), name)

    assert str(by_variable).lower() == variable
    assert by_variable != default
    assert by_flag == flag


@pytest.mark.parametrize(
    ("name", "value"),
    [("port", "70000"), ("port", "-1"), ("port", "http"), ("workers", "0"), ("workers", "1000"),
     ("auth", "nobody"), ("durability", "some"), ("database", "mysql://u@h/d"), ("database", ""),
     ("database", "sqlite://"), ("ephemeral", "perhaps"), ("max_body", "12"),
     ("rate_limit", "on"), ("rate_limit", "0/60"), ("rate_limit", "60"), ("rate_limit", "60/0"),
     ("rate_limit", "1/1\n"), ("rate_limit", ""), ("cors_origins", "app.example"),
     ("cors_origins", "https://app.example/"), ("cors_origins", "https://*.app.example"),
     ("cors_origins", "*,https://app.example"), ("cors_origins", "null"),
     ("cors_origins", "https://a@b.example"), ("cors_origins", "https://a.example b"),
     ("allowed_hosts", "http://x"), ("allowed_hosts", "a b"), ("allowed_hosts", "a/b"),
     ("allowed_hosts", "*.example"), ("trusted_proxies", "proxy"), ("trusted_proxies", "1.2.3"),
     ("trusted_proxies", "10.0.0.1/8"), ("max_connections", "0"), ("max_mailboxes", "0"),
     ("culture", "de"), ("culture", "*"), ("culture", "de-DE,en-US"), ("culture", ""),
     ("culture", "xx-YY"), ("culture", "de-YY"), ("culture", "tlh-DE"), ("culture", "en-ZZ")],
)  # fmt: skip
def test_impossible_values(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    """The text names the flag, the variable and the value."""
    monkeypatch.setenv(f"AFTERLOOK_{name.upper()}", value)
    with pytest.raises(InvalidSettingError) as caught:
        settings.load()

    told = str(caught.value)
    flags = () if name in settings.NO_FLAG else (f"--{name.replace('_', '-')}",)
    assert all(known_as in told for known_as in (*flags, f"AFTERLOOK_{name.upper()}"))
    assert repr(value) in told


def test_a_password_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """An impossible database is named without its password."""
    monkeypatch.setenv("AFTERLOOK_DATABASE", "postgres://user:hunter2@host/name")
    with pytest.raises(InvalidSettingError) as caught:
        settings.load()

    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    ("given", "url"),
    [("postgresql://u:p@h/d", "postgresql+psycopg://u:p@h/d"),
     ("postgresql+psycopg://u@h/d", "postgresql+psycopg://u@h/d"),
     ("sqlite:////tmp/x.db", "sqlite:////tmp/x.db")],
)  # fmt: skip
def test_database(given: str, url: str) -> None:
    """Both spellings of PostgreSQL, and any file."""
    assert settings.load(database=given).location == url


def test_origins() -> None:
    """Origins are taken as browsers spell them: lower-case, without a default port."""
    given = " https://App.Example:443,http://localhost:3000 ,, http://[::1]:80,app://local:443 "

    assert settings.load().origins == set()
    assert settings.load(cors_origins=given).origins == {
        "https://app.example", "http://localhost:3000", "http://[::1]", "app://local:443"
    }  # fmt: skip
    assert settings.load(cors_origins=" * ").origins == {"*"}


def test_hosts() -> None:
    """Loopback's own; any address where there may be others; names as they are listed."""
    own = {"127.0.0.1", "localhost", "::1"}
    assert settings.load().hosts == own
    assert settings.load(host="0.0.0.0").hosts == own | {"0.0.0.0", hosts.ANY_ADDRESS}
    given = "Tasks.Example.:80, [FE80::1]:8025,fe80::2 ,,x_y, *"
    assert settings.load(allowed_hosts=given).hosts == own | {
        "tasks.example", "fe80::1", "fe80::2", "x_y", "*"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("given", "rate"), [("off", None), ("documented", (10_000, 600)), ("60/90", (60, 90))]
)
def test_rate(given: str, rate: tuple[int, int] | None) -> None:
    """Off, what the service had, or requests and seconds."""
    assert settings.load(rate_limit=given).rate == rate


@pytest.mark.parametrize(
    "arguments",
    [("--port", "70000"), ("--port", "http"), ("--workers", "0"), ("--auth", "nobody"),
     ("--rate-limit", "many"), ("--cors-origins", "app.example"),
     ("--nonsense",), ("--ephemeral", "--database", "sqlite:///x.db")],
    ids=" ".join,
)  # fmt: skip
def test_refused_flags(arguments: tuple[str, ...]) -> None:
    """What cannot be set is told by the name of its flag."""
    assert arguments[0].strip("-") in expect_failure(run_here("serve", *arguments))


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("rate_limit", "5", "give off, documented, or requests/seconds such as 60/60"),
        ("database", "mysql://a:b@c/d", "give postgresql://user:password@host/name or sqlite:///"),
        ("culture", "xx_yy", "give the name of a culture such as en-US"),
        ("trusted_proxies", "a.b", "give addresses or networks such as 10.0.0.1"),
        ("auth", "nobody", "give open, any or signed"),
        ("port", "x", "give a whole number from 0 to 65535, such as 8025"),
        ("sync_horizon", "0", "give a number above 0 to 36500, such as 30"),
        ("max_mailboxes", "0", "give a whole number from 1, such as 50000"),
        ("access_log", "yes", "give off, text or json"),
        ("tls_key", "key.pem", "needs --tls-cert"),
        ("host", "", "give an address of this machine such as 127.0.0.1"),
        ("ephemeral", "perhaps", "give true or false"),
        ("admin_token", "secret", "AFTERLOOK_ADMIN_TOKEN cannot be this: give 8 to 1024"),
    ],
)
def test_what_to_give_instead(name: str, given: str, said: str) -> None:
    """Words, and no pattern."""
    with pytest.raises(settings.InvalidSettingError, match=re.escape(said)):
        settings.load(**{name: given})


@pytest.mark.parametrize(
    "arguments",
    [("--seed", "nowhere"), ("--database", "sqlite:///:memory:"), ("--data", "/dev/null/x"),
     ("--port-file", "/nowhere/port"), ("--host", "no.such.host.invalid"),
     ("--database", "postgresql://nobody:hunter2@127.0.0.1:1/nothing")],
    ids=" ".join,
)  # fmt: skip
def test_refusing_to_start(run: Run, arguments: tuple[str, str]) -> None:
    """What cannot be opened is told in words that name it, without a password."""
    told = expect_failure(run("serve", "--port", "0", *arguments))

    assert arguments[1].rpartition("@")[2] in told or arguments[0] in told
    assert "hunter2" not in told


@pytest.mark.parametrize("name", settings.Settings.model_fields)
def test_every_setting_has_an_example(name: str) -> None:
    """What to give is said with a value that can be given."""
    said = settings.give_instead(name)
    assert said.startswith("give ")
    example = re.search(r"such as ([^ ,]+)", said) or re.search(r"give ([^ ,]+)", said)
    assert example is not None
    settings.load(**{name: example[1]}, **NEEDED.get(name, {}))


def test_unknown_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are named, with the setting that may be meant; a cluster's own are nobody's mistake."""
    for name in ("PROT", "workerz", "XYZZY", "URL", "SERVICE_HOST", "PORT_8025_TCP_ADDR", "PORT"):
        monkeypatch.setenv(f"AFTERLOOK_{name}", "8025")
    told = [one for one in settings.tell_unknown() if "_TEST_" not in one]

    assert told == [
        "AFTERLOOK_PROT is no setting; is it AFTERLOOK_PORT?",
        "AFTERLOOK_XYZZY is no setting",
        "AFTERLOOK_workerz is no setting; is it AFTERLOOK_WORKERS?",
    ]


def test_refusing_a_variable(run: Run) -> None:
    """A variable is named too."""
    told = expect_failure(run("serve", AFTERLOOK_PORT="http"))

    assert "AFTERLOOK_PORT" in told
    assert "--port" in told


def test_a_port_that_is_taken(run: Run, tmp_path: Path) -> None:
    """The address is told, and the exit code is 1."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ended = run("serve", "--ephemeral", "--port", port)

    assert f"127.0.0.1:{port}" in expect_failure(ended)
    assert ended.returncode == 1
    assert list(tmp_path.iterdir()) == []
