"""Celery's tasks: each means "go and look in PostgreSQL". Thin; the looking lives with its noun.

Hard limits stay under Redis' visibility timeout (120 s): a task that runs is never given to another.
"""

from celery import shared_task

from safeguarding import looks


@shared_task(name="safeguarding.send_mail", soft_time_limit=80, time_limit=90)
def send_mail() -> None:
    looks.send_mail()


@shared_task(name="safeguarding.make_exports", soft_time_limit=45, time_limit=50)
def make_exports() -> None:
    looks.make_exports()


@shared_task(name="safeguarding.look", soft_time_limit=60, time_limit=75)
def look() -> None:
    looks.periodic()


@shared_task(name="safeguarding.tidy", soft_time_limit=600, time_limit=660, acks_late=False)
def tidy() -> None:
    looks.tidy()
