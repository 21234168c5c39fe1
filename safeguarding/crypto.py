"""The only importer of `cryptography`: sealed words, record keys, the key ring, blind index, receipts.

Every record has a random 256-bit key, stored wrapped by a numbered key from the key-ring file, which
lives outside the database. Sealed bytes are `version|key id|nonce|ciphertext` (AES-256-GCM); the
additional data binds table, field, row and version, so text swapped between rows does not open.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import hmac
import json
import os
import secrets
import unicodedata
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any, overload

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap
from django.conf import settings
from django.db import models, transaction

VERSION = 1
NONCE = 12  # bytes
PURPOSES = ("blind_index", "receipt", "pepper", "address")


class CannotOpen(Exception):
    """The words could not be opened: a wrong key, or bytes that were changed or moved. Never partial text."""


class KeyRingFault(Exception):
    """The key-ring file is missing, unreadable, too open or incomplete."""


@dataclass(frozen=True)
class KeyRing:
    current: int
    wrapping: dict[int, bytes]
    purposes: dict[str, bytes]

    def wrap(self, key: bytes) -> bytes:
        return aes_key_wrap(self.wrapping[self.current], key)

    def unwrap(self, wrapped: bytes, *, by: int) -> bytes:
        try:
            return aes_key_unwrap(self.wrapping[by], wrapped)
        except (KeyError, InvalidUnwrap) as fault:
            raise CannotOpen(f"no key on the ring opens what key {by} wrapped") from fault


def new_ring() -> dict[str, Any]:
    """The content of a fresh key-ring file: base64 of 32 random bytes for each key."""
    return {"current": 1, "wrapping": {"1": _fresh()}, **{name: _fresh() for name in PURPOSES}}


def add_wrapping_key(content: dict[str, Any]) -> dict[str, Any]:
    number = max(map(int, content["wrapping"])) + 1
    return {**content, "current": number, "wrapping": {**content["wrapping"], str(number): _fresh()}}


def write_ring(path: Path, content: dict[str, Any]) -> None:
    """Replace the file in one step, readable by its owner only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    new.touch(mode=0o600)
    new.write_text(json.dumps(content, indent=1))
    new.chmod(0o400)
    os.replace(new, path)


def _fresh() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def retire_wrapping_key(content: dict[str, Any], number: int) -> dict[str, Any]:
    """The ring without one old key. The caller has made sure that nothing is wrapped by it any more."""
    left = {name: key for name, key in content["wrapping"].items() if int(name) != number}
    return {**content, "wrapping": left}


def ring() -> KeyRing:
    """The key ring; read again when the file was replaced, so that every process sees a new key at once."""
    path = settings.KEY_RING_FILE
    try:
        found = path.stat()
    except OSError as fault:
        raise KeyRingFault(f"the key ring cannot be read: {type(fault).__name__}") from fault
    return _read_ring(path, found.st_ino, found.st_ctime_ns)


@functools.lru_cache(maxsize=4)
def _read_ring(path: Path, inode: int, changed_at: int) -> KeyRing:
    try:
        if path.stat().st_mode & 0o077:
            raise KeyRingFault(f"{path.name} must be readable by its owner only (chmod 0400)")
        content = json.loads(path.read_text())
        found = KeyRing(
            current=int(content["current"]),
            wrapping={int(number): _key(text) for number, text in content["wrapping"].items()},
            purposes={name: _key(content[name]) for name in PURPOSES},
        )
        found.wrapping[found.current]
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as fault:
        raise KeyRingFault(f"the key ring cannot be read: {type(fault).__name__}") from fault
    if len(set(found.purposes.values()) | set(found.wrapping.values())) != len(PURPOSES) + len(
        found.wrapping
    ):
        raise KeyRingFault("two keys on the ring are the same")
    return found


def _key(text: str) -> bytes:
    key = base64.b64decode(text, validate=True)
    if len(key) != 32:
        raise ValueError("a key has 32 bytes")
    return key


