# shellcheck shell=bash
# Reads the limits that this machine and the shell set; sourced by effnet.

smaller() { # a number of bytes: lowers $memory to it; "max" and the kernel's "no limit" pass
    case ${1:-} in '' | *[!0-9]*) return ;; esac
    [ "${#1}" -le 15 ] && [ "$1" -gt 0 ] && [ "$1" -lt "$memory" ] && memory=$1
}

machine_memory() { # -> $memory in bytes and $memory_source
    local line value folder
    memory=0 memory_source="the machine's memory"
    if [ -r /proc/meminfo ]; then
        IFS= read -r line </proc/meminfo # MemTotal:  24607000 kB
        value=${line//[!0-9]/}
        memory=$((value * 1024))
    elif value=$(sysctl -n hw.memsize 2>/dev/null); then
        memory=$value
    fi
    if [ "$memory" -le 0 ]; then
        memory=$((4 * 1024 * 1024 * 1024)) memory_source="a guess, as the machine's memory is not known"
        return
    fi
    [ -r /proc/self/cgroup ] || return
    local before=$memory
    while IFS=: read -r _ line folder; do
        case $line in
            '')
                while :; do # any parent group may hold the limit
                    [ -r "/sys/fs/cgroup$folder/memory.max" ] && IFS= read -r value <"/sys/fs/cgroup$folder/memory.max" && smaller "$value"
                    [ -n "${folder#/}" ] || break
                    folder=${folder%/*}
                done
                ;;
            *memory*)
                for folder in "/sys/fs/cgroup/memory$folder" /sys/fs/cgroup/memory; do
                    [ -r "$folder/memory.limit_in_bytes" ] && IFS= read -r value <"$folder/memory.limit_in_bytes" && smaller "$value"
                done
                ;;
        esac
    done </proc/self/cgroup
    [ "$memory" -lt "$before" ] && memory_source="the container's limit (cgroup)"
}

# The class path's jars and the native libraries are some 200 open files.
readonly LEAST_FILES=256
# Compiled code, classes, stacks and native libraries, beside heap and tensors.
readonly ADDRESSES_OF_JVM_KB=$((3 * 1024 * 1024))

shell_limits() { # refuses what a JVM cannot start in; limited addresses lower $memory
    local limit
    limit=$(ulimit -Hn) # the JVM raises its own limit to this one
    case $limit in
        '' | *[!0-9]*) ;;
        *) [ "$limit" -ge "$LEAST_FILES" ] || fail 2 "the limit on open files must be at least $LEAST_FILES, found $limit: raise it (ulimit -n 1024)." ;;
    esac
    limit=$(ulimit -v)
    case $limit in
        '' | *[!0-9]*) return ;;
    esac
    if [ "$limit" -lt $((ADDRESSES_OF_JVM_KB + 1024 * 1024)) ]; then
        fail 2 "the limit on address space must be at least $((ADDRESSES_OF_JVM_KB / 1048576 + 1)) GiB, found $((limit / 1024)) MiB: raise it (ulimit -v unlimited)."
    fi
    limit=$(((limit - ADDRESSES_OF_JVM_KB) * 1024))
    if [ "$limit" -lt "$memory" ]; then
        memory=$limit memory_source="the shell's limit on address space (ulimit -v)"
    fi
}

between() { # low, value, high
    if [ "$2" -lt "$1" ]; then echo "$1"; elif [ "$2" -gt "$3" ]; then echo "$3"; else echo "$2"; fi
}

terminal() { # file descriptor
    if [ -t "$1" ]; then echo true; else echo false; fi
}
