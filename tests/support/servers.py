"""Real database servers on this machine's own loopback, in a folder of their own, for the time of the tests."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote

__all__ = [
    "MARIADB", "PASSWORD", "POSTGRESQL", "USER", "Server", "find_program", "has_mariadb_driver", "odbc_driver", "running_mariadb",
    "running_postgresql",
]  # fmt: skip

POSTGRESQL = ("postgres", "initdb")
MARIADB = ("mariadbd", "mariadb-install-db")
USER, PASSWORD = "kantoor", "ge heim@1/#é"
"""Who works in the databases of tests; the password has all that an address must write otherwise."""
_PLACES = (*Path("/usr/lib/postgresql").glob("*/bin"), Path("/usr/sbin"))
_NUMBERS = count(1)


@dataclass(frozen=True)
class Server:
    """A running server: how addresses of it begin, and the connection of its administrator."""

    scheme: str
    port: int
    admin: Any

    def database(self) -> str:
        """Make an empty database; gives its address with user and password."""
        name = f"proef_{os.getpid()}_{next(_NUMBERS)}"
        self.run(f"CREATE DATABASE {name}" + (f" OWNER {USER}" if self.scheme == "postgresql" else ""))
        return self.address(name)

    def address(self, name: str, user: str = USER, password: str = PASSWORD) -> str:
        """Give the address of a database."""
        return f"{self.scheme}://{user}:{quote(password, safe='')}@127.0.0.1:{self.port}/{name}"

    def run_in(self, name: str, script: str) -> None:
        """Run a script of statements in a database as the administrator."""
        if self.scheme == "postgresql":
            import psycopg

            given = {"host": "127.0.0.1", "port": self.port, "user": "beheer", "password": "beheer", "dbname": name}
            with psycopg.connect(**given) as connection:
                connection.execute(script.encode())
            return
        self.run(f"USE {name}")
        for statement in script.split(";\n"):
            if statement.strip():
                self.run(statement)

    def plain_user(self, name: str) -> str:
        """Let somebody read and change rows in a database, and no more; gives the address with that user."""
        user = f"rijen_{next(_NUMBERS)}"
        rights = "SELECT, INSERT, UPDATE, DELETE"
        if self.scheme == "postgresql":
            self.run(f"CREATE ROLE {user} LOGIN PASSWORD '{PASSWORD}'")
            self.run_in(name, f"GRANT {rights} ON ALL TABLES IN SCHEMA public TO {user};"
                              f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {user}")  # fmt: skip
        else:
            self.run(f"CREATE USER {user}@'127.0.0.1' IDENTIFIED BY '{PASSWORD}'")
            self.run(f"GRANT {rights} ON {name}.* TO {user}@'127.0.0.1'")
        return self.address(name, user)

    def drop_connections(self) -> int:
        """Drop every connection of the user, as a server does that is restarted; gives how many there were."""
        if self.scheme == "postgresql":
            query = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{USER}'"
            return len(self.run(query))
        found = self.run(f"SELECT id FROM information_schema.processlist WHERE user = '{USER}'")
        for (n,) in found:
            self.run(f"KILL {n}")
        return len(found)

    def run(self, statement: str) -> list[Sequence[Any]]:
        """Run a statement as the administrator; gives the rows that come of it."""
        cursor = self.admin.cursor()
        cursor.execute(statement)
        return list(cursor.fetchall()) if cursor.description else []


def find_program(name: str) -> str | None:
    """Give the path of a server's program, which need not be on the search path."""
    return shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", ""), *map(str, _PLACES)]))


def has_mariadb_driver() -> bool:
    """Tell whether Python reaches MariaDB through ODBC."""
    return odbc_driver("MariaDB") is not None


def odbc_driver(kind: str) -> str | None:
    """Give the name of the ODBC driver for a kind of database; None without it, or without ODBC at all."""
    try:
        import pyodbc
    except ImportError:
        return None
    fitting = [name for name in pyodbc.drivers() if kind in name]
    return next((name for name in fitting if "Unicode" in name), fitting[0] if fitting else None)


