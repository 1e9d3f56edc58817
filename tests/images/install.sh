#!/bin/sh
# Make sure that Graphviz is there, with which diagrams are drawn: Debian's package. Where it cannot be installed the
# tests of drawings are skipped, but for a run with CI set, which fails.
set -eu
if command -v dot >/dev/null 2>&1; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing Graphviz for the tests of diagrams."
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends graphviz >/dev/null
  exit 0
fi
echo "Graphviz is not installed; drawings are not tested. On Debian: apt-get install graphviz" >&2
[ -z "${CI:-}" ] || exit 2
