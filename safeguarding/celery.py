"""The Celery app: every task means "go and look in PostgreSQL", carries an expiry, and may be lost."""

import os

from celery import Celery
from celery.signals import worker_init, worker_process_init
from django.conf import settings
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safeguarding.settings")
TRANSPORT_ALIASES["folder"] = "safeguarding.folder_queue:Transport"
app = Celery("safeguarding")

SECONDS = 1.0
REDIS = {  # seconds
    "visibility_timeout": 120,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
}


def _filesystem_broker() -> dict[str, object]:
    """The embedded default has no Redis: tasks are files in a folder."""
    folder = settings.VAR_DIR / "queue"
    for name in ("messages", "control"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    return {
        "broker_url": "folder://",
        "broker_transport_options": {
            "data_folder_in": str(folder / "messages"),
            "data_folder_out": str(folder / "messages"),
            "control_folder": str(folder / "control"),
            "polling_interval": 0.1,
        },
    }


def _redis_broker(url: str) -> dict[str, object]:
    return {"broker_url": url, "broker_transport_options": REDIS}


app.conf.update(
    **(_redis_broker(settings.CELERY_BROKER_URL) if settings.CELERY_BROKER_URL else _filesystem_broker()),
    imports=["safeguarding.tasks"],
    accept_content=["json"],
    task_serializer="json",
    task_ignore_result=True,
    task_acks_late=True,
    worker_prefetch_multiplier=1,
    worker_send_task_events=False,
    worker_enable_remote_control=False,
    worker_hijack_root_logger=False,
    task_publish_retry=False,
    broker_connection_retry_on_startup=True,
    enable_utc=True,
    timezone="UTC",
    beat_scheduler="celery.beat:Scheduler",  # the schedule is this file: nothing to keep between starts
    beat_schedule={
        "look": {"task": "safeguarding.look", "schedule": 20 * SECONDS, "options": {"expires": 60}},
        "tidy": {"task": "safeguarding.tidy", "schedule": 3600 * SECONDS, "options": {"expires": 3600}},
    },
)


@worker_process_init.connect(weak=False)
def be_ready_to_draw(**kwargs: object) -> None:
    """The first copy of the day should not wait for a painter to start."""
    from safeguarding import pdf

    pdf.warm()


@worker_init.connect(weak=False)
def refuse_to_start_unsafe(**kwargs: object) -> None:
    from safeguarding import checks  # here, because the apps are loaded only now

    checks.refuse_to_start_unsafe()