class RecordKey(models.Model):
    """One record's key, wrapped. Erasing the row makes everything sealed with it unreadable for ever."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=40, null=True, unique=True)  # noqa: DJ001  # only for a service's own key
    wrapped = models.BinaryField(max_length=40)
    wrapped_by = models.PositiveIntegerField(db_index=True)

    def __str__(self) -> str:
        return str(self.pk)

    @functools.cached_property
    def secret(self) -> bytes:
        return ring().unwrap(bytes(self.wrapped), by=self.wrapped_by)

    def seal(self, words: str, *, bound_to: str) -> bytes:
        return self.seal_bytes(words.encode(), bound_to=bound_to)

    def open(self, sealed: bytes, *, bound_to: str) -> str:
        try:
            return self.open_bytes(sealed, bound_to=bound_to).decode()
        except UnicodeDecodeError as fault:
            raise CannotOpen("these words are not text") from fault

    def seal_bytes(self, content: bytes, *, bound_to: str) -> bytes:
        nonce = secrets.token_bytes(NONCE)
        ciphertext = AESGCM(self.secret).encrypt(nonce, content, _bound(bound_to))
        return bytes([VERSION]) + self.pk.bytes + nonce + ciphertext

    def open_bytes(self, sealed: bytes, *, bound_to: str) -> bytes:
        if sealed[:1] != bytes([VERSION]) or sealed[1:17] != self.pk.bytes:
            raise CannotOpen("these words were not sealed with this record's key")
        nonce, ciphertext = sealed[17 : 17 + NONCE], sealed[17 + NONCE :]
        try:
            return AESGCM(self.secret).decrypt(nonce, ciphertext, _bound(bound_to))
        except (InvalidTag, ValueError) as fault:
            raise CannotOpen("these words were changed, or belong to another row") from fault


def _bound(place: str) -> bytes:
    return f"{place}:{VERSION}".encode()


def new_key(*, name: str | None = None) -> RecordKey:
    """An unsaved key with a fresh secret."""
    return RecordKey(name=name, wrapped=ring().wrap(secrets.token_bytes(32)), wrapped_by=ring().current)


def opens(key: RecordKey) -> bool:
    """Whether the ring opens this record's key."""
    try:
        return len(key.secret) == 32
    except CannotOpen:
        return False


def rewrap(*, batch: int = 500) -> int:
    """Wrap one batch of keys anew with the current key; returns how many. Only the wrapping changes.

    Each batch is a transaction of its own, so a stopped run goes on where it was. Raises CannotOpen.
    """
    with transaction.atomic():
        old = RecordKey.objects.exclude(wrapped_by=ring().current).order_by("pk")
        keys = list(old.select_for_update(skip_locked=True)[:batch])
        for key in keys:
            key.wrapped, key.wrapped_by = ring().wrap(key.secret), ring().current
        RecordKey.objects.bulk_update(keys, ["wrapped", "wrapped_by"])
    return len(keys)


def service_key(name: str) -> RecordKey:
    """The one key of a service that seals small things of its own (authenticators, messages)."""
    found = RecordKey.objects.filter(name=name).first()
    if found is None:
        RecordKey.objects.bulk_create([new_key(name=name)], ignore_conflicts=True)
        found = RecordKey.objects.get(name=name)
    return found


class Sealed:
    """A text attribute kept sealed in `<name>_sealed`; the model says which key by `record_key()`.

    None and "" survive the round trip. Reading raises CannotOpen, never partial text.
    """

    def __set_name__(self, owner: type, name: str) -> None:
        self.column = f"{name}_sealed"

    @overload
    def __get__(self, obj: None, owner: type) -> Sealed: ...
    @overload
    def __get__(self, obj: Any, owner: type) -> str | None: ...
    def __get__(self, obj: Any, owner: type) -> Any:
        if obj is None:
            return self
        sealed = getattr(obj, self.column)
        return None if sealed is None else obj.record_key().open(bytes(sealed), bound_to=self._place(obj))

    def __set__(self, obj: Any, words: str | None) -> None:
        sealed = None if words is None else obj.record_key().seal(words, bound_to=self._place(obj))
        setattr(obj, self.column, sealed)

    def _place(self, obj: Any) -> str:
        return f"{obj._meta.db_table}.{self.column}:{obj.pk}"


def sealed_column() -> models.BinaryField[Any, Any]:
    return models.BinaryField(null=True, editable=False)


def fold(name: str) -> str:
    """A name as people mean it: case, accents and spacing aside."""
    plain = unicodedata.normalize("NFKD", name)
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).casefold().split())


def blind(name: str) -> bytes:
    """The blind index of a folded name: 16 bytes that match, and tell nothing without the key."""
    return keyed_hash("blind_index", fold(name))[:16]


def keyed_hash(purpose: str, text: str) -> bytes:
    return hmac.new(ring().purposes[purpose], text.encode(), hashlib.sha256).digest()


def token() -> str:
    """256 random bits for a one-time link."""
    return secrets.token_urlsafe(32)


def token_hash(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
