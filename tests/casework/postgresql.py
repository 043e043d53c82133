"""A real PostgreSQL server for the tests: its own folder and socket, no network, gone when the tests end."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WAIT_SECONDS = 60
# postgres refuses to run as root.
ACCOUNTS = ("postgres", "nobody")


class NoServer(AssertionError):
    """There is no PostgreSQL to test with: a failure, because the product supports it."""


def program(name: str) -> str:
    """The newest of a PostgreSQL program; Debian keeps the server's own off the path."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name), reverse=True)
    found = shutil.which(name, path=os.pathsep.join([*map(str, folders), os.environ.get("PATH", "")]))
    if not found:
        raise NoServer(f"{name} is not installed: make test installs it, or: apt-get install postgresql")
    return found


def _account() -> dict:
    """Whom the server runs as: this account, or an unprivileged one when that is root."""
    if os.geteuid() != 0:
        return {}
    import pwd  # Windows has no such module, and does not come this far

    for name in ACCOUNTS:
        try:
            entry = pwd.getpwnam(name)
            return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
        except KeyError:
            continue
    raise NoServer("There is no account that PostgreSQL can run as.")


@contextmanager
def server() -> Iterator[Path]:
    """A running server; gives the folder of its socket. Everything is removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix="tracker-postgresql-"))
    account = _account()
    data = folder / "data"
    try:
        if account:
            os.chown(folder, account["user"], account["group"])
        words = ("--username=tracker", "--auth=trust", "--encoding=UTF8", "--no-sync")
        made = subprocess.run(
            [program("initdb"), "--pgdata", str(data), *words], capture_output=True, text=True, cwd=folder, **account
        )
        if made.returncode:
            raise NoServer(f"The PostgreSQL server could not be made: {made.stderr}")
        settings = (
            "listen_addresses=",
            f"unix_socket_directories={folder}",
            # It is gone with the tests, so nothing is made safe or tidied.
            "fsync=off",
            "full_page_writes=off",
            "autovacuum=off",
            "max_connections=60",
            "shared_buffers=32MB",
        )
        words = [word for setting in settings for word in ("-c", setting)]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [program("postgres"), "-D", str(data), *words], cwd=folder, stdout=log, stderr=log, **account
            )
        try:
            _wait(process, folder)
            yield folder
        finally:
            process.terminate()
            try:
                process.wait(WAIT_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait(process: subprocess.Popen, folder: Path) -> None:
    ready = [program("pg_isready"), "--host", str(folder), "--quiet"]
    for _ in range(WAIT_SECONDS * 10):
        if process.poll() is not None:
            break
        if subprocess.run(ready).returncode == 0:
            return
        time.sleep(0.1)
    raise NoServer(f"The PostgreSQL server did not start: {(folder / 'log').read_text()[-2000:]}")
