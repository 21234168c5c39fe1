"""Whether the web process of this container answers, asked as nginx would ask it. Exit 0 or 1."""

import os
import sys
import urllib.request
from urllib.parse import urlsplit

host = urlsplit(os.environ.get("SITE_URL", "http://localhost")).netloc
port = os.environ.get("WEB_BIND", "0.0.0.0:8000").rpartition(":")[2]
request = urllib.request.Request(
    f"http://127.0.0.1:{port}/healthz", headers={"Host": host, "X-Forwarded-Proto": "https"}
)
try:
    with urllib.request.urlopen(request, timeout=3) as reply:  # nosec B310: a fixed address of ours
        sys.exit(reply.status != 200)
except OSError:
    sys.exit(1)
