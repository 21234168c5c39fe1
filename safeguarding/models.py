"""Django finds models here; each lives with its noun."""

from safeguarding.audit import AuditEntry
from safeguarding.contacts.models import Contact, GapAlarm, HelpPanel, Holiday, WorkingDay
from safeguarding.crypto import RecordKey
from safeguarding.exports import Export, ExportFile
from safeguarding.faults import Fault
from safeguarding.heartbeat import Heartbeat
from safeguarding.limits import LimitHit
from safeguarding.outbox import OutboxMessage
from safeguarding.people.kept import KeptWords
from safeguarding.people.lost_factor import FactorReset
from safeguarding.people.models import Invitation, Person, RoleGrant
from safeguarding.statement.models import Value, WayOfWorking

__all__ = [
    "AuditEntry",
    "Contact",
    "Export",
    "ExportFile",
    "FactorReset",
    "Fault",
    "GapAlarm",
    "Heartbeat",
    "HelpPanel",
    "Holiday",
    "Invitation",
    "KeptWords",
    "LimitHit",
    "OutboxMessage",
    "Person",
    "RecordKey",
    "RoleGrant",
    "Value",
    "WayOfWorking",
    "WorkingDay",
]
