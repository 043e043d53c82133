"""nginx with the product's own configuration, in front of servers of a test."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import trustme

from benchmarks.server import free_port

CONFIGURATION = Path(__file__).parents[2] / "deployment" / "nginx" / "tracker.conf"
# What the machine's own nginx.conf says around it; the log says which server answered.
AROUND = """
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    log_format tests '$uid_got$uid_set $upstream_addr $status $request_uri';
    access_log {folder}/access.log tests;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/tracker.conf;
}}
"""


class Proxy:
    """``address``: where it listens; ``plain_port``: where it does by http; ``answered()``: which server answered which visitor, in the
    order of its log."""

    def __init__(self, folder: Path, port: int, plain_port: int) -> None:
        self.address, self.plain_port, self._log = f"https://127.0.0.1:{port}", plain_port, folder / "access.log"

    def answered(self) -> list[tuple[str, str]]:
        lines = self._log.read_text(encoding="utf-8").splitlines()
        return [(visitor.strip("-"), server) for visitor, server, *_ in map(str.split, lines)]


@contextmanager
def nginx(folder: Path, port: int, *servers: str, below: str = "/") -> Iterator[Proxy]:
    """The product's configuration at a port, in front of servers (``127.0.0.1:8501``), changed only in addresses, certificates and path."""
    program = shutil.which("nginx", path="/usr/sbin:/usr/bin:/sbin:/usr/local/sbin")
    assert program, "nginx is not installed: make test installs it, or: apt-get install nginx-light"
    folder.mkdir(parents=True)
    certificate = trustme.CA().issue_cert("127.0.0.1")
    certificate.private_key_pem.write_to_path(str(folder / "tracker.key"))
    for part in certificate.cert_chain_pems:
        part.write_to_path(str(folder / "tracker.crt"), append=True)
    text = CONFIGURATION.read_text(encoding="utf-8")
    text, changed = re.subn(r"(    server 127\.0\.0\.1:\d+;\n)+", "".join(f"    server {server};\n" for server in servers), text)
    assert changed == 1
    plain_port = free_port()
    for was, becomes in (
        ("listen 443 ssl", f"listen 127.0.0.1:{port} ssl"),
        ("listen 80", f"listen 127.0.0.1:{plain_port}"),
        ("/etc/nginx/tracker.", f"{folder}/tracker."),
        ("location / {", f"location {below} {{"),
    ):
        assert was in text
        text = text.replace(was, becomes)
    (folder / "tracker.conf").write_text(text, encoding="utf-8")
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder), encoding="utf-8")
    command = [program, "-c", str(folder / "nginx.conf"), "-g", "daemon off;", "-e", str(folder / "error.log")]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(process, port, folder)
        yield Proxy(folder, port, plain_port)
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait(process: subprocess.Popen, port: int, folder: Path) -> None:
    for _ in range(200):
        if process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
        time.sleep(0.05)
    raise RuntimeError(f"nginx did not start: {(folder / 'error.log').read_text(encoding='utf-8')}")
