#!/usr/bin/env bash
# Fetches the proxies that Sallyport is measured against, once, and says where they are; installs nothing on the system.
#
#     Benchmarks/peers.sh        prints the directory: venv/bin/mitmdump, root/usr/sbin/nginx, root/usr/sbin/squid
#
# mitmproxy comes from PyPI; nginx and Squid (with ssl-bump) are Debian's packages, unpacked and not installed.
set -euo pipefail
place=${SALLYPORT_PEERS:-${XDG_CACHE_HOME:-$HOME/.cache}/sallyport/bench-peers}
# With what of Squid's needs a small system lacks.
packages=(nginx squid-openssl squid-common libecap3 libltdl7 libnfnetlink0 libnetfilter-conntrack3 libtdb1)

if [[ ! -x $place/venv/bin/mitmdump ]]; then
  # The newest mitmproxy asks for a newer Python than Debian's.
  python=python3
  for newer in python3.13 python3.12; do command -v "$newer" >/dev/null && python=$newer && break; done
  "$python" -m venv "$place/venv" >&2
  "$place/venv/bin/pip" install --quiet --disable-pip-version-check mitmproxy >&2
fi
if [[ ! -x $place/root/usr/sbin/squid || ! -x $place/root/usr/sbin/nginx ]]; then
  mkdir -p "$place/deb" "$place/root"
  (
    cd "$place/deb"
    apt-get download --quiet --quiet -o APT::Sandbox::User=root "${packages[@]}" >&2 \
      || { echo "peers.sh: apt-get could not fetch ${packages[*]}; apt-get update may help" >&2 && exit 1; }
    for package in *.deb; do dpkg-deb --extract "$package" ../root; done
  )
fi
echo "$place"
