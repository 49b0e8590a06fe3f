#!/usr/bin/env python3
"""Fetches source trees to measure fingerprints of own code on, and lays them out.

    Benchmarks/fingerprint_trees.py DIRECTORY [--checkouts DIRECTORY]

DIRECTORY/development and DIRECTORY/reported have no project in common; in each, `own` is what is indexed and `others` is
what nothing should be found in. Thresholds are chosen on the first alone, and figures are told of the second. What
DIRECTORY/public has is in neither: code that everybody has, for `--public`. What is there already is not fetched again.
Nothing that was fetched is run.

Needs: what attribution_trees.py needs.
"""
import argparse
import os

import attribution_trees

# (where to, kind, package, project)
PROJECTS = [("development/own",) + project[1:] for project in attribution_trees.PROJECTS if project[0] == "workspace"] + [
    ("development/others", "pypi", "aiohttp==3.14.5", "aiohttp"),
    ("development/others", "pypi", "ansible-core==2.19.14", "ansible"),
    ("development/others", "pypi", "celery==5.7.0", "celery"),
    ("development/others", "pypi", "matplotlib==3.11.2", "matplotlib"),
    ("development/others", "pypi", "nltk==3.10.4", "nltk"),
    ("development/others", "pypi", "pandas==3.1.1", "pandas"),
    ("development/others", "pypi", "pygments==2.21.0", "pygments"),
    ("development/others", "pypi", "scikit-learn==1.9.1", "scikit-learn"),
    ("development/others", "pypi", "sympy==1.14.0", "sympy"),
    ("reported/own", "pypi", "scrapy", "scrapy"),
    ("reported/own", "pypi", "tornado", "tornado"),
    ("reported/own", "pypi", "fonttools", "fonttools"),
    ("reported/own", "pypi", "pydantic", "pydantic"),
    ("reported/own", "debian", "golang-github-docker-docker-dev", "docker"),
    ("reported/own", "debian", "golang-github-gin-gonic-gin-dev", "gin"),
    ("reported/own", "debian", "golang-github-spf13-viper-dev", "viper"),
    ("reported/own", "debian", "librust-rayon-dev", "rayon"),
    ("reported/own", "debian", "librust-chrono-dev", "chrono"),
    ("reported/own", "debian", "librust-syn-dev", "syn"),
    ("reported/own", "debian", "libcgal-dev", "cgal"),
    ("reported/own", "debian", "libpoco-dev", "poco"),
    ("reported/own", "debian", "node-underscore", "underscore"),
    ("reported/own", "debian", "node-lib0", "lib0"),
    ("reported/own", "swift", "swift-collections", "swift-collections"),
    ("reported/others", "pypi", "statsmodels", "statsmodels"),
    ("reported/others", "pypi", "astropy", "astropy"),
    ("reported/others", "pypi", "sphinx", "sphinx"),
    ("reported/others", "pypi", "pylint", "pylint"),
    ("reported/others", "pypi", "biopython", "biopython"),
    ("reported/others", "pypi", "dask", "dask"),
    ("reported/others", "debian", "golang-etcd-server-dev", "etcd"),
    ("reported/others", "debian", "golang-github-go-git-go-git-dev", "go-git"),
    ("reported/others", "debian", "golang-github-pion-webrtc.v3-dev", "webrtc"),
    ("reported/others", "debian", "golang-go.uber-zap-dev", "zap"),
    ("reported/others", "debian", "librust-gimli-dev", "gimli"),
    ("reported/others", "debian", "librust-image-dev", "image"),
    ("reported/others", "debian", "librust-rustix-dev", "rustix"),
    ("reported/others", "debian", "libvtk9-dev", "vtk"),
    ("reported/others", "debian", "libpcl-dev", "pcl"),
    ("reported/others", "debian", "libogre-1.12-dev", "ogre"),
    ("reported/others", "debian", "node-babel7", "babel"),
    ("reported/others", "debian", "libjs-three", "three"),
    ("reported/others", "swift", "swift-crypto", "swift-crypto"),
    ("public", "pypi", "numpy", "numpy"),
    ("public", "pypi", "scipy", "scipy"),
    ("public", "pypi", "setuptools", "setuptools"),
    ("public", "debian", "libpython3.11-stdlib", "python"),
    ("public", "debian", "golang-1.19-src", "go"),
    ("public", "debian", "libstdc++-12-dev", "libstdc++"),
    ("public", "debian", "golang-gvisor-gvisor-dev", "gvisor"),
    ("public", "debian", "golang-github-minio-minio-go-dev", "minio"),
    ("public", "debian", "librust-nom-dev", "nom"),
    ("public", "debian", "libboost1.74-dev", "boost"),
    ("public", "debian", "libopencv-core-dev", "opencv"),
    ("public", "debian", "node-core-js", "core-js"),
    ("public", "swift", "swift-asn1", "swift-asn1"),
]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("directory")
    parser.add_argument("--checkouts", default=os.path.join(os.path.dirname(__file__), "..", ".build", "checkouts"))
    options = parser.parse_args()
    for where, kind, package, project in PROJECTS:
        into = os.path.join(options.directory, where, project)
        if not os.path.isdir(into):
            os.makedirs(os.path.dirname(into), exist_ok=True)
            attribution_trees.lay_out(kind, package, project, options.checkouts, into)


if __name__ == "__main__":
    main()
