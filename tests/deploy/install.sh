#!/bin/sh
# Make sure that nginx is there, which the tests of deploy/nginx.conf run, and openssl for its certificate: Debian's
# packages. Where they cannot be installed those tests are left out, but for a run with CI set, which fails.
set -eu
if command -v nginx >/dev/null 2>&1 && command -v openssl >/dev/null 2>&1; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing nginx for the tests of deploy/nginx.conf."
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq nginx openssl >/dev/null
  exit 0
fi
echo "nginx is not installed; deploy/nginx.conf is not tested. On Debian: apt-get install nginx openssl" >&2
[ -z "${CI:-}" ] || exit 2
