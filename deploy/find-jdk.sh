# Sourced by the start scripts: find_jdk MAJOR prints the home of the first Java that is new enough.

# Major version of the Java in a home; 0 if there is none. Java 8 called itself 1.8.
jdk_major() {
  [ -x "$1/bin/java" ] || { echo 0; return; }
  if [ -r "$1/release" ]; then
    line=$(grep '^JAVA_VERSION=' "$1/release" || true)
  else
    line=$("$1/bin/java" -version 2>&1 | head -n 1)
  fi
  version=$(echo "$line" | sed -n 's/.*"\(1\.\)\{0,1\}\([0-9][0-9]*\).*/\2/p')
  echo "${version:-0}"
}

find_jdk() {
  path_java=$(command -v java 2>/dev/null || true)
  if [ -n "$path_java" ]; then
    path_java=$(dirname -- "$(dirname -- "$(readlink -f -- "$path_java")")")
  fi
  for home in "${JAVA_HOME:-}" "$path_java" /usr/lib/jvm/* /opt/jdk* /opt/java/* \
    "${HOME:-/root}"/.sdkman/candidates/java/* "${HOME:-/root}"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if [ -n "$home" ] && [ "$(jdk_major "$home")" -ge "$1" ]; then
      echo "$home"
      return
    fi
  done
  return 1
}
