"""deploy/nginx.conf in a real nginx, before gunicorn with deploy/gunicorn.py: only ports and folders differ."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.conf import settings

from tests.conftest import Clone
from tests.mail import free_port
from tests.servers import Place, Server, wait_until

Reply = tuple[int, dict[str, str], bytes]


class Front:
    def __init__(self, place: Place) -> None:
        self.place, self.folder = place, place.folder
        self.tls, self.plain, self.web = free_port(), free_port(), free_port()
        folder = self.folder
        self.place.extra |= {
            "SITE_URL": f"https://localhost:{self.tls}",
            "WEB_BIND": f"127.0.0.1:{self.web}",
            "TRUSTED_PROXY_COUNT": "1",
            "STATIC_ROOT": str(folder / "static"),
            "STATICFILES": "whitenoise.storage.CompressedManifestStaticFilesStorage",
        }
        self._make_files()
        self.gunicorn = self.start_web()
        self.nginx = self._start_nginx()
        wait_until(lambda: self.get("/healthz")[0] == 200)

    def _make_files(self) -> None:
        collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"]
        subprocess.run(collect, cwd=settings.BASE_DIR, env=self.place.environment, check=True)
        (self.folder / "static" / ".hidden").write_text("secret")
        (self.folder / "errors").mkdir()
        for page in ("deploy/errors/413.html", "templates/503.html"):
            shutil.copy(settings.BASE_DIR / page, self.folder / "errors")
        key = [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=localhost",
        ]
        names = ["-keyout", str(self.folder / "key.pem"), "-out", str(self.folder / "certificate.pem")]
        subprocess.run([*key, *names], check=True, capture_output=True)

    def start_web(self) -> Server:
        command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.py", "safeguarding.wsgi"]
        return self.place.start("web", command)

    def _start_nginx(self) -> Server:
        here = {
            "/run/secrets/tls_certificate": str(self.folder / "certificate.pem"),
            "/run/secrets/tls_key": str(self.folder / "key.pem"),
            "/srv/static/": f"{self.folder}/static/",
            "/srv/errors": f"{self.folder}/errors",
            "/tmp/nginx": f"{self.folder}/nginx",
            "listen 8443": f"listen 127.0.0.1:{self.tls}",
            "listen 8080": f"listen 127.0.0.1:{self.plain}",
            "web:8000": f"127.0.0.1:{self.web}",
            "/dev/stdout": str(self.folder / "access.log"),
        }
        text = (settings.BASE_DIR / "deploy" / "nginx.conf").read_text()
        for there, path in here.items():
            assert there in text
            text = text.replace(there, path)
        (self.folder / "nginx.conf").write_text(("user root;\n" if os.geteuid() == 0 else "") + text)
        program = str(shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin"))
        return self.place.start(
            "nginx", [program, "-c", str(self.folder / "nginx.conf"), "-g", "daemon off;"]
        )

    def get(self, path: str, *, method: str = "GET", body: bytes | None = None, **headers: str) -> Reply:
        """One request over TLS; header names are written with _ for -."""
        context = ssl._create_unverified_context()
        connection = http.client.HTTPSConnection("localhost", self.tls, timeout=20, context=context)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, path, body=body, headers=sent)
            reply = connection.getresponse()
            return reply.status, {k.lower(): v for k, v in reply.getheaders()}, reply.read()
        except OSError:
            return 0, {}, b""
        finally:
            connection.close()

    def wire(self) -> ssl.SSLSocket:
        context = ssl._create_unverified_context()
        return context.wrap_socket(socket.create_connection(("localhost", self.tls), timeout=20))

    def raw(self, text: bytes) -> bytes:
        """What comes back for bytes as they are, until the other side closes."""
        with self.wire() as wire:
            wire.sendall(text)
            got = b""
            while part := wire.recv(65536):
                got += part
        return got

    def stylesheet(self) -> str:
        found = re.search(rb'href="(/static/build/app\.[0-9a-f]+\.css)"', self.get("/privacy/")[2])
        assert found is not None
        return found[1].decode()

    @property
    def logs(self) -> str:
        files = [*self.folder.glob("*.log")]
        return "".join(path.read_text(errors="replace") for path in files)

    def stop(self) -> None:
        self.place.stop_all()


@pytest.fixture(scope="module")
def front(clone: Clone, django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    folder = tmp_path_factory.mktemp("front")
    made = Front(Place(folder=folder, database_url=clone.url, email_url="smtp://localhost:1"))
    yield made
    made.stop()
