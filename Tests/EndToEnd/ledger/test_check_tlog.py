#!/usr/bin/env python3
"""Public vectors and exhaustive small trees for check_tlog.py; exits 0 if all hold. By its author."""
import base64

import check_tlog as t

ENTRIES = ",00,10,2021,3031,40414243,5051525354555657,606162636465666768696a6b6c6d6e6f"
leaves = [t.leaf_hash(bytes.fromhex(h)) for h in ENTRIES.split(",")]
roots = """
6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d
fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125
aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77
d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7
4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4
76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef
ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c
5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328
""".split()
for n in range(1, 9):
    assert t.root_of(leaves[:n]).hex() == roots[n - 1]
WANTED = {
    0: "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
    257: "HtoEmkNR2G92JSvX7At3Rq11t/oDFq1fVB29pFijEsQ=",
    70000: "Gkzfy2Y3SgwNy+9JrL1JdtE+6GT7PLJB/JQ8rQTwL34=",
}
for n, want in WANTED.items():
    assert base64.b64encode(t.root_of([t.leaf_hash(str(i).encode()) for i in range(n)])).decode() == want


def inclusion(i, h):
    if len(h) == 1:
        return []
    k = t.split(len(h))
    return inclusion(i, h[:k]) + [t.root_of(h[k:])] if i < k else inclusion(i - k, h[k:]) + [t.root_of(h[:k])]


def fails(f, *a):
    try:
        f(*a)
    except t.Bad:
        return True


L = [t.leaf_hash(str(i).encode()) for i in range(40)]
for n in range(1, 41):
    R = t.root_of(L[:n])
    for i in range(n):
        p = inclusion(i, L[:n])
        t.check_inclusion(i, n, L[i], p, R)
        assert all(fails(t.check_inclusion, j, n, L[i], p, R) for j in range(n + 2) if j != i)
        assert fails(t.check_inclusion, i, n, L[i], p + [R], R)
        assert not p or fails(t.check_inclusion, i, n, L[i], p[:-1], R)
    for m in range(0, n + 1):
        p = t.make_consistency(m, L[:n]) if m else []
        O = t.root_of(L[:m])
        t.check_consistency(m, n, O, R, p)
        assert fails(t.check_consistency, m, n, L[0] if m != 1 else R + b"x", R, p)
        assert not m or fails(t.check_consistency, m, n, O, O if m != n else L[-1] + b"x", p)
        assert not m or fails(t.check_consistency, m, n, O, R, p + [R])
        for j in range(len(p)):
            assert fails(t.check_consistency, m, n, O, R, p[:j] + [b"\7" * 32] + p[j + 1:])
note = """example.com/sallyport-test
3
rFBu7Hhtd9VnUFtZsZkjVRU9lKdwqJILAW5kcrhSSLw=

— example.com/sallyport-test 1xAx+BlosiXbjHSGieuq+Q9pTGUZ/4XXNZVe04CO7F/ARP66lqR\
+5zExeWgEgCphdjZEBloWRQfnOBi2mYkU9R7rmAc=
— witness.example/w1 gO1FEQAAAABoTuGAvo6eISYbUFqS0CDkOQM5+YlHKggfqpTCKy1tEFRCKZ6\
rjq9BXJnxTrpLXbZiDgPCTypcde7wU6jJc0zVMXO/Dg==
"""
key = t.parse_vkey("example.com/sallyport-test+d71031f8+AVOLd4x0MngKGJe6iHYZU9qwC1EeSvMbFiWMwPf2bj10")
assert t.open_checkpoint(note.encode(), key)[0] == 3
BAD = (
    note[:-1],
    note.replace("\n3\n", "\n03\n"),
    note.replace("\n3\n", "\n4\n"),
    note.replace("\n", "\r\n"),
    note.replace("—", "-"),
    note.replace("Lw=\n", "Lx=\n"),
    note.replace("Ac=", "Ad="),
    note.replace("—", "\n—", 1),
    note.replace("1xAx", "1xAy"),
    note + "\n",
    "\n" + note,
)
for bad in BAD:
    assert fails(t.open_checkpoint, bad.encode(), key), bad
t.parse_vkey("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
assert fails(t.parse_vkey, "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
assert t.tile_path(0, 1234067, 256) == "tile/0/x001/x234/067"
assert t.tile_path("entries", 5, 9) == "tile/entries/005.p/9"
assert t.tile_path(1, 1000, 256) == "tile/1/x001/000"
print("all vectors hold")
