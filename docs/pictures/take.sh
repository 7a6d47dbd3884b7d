#!/bin/sh
# Takes the pictures of the pages anew: docs/pictures/take.sh runs ai-smoke for them; docs/pictures/take.sh FOLDER draws the report of that run alone.
set -eu
run=${1:+$(realpath "$1")}
[ -z "$run" ] || [ -f "$run/report.html" ] || { echo "$run has no report.html; name the folder of a run" >&2; exit 66; }
cd "$(dirname "$0")/../.."
browser=$(command -v chromium || command -v google-chrome) || { echo "needs chromium or google-chrome on PATH" >&2; exit 69; }

# picture FILE ADDRESS HEIGHT
picture() {
  "$browser" --headless --no-sandbox --disable-gpu --disable-background-networking --hide-scrollbars \
    --window-size="1100,$3" --screenshot="$PWD/docs/pictures/$1" "$2"
}

if [ -z "$run" ]; then
  work=$(mktemp -d)
  PATH=$PWD:$PATH
  command='llm-perf run ai-smoke --env DURATION_SCALE=0.2 --port 0'
  # On a pseudo terminal the program draws as it does for a person, and script writes down every byte.
  (cd "$work" && TERM=xterm-256color script -qec "stty cols 140 rows 26; echo '\$ $command'; $command" typescript)
  height=$(python3 - "$work" <<'PYTHON'
import html, re, sys

work = sys.argv[1]
text = open(work + "/typescript", encoding="utf-8", newline="").read().replace("\r", "")
# Without the first and the last line, which script adds.
text = text.partition("\n")[2].rpartition("\nScript done")[0].rstrip()

# The program uses colours, "up some lines" and "clear to the end".
lines, style, frames = [""], "", []
for token in re.split(r"(\x1b\[\d*[A-Za-z]|\n)", text):
    if token == "\n":
        lines.append("")
    elif token.endswith("F") and token.startswith("\x1b"):
        frames.append(lines[:-1])
        lines[-1 - int(token[2:-1]):] = [""]
    elif token.startswith("\x1b"):
        style = {"1m": "b", "2m": "d", "31m": "r", "32m": "g"}.get(token[2:], "")
    elif token:
        lines[-1] += f'<span class="{style}">{html.escape(token)}</span>'


def away_from_half(frame):
    share = re.search(r"(\d+) %", "".join(frame[-4:]))
    return abs(int(share.group(1)) - 50) if share else 100


screens = [min(frames, key=away_from_half), lines[-26:]]
pre = "".join("<pre>" + "\n".join(screen) + "\n</pre>" for screen in screens)
css = """body{margin:0;background:#fff} pre{margin:0 0 10px;padding:12px 16px;background:#0d1117;color:#e6edf3;
font:12.5px/17px 'DejaVu Sans Mono',monospace;border-radius:6px;overflow:hidden} .b{font-weight:bold} .d{color:#8b949e}
.g{color:#3fb950} .r{color:#f85149}"""
open(work + "/terminal.html", "w", encoding="utf-8").write(f'<meta charset="utf-8"><style>{css}</style>{pre}')
print(sum(17 * len(screen) + 34 for screen in screens) - 10)
PYTHON
  )
  picture terminal.png "file://$work/terminal.html" "$height"
  run=$(echo "$work"/reports/*)
fi
picture report.png "file://$run/report.html" 920
