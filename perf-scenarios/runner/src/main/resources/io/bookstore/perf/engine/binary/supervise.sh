# Runs "$@" out of the terminal's reach and stops it once when our standard input closes; exits with its exit code.
trap '' INT
command -v setsid >/dev/null 2>&1 && set -- setsid "$@"
exec 3<&0
"$@" </dev/null 3<&- &
k6=$!
{ read -r _ <&3; kill -TERM "$k6"; } >/dev/null 2>&1 &
watch=$!
exec 3<&-
wait "$k6"
code=$?
kill "$watch" 2>/dev/null
exit "$code"
