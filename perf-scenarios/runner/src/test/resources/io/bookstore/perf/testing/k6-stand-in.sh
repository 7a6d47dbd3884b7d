#!/bin/sh
# Behaves as "k6 run" does towards whoever starts it, and loads nothing. The script's first line says how it ends:
#   // exit 99        writes samples and summary, exits with that code
#   // broken         logs an error and exits with 107, as for a script that does not parse
#   // refused        logs a request that failed, as k6 does, and exits with 0
#   // wait           goes on until it is told to stop, then tears down and exits with 105
command=$1
shift
case "$command" in
version)
    echo "k6 v1.7.1 (commit/0000000000, go1.24.1, linux/amd64)"
    exit 0
    ;;
inspect)
    echo '{"paused":null,"scenarios":{"load":{"executor":"ramping-vus","startTime":null,"gracefulStop":"30s","stages":[{"duration":"1m30s","target":2},{"duration":"500ms","target":0}]}},"totalDuration":"2m0.5s","maxVUs":2}'
    exit 0
    ;;
esac

variables=""
flags=""
while [ $# -gt 0 ]; do
    case "$1" in
    --out) samples=${2#json=}; shift ;;
    --summary-export) summary=$2; shift ;;
    --env) variables="$variables $2"; shift ;;
    --scenario=* | --once=*) flags="$flags $1" ;;
    --vus | --duration | --iterations | --stage) flags="$flags $1 $2"; shift ;;
    --*) ;;
    *) script=$1 ;;
    esac
    shift
done

if [ ! -r "$script" ]; then
    echo '{"level":"error","msg":"The moduleSpecifier could not be found","time":"2026-11-23T10:00:00Z"}' >&2
    exit 255
fi
behaviour=$(head -n 1 "$script")
if [ "$behaviour" = "// broken" ]; then
    echo '{"level":"error","msg":"SyntaxError: file:///script.js: Unexpected token (3:1)","time":"2026-11-23T10:00:00Z"}' >&2
    exit 107
fi

point() {
    echo '{"metric":"'"$1"'","type":"Point","data":{"time":"2026-11-23T10:00:0'"$2"'.5Z","value":'"$3"',"tags":{"name":"summary","status":"200"}}}' >> "$samples"
}
echo '{"type":"Metric","data":{"name":"http_reqs","type":"counter","contains":"default"},"metric":"http_reqs"}' > "$samples"
point http_reqs 1 1
point http_reqs 2 1
echo '{"level":"info","msg":"variables:'"$variables"' usage report '"$K6_NO_USAGE_REPORT"'","time":"2026-11-23T10:00:00Z"}' >&2

[ -z "$flags" ] || echo '{"level":"info","msg":"flags:'"$flags"'","time":"2026-11-23T10:00:00Z"}' >&2

code=0
if [ "$behaviour" = "// wait" ]; then
    trap 'code=105' TERM INT
    echo '{"level":"info","msg":"waiting","time":"2026-11-23T10:00:00Z"}' >&2
    while [ $code -eq 0 ]; do sleep 0.05; done
    echo '{"level":"info","msg":"teardown","time":"2026-11-23T10:00:00Z"}' >&2
elif [ "$behaviour" = "// refused" ]; then
    echo '{"error":"Get \"http://127.0.0.1:1/\": dial tcp 127.0.0.1:1: connect: connection refused","level":"warning","msg":"Request Failed","time":"2026-11-23T10:00:00Z"}' >&2
else
    code=${behaviour#// exit }
fi
point http_reqs 3 1
echo '{"root_group":{},"metrics":{"http_reqs":{"count":3,"rate":1,"thresholds":{"count>0":false}}}}' > "$summary"
echo 'handled in the working folder' > handled.txt
echo "the end-of-test summary"
exit "$code"
