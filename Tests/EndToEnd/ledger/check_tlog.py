#!/usr/bin/env python3
"""Check a C2SP transparency log (tlog-tiles) without any of the log's own code.

Written from the C2SP documents by somebody who had not read Sallyport's code, and to be kept so: it shares nothing
with it, so that an error would have to be made twice. Changes come from the documents, never from the log's code.

  check_tlog.py --key VKEY --ledger DIR [--old CHECKPOINT]... [--proof P ENTRY]...
  check_tlog.py --key VKEY --export DIR                    a package of `sallyport log export`
  check_tlog.py --key VKEY --checkpoint FILE | --proof P ENTRY
  check_tlog.py --key VKEY --old OLD --new NEW --consistency HASHES

VKEY is the key as it was pinned (or @file). It is never taken from the log itself.
Prints one line a step; exits 0 only if every step holds.
"""
import argparse
import base64
import hashlib
import json
import re
import sys
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

MAX_SIGNATURES, MAX_SIZE = 100, 2**63 - 1


class Bad(Exception):
    pass


def need(condition, message):
    if not condition:
        raise Bad(message)


# ---------------------------------------------------------------- encodings
def unbase64(text, what):
    raw = base64.b64decode(text.encode())
    need(base64.b64encode(raw).decode() == text, f"{what}: not canonical base64")
    return raw


def hash_line(text, what):
    raw = unbase64(text, what)
    need(len(raw) == 32, f"{what}: {len(raw)} bytes instead of 32")
    return raw


def decimal(text, what):
    plain = re.fullmatch(r"0|[1-9][0-9]{0,18}", text) and int(text) <= MAX_SIZE
    need(plain, f"{what}: {text!r} is not a plain decimal")
    return int(text)


name_ok = lambda name: name and "+" not in name and not any(c.isspace() for c in name)


# ------------------------------------------------- RFC 6962 hashes and proofs
sha256 = lambda data: hashlib.sha256(data).digest()
leaf_hash = lambda data: sha256(b"\0" + data)
node_hash = lambda left, right: sha256(b"\1" + left + right)
split = lambda n: 1 << (n - 1).bit_length() - 1


def root_of(hashes):
    if len(hashes) < 2:
        return hashes[0] if hashes else sha256(b"")
    k = split(len(hashes))
    return node_hash(root_of(hashes[:k]), root_of(hashes[k:]))


def make_consistency(m, hashes, whole=True):  # RFC 6962 2.1.2
    n = len(hashes)
    if m == n:
        return [] if whole else [root_of(hashes)]
    k = split(n)
    if m <= k:
        return make_consistency(m, hashes[:k], whole) + [root_of(hashes[k:])]
    return make_consistency(m - k, hashes[k:], False) + [root_of(hashes[:k])]


def check_inclusion(index, size, leaf, proof, root):  # RFC 9162 2.1.3.2
    need(index < size, f"index {index} is not below the tree size {size}")
    fn, sn, r = index, size - 1, leaf
    for p in proof:
        need(sn != 0, "inclusion proof is too long")
        if fn & 1 or fn == sn:
            r = node_hash(p, r)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = node_hash(r, p)
        fn, sn = fn >> 1, sn >> 1
    need(sn == 0, "inclusion proof is too short")
    need(r == root, "inclusion proof leads to another root")


def check_consistency(m, n, old_root, new_root, proof):  # RFC 9162 2.1.4.2
    need(m <= n, f"the new tree ({n}) is smaller than the old one ({m}): rolled back")
    if m == n:
        need(not proof and old_root == new_root, f"two roots for one size {m}: split view")
    if m in (0, n):
        need(not proof, "consistency proof should be empty")
        need(m or old_root == root_of([]), "the empty tree has a wrong root")
        return
    need(proof, "consistency proof is empty")
    path = ([old_root] if m & (m - 1) == 0 else []) + proof
    fn, sn = m - 1, n - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = path[0]
    for c in path[1:]:
        need(sn != 0, "consistency proof is too long")
        if fn & 1 or fn == sn:
            fr, sr = node_hash(c, fr), node_hash(c, sr)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node_hash(sr, c)
        fn, sn = fn >> 1, sn >> 1
    need(sn == 0, "consistency proof is too short")
    need(fr == old_root and sr == new_root, "consistency proof leads to other roots: not a continuation")