@contextlib.contextmanager
def running_postgresql() -> Iterator[Server]:
    """Run a PostgreSQL for the time of the block."""
    import psycopg

    with _folder("postgres") as (folder, user), _password_file(folder, user) as password:
        data, port = folder / "data", _free_port()
        make = ["-D", data, "-U", "beheer", "-A", "scram-sha-256", "--pwfile", password, "-E", "UTF8", "--no-sync"]
        _run("initdb", user, *make, "--locale=C.UTF-8")
        quick = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", f"unix_socket_directories={folder}")
        options = [word for setting in quick for word in ("-c", setting)]
        words = ["-D", data, "-p", str(port), "-h", "127.0.0.1", *options]
        with _server("postgres", user, folder, *words) as server:
            given = f"host=127.0.0.1 port={port} user=beheer password=beheer dbname=postgres connect_timeout=5"
            admin = _when_ready(server, folder, lambda: psycopg.connect(given, autocommit=True))
            admin.execute(f"CREATE ROLE {USER} LOGIN PASSWORD '{PASSWORD}'")
            with admin:
                yield Server("postgresql", port, admin)


@contextlib.contextmanager
def running_mariadb() -> Iterator[Server]:
    """Run a MariaDB for the time of the block."""
    import pyodbc

    with _folder("mysql") as (folder, user):
        data, port = folder / "data", _free_port()
        plain = ["--no-defaults", f"--datadir={data}"]
        _run("mariadb-install-db", user, *plain, "--skip-test-db", "--auth-root-authentication-method=normal")
        quick = [
            "--innodb-flush-log-at-trx-commit=0",
            "--innodb-doublewrite=0",
            "--skip-log-bin",
            "--skip-name-resolve",
        ]
        where = [f"--port={port}", "--bind-address=127.0.0.1", f"--socket={folder / 's'}", f"--pid-file={folder / 'p'}"]
        with _server("mariadbd", user, folder, *plain, *quick, *where) as server:
            driver = next(name for name in pyodbc.drivers() if "MariaDB" in name)
            given = f"Driver={driver};Server=127.0.0.1;Port={port};User=root;charset=utf8mb4"
            admin = _when_ready(server, folder, lambda: pyodbc.connect(given, autocommit=True))
            admin.execute(f"CREATE USER {USER}@'127.0.0.1' IDENTIFIED BY '{PASSWORD}'")
            admin.execute(f"GRANT ALL ON `proef\\_%`.* TO {USER}@'127.0.0.1'")
            yield Server("mariadb", port, admin)
            admin.close()


@contextlib.contextmanager
def _folder(account: str) -> Iterator[tuple[Path, str | None]]:
    """Give a folder for a server, and the account to run it under: no database server likes to run as root."""
    user = account if hasattr(os, "geteuid") and os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="registerkit-"))
    try:
        if user:
            shutil.chown(folder, user)
        yield folder, user
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _password_file(folder: Path, user: str | None) -> Iterator[Path]:
    file = folder / "password"
    file.write_text("beheer")
    if user:
        shutil.chown(file, user)
    yield file


def _run(program: str, user: str | None, *words: Any) -> None:
    done = subprocess.run([find_program(program), *words], user=user, capture_output=True, text=True, cwd="/")
    assert done.returncode == 0, done.stderr


@contextlib.contextmanager
def _server(program: str, user: str | None, folder: Path, *words: Any) -> Iterator[subprocess.Popen[bytes]]:
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen([find_program(program), *words], user=user, stdout=log, stderr=log, cwd="/")
        try:
            yield server
        finally:
            server.terminate()
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _when_ready(server: subprocess.Popen[bytes], folder: Path, connect: Any) -> Any:
    """Connect as soon as the server answers."""
    until = time.monotonic() + 60
    while True:
        with contextlib.suppress(Exception):
            return connect()
        log = (folder / "log").read_text(errors="replace")
        assert server.poll() is None, log
        assert time.monotonic() < until, log
        time.sleep(0.1)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
