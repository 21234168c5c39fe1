"""One long day on real processes, with a planted word wherever somebody may type one (fault 31).

nginx, gunicorn, dispatcher, worker, Redis, PostgreSQL and a mail server, as in production, but all of them
as talkative as they can be made.
"""

from __future__ import annotations

import re
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from psycopg2.extensions import connection as Connection

from safeguarding import embedded
from safeguarding.people.models import Person
from safeguarding.people.sessions import LAST_SEEN
from tests.cast import make_cast
from tests.deploy.front import Front
from tests.faults import traces
from tests.faults.walker import CANARY, Page, Walker, receipt_on
from tests.mail import MailServer, Post, free_port
from tests.people.signing_in import code_now, give_app
from tests.servers import CELERY, QUIET, OwnDatabase, Place, Redis, wait_until

PASSWORD = f"{CANARY} by the canal"
REPORTER = f"{CANARY}@example.org"
NAME = f"{CANARY} Reed"


def words(what: str) -> str:
    return f"The {CANARY} of the {what}."


class CanaryRun:
    def __init__(self, folder: Path, database: OwnDatabase, redis: Redis) -> None:
        self.folder, self.database, self.redis = folder, database, redis
        self.post, port = Post(), free_port()
        self.mail_server = MailServer(self.post, hostname="127.0.0.1", server_hostname="localhost", port=port)
        self.mail_server.start()
        self.cast = make_cast()
        (folder / "tmp").mkdir()
        self.place = Place(folder, database.url, f"smtp://127.0.0.1:{port}", redis.url)
        self.place.extra = {
            "LOG_LEVEL": "DEBUG",
            "TMPDIR": str(folder / "tmp"),
            "ACKNOWLEDGE_URGENT_HOURS": "1",
        }
        self.front = Front(self.place)
        self.site = f"https://localhost:{self.front.tls}"
        self.start_the_others()
        self.in_sessions: set[str] = set()
        self.shown: dict[str, str] = {}  # what the pages and the copy showed: there it must stand
        self.answers: dict[str, Page] = {}  # the page for each thing broken on purpose

    def start_the_others(self) -> None:
        watch = ["redis-cli", "-p", str(self.redis.port), "monitor"]
        self.place.start("redis-monitor", watch)
        self.place.start("worker", [*CELERY, "worker", "-l", "DEBUG", "-c", "1", *QUIET])
        self.place.start("beat", [*CELERY, "beat", "-l", "DEBUG"])
        self.place.dispatch()

    def stop(self) -> None:
        self.place.stop_all()
        self.mail_server.stop()

    # --- the reporter ------------------------------------------------------------------------

    def raise_one(self) -> None:
        self.reporter = reporter = Walker(self.site)
        reporter.send("/raise/", names=words("kept out"))
        reporter.send("/raise/words/", words=words("draft"), under_18="no")
        reporter.send("/raise/words/", words=words("raising"), under_18="no")
        reporter.send("/raise/more/seen/", saw=words("seen"), exact=words("exact"), felt=words("felt"))
        reporter.send("/raise/more/where/", place=words("place"))
        reporter.send("/raise/more/people/", name=NAME, role="affected", relationship_words=CANARY)
        reach: dict[str, Any] = {
            "mode": "contact",
            "name": NAME,
            "email": REPORTER,
            "phone": f"07700 {CANARY}",
        }
        reporter.send("/raise/reach/", **reach, safe_ways=words("safe ways"), show_words="on")
        self.shown["check"] = reporter.ask("/raise/check/").text
        self.receipt = receipt_on(reporter.send("/raise/check/"))

    def follow_up(self) -> None:
        visitor = Walker(self.site)
        visitor.send("/follow-up/", receipt=f"1234 {CANARY}", gives=422)
        visitor.send("/follow-up/", receipt=self.receipt)
        visitor.send("/follow-up/", to="/follow-up/add/", words=words("follow-up"))
        visitor.send("/follow-up/more/wants/", wants=words("wants"))
        self.shown["follow-up"] = visitor.ask("/follow-up/").text
        visitor.send("/follow-up/", to="/follow-up/close/")
        visitor.post("/follow-up/add/", visitor.form("/follow-up/") | {"words": words("lost visit")})

    def leave_a_draft(self) -> None:
        visitor = Walker(self.site)
        visitor.send("/raise/")
        visitor.send("/raise/words/", words=words("stopped draft"))
        visitor.send("/raise/stop/", keep="1")
        visitor.send("/raise/come-back/", code=CANARY, gives=422)

    # --- the lead ----------------------------------------------------------------------------

    def sign_in(self, name: str) -> Walker:
        person: Person = getattr(self.cast, name)
        Person.objects.filter(pk=person.pk).update(password=make_password(PASSWORD))
        Authenticator.objects.filter(user=person).delete()
        secret = generate_totp_secret()  # another each time: a code works once
        give_app(person, secret)
        walker = Walker(self.site, agent="Chromium")  # hers stands in her own list of sessions
        walker.send("/account/login/", login=person.email, password=f"{PASSWORD} not")
        walker.send("/account/login/", login=person.email, password=PASSWORD)
        wait_until(lambda: time.time() % 30 < 25, seconds=10)  # else the code grows old on its way
        page = walker.send("/account/second-factor/authenticate/", code=code_now(secret))
        assert not page.address.startswith("/account/"), page.text
        return walker

    def triage(self) -> None:
        self.lead = lead = self.sign_in("lead")
        found = re.search(r'href="(/concerns/[A-Z0-9-]+/)"', lead.ask("/concerns/?show=all").text)
        assert found is not None
        self.record = record = found[1]
        lead.send(f"{record}acknowledge/", reply=words("first reply"), send_mail="on")
        lead.send(f"{record}note/", kind="seen", words=words("note"))
        lead.send(f"{record}reply/", words=words("reply"), send_mail="on")
        lead.send(f"{record}next-step/", step="talk_to_reporter", words=words("next step"))
        lead.send(f"{record}person/", name=NAME, role="saw_it", relationship_words=words("person"))
        lead.send(f"{record}decision/", decided=words("decision"), reason=words("reason"))
        self.shown["search"] = lead.send("/concerns/", to="/concerns/find/", sought=NAME).text
        answers: dict[str, Any] = {
            "what_we_did": words("act"),
            "what_they_say": words("answer"),
            "still_at_risk": "not_sure",
        }
        self.shown["closed"] = lead.send(f"{record}close/", **answers, risk_words=words("risk")).text

    def export(self) -> None:
        """The answers come too late and wait while the lead proves who she is; then the worker makes it."""
        prove = f"/account/reauthenticate/?next={self.record}record.pdf"
        answers: dict[str, Any] = {"purpose": "other", "words": words("purpose"), "with_reporter": "on"}
        self.lead.send("/concerns/", to=f"{self.record}record.pdf", **answers)
        self.lead.send(prove, password=PASSWORD)
        made = self.lead.send(f"{self.record}record.pdf", **answers)
        wait_until(lambda: "file.pdf" in self.lead.ask(made.address).text, seconds=40, every=0.5)
        pdf = self.lead.ask(f"{made.address}file.pdf").content
        read = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
        self.shown["copy"] = " ".join(read.stdout.decode().split())
        self.lead.ask(f"{made.address}file.txt")

    def type_too_late(self) -> None:
        """The lead's session ends while she types; her words are kept, and come back."""
        session = SessionStore(self.lead.session_key)
        typed = self.lead.form(f"{self.record}note/") | {"kind": "seen", "words": words("late note")}
        session[LAST_SEEN] -= 60 * 60
        session.save()
        self.lead.post(f"{self.record}note/", typed)
        self.lead = self.sign_in("lead")
        self.shown["kept"] = self.lead.ask("/kept/").text

    # --- what goes wrong ---------------------------------------------------------------------

    def send_nonsense(self) -> None:
        """What no honest page sends."""
        visitor = Walker(self.site)
        visitor.send("/account/login/", login=REPORTER, password=PASSWORD, next=f"/{CANARY}/")
        visitor.send("/account/password/reset/", email=f"{CANARY}.nobody@example.org")
        visitor.ask(f"/{CANARY}/?{CANARY}={CANARY}")
        visitor.ask(f"/invitation/{CANARY}/")
        visitor.ask(f"/account/password/reset/key/1-{CANARY}/")
        visitor.ask("/csp-report/", f'{{"csp-report": {{"blocked-uri": "{CANARY}"}}}}'.encode())
        visitor.ask("/raise/words/", f"words={CANARY}".encode())  # without its token
        visitor.ask("/raise/words/", f"words={CANARY}&".encode() * 200_000)
        visitor.ask("/raise/words/", f"words={CANARY}".encode() * 400_000)
        visitor.ask("/raise/words/", CANARY.encode(), Content_Type=f"multipart/form-data; boundary={CANARY}")
        visitor.ask("/raise/words/", Host=f"{CANARY}.example.org")
        hidden = f"\0{CANARY}\ud800".encode(errors="surrogatepass")
        visitor.send("/raise/words/", words=hidden, gives=422)
        visitor.ask("/leave/")

    def break_a_table(self) -> None:
        """Its rows are out of reach: a fault in the middle of saving, and one in the worker."""
        note = self.filled_note("renamed")
        copy = self.lead.form(f"{self.record}record.pdf") | {"purpose": "other", "words": words("lost copy")}
        with self.altered("concerns_entry RENAME TO away", "away RENAME TO concerns_entry"):
            self.answers["renamed"] = self.lead.post(f"{self.record}note/", note)
            asked = self.lead.post(f"{self.record}record.pdf", copy)
            gone = "could not"
            wait_until(lambda: gone in self.lead.ask(asked.address).text, seconds=40, every=0.5)

    def refuse_a_row(self) -> None:
        """The database says no, and would tell the whole row why."""
        self.administrator = self.sign_in("administrator")
        self.administrator.send("/account/reauthenticate/?next=/people/invite/", password=PASSWORD)
        typed = {"email": f"{CANARY}.new@example.org", "preferred_name": NAME}
        form = self.administrator.form("/people/invite/") | typed
        table = "safeguarding_invitation"
        with self.altered(
            f"{table} ADD CONSTRAINT no CHECK (email = '') NOT VALID", f"{table} DROP CONSTRAINT no"
        ):
            self.answers["refused"] = self.administrator.post("/people/invite/", form)

    def wait_in_vain(self) -> None:
        """A lock that is not given in time."""
        with self.waiting("locked") as sending:
            sending.join(30)

    def crash_in_the_middle(self) -> None:
        with self.waiting("crashed") as sending:
            connection.close()
            self.database.crash()
            sending.join(30)

    def abort_in_the_middle(self) -> None:
        """What gunicorn does to a process that takes too long."""
        with self.waiting("aborted") as sending:
            for child in self.front.gunicorn.children():
                child.send_signal(signal.SIGABRT)
            sending.join(30)

    @contextmanager
    def waiting(self, name: str) -> Iterator[threading.Thread]:
        """Somebody's words, on their way into a table that another holds."""
        visitor = Walker(self.site)
        visitor.send("/raise/")
        form = visitor.form("/raise/words/") | {"words": words(name)}

        def send() -> None:
            self.answers[name] = visitor.post("/raise/words/", form)

        holder = self.database.cluster.connect(database=embedded.DATABASE)
        holder.autocommit = False
        holder.cursor().execute("LOCK TABLE concerns_draft IN ACCESS EXCLUSIVE MODE")
        sending = threading.Thread(target=send)
        sending.start()
        wait_until(self.somebody_waits)
        yield sending
        assert not sending.is_alive()
        holder.close()

    def somebody_waits(self) -> bool:
        return bool(self.asked("SELECT count(*) FROM pg_locks WHERE NOT granted"))

    def asked(self, question: str) -> int:
        with closing(self.superuser()) as way, way.cursor() as cursor:
            cursor.execute(question)
            return int((cursor.fetchone() or (0,))[0])

    def filled_note(self, what: str) -> dict[str, Any]:
        return self.lead.form(f"{self.record}note/") | {"kind": "seen", "words": words(what)}

    @contextmanager
    def altered(self, change: str, back: str) -> Iterator[None]:
        with closing(self.superuser()) as way, way.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {change}")
            yield
            cursor.execute(f"ALTER TABLE {back}")

    def superuser(self) -> Connection:
        return self.database.cluster.connect(database=embedded.DATABASE)

    # --- the whole day -----------------------------------------------------------------------

    def live(self) -> None:
        for part in (
            *(self.raise_one, self.leave_a_draft, self.triage, self.follow_up, self.export),
            *(self.send_nonsense, self.break_a_table, self.refuse_a_row, self.wait_in_vain),
            *(self.abort_in_the_middle, self.crash_in_the_middle, self.type_too_late),
        ):
            part()
            self.in_sessions |= set(traces.in_sessions())  # each time: on the disk they are compressed
        waiting = "SELECT count(*) FROM safeguarding_outboxmessage WHERE state = 'queued'"
        wait_until(lambda: self.asked(waiting) == 0, seconds=60, every=0.5)
        self.shown["record"] = self.lead.ask(self.record).text
        self.shown["faults"] = self.administrator.ask("/faults/").text