# ------------------------------------------------- signed notes and checkpoints
def parse_vkey(vkey):
    name, key_id, rest = (vkey.strip().split("+", 2) + ["", ""])[:3]
    need(name_ok(name) and re.fullmatch(r"[0-9a-f]{8}", key_id), "key: not of the form name+id+base64")
    raw = unbase64(rest, "key")
    need(raw[:1] == b"\x01" and len(raw) == 33, "key: not an Ed25519 note key (type 0x01)")
    need(sha256(name.encode() + b"\n" + raw)[:4].hex() == key_id, "key: wrong key ID")
    return name, bytes.fromhex(key_id), Ed25519PublicKey.from_public_bytes(raw[1:])


def open_checkpoint(note, key):
    """The (size, root) that the note's body names, if the key signed it."""
    text = note.decode("utf-8")
    need(not re.search(r"[\x00-\x09\x0b-\x1f]", text), "checkpoint: control characters")
    cut = text.rfind("\n\n")
    need(cut >= 0 and text.endswith("\n"), "checkpoint: no signatures")
    body, lines = text[: cut + 1], text[cut + 2 :].split("\n")[:-1]
    need(0 < len(lines) <= MAX_SIGNATURES, "checkpoint: no signature, or too many")
    (name, key_id, public), valid = key, False
    for line in lines:
        match = re.fullmatch("\u2014 ([^ ]+) ([^ ]+)", line)
        need(match and name_ok(match[1]), "checkpoint: malformed signature line")
        raw = unbase64(match[2], "checkpoint: signature")
        need(len(raw) > 4, "checkpoint: signature too short")
        if (match[1], raw[:4]) == (name, key_id):
            try:
                public.verify(raw[4:], body.encode())
                valid = True
            except InvalidSignature:
                raise Bad("checkpoint: the pinned key's signature does not verify")
    need(valid, f"checkpoint: not signed by the pinned key {name}+{key_id.hex()}")
    fields = body.split("\n")[:-1]
    need(len(fields) >= 3 and all(fields), "checkpoint: fewer than three lines, or an empty one")
    need(fields[0] == name, f"checkpoint: origin {fields[0]!r} is not the key's name {name!r}")
    return decimal(fields[1], "checkpoint: size"), hash_line(fields[2], "checkpoint: root")


# ------------------------------------------------------------ tiles and bundles
def tile_path(level, index, width):
    groups = [f"{index % 1000:03d}"]
    while index := index // 1000:
        groups.insert(0, f"x{index % 1000:03d}")
    return f"tile/{level}/" + "/".join(groups) + (f".p/{width}" if width < 256 else "")


def read(root, path):
    file = root / path
    need(file.is_file() and not file.is_symlink(), f"{path}: missing, or not a plain file")
    return file.read_bytes()


def read_wide(root, level, index, width, cut):
    """A tile or bundle; a partial one may have given way to the full one, which is then cut."""
    path = tile_path(level, index, width)
    if width < 256 and not (root / path).exists():
        path, width = tile_path(level, index, 256), 256
    return path, cut(read(root, path), path, width)


def hashes_of(data, path, width):  # a tile
    need(len(data) == 32 * width, f"{path}: {len(data)} bytes instead of {32 * width}")
    return [data[i : i + 32] for i in range(0, len(data), 32)]


def entries_of(data, path, width):  # an entry bundle
    entries, at = [], 0
    while at < len(data):
        end = at + 2 + int.from_bytes(data[at : at + 2], "big")
        need(at + 2 <= len(data) and end <= len(data), f"{path}: cut off")
        entries.append(data[at + 2 : end])
        at = end
    need(len(entries) == width, f"{path}: {len(entries)} entries instead of {width}")
    return entries


def canonical(entry):  # RFC 8785; floats are not expected
    def ordered(pairs):
        return dict(sorted(pairs, key=lambda pair: pair[0].encode("utf-16-be")))
    value = json.loads(entry, object_pairs_hook=ordered)
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() == entry


