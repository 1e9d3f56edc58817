#!/bin/sh
# What a container does: web (the server), worker, scheduler, health (ask the server), or a command of manage.py.
set -eu
cd "$(dirname "$0")/.."
case "${1:-web}" in
  web)
    exec python -m portfolio.delivery.server
    ;;
  worker)
    exec python manage.py worker
    ;;
  scheduler)
    # A shell ignores no signal while it waits for a child in the background, so the container stops at once.
    trap 'kill "$child" 2>/dev/null; exit 0' TERM INT
    while true; do
      python manage.py publish_scheduled & child=$!
      wait "$child" || echo "publish_scheduled failed, next try in five minutes" >&2
      sleep "${SCHEDULER_SECONDS:-300}" & child=$!
      wait "$child"
    done
    ;;
  health)
    exec python -c 'import os, urllib.request as u; u.urlopen("http://127.0.0.1:%s/healthz" % os.environ.get("PORT", "8000"), timeout=4)'
    ;;
  *)
    exec python manage.py "$@"
    ;;
esac
