#!/bin/sh
# Starts the portal: slipway.war in a plain Payara Micro, on the first JDK that is new enough.
set -eu
required=25
here=$(CDPATH= cd -- "$(dirname -- "$(readlink -f -- "$0")")" && pwd)
. "$here/find-jdk.sh"

usage() {
  cat <<TEXT
Usage: slipway.sh [--payara-micro JAR] [--war WAR] [--data DIR] [--port PORT] [--https-port PORT] [-Dslipway.NAME=VALUE ...]

  --payara-micro JAR  Payara Micro, else \$PAYARA_MICRO, else payara-micro.jar beside this script
  --war WAR           the portal, else \$SLIPWAY_WAR, else slipway.war beside this script
  --data DIR          the data directory, else \$SLIPWAY_DATA_DIR, else ./data;
                      settings are read from slipway.properties in it
  --port PORT         console and REST API, else \$SLIPWAY_HTTP_PORT, else 8080
  --https-port PORT   the same encrypted, or off; else what the settings say, else 8443

Ends with a non-zero status when the portal cannot start.
TEXT
}

fail() {
  echo "slipway.sh: $1" >&2
  exit "${2:-1}"
}

# The first of the files that is there: as named, or beside this script, or where the build leaves it.
file_named() {
  what=$1 named=$2 name=$3
  if [ -n "$named" ]; then
    [ -r "$named" ] || fail "$what $named cannot be read"
    echo "$named"
    return
  fi
  for candidate in "$here/$name" "$here/../target/$name"; do
    if [ -r "$candidate" ]; then
      echo "$candidate"
      return
    fi
  done
  fail "there is no $name beside this script; see --help"
}

micro=${PAYARA_MICRO:-} war=${SLIPWAY_WAR:-} port=${SLIPWAY_HTTP_PORT:-8080} data=${SLIPWAY_DATA_DIR:-} https=
while [ $# -gt 0 ]; do
  case $1 in
    --payara-micro | --war | --data | --port | --https-port)
      [ $# -ge 2 ] || fail "$1 needs a value" 2
      case $1 in
        --payara-micro) micro=$2 ;;
        --war) war=$2 ;;
        --data) data=$2 ;;
        --port) port=$2 ;;
        --https-port) https=$2 ;;
      esac
      shift 2
      ;;
    -h | --help)
      usage
      exit 0
      ;;
    -D*) break ;;
    *) fail "unknown option $1; see --help" 2 ;;
  esac
done
for option in "$@"; do
  case $option in
    -D*) ;;
    *) fail "$option stands after -D...; options first, see --help" 2 ;;
  esac
done

case $port in
  '' | *[!0-9]* | ??????*) fail "slipway.http.port is \"$port\": allowed is a port from 1 to 65535" 78 ;;
esac
[ -z "$https" ] || set -- "-Dslipway.https.port=$https" "$@"
micro=$(file_named "Payara Micro" "$micro" payara-micro.jar)
war=$(file_named "the portal" "$war" slipway.war)
jdk=$(find_jdk "$required") || fail "Java $required or later is needed, and none was found; JAVA_HOME names one"
# File names are UTF-8; in another locale Java could not store all of them.
case $(locale charmap 2>/dev/null || true) in
  UTF-8) ;;
  *) export LC_ALL=C.UTF-8 ;;
esac
[ -z "$data" ] || export SLIPWAY_DATA_DIR="$data"

# Payara Micro unpacks itself and the portal here; when it is killed it leaves everything behind.
unpacked=$(mktemp -d "${TMPDIR:-/tmp}/slipway.XXXXXX")
trap 'rm -rf -- "$unpacked"' EXIT

"$jdk/bin/java" "@$here/jvm.options" \
  "-Djava.util.logging.config.file=$here/logging.properties" \
  "-Djava.io.tmpdir=$unpacked" "-Dslipway.http.port=$port" "-Dslipway.default.slipway.https.port=8443" "$@" \
  -jar "$micro" --prebootcommandfile "$here/preboot.txt" --port "$port" "$war" &
portal=$!
trap 'kill -TERM "$portal" 2>/dev/null || true' HUP INT TERM

# A signal interrupts the waiting, not the portal: wait until it is really gone.
status=0
while kill -0 "$portal" 2>/dev/null; do
  status=0
  wait "$portal" || status=$?
done

# Payara Micro ends with 0 when it could not bind its port; a portal never ends well by itself.
if [ "$status" -eq 0 ]; then
  fail "the portal ended by itself; the reason stands above. If its HTTP port $port is taken, --port names another"
fi
exit "$status"
