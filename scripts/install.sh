#!/usr/bin/env bash
# install.sh install BUILT | uninstall: puts Sallyport under $DESTDIR$PREFIX or takes it away.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

PREFIX=${PREFIX:-/usr/local}
DESTDIR=${DESTDIR:-}
[[ $PREFIX == /* ]] || { echo "make install: PREFIX is to be an absolute path, not $PREFIX" >&2; exit 1; }
target=$DESTDIR$PREFIX
profile=$DESTDIR/etc/apparmor.d/sallyport

files=(
  bin/sallyport bin/sallyport-init bin/sallyport-probe
  share/man/man1/sallyport.1
  share/bash-completion/completions/sallyport share/zsh/site-functions/_sallyport
  share/fish/vendor_completions.d/sallyport.fish
)

uninstall() {
  local file
  for file in "${files[@]}"; do rm -f "$target/$file"; done
  rm -rf "$target/share/sallyport"
  if [[ -w $(dirname "$profile") && -e $profile ]]; then
    if [[ -z $DESTDIR ]] && command -v apparmor_parser >/dev/null; then apparmor_parser --remove "$profile" || true; fi
    rm -f "$profile"
  fi
  echo "removed from $target; what runs have recorded is where it was"
}

install_programs() {
  local built=$1 program
  mkdir -p "$target/bin"
  for program in sallyport sallyport-init sallyport-probe; do
    # Beside it first, then in its place: a program that is running cannot be written to.
    install -m 0755 "$built/$program" "$target/bin/.$program.new"
    if command -v strip >/dev/null; then strip "$target/bin/.$program.new"; fi
    mv -f "$target/bin/.$program.new" "$target/bin/$program"
  done
}

install_data() {
  rm -rf "$target/share/sallyport"
  mkdir -p "$target/share/sallyport/catalog" "$target/share/sallyport/schemas"
  cp -R Sources/Catalog/Resources/. "$target/share/sallyport/catalog/"
  rm -f "$target/share/sallyport/catalog/.keep"
  local schema
  for schema in docs/schemas/*.json; do install -m 0644 "$schema" "$target/share/sallyport/schemas/"; done
  # Beside the catalogue itself: the path that a new sallyport.yaml names for editors.
  for schema in Sources/Policy/Resources/*.schema.json; do
    [[ -e $schema ]] || continue
    install -m 0644 "$schema" "$target/share/sallyport/"
  done
}

install_completion() {
  local shell=$1 file=$target/$2
  mkdir -p "$(dirname "$file")"
  "$target/bin/sallyport" --generate-completion-script "$shell" >"$file"
}

install_manual() {
  mkdir -p "$target/share/man/man1"
  install -m 0644 packaging/sallyport.1 "$target/share/man/man1/sallyport.1"
}

# Hosts that let only programs with a profile make user namespaces (Ubuntu 23.10 and later) need this one.
install_profile() {
  if [[ -z $DESTDIR && ! -d /etc/apparmor.d ]]; then return; fi
  mkdir -p "$(dirname "$profile")" 2>/dev/null || true
  if [[ ! -w $(dirname "$profile") ]]; then
    echo "left out: $profile is not writable; where user namespaces are restricted, install as root"
    return
  fi
  sed "s|@BINDIR@|$PREFIX/bin|g" packaging/apparmor/sallyport >"$profile"
  chmod 0644 "$profile"
  if [[ -z $DESTDIR ]] && command -v apparmor_parser >/dev/null && [[ -d /sys/kernel/security/apparmor ]]; then
    apparmor_parser --replace "$profile" || echo "written, and not loaded: $profile (apparmor_parser said why)"
  fi
}

case ${1:-} in
  install)
    install_programs "${2:?the directory with the built programs}"
    install_data
    install_completion bash share/bash-completion/completions/sallyport
    install_completion zsh share/zsh/site-functions/_sallyport
    install_completion fish share/fish/vendor_completions.d/sallyport.fish
    install_manual
    install_profile
    echo "installed under $target"
    ;;
  uninstall) uninstall ;;
  *)
    echo "usage: install.sh install BUILT | uninstall" >&2
    exit 64
    ;;
esac
