#!/bin/sh
# Runs the API with the console beside it: sh run-with-console.sh java -jar bookstore-api.jar
# CONSOLE is the port of the console, 7004 by default; "off" leaves it out. Ctrl-C ends both, and the console ends with the
# API. A console that is at that port already is used, and stays. Unless a variable says where spans go, they go to the console.

home=$(cd "$(dirname "$0")/.." && pwd)
port=${CONSOLE:-7004}
service=
console=
folder=
ended=

end() {
  ended=yes
  if [ -n "$service" ]; then kill "$service" 2>/dev/null; else exit 130; fi
}

# The API first: its last spans are to arrive.
clean() {
  if [ -n "$console" ]; then
    kill "$console" 2>/dev/null
    wait "$console" 2>/dev/null
  fi
  [ -z "$folder" ] || rm -rf "$folder"
}

use_console() {
  export BOOKSTORE_CONSOLE_URL="$1"
  if [ -z "${OTEL_EXPORTER_OTLP_ENDPOINT:-}${OTEL_EXPORTER_OTLP_TRACES_ENDPOINT:-}" ]; then
    export OTEL_EXPORTER_OTLP_ENDPOINT="$1" OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf
    # A call is to be seen when it ends; the default is 5 s.
    export OTEL_BSP_SCHEDULE_DELAY="${OTEL_BSP_SCHEDULE_DELAY:-500}"
  fi
}

start_console() {
  api=${BOOKSTORE_MANAGEMENT_PORT:-${MICRONAUT_SERVER_PORT:-7002}}
  [ "$api" = 0 ] || set -- --service "http://127.0.0.1:$api"
  folder=$(mktemp -d) && mkfifo "$folder/said" || return
  "$home/llm-perf" console --port "$port" "$@" >"$folder/said" 2>"$folder/problem" &
  console=$!
  exec 3<"$folder/said"
  if read -r said <&3; then
    address=${said#"The console is at "}
    use_console "${address%% *}"
    return
  fi
  wait "$console"
  failure=$?
  console=
  problem=$(cat "$folder/problem")
  address=${problem#"A console is already at "}
  if [ "$address" != "$problem" ]; then
    use_console "${address%%: *}"
    echo "The API uses the console that is already at $BOOKSTORE_CONSOLE_URL." >&2
  elif [ "$failure" -eq 71 ]; then
    echo "Port $port is taken, so the API starts without the console: CONSOLE=7014 puts it on another port, CONSOLE=off leaves it out." >&2
  else
    echo "The API starts without the console, because: $problem" >&2
  fi
}

trap clean EXIT
trap end INT TERM HUP
case $port in
  off) ;;
  '' | *[!0-9]*)
    echo "CONSOLE must be off or a port, was $port." >&2
    exit 64
    ;;
  *) start_console ;;
esac

BOOKSTORE_PARENT_PID=$$ "$@" &
service=$!
# A signal ends the wait, not the API.
while
  wait "$service"
  code=$?
  kill -0 "$service" 2>/dev/null
do :; done
[ -z "$ended" ] || code=130
exit "$code"
