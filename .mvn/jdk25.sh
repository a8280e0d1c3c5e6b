# Finds a JDK 25: sets JDK25 to its home, or leaves it empty. Sets JDK_SEEN to the others that it saw.
# Sourced by ./weir and ./mvnw. Reads the JDK's own release file, which is faster than asking java.

jdk_version() {
  [ -r "$1/release" ] || return 1
  while IFS= read -r line; do
    case $line in
      JAVA_VERSION=*)
        line=${line#JAVA_VERSION=}
        line=${line#\"}
        printf '%s' "${line%\"}"
        return 0
        ;;
    esac
  done < "$1/release"
  return 1
}

jdk_try() {
  [ -z "$JDK25" ] && [ -x "$1/bin/java" ] || return 0
  version=$(jdk_version "$1") || version=unknown
  if [ ! -x "$1/bin/javac" ]; then
    JDK_SEEN="$JDK_SEEN
  $1: Java $version, a runtime without a compiler"
    return 0
  fi
  case $version in
    25 | 25.* | 25-*) JDK25=$1 ;;
    *)
      JDK_SEEN="$JDK_SEEN
  $1: Java $version"
      ;;
  esac
}

jdk_find() {
  JDK25= JDK_SEEN=
  [ -n "${JAVA_HOME:-}" ] && jdk_try "$JAVA_HOME"
  if [ -z "$JDK25" ] && command -v java > /dev/null 2>&1; then
    java_real=$(readlink -f "$(command -v java)")
    jdk_try "${java_real%/bin/java}"
  fi
  for home in /usr/lib/jvm/* /opt/*jdk* /opt/java/* "${HOME-}"/.sdkman/candidates/java/* "${HOME-}"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ -n "$JDK25" ] && break
    [ -L "$home" ] || jdk_try "$home"
  done
}

jdk_missing() {
  {
    echo "$1: no JDK 25 found."
    if [ -n "$JDK_SEEN" ]; then
      echo "Looked at JAVA_HOME, java on the PATH, and the usual folders, and saw:$JDK_SEEN"
    else
      echo "Looked at JAVA_HOME, java on the PATH, /usr/lib/jvm, /opt, ~/.sdkman, ~/.jdks: no Java at all."
    fi
    echo "Install one (https://adoptium.net/temurin/releases/?version=25, 'sdk install java 25-tem',"
    echo "or your system's openjdk-25-jdk), or set JAVA_HOME to a JDK 25, and run this again."
  } >&2
}
