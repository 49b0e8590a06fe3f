#!/usr/bin/env bash
# Installs the Debian packages that building and testing need, and checks the Swift toolchain.
# Does nothing, and asks nobody, where all of it is there. SALLYPORT_SETUP=skip leaves the packages to you.
set -euo pipefail

packages=(
  bubblewrap                                                          # namespaces of the sandbox
  libhyperscan-dev libbrotli-dev libzstd-dev zlib1g-dev libsqlite3-dev # libraries that are linked
  g++ pkg-config                                                      # headers of C and C++, flags of the libraries
  python3 python3-venv openssl curl git ca-certificates procps        # what the demo and the tests run
  chromium poppler-utils                                              # what the tests look at reports with
)
oldest_swift="6.2"

fail() {
  printf 'make setup: %s\n' "$*" >&2
  exit 1
}

missing=()
if [[ ${SALLYPORT_SETUP:-} != skip ]]; then
  { command -v dpkg-query && command -v apt-get; } >/dev/null \
    || fail "this is no Debian or Ubuntu. Install what these packages hold, then say SALLYPORT_SETUP=skip: ${packages[*]}"
  for package in "${packages[@]}"; do
    state=$(dpkg-query --show --showformat '${db:Status-Status}' "$package" 2>/dev/null) || state=absent
    [[ $state == installed ]] || missing+=("$package")
  done
fi

if ((${#missing[@]})); then
  as_root=()
  if ((EUID != 0)); then
    command -v sudo >/dev/null \
      || fail "these packages are missing and there is no sudo; as root: apt-get install ${missing[*]}"
    as_root=(sudo)
  fi
  echo "make setup: installing ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  "${as_root[@]}" apt-get update --quiet --quiet \
    || fail "apt-get update failed; is the network there? Missing: ${missing[*]}"
  "${as_root[@]}" apt-get install --yes --quiet --quiet --no-install-recommends "${missing[@]}" \
    || fail "apt-get could not install: ${missing[*]}"
fi

command -v swift >/dev/null \
  || fail "there is no Swift toolchain on the PATH. Version $oldest_swift or newer for this system: https://www.swift.org/install/linux/"
version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9][0-9.]*\).*/\1/p' | head -n 1) || true
[[ -n $version ]] || fail "swift --version says no version. Run it to see why: $(command -v swift). Its own needs are named at https://www.swift.org/install/linux/"
[[ $(printf '%s\n' "$oldest_swift" "$version" | sort --version-sort | head -n 1) == "$oldest_swift" ]] \
  || fail "Swift $version is too old: $oldest_swift or newer is at https://www.swift.org/install/linux/"
