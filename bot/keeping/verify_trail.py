"""Check an exported trail: python verify_trail.py [FOLDER] [ROWS:HASH ...]; needs the standard library only.
Rows: hash[n] is SHA-256 of hash[n-1] and body[n]; hash[0] is 32 zero bytes. Heads: Ed25519 (RFC 8032, 5.1.7).
Hand in heads you were given as ROWS:HASH, and compare the keys it prints with those you know."""

import json
import sys
from hashlib import sha256, sha512
from pathlib import Path

P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P


def point(data: bytes) -> tuple[int, ...]:
    y = int.from_bytes(data, "little") % 2**255
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if x * x % P == square else x * pow(2, P // 4, P) % P
    need(x * x % P == square and y < P, "a key or signature is no point of the curve")
    x = P - x if x % 2 != data[31] >> 7 else x
    return x, y, 1, x * y % P


def plus(p: tuple[int, ...], q: tuple[int, ...]) -> tuple[int, ...]:
    a, b = (p[1] - p[0]) * (q[1] - q[0]), (p[1] + p[0]) * (q[1] + q[0])
    c, d = 2 * D * p[3] * q[3], 2 * p[2] * q[2]
    return (b - a) * (d - c) % P, (d + c) * (b + a) % P, (d - c) * (d + c) % P, (b - a) * (b + a) % P


def times(n: int, p: tuple[int, ...]) -> tuple[int, ...]:
    return (0, 1, 1, 0) if not n else plus(times(n - 1, p), p) if n % 2 else times(n // 2, plus(p, p))


def signed(key: bytes, message: bytes, signature: bytes) -> bool:
    k = int.from_bytes(sha512(signature[:32] + key + message).digest(), "little") % L
    s, base = int.from_bytes(signature[32:], "little"), point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))
    a, b = times(s, base), plus(point(signature[:32]), times(k, point(key)))
    return s < L and all((a[i] * b[2] - b[i] * a[2]) % P == 0 for i in (0, 1))


def need(holds: bool, what: str) -> None:
    if not holds:
        sys.exit(f"DOES NOT HOLD: {what}")


folder, known, rows, head = Path(sys.argv[1] if len(sys.argv) > 1 else "."), dict[int, str](), 0, bytes(32)
for no, line in enumerate((folder / "heads.txt").read_text().splitlines(), 1):
    kind, count, digest, at, key, signature = line.split()
    said = bytes.fromhex(key), f"lingti {kind} {count} {digest} {at}".encode(), bytes.fromhex(signature)
    need(signed(*said), f"line {no} of the heads is forged")
    known = {int(count): digest} | {n: h for n, h in known.items() if kind == "head" or n < int(count)}
    print(f"{kind} {at}: {count} rows, signed by {key}")
known |= {int(given.split(":")[0]): given.split(":")[1] for given in sys.argv[2:]}
for rows, line in enumerate((folder / "rows.jsonl").open(), 1):
    body, stored = map(bytes.fromhex, json.loads(line))
    head = sha256(head + body).digest()
    need(head == stored and body.startswith(b"[%d," % rows), f"row {rows} does not follow from those before")
    need(known.get(rows, head.hex()) == head.hex(), f"row {rows} is not what was published")
need(rows >= max(known, default=0), f"row {rows + 1} is missing, though it was published")
print(f"{rows} rows hold; head {head.hex()}")
