#!/usr/bin/env python3
"""Makes the demo's repository and home, with planted secrets that look right and open nothing.

    sample_repository.py DIRECTORY       makes DIRECTORY/workspace and DIRECTORY/home

The secrets are put together here, so that no file of this project holds anything that looks like one.
"""

from __future__ import annotations

import subprocess
import sys
import zlib
from pathlib import Path

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
SOURCE = '''"""Parses one line of a price list."""


def parse(text: str) -> list[str]:
    return [field.strip() for field in text.split(",")]
'''


def github_token(entropy: str) -> str:
    """A token with the right checksum: the CRC-32 of its 30 characters in base 62."""
    number = zlib.crc32(entropy.encode())
    checksum = ""
    while number:
        number, digit = divmod(number, 62)
        checksum = DIGITS[digit] + checksum
    return "gh" + "p_" + entropy + checksum.rjust(6, "0")


def planted_secrets() -> str:
    """The `.env`: each value has its vendor's form and is plainly made up."""
    return "\n".join((
        "# Planted by the demo; none of these opens anything.",
        "GITHUB_TOKEN=" + github_token("SampleNotARealTokenSallyport01"),
        "AWS_ACCESS_KEY_ID=" + "AKIA" + "SAMPLENOTREALKEY",
        "AWS_SECRET_ACCESS_KEY=" + "Sample/Not+A+Real/Key/Of/Sallyport/Demo1",
        "STRIPE_SECRET_KEY=" + "sk_" + "live_" + "51SampleNotARealKeyOfTheDemo7Q2",
        "DATABASE_URL=postgres://sample:" + "NotAReal7Password" + "@db.internal.example:5432/prices",
        "",
    ))


def make_home(home: Path) -> None:
    home.mkdir()
    (home / ".gitconfig").write_text("[user]\n\tname = Sample Person\n\temail = sample@example.invalid\n")
    for name, text in (
        (".aws/credentials", "[default]\naws_access_key_id = " + "AKIA" + "SAMPLEINTHEHOME2\n"),
        (".ssh/id_ed25519", "-----BEGIN OPENSSH " + "PRIVATE KEY-----\nsample\n-----END OPENSSH PRIVATE KEY-----\n"),
    ):
        file = home / name
        file.parent.mkdir(mode=0o700)
        file.write_text(text)
        file.chmod(0o600)


def make_workspace(workspace: Path, home: Path) -> None:
    (workspace / "src").mkdir(parents=True)
    (workspace / "README.md").write_text("# Sample\n\nReads price lists; `parse(text)` gives one line's fields.\n")
    (workspace / "src" / "parse.py").write_text(SOURCE)
    (workspace / ".env").write_text(planted_secrets())
    (workspace / ".gitignore").write_text(".env\n")
    for command in (
        ["init", "--quiet", "--initial-branch=main"], ["add", "--all"], ["commit", "--quiet", "--message", "Start"],
    ):
        environment = {"HOME": str(home), "PATH": "/usr/bin:/bin"}
        subprocess.run(["git", *command], cwd=workspace, env=environment, check=True)


def main() -> None:
    directory = Path(sys.argv[1])
    make_home(directory / "home")
    make_workspace(directory / "workspace", directory / "home")


if __name__ == "__main__":
    main()
