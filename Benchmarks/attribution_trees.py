#!/usr/bin/env python3
"""Fetches source trees to measure attribution on, and lays them out.

    Benchmarks/attribution_trees.py DIRECTORY [--checkouts DIRECTORY]

DIRECTORY/workspace gets the files of the workspace, DIRECTORY/others those of other projects, DIRECTORY/million as many
files of both as have a million lines; what is there already is not fetched again. From PyPI come wheels, from Debian packages that are unpacked and not installed, and Swift
packages from where SwiftPM checked them out. Nothing that was fetched is run.

Needs: python3 with pip, apt-get and dpkg-deb.
"""
import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import zipfile

SUFFIXES = (".py", ".swift", ".c", ".cc", ".cpp", ".h", ".hpp", ".go", ".rs", ".js", ".ts", ".mjs")
MOST_FILES = 1200
MILLION = 1_000_000
MOST_BYTES = 400_000

# Others are projects that have no files or passages in common with those of the workspace: swift-nio, for one, has files
# of swift-system and swift-certificates, and comments of the standard library that swift-collections has, too.
# (where to, kind, package, project): the version of a wheel is fixed, Debian's are those of its release.
PROJECTS = [
    ("workspace", "pypi", "django==5.1.4", "django"),
    ("workspace", "pypi", "sqlalchemy==2.0.36", "sqlalchemy"),
    ("workspace", "pypi", "bokeh==3.6.2", "bokeh"),
    ("workspace", "debian", "golang-golang-x-tools-dev", "go-tools"),
    ("workspace", "debian", "golang-golang-x-net-dev", "go-net"),
    ("workspace", "debian", "librust-tokio-dev", "tokio"),
    ("workspace", "debian", "librust-hyper-dev", "hyper"),
    ("workspace", "debian", "libeigen3-dev", "eigen"),
    ("workspace", "debian", "libceres-dev", "ceres"),
    ("workspace", "debian", "node-lodash", "lodash"),
    ("workspace", "swift", "swift-nio", "swift-nio"),
    ("workspace", "swift", "GRDB.swift", "grdb"),
    ("workspace", "swift", "swift-argument-parser", "argument-parser"),
    ("workspace", "swift", "swift-nio-ssl", "nio-ssl"),
    ("others", "pypi", "twisted==24.11.0", "twisted"),
    ("others", "pypi", "networkx==3.4.2", "networkx"),
    ("others", "debian", "golang-github-spf13-cobra-dev", "cobra"),
    ("others", "debian", "golang-github-prometheus-client-golang-dev", "prometheus"),
    ("others", "debian", "librust-clap-dev", "clap"),
    ("others", "debian", "librust-regex-automata-dev", "regex-automata"),
    ("others", "debian", "libspdlog-dev", "spdlog"),
    ("others", "debian", "libglm-dev", "glm"),
    ("others", "debian", "node-d3", "d3"),
    ("others", "debian", "libjs-jquery-ui", "jquery-ui"),
    ("others", "swift", "Yams", "yams"),
    ("others", "swift", "swift-atomics", "swift-atomics"),
]


def fetch(kind, package, checkouts, into):
    if kind == "swift":
        shutil.copytree(os.path.join(checkouts, package), into, symlinks=True, dirs_exist_ok=True)
        return
    with tempfile.TemporaryDirectory() as place:
        if kind == "pypi":
            command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check",
                       "--only-binary", ":all:", "--no-deps", "--dest", place, package]
        else:
            # As whoever runs this, since the sandboxed user may not write here.
            command = ["apt-get", "download", "--quiet", "--quiet", "-o", "APT::Sandbox::User=root", package]
        subprocess.run(command, cwd=place, check=True, stdout=subprocess.DEVNULL)
        archive = os.path.join(place, os.listdir(place)[0])
        if kind == "pypi":
            zipfile.ZipFile(archive).extractall(into)
        else:
            subprocess.run(["dpkg-deb", "--extract", archive, into], check=True)


def sources(tree):
    for folder, folders, files in os.walk(tree):
        folders[:] = sorted(f for f in folders if f != ".git")
        for name in sorted(files):
            path = os.path.join(folder, name)
            is_source = name.endswith(SUFFIXES) or "." not in name and "/Eigen/" in path
            if is_source and not os.path.islink(path) and 0 < os.path.getsize(path) <= MOST_BYTES:
                yield path


def lay_out(kind, package, project, checkouts, into):
    with tempfile.TemporaryDirectory() as place:
        fetch(kind, package, checkouts, place)
        paths = list(sources(place))
        random.Random(7).shuffle(paths)
        partial = into + ".partial"
        for path in paths[:MOST_FILES]:
            target = os.path.join(partial, os.path.relpath(path, place))
            os.makedirs(os.path.dirname(target), exist_ok=True)
            shutil.copyfile(path, target)
        os.rename(partial, into)
    print(f"{project}: {min(len(paths), MOST_FILES)} files of {package}")


def link_million(directory):
    into = os.path.join(directory, "million")
    if os.path.isdir(into):
        return
    partial = into + ".partial"
    shutil.rmtree(partial, ignore_errors=True)
    paths = [p for where in ("workspace", "others") for p in sources(os.path.join(directory, where))]
    random.Random(11).shuffle(paths)
    lines = 0
    for path in paths:
        with open(path, "rb") as file:
            lines += file.read().count(b"\n")
        target = os.path.join(partial, os.path.relpath(path, directory))
        os.makedirs(os.path.dirname(target), exist_ok=True)
        os.link(path, target)
        if lines >= MILLION:
            break
    os.rename(partial, into)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("directory")
    parser.add_argument("--checkouts", default=".build/checkouts")
    options = parser.parse_args()
    # Lists of packages may be missing on a new machine.
    has_lists = None
    for where, kind, package, project in PROJECTS:
        into = os.path.join(options.directory, where, project)
        if os.path.isdir(into):
            continue
        shutil.rmtree(into + ".partial", ignore_errors=True)
        os.makedirs(os.path.dirname(into), exist_ok=True)
        if kind == "debian" and has_lists is None:
            has_lists = subprocess.run(["apt-cache", "show", package], stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL).returncode == 0
            if not has_lists:
                subprocess.run(["apt-get", "update", "--quiet", "--quiet"], check=True)
        lay_out(kind, package, project, options.checkouts, into)
    link_million(options.directory)


if __name__ == "__main__":
    main()
