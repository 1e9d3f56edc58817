#!/bin/sh
# Make sure that nginx is there, which the tests of deploy/nginx.conf run, openssl for its certificate, and
# systemd-analyze, which checks the units: Debian's packages. Where they cannot be installed those tests are left out,
# but for a run with CI set, which fails.
set -eu
if command -v nginx && command -v openssl && command -v systemd-analyze; then exit 0; fi >/dev/null 2>&1
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing nginx and systemd for the tests of deploy/."
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq nginx openssl >/dev/null
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq systemd >/dev/null ||
    echo "systemd cannot be installed in this container; its units are not checked." >&2
  exit 0
fi
echo "nginx or systemd is not installed; deploy/ is not tested. On Debian: apt-get install nginx openssl systemd" >&2
[ -z "${CI:-}" ] || exit 2
