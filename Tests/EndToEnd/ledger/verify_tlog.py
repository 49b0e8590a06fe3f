#!/usr/bin/env python3
"""Checks a C2SP tlog-tiles directory, knowing nothing but the specifications.

    verify_tlog.py DIR VKEY [--proof FILE ENTRY] [--consistency FILE OLD_CHECKPOINT]

Written from the text of C2SP signed-note, tlog-checkpoint, tlog-tiles, tlog-proof and tlog-witness and of RFC 6962 and
RFC 9162, without sight of the Swift code. It needs Python 3.9 and the `cryptography` package.

Checked: the checkpoint's signature; every tile and every entry bundle that a tree of its size has; the root from the
entries by RFC 6962's recursive definition; one inclusion and one consistency proof made from the tiles. With --proof,
a .tlog-proof file and the entry's bytes; with --consistency, the body of a tlog-witness add-checkpoint request and the
older checkpoint that it starts from. Exit code 0 when all of it holds, 1 when something does not.
"""

import argparse
import base64
import hashlib
import pathlib
import random
import sys

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

FULL = 256


class Broken(Exception):
    """The log is not what it claims to be."""


def require(holds, complaint):
    if not holds:
        raise Broken(complaint)


# RFC 6962, section 2.1


def leaf_hash(entry):
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def largest_power_of_two_below(n):
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def mth(leaves):
    """The Merkle tree hash of a list of leaf hashes, by definition."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = largest_power_of_two_below(len(leaves))
    return node_hash(mth(leaves[:k]), mth(leaves[k:]))


# C2SP signed-note


def b64(text):
    data = base64.b64decode(text, validate=True)
    require(base64.b64encode(data).decode() == text, f"not canonical base64: {text}")
    return data


class Key:
    def __init__(self, vkey):
        self.name, key_id, key = vkey.strip().split("+", 2)
        key = b64(key)
        require(key[0] == 1 and len(key) == 33, "the vkey is no Ed25519 key")
        self.id = hashlib.sha256(self.name.encode() + b"\n" + key).digest()[:4]
        require(self.id.hex() == key_id, "the vkey's ID is not that of its name and key")
        self.public = Ed25519PublicKey.from_public_bytes(key[1:])


def open_note(note, key):
    """The text of a note that `key` has signed."""
    text = note.decode("utf-8")
    require(text.endswith("\n"), "the note does not end with a newline")
    end = text.rfind("\n\n")
    require(end >= 0, "the note has no signatures")
    body, lines = text[: end + 1], text[end + 2 :].split("\n")[:-1]
    verified = False
    for line in lines:
        dash, name, signature = line.split(" ")
        require(dash == "\u2014", "a signature line does not begin with an em dash")
        signature = b64(signature)
        if name == key.name and signature[:4] == key.id:
            try:
                key.public.verify(signature[4:], body.encode("utf-8"))
            except InvalidSignature:
                raise Broken("the log's signature fails") from None
            verified = True
    require(verified, "the log's key has not signed")
    return body


# C2SP tlog-checkpoint


def open_checkpoint(note, key):
    lines = open_note(note, key).split("\n")
    require(len(lines) >= 4 and lines[-1] == "" and "" not in lines[:-1], "the checkpoint's lines are wrong")
    origin, size, root = lines[0], lines[1], b64(lines[2])
    require(origin == key.name, f"the checkpoint is of {origin}")
    require(size.isascii() and size.isdigit() and str(int(size)) == size, "the tree size is no canonical number")
    require(len(root) == 32, "the root is not 32 bytes")
    return int(size), root


# C2SP tlog-tiles


def tile_path(level, n, width):
    groups = [f"{n % 1000:03d}"]
    while n >= 1000:
        n //= 1000
        groups.insert(0, f"x{n % 1000:03d}")
    partial = "" if width == FULL else f".p/{width}"
    return f"tile/{level}/" + "/".join(groups) + partial


def widths(count):
    """The widths of the tiles that hold `count` hashes."""
    return [FULL] * (count // FULL) + ([count % FULL] if count % FULL else [])


class Log:
    def __init__(self, directory):
        self.directory = pathlib.Path(directory)
        self.tiles = 0
        self.bundles = 0

    def read(self, path):
        try:
            return (self.directory / path).read_bytes()
        except FileNotFoundError:
            raise Broken(f"{path} is missing") from None

    def hashes(self, level, n, width):
        path = tile_path(level, n, width)
        data = self.read(path)
        require(len(data) == 32 * width, f"{path} has {len(data)} bytes")
        self.tiles += 1
        return [data[i : i + 32] for i in range(0, len(data), 32)]

    def entries(self, n, width):
        path = tile_path("entries", n, width)
        data, entries = self.read(path), []
        self.bundles += 1
        while data:
            require(len(data) >= 2, f"{path} ends in a length")
            length = int.from_bytes(data[:2], "big")
            require(len(data) >= 2 + length, f"{path} ends in an entry")
            entries.append(data[2 : 2 + length])
            data = data[2 + length :]
        require(len(entries) == width, f"{path} holds {len(entries)} entries")
        return entries


def check_levels(log, leaves):
    """Every stored tile must hold what the definition gives for it. Returns all levels' hashes."""
    levels, level, expected = [], 0, leaves
    while expected:
        stored = []
        for n, width in enumerate(widths(len(expected))):
            hashes = log.hashes(level, n, width)
            for i, hash_ in enumerate(hashes):
                require(hash_ == expected[n * FULL + i], f"{tile_path(level, n, width)}: hash {i} is wrong")
            stored += hashes
        levels.append(stored)
        # A partial tile is never hashed upward.
        expected = [mth(stored[i : i + FULL]) for i in range(0, len(stored) - FULL + 1, FULL)]
        level += 1
    return levels


