#!/bin/sh
# Takes the pictures of the pages anew: docs/pictures/take.sh [FOLDER of a run]; without one it runs ai-smoke first.
set -eu
run=${1:+$(realpath "$1")}
[ -z "$run" ] || [ -f "$run/report.html" ] || { echo "$run has no report.html; name the folder of a run" >&2; exit 66; }
cd "$(dirname "$0")/../.."
browser=$(command -v chromium || command -v google-chrome) || { echo "needs chromium or google-chrome on PATH" >&2; exit 69; }
if [ -z "$run" ]; then
  run=$(mktemp -d)/run
  ./llm-perf run ai-smoke --env DURATION_SCALE=0.2 --port 0 --out "$run"
fi
"$browser" --headless --no-sandbox --disable-gpu --disable-background-networking --hide-scrollbars \
  --window-size=1100,920 --screenshot="$PWD/docs/pictures/report.png" "file://$run/report.html"
