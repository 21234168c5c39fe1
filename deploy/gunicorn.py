"""gunicorn's settings: behind nginx, which takes the slow and the large before they reach it."""

import os
from typing import Any

bind = os.environ.get("WEB_BIND", "0.0.0.0:8000")  # nosec B104: inside the container network only
workers = int(os.environ.get("WEB_WORKERS", "2"))
preload_app = True  # one copy of the code in memory, and one refusal when the settings are unsafe
timeout = 30  # seconds a request may take before its worker is replaced
graceful_timeout = 30
keepalive = 35  # seconds; a little longer than nginx keeps its side
max_requests, max_requests_jitter = 5000, 500
worker_tmp_dir = "/dev/shm"  # nosec B108: the heartbeat file, in memory
control_socket_disable = True
limit_request_line, limit_request_fields, limit_request_field_size = 4094, 60, 8190
accesslog = None  # nginx counts; nobody's address or path is kept
errorlog = "-"


def worker_abort(worker: Any) -> None:
    """In the request that took too long: so that it ends in our own page, and not in gunicorn's."""
    raise TimeoutError


logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "safeguarding.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # Below `error` gunicorn tells of the clients that send it nonsense, by their address.
    "loggers": {"gunicorn.error": {"handlers": ["console"], "level": "ERROR", "propagate": False}},
}