class Subtrees:
    """Roots of subtrees, found through the tiles' levels."""

    def __init__(self, levels):
        self.levels = levels

    def root(self, low, high):
        count = high - low
        if count & (count - 1) == 0 and low % count == 0:
            level = (count.bit_length() - 1) // 8
            step = 256**level
            return mth(self.levels[level][low // step : high // step])
        k = largest_power_of_two_below(count)
        return node_hash(self.root(low, low + k), self.root(low + k, high))

    def path(self, m, low, high):
        """RFC 6962, section 2.1.1."""
        if high - low == 1:
            return []
        k = low + largest_power_of_two_below(high - low)
        if m < k:
            return self.path(m, low, k) + [self.root(k, high)]
        return self.path(m, k, high) + [self.root(low, k)]

    def subproof(self, m, low, high, whole):
        """RFC 6962, section 2.1.2; m counts from 0 of the whole tree."""
        if m == high:
            return [] if whole else [self.root(low, high)]
        k = low + largest_power_of_two_below(high - low)
        if m <= k:
            return self.subproof(m, low, k, whole) + [self.root(k, high)]
        return self.subproof(m, k, high, False) + [self.root(low, k)]


# RFC 9162, sections 2.1.3.2 and 2.1.4.2


def check_inclusion(leaf, index, size, proof, root):
    require(0 <= index < size, f"no entry {index} in a tree of {size}")
    fn, sn, r = index, size - 1, leaf
    for p in proof:
        require(sn != 0, "the inclusion proof is too long")
        if fn & 1 or fn == sn:
            r = node_hash(p, r)
            while fn != 0 and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = node_hash(r, p)
        fn, sn = fn >> 1, sn >> 1
    require(sn == 0 and r == root, f"the inclusion proof of entry {index} fails")


def check_consistency(first, second, proof, first_root, second_root):
    if first == 0 or first == second:
        require(not proof, "the consistency proof is not empty")
        require(first != second or first_root == second_root, "equal sizes have different roots")
        return
    require(0 < first < second, "the consistency proof's sizes are wrong")
    if first & (first - 1) == 0:
        proof = [first_root] + proof
    require(proof, "the consistency proof is empty")
    fn, sn = first - 1, second - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = proof[0]
    for c in proof[1:]:
        require(sn != 0, "the consistency proof is too long")
        if fn & 1 or fn == sn:
            fr, sr = node_hash(c, fr), node_hash(c, sr)
            while fn != 0 and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node_hash(sr, c)
        fn, sn = fn >> 1, sn >> 1
    require(fr == first_root and sr == second_root and sn == 0, "the consistency proof fails")


# C2SP tlog-proof and tlog-witness


def check_proof_file(data, entry, key):
    head, _, note = data.partition(b"\n\n")
    lines = head.decode("ascii").split("\n")
    require(lines.pop(0) == "c2sp.org/tlog-proof@v1", "no tlog-proof file")
    if lines and lines[0].startswith("extra "):
        b64(lines.pop(0)[6:])
    require(lines and lines[0].startswith("index "), "the tlog-proof names no index")
    index = int(lines.pop(0)[6:])
    size, root = open_checkpoint(note, key)
    check_inclusion(leaf_hash(entry), index, size, [b64(line) for line in lines], root)
    return index


def check_consistency_file(data, old_note, key):
    head, _, note = data.partition(b"\n\n")
    lines = head.decode("ascii").split("\n")
    old_size, old_root = open_checkpoint(old_note, key)
    require(lines.pop(0) == f"old {old_size}", "the consistency proof starts from another size")
    size, root = open_checkpoint(note, key)
    check_consistency(old_size, size, [b64(line) for line in lines], old_root, root)
    return old_size, size


def verify(arguments):
    key, log = Key(arguments.vkey), Log(arguments.directory)
    size, root = open_checkpoint(log.read("checkpoint"), key)
    entries = []
    for n, width in enumerate(widths(size)):
        entries += log.entries(n, width)
    leaves = [leaf_hash(entry) for entry in entries]
    require(mth(leaves) == root, "the entries do not add up to the signed root")
    tree = Subtrees(check_levels(log, leaves))
    print(f"checkpoint of {key.name}: {size} entries, {log.tiles} tiles, {log.bundles} bundles, root {root.hex()}")
    if size > 0:
        index = random.randrange(size)
        check_inclusion(leaves[index], index, size, tree.path(index, 0, size), root)
        old = random.randint(1, size)
        check_consistency(old, size, tree.subproof(old, 0, size, True), mth(leaves[:old]), root)
        print(f"proved: entry {index} is in it, and it goes on from size {old}")
    if arguments.proof:
        data, entry = (pathlib.Path(path).read_bytes() for path in arguments.proof)
        print(f"tlog-proof holds for entry {check_proof_file(data, entry, key)}")
    if arguments.consistency:
        data, old_note = (pathlib.Path(path).read_bytes() for path in arguments.consistency)
        print("consistency holds from {} to {}".format(*check_consistency_file(data, old_note, key)))


def main():
    parser = argparse.ArgumentParser(description="Checks a C2SP tlog-tiles directory.")
    parser.add_argument("directory")
    parser.add_argument("vkey")
    parser.add_argument("--proof", nargs=2, metavar=("FILE", "ENTRY"))
    parser.add_argument("--consistency", nargs=2, metavar=("FILE", "OLD_CHECKPOINT"))
    try:
        verify(parser.parse_args())
    except (Broken, ValueError) as problem:
        print(f"does not verify: {problem}", file=sys.stderr)
        return 1
    print("verified")
    return 0


if __name__ == "__main__":
    sys.exit(main())
