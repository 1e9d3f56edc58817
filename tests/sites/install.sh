#!/bin/sh
# Make sure that Jekyll and its redirect plugin are there, which the tests build exported sites with: Debian's packages.
# Where they cannot be installed those tests are left out, but for a run with CI set, which fails.
set -eu
if command -v jekyll >/dev/null 2>&1 && ruby -e 'require "jekyll-redirect-from"' >/dev/null 2>&1; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing Jekyll for the tests of the export."
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq jekyll ruby-jekyll-redirect-from >/dev/null
  exit 0
fi
echo "Jekyll is not installed; exported sites are not built with it. On Debian: apt-get install jekyll ruby-jekyll-redirect-from" >&2
[ -z "${CI:-}" ] || exit 2
