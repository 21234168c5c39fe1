"""The blind index of names: a lead finds a person by any word of a name; nobody else learns anything."""

from concerns.models import Concern, NameToken
from safeguarding import crypto


def tokens(name: str) -> set[bytes]:
    """The blind hashes of the full name and of each of its words, folded."""
    folded = crypto.fold(name)
    return {crypto.blind(part) for part in {folded, *folded.split()} if part}


def index(concern: Concern, name: str) -> None:
    rows = [NameToken(concern=concern, token=token) for token in tokens(name)]
    NameToken.objects.bulk_create(rows, ignore_conflicts=True)


def whole_name(typed: str) -> bytes:
    """What to look for: the typed name, as one."""
    return crypto.blind(typed)


def sought(typed: str) -> list[bytes]:
    """What to look for: each word of what was typed. Who has the whole name has each of its words."""
    return [crypto.blind(word) for word in dict.fromkeys(crypto.fold(typed).split())]
