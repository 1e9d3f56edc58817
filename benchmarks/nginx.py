"""nginx with ``deploy/nginx.conf``, on free ports and with files in a folder of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

CONFIGURATION = Path(__file__).resolve().parents[1] / "deploy" / "nginx.conf"
SELF_SIGNED = (
    "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost "
    "-addext subjectAltName=IP:127.0.0.1,DNS:localhost"
).split()
# What a distribution's own nginx.conf contains.
MAIN = """
{user}
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
worker_processes 2;
events {{ worker_connections 1024; }}
http {{
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    sendfile on;
    keepalive_requests 100000;
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/portfolio.conf;
}}
"""


@dataclass(frozen=True, slots=True)
class Nginx:
    """A running nginx: the address of the site, the address that redirects to it, and the certificate."""

    url: str
    plain_url: str
    certificate: Path


@contextmanager
def running_nginx(folder: Path, *, port: int, static: Path, media: Path, https: bool = True) -> Iterator[Nginx]:
    """Run nginx in front of the server at ``port``. With ``https=False`` the site is served by plain http."""
    folder.mkdir(parents=True, exist_ok=True)
    certificate = make_certificate(folder)
    ports = [free_port(), free_port()]
    changes = {
        "/etc/letsencrypt/live/example.org/fullchain.pem": str(certificate),
        "/etc/letsencrypt/live/example.org/privkey.pem": str(folder / "key.pem"),
        "server_name example.org;": "server_name 127.0.0.1 localhost;",
        "127.0.0.1:8000": f"127.0.0.1:{port}",
        "listen [::]:443 ssl http2;": "",
        "listen [::]:80;": "",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{ports[0]}{' ssl http2' if https else ''};",
        "listen 80;": f"listen 127.0.0.1:{ports[1]};",
        "/var/cache/nginx/portfolio": str(folder / "cache"),
        "/var/www/html": str(folder / "acme"),
        "/srv/portfolio/staticfiles/": f"{static}/",
        "/var/lib/portfolio/media/": f"{media}/",
    }
    configuration = CONFIGURATION.read_text(encoding="utf-8")
    for text, replacement in changes.items():
        if text not in configuration:
            raise ValueError(f"{CONFIGURATION} does not contain {text!r} any more")
        configuration = configuration.replace(text, replacement)
    (folder / "portfolio.conf").write_text(configuration, encoding="utf-8")
    # Workers of an nginx that root starts are somebody else, who may not read these folders.
    main = MAIN.format(user="user root;" if os.geteuid() == 0 else "", folder=folder)
    (folder / "nginx.conf").write_text(main, encoding="utf-8")
    command = ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")]
    test = subprocess.run([*command, "-t", "-q"], capture_output=True, text=True, check=False)
    if test.returncode or test.stderr:
        raise ValueError(f"nginx does not accept the configuration:\n{test.stderr}")
    with subprocess.Popen(command) as process:
        try:
            wait_for_port(ports[0])
            scheme = "https" if https else "http"
            yield Nginx(f"{scheme}://127.0.0.1:{ports[0]}", f"http://127.0.0.1:{ports[1]}", certificate)
        finally:
            process.terminate()


def make_certificate(folder: Path) -> Path:
    certificate = folder / "certificate.pem"
    command = [*SELF_SIGNED, "-keyout", str(folder / "key.pem"), "-out", str(certificate)]
    subprocess.run(command, check=True, capture_output=True)
    return certificate


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_for_port(port: int, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
