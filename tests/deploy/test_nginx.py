"""What nginx does before the application is asked: slow, large, forged and smuggled requests."""

from __future__ import annotations

import contextlib
import socket
import ssl
import statistics
import time

import pytest

from tests.deploy.front import Front

pytestmark = [pytest.mark.slow, pytest.mark.one_world]
EVERYWHERE = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
}
SMUGGLED = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"


@pytest.mark.parametrize("path", ["/privacy/", "/nowhere/", "/static/build/icon.svg", "/static/nowhere.css"])
def test_every_answer_carries_our_headers_and_no_version(front: Front, path: str) -> None:
    _, headers, _ = front.get(path)

    assert EVERYWHERE.items() <= headers.items()
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["strict-transport-security"] == "max-age=63072000; includeSubDomains; preload"
    assert headers["server"] == "nginx"
    assert "x-powered-by" not in headers


def test_cookies_are_for_this_host_and_for_tls_only(front: Front) -> None:
    cookie = front.get("/follow-up/")[1]["set-cookie"]

    assert cookie.startswith("__Host-csrf=")
    assert {"Secure", "HttpOnly", "SameSite=Strict", "Path=/"} <= set(cookie.split("; "))


def test_plain_http_is_led_to_tls(front: Front) -> None:
    with socket.create_connection(("localhost", front.plain), timeout=10) as wire:
        wire.sendall(b"GET /raise/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        said = wire.recv(4096)

    assert said.startswith(b"HTTP/1.1 308")
    assert b"Location: https://localhost/raise/" in said


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_tls_12_and_13_are_spoken(front: Front, version: ssl.TLSVersion) -> None:
    assert handshake(front, version) in ("TLSv1.2", "TLSv1.3")


def handshake(front: Front, version: ssl.TLSVersion) -> str:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.minimum_version = context.maximum_version = version
    wire = socket.create_connection(("localhost", front.tls), timeout=10)
    with context.wrap_socket(wire) as secure:
        return str(secure.version())


def test_ciphers_without_forward_secrecy_are_refused(front: Front) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers("AES128-GCM-SHA256:AES256-GCM-SHA384:AES128-SHA")
    with socket.create_connection(("localhost", front.tls), timeout=10) as wire, pytest.raises(ssl.SSLError):
        context.wrap_socket(wire)


def test_static_files_come_compressed_and_are_kept(front: Front) -> None:
    _, headers, _ = front.get(front.stylesheet(), Accept_Encoding="gzip")

    assert headers["content-encoding"] == "gzip"
    assert headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize(
    "path",
    ["/.git/config", "/static/.hidden", "/static/", "/static/build/", "/static/../manage.py", "/static../manage.py",
     "/.env", "/413.html", "/503.html"],
)  # fmt: skip
def test_nothing_lies_about(front: Front, path: str) -> None:
    said = front.raw(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())

    assert said.split()[1] in (b"403", b"404", b"400")
    assert b"secret" not in said
    assert b"Index of" not in said


@pytest.mark.parametrize("method", ["TRACE", "TRACK"])
def test_trace_is_refused(front: Front, method: str) -> None:
    assert front.get("/privacy/", method=method)[0] in (403, 405)


def test_an_unknown_host_is_refused(front: Front) -> None:
    assert front.get("/privacy/", Host="elsewhere.example.org")[0] == 400


def test_forged_hosts_change_nothing(front: Front) -> None:
    status, headers, body = front.get(
        "/concerns/", X_Forwarded_Host="elsewhere.example.org", Forwarded="host=elsewhere.example.org"
    )

    assert status in (302, 404)
    assert b"elsewhere" not in body + headers.get("location", "").encode()


def test_a_client_cannot_choose_its_address(front: Front) -> None:
    answers = [
        front.get("/csp-report/", method="POST", body=b"{}", X_Forwarded_For=f"198.51.100.{n}", X_Real_IP="1.1.1.1")[0]
        for n in range(40)
    ]  # fmt: skip

    assert answers.count(204) <= 30
    assert 429 in answers


@pytest.mark.parametrize(
    "request_head",
    [
        b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
        b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n" + SMUGGLED,
        b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef" + SMUGGLED,
        b"Content-Length: 5, 6\r\n\r\nabcdef" + SMUGGLED,
        b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
        b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
        b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n" + SMUGGLED,
    ],
)
def test_a_second_request_is_not_smuggled_past(front: Front, request_head: bytes) -> None:
    said = front.raw(b"POST /csp-report/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + request_head)

    assert said.split()[1] in (b"400", b"501")
    assert said.count(b"HTTP/1.1 ") == 1
    assert b"\r\n\r\nok" not in said


def test_too_much_is_413_in_words(front: Front) -> None:
    head = b"POST /raise/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 9000000\r\n\r\n"
    said = front.raw(head)
    assert said.startswith(b"HTTP/1.1 413")
    assert b"tel:999" in said
    assert b"That is too much to send at once" in said


def test_slow_connections_leave_room_for_others(front: Front) -> None:
    slow = []
    try:
        for number in range(300):
            wire = front.wire()
            slow.append(wire)
            if number % 3:
                wire.sendall(b"GET /privacy/ HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
            else:
                wire.sendall(b"POST /raise/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4000\r\n\r\nw")
        took = []
        for number in range(60):
            start = time.monotonic()
            assert front.get("/privacy/")[0] == 200
            took.append(time.monotonic() - start)
            with contextlib.suppress(OSError):
                slow[number].sendall(b"a")
    finally:
        for wire in slow:
            wire.close()

    assert statistics.quantiles(took, n=20)[18] < 0.5


def test_a_slow_client_is_let_go(front: Front) -> None:
    with front.wire() as wire:
        wire.sendall(b"GET /privacy/ HTTP/1.1\r\nHost: localhost\r\n")
        wire.settimeout(20)
        start = time.monotonic()
        with contextlib.suppress(ConnectionError, ssl.SSLError):
            while wire.recv(4096):
                pass

    assert 8 < time.monotonic() - start < 15


def test_no_log_tells_of_an_address_a_path_or_a_word(front: Front) -> None:
    front.get("/help/?canary=heronword", X_Forwarded_For="203.0.113.7", User_Agent="heronagent")
    front.get("/join/heroncode/")
    front.get("/raise/", method="POST", body=b"words=heronwords")
    front.raw(b"BROKEN heronline\r\n\r\n")
    front.raw(b"GET / HTTP/1.1\r\nHost: heronhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n")

    assert '"logger":"nginx"' in front.logs
    assert [
        word for word in ("heron", "203.0.113.7", "127.0.0.1 ", "/help/", "/join/") if word in front.logs
    ] == []


def test_when_the_application_is_down_the_page_still_helps(front: Front) -> None:
    front.gunicorn.kill()

    status, headers, body = front.get("/raise/")

    assert (status, headers["retry-after"], headers["cache-control"]) == (503, "60", "no-store")
    assert b"tel:999" in body
    assert EVERYWHERE.items() <= headers.items()
