# shellcheck shell=bash
# Finds the newest JDK of this machine; sourced by effnet.

java_version() { # JDK folder -> $version: the full version; 1 where the folder holds no JDK
    version=
    [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 1
    if [ -r "$1/release" ]; then
        local line
        while IFS= read -r line || [ -n "$line" ]; do
            case $line in
                JAVA_VERSION=*)
                    version=${line#JAVA_VERSION=}
                    version=${version//\"/}
                    ;;
            esac
        done <"$1/release"
    fi
    if [ -z "$version" ]; then
        version=$("$1/bin/java" -version 2>&1 | sed -n 's/.*version "\([^"]*\)".*/\1/p' | head -n 1)
    fi
    [ -n "$version" ]
}

major_of() { # version -> $major, a plain number ("1.8.0_292" -> 8)
    local rest=$1
    case $rest in 1.*) rest=${rest#1.} ;; esac
    major=${rest%%[!0-9]*}
    [ -n "$major" ]
}

java_home='' java_major=0 java_full='' java_reason='' java_seen=''
consider() { # JDK folder, where it was found: keeps the newest; on equal versions the first
    local version major
    case ";$java_seen" in *";$1="*) return ;; esac
    java_version "$1" && major_of "$version" || return 0
    java_seen="$java_seen${java_seen:+;}$1=$version"
    if [ "$major" -ge "$MINIMUM_JAVA" ] && [ "$major" -gt "$java_major" ]; then
        java_home=$1 java_major=$major java_full=$version java_reason=$2
    fi
}

choose_java() {
    if [ -n "${EFFNET_JAVA:-}" ]; then
        local home=${EFFNET_JAVA%/}
        [ -d "$home" ] || home=${home%/bin/java}
        consider "$home" "EFFNET_JAVA names it"
        [ -n "$java_home" ] && return
        fail 2 "EFFNET_JAVA=$EFFNET_JAVA is not a JDK $MINIMUM_JAVA or newer${version:+ (its version is $version)}: name a JDK's folder, the one that holds bin/java and bin/javac, or unset EFFNET_JAVA."
    fi
    [ -n "${JAVA_HOME:-}" ] && consider "${JAVA_HOME%/}" "the newest found; JAVA_HOME names it"
    local on_path folder
    if on_path=$(type -P java); then
        on_path=$(resolve_link "$on_path")
        consider "${on_path%/bin/java}" "the newest found; it is on PATH"
    fi
    for folder in /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /usr/local/openjdk* \
        "${HOME:-/nonexistent}"/.sdkman/candidates/java/* "${HOME:-/nonexistent}"/.jdks/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home \
        "${HOME:-/nonexistent}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
        consider "$folder" "the newest found, in ${folder%/*}"
    done
    [ -n "$java_home" ] && return
    fail 2 "no JDK $MINIMUM_JAVA or newer found${java_seen:+ (only: ${java_seen//;/, })}. Install one (Debian, Ubuntu: apt-get install openjdk-17-jdk; macOS: brew install openjdk) or set EFFNET_JAVA to its folder."
}

