"""The trail's heads, signed and told to others: what makes even a chain written anew show.

A head is one line of text, so that a person can keep it and any program can check it:
`head <rows> <hash> <moment> <public key> <signature>`. The signature (Ed25519, RFC 8032) is over `lingti` and
the first four words. A trail restored from a copy says so by a line that begins `restored`.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from services.administering import operator
from services.informing import inform
from services.policy import Policy
from storage import facts, journal, people
from storage.store import Tx
from workflow.roles import PersonId, Role

HEAD: Final = "head"
RESTORED: Final = "restored"
PUBLISHED: Final = "head_published"


@dataclass(frozen=True, slots=True)
class Head:
    """How long the trail was at a moment, and the hash of its last row; who signed that."""

    kind: str
    seq: int
    hash: bytes
    at: datetime
    key: bytes
    signature: bytes

    @property
    def line(self) -> str:
        """The head as it is kept and shown, without a line end."""
        return f"{_said(self.kind, self.seq, self.hash, self.at)} {self.key.hex()} {self.signature.hex()}"

    @property
    def genuine(self) -> bool:
        """Whether its own key signed it."""
        try:
            Ed25519PublicKey.from_public_bytes(self.key).verify(self.signature, _signed(self))
        except InvalidSignature:
            return False
        return True


@dataclass(slots=True)
class Published:
    """What a file of heads says: hashes by row number, and the first line that cannot be trusted.

    `restored` are the lines after which longer trails no longer count.
    """

    hashes: dict[int, bytes] = field(default_factory=dict)
    last: Head | None = None
    restored: list[Head] = field(default_factory=list)
    bad: int | None = None
    problem: str = ""


def sign(key: Ed25519PrivateKey, seq: int, digest: bytes, at: datetime, kind: str = HEAD) -> Head:
    """A head, signed."""
    said = _said(kind, seq, digest, at)
    public = key.public_key().public_bytes_raw()
    return Head(kind, seq, digest, at.astimezone(UTC), public, key.sign(f"lingti {said}".encode()))


def parse(line: str) -> Head:
    """The head a line holds. Raises ValueError."""
    kind, seq, digest, at, key, signature = line.split()
    if kind not in (HEAD, RESTORED):
        raise ValueError(kind)
    unhex = bytes.fromhex
    return Head(kind, int(seq), unhex(digest), datetime.fromisoformat(at), unhex(key), unhex(signature))


def read(lines: Iterable[str], trusted: Collection[bytes]) -> Published:
    """Read published heads; stops at the first line that is unreadable, forged, or by a key not trusted."""
    found = Published()
    for number, line in enumerate(lines, 1):
        try:
            head = parse(line)
        except ValueError:
            found.bad, found.problem = number, "unreadable"
            return found
        found.problem = _problem(head, found.last, trusted)
        if found.problem:
            found.bad = number
            return found
        _add(found, head)
    return found


def missing(tx: Tx, published: Mapping[int, bytes]) -> int | None:
    """The row of the last head this database knows to be published, where nothing outside holds it now."""
    known = facts.get(tx, PUBLISHED)
    if known is None:
        return None
    seq, _, digest = known.value.partition(":")
    return None if published.get(int(seq), b"").hex() == digest else int(seq)


def disagrees(tx: Tx, head: Head | None) -> bool:
    """Whether this database is not the one whose head was published: older, or another."""
    return head is not None and journal.hash_at(tx.connection, head.seq) != head.hash


def tell(tx: Tx, policy: Policy, head: Head) -> frozenset[PersonId]:
    """Owe the discipline secretary a head, once; who is now owed one."""
    facts.put(tx, PUBLISHED, f"{head.seq}:{head.hash.hex()}")
    keepers = [person.id for person in people.holding(tx, Role.DISCIPLINE_SECRETARY)]
    data = {
        "kind": head.kind,
        "rows": head.seq,
        "hash": head.hash.hex(),
        "since": head.at.isoformat(),
        "signature": head.signature.hex(),
    }
    return inform(tx, policy, keepers, HEAD, f"{head.kind}.{head.seq}", by=operator(tx).id, data=data)


def _add(found: Published, head: Head) -> None:
    if head.kind == RESTORED:
        found.hashes = {seq: digest for seq, digest in found.hashes.items() if seq <= head.seq}
        found.restored.append(head)
    found.hashes[head.seq] = head.hash
    found.last = head


def _problem(head: Head, last: Head | None, trusted: Collection[bytes]) -> str:
    if head.key not in trusted:
        return "unknown_key"
    if not head.genuine:
        return "forged"
    if head.kind == RESTORED or last is None or head.seq > last.seq:
        return ""
    return "" if (head.seq, head.hash) == (last.seq, last.hash) else "backwards"


def _signed(head: Head) -> bytes:
    return f"lingti {_said(head.kind, head.seq, head.hash, head.at)}".encode()


def _said(kind: str, seq: int, digest: bytes, at: datetime) -> str:
    return f"{kind} {seq} {digest.hex()} {at.astimezone(UTC).isoformat()}"
