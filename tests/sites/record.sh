#!/bin/sh
# record.sh SITE OUT.jsonl: what the installed Jekyll makes of a folder (record.rb). Nothing is written into the folder.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
site=$(cd "$1" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/plugins"
cp "$here/record.rb" "$work/plugins/"
printf 'plugins_dir: %s\ndisable_disk_cache: true\n' "$work/plugins" > "$work/record.yml"
[ ! -e "$site/_config.yml" ] || set -- "$1" "$2" "$site/_config.yml,"
RECORD="$2" LC_ALL=C.UTF-8 TZ=UTC JEKYLL_ENV=production JEKYLL_NO_BUNDLER_REQUIRE=true BUNDLE_GEMFILE= \
  jekyll build --quiet --config "${3:-}$work/record.yml" --source "$site" --destination "$work/site"