def check_tree(root, size, want, say):
    """Rebuilds the tree from the entries alone, then holds every tile on disk against it."""
    leaves, odd, used = [], 0, set()
    for n in range(-(-size // 256)):
        width = min(256, size - n * 256)
        path, entries = read_wide(root, "entries", n, width, entries_of)
        used.add(path)
        odd += sum(not canonical(e) for e in entries[:width])
        leaves += [leaf_hash(e) for e in entries[:width]]
    need(root_of(leaves) == want, "the entries do not give the root that the checkpoint signs")
    say(f"entries: {size} in {len(used)} bundles give the signed root")
    need(not odd, f"{odd} entries are not canonical JSON (RFC 8785)")
    say("entries: every one is canonical JSON (RFC 8785)")
    level, hashes, tiles = 0, leaves, len(used)
    while hashes:
        for n in range(-(-len(hashes) // 256)):
            part = hashes[n * 256 : n * 256 + 256]
            path, have = read_wide(root, level, n, len(part), hashes_of)
            need(have[:len(part)] == part, f"{path}: does not fit the entries")
            used.add(path)
        hashes = [root_of(hashes[i : i + 256]) for i in range(0, len(hashes) - 255, 256)]
        level += 1
    say(f"tiles: {len(used) - tiles} on {level} levels fit the entries")
    found = {f.relative_to(root).as_posix() for f in (root / "tile").rglob("*") if not f.is_dir()}
    others = found - used
    for path in sorted(others):
        match = re.fullmatch(r"(tile/(?:entries|\d+)/(?:x\d{3}/)*\d{3})\.p/([1-9]\d{0,2})", path)
        whole = next((u for u in used if match and re.fullmatch(re.escape(match[1]) + r"(\.p/\d+)?", u)), None)
        need(whole, f"{path}: the checkpoint does not vouch for this file")
        need(read(root, whole).startswith(read(root, path)), f"{path}: an older partial that does not fit")
        (entries_of if "/entries/" in path else hashes_of)(read(root, path), path, int(match[2]))
    say(f"tiles: {len(others)} older partial files agree, and no file is beyond the checkpoint")
    return leaves


def check_proof(proof, entry, key, say):
    head, blank, note = proof.partition(b"\n\n")
    lines = head.decode("utf-8", "replace").split("\n")
    need(blank and lines.pop(0) == "c2sp.org/tlog-proof@v1", "proof: not a tlog-proof")
    if lines and lines[0].startswith("extra "):
        unbase64(lines.pop(0)[6:], "proof: extra")
    need(lines and lines[0].startswith("index "), "proof: no index line")
    index = decimal(lines.pop(0)[6:], "proof: index")
    size, root = open_checkpoint(note, key)
    check_inclusion(index, size, leaf_hash(entry), [hash_line(h, "proof: hash") for h in lines], root)
    say(f"proof: entry {index} is in the signed tree of {size} ({len(lines)} hashes)")


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--key", required=True)
    for option in ("--ledger", "--export", "--checkpoint", "--new", "--consistency"):
        p.add_argument(option, type=Path)
    p.add_argument("--old", type=Path, action="append", default=[])
    p.add_argument("--proof", type=Path, nargs=2, action="append", default=[], metavar=("PROOF", "ENTRY"))
    a = p.parse_args()
    say = lambda line: print("ok    " + line)
    try:
        pin = Path(a.key[1:]).read_text() if a.key.startswith("@") else a.key
        key = parse_vkey(pin)
        say(f"key: {key[0]}, ID {key[1].hex()} fits name and public key")
        need(a.ledger or a.export or a.checkpoint or a.proof or a.consistency, "nothing to check was named")
        leaves, where = None, a.export or a.ledger
        for file in filter(None, [a.checkpoint, where and where / "checkpoint"]):
            size, root = open_checkpoint(file.read_bytes(), key)
            say(f"checkpoint: size {size}, signed by the pinned key ({file})")
        if where:
            leaves = check_tree(where, size, root, say)
        if a.export:
            need(read(where, "key.pub").decode().strip() == pin.strip(), "key.pub is not the pinned key")
            lines = [line.split() for line in read(where, "policy").decode().splitlines()]
            policy = [words for words in lines if words and words[0][0] != "#"]
            ours = [["log", pin.strip()], ["quorum", "none"]]
            need(sorted(policy) == ours, "policy: not just this log and no witness")
            extra = {f.name for f in where.iterdir()} - {"checkpoint", "key.pub", "policy", "tile"}
            need(not extra, f"export: files that nothing vouches for: {sorted(extra)}")
            say("export: key.pub and policy name the pinned key, nothing else is in the package")
        for old in a.old:
            m, old_root = open_checkpoint(old.read_bytes(), key)
            if a.consistency:
                size, root = open_checkpoint(a.new.read_bytes(), key)
                path = [hash_line(h, "consistency: hash") for h in a.consistency.read_text().split("\n") if h]
            else:
                need(leaves is not None, "--old needs --ledger, --export or --new with --consistency")
                path = make_consistency(m, leaves) if 0 < m <= size else []
            check_consistency(m, size, old_root, root, path)
            say(f"consistency: {size} continues {m} ({len(path)} hashes, {old})")
        for proof, entry in a.proof:
            check_proof(proof.read_bytes(), entry.read_bytes(), key, say)
    except (Bad, OSError, ValueError) as error:
        sys.exit(f"FAILED {error}")


if __name__ == "__main__":
    main()
