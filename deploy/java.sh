#!/bin/sh
# The java of the run command: of the first JDK that is new enough, under a Unicode locale. Without one
# the Java platform cannot make a file with a Chinese name.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
. "$here/find-jdk.sh"
jdk=$(find_jdk 25) || { echo "No JDK 25 or later found: install one, or set JAVA_HOME to it." >&2; exit 1; }
LC_ALL=C.UTF-8 exec "$jdk/bin/java" "$@"
