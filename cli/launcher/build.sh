# shellcheck shell=bash
# Builds the command line with Maven, in the checkout or, where that is not this user's, in a copy; sourced by effnet when
# a build is due.

maven() {
    local candidate
    for candidate in "${MAVEN_HOME:-}/bin/mvn" "${M2_HOME:-}/bin/mvn"; do
        [ -x "$candidate" ] && printf '%s\n' "$candidate" && return
    done
    type -P mvn
}

# ---- where to build ----------------------------------------------------------------------------------------------

writable() { # can this user build in the checkout? Its target folders may be another user's.
    local module folder IFS=' '
    mkdir -p "$state" 2>/dev/null && [ -w "$state" ] || return 1
    for module in $MODULES; do
        [ -f "$root/$module/pom.xml" ] || continue
        folder=$root/$module/target
        [ -d "$folder" ] || folder=$root/$module
        [ -w "$folder" ] || return 1
    done
}

copy_sources() { # what the build reads, from $root to $source
    rm -rf "$source" && mkdir -p "$source" || return 1
    (
        cd "$root" &&
            find . \( -name target -o -name .git \) -prune -o -type f \
                \( -name pom.xml -o -path './.mvn/*' -o -path '*/src/main/*' \) -print
    ) | tar -C "$root" -cf - -T - | tar -C "$source" -xf -
}

# ---- one build at a time -----------------------------------------------------------------------------------------

started_at() { # process -> when it started, which tells it from a later one of the same number; empty if it has ended
    local line fields
    if [ -r "/proc/$1/stat" ]; then
        IFS= read -r line 2>/dev/null <"/proc/$1/stat" || return 0
        read -r -a fields <<<"${line##*) }" # behind the program's name, which may hold blanks
        printf '%s\n' "${fields[19]}"
    elif [ ! -d /proc/self ]; then
        ps -o lstart= -p "$1" 2>/dev/null
    fi
}

owner_lives() { # "process start"
    local owner=${1%% *} start=${1#* }
    [ -n "$owner" ] && [ "$(started_at "$owner")" = "$start" ]
}

take_lock() { # a lock whose owner died is taken over
    local owner told=
    lock=${state%/*}/lock
    mkdir -p "$state" 2>/dev/null || fail 1 "cannot write to ${state%/*}"
    until mkdir "$lock" 2>/dev/null; do
        if [ ! -d "$lock" ]; then # nobody holds it; tried again, as an owner may just have let it go
            mkdir "$lock" 2>/dev/null && break
            [ -d "$lock" ] || fail 1 "cannot make $lock: is the disk full, or ${lock%/*} not writable?"
        fi
        owner=$(cat "$lock/owner" 2>/dev/null)
        if [ -z "$owner" ] && sleep 2; then # its owner writes this within moments, or died before it could
            owner=$(cat "$lock/owner" 2>/dev/null)
        fi
        if ! owner_lives "$owner"; then
            rm -rf "$lock" 2>/dev/null
            [ -d "$lock" ] && [ ! -w "$lock" ] && fail 1 "cannot remove $lock, which a build of another user left behind"
            continue
        fi
        [ -z "$told" ] && printf 'effnet: another start (process %s) is building; waiting for it.\n' "${owner%% *}" >&2
        told=yes
        sleep 1
    done
    printf '%s %s\n' "$$" "$(started_at $$)" >"$lock/owner" || fail 1 "cannot write to $lock (is the disk full?)"
    trap 'rm -rf "$lock"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
}

release_lock() {
    rm -rf "$lock"
    trap - EXIT INT TERM HUP
}

# ---- the build ---------------------------------------------------------------------------------------------------

commit() { # the checkout's commit, with "+" where files differ from it; nothing where Git does not know
    local name
    name=$(git -C "$root" rev-parse --short=12 HEAD 2>/dev/null) || return 0
    git -C "$root" diff --quiet HEAD -- 2>/dev/null || name=$name+
    printf '%s\n' "$name"
}

run_maven() { # runs quietly, showing the seconds on a terminal; $build_log has everything
    local mvn profile=() start=$SECONDS pid code
    mvn=$(maven) || fail 2 "Maven is missing, and the first start builds with it. Install it (Debian, Ubuntu: apt-get install maven; macOS: brew install maven), then start again."
    [ "$backend" = cuda ] && profile=(-Pcuda)
    local notice downloads="200 MB"
    [ "$backend" = cuda ] && downloads="800 MB"
    notice="effnet: building (about half a minute; the first time on a machine also downloads $downloads)"
    printf '%s ...' "$notice" >&2
    (cd "$source" && JAVA_HOME=$java_home exec "$mvn" -B ${profile[@]+"${profile[@]}"} -pl cli -am package \
        -Dmaven.test.skip=true -Dspotless.check.skip=true "-Dbuild.commit=$(commit)") >"$build_log" 2>&1 </dev/null &
    pid=$!
    if [ -t 2 ]; then
        while kill -0 "$pid" 2>/dev/null; do
            printf '\r%s ... %ss' "$notice" "$((SECONDS - start))" >&2
            sleep 1
        done
    fi
    wait "$pid"
    code=$?
    if [ "$code" -ne 0 ]; then
        printf '\n' >&2
        grep -m 5 '^\[ERROR\]' "$build_log" >&2
        fail 1 "the build failed. Its full log: $build_log"
    fi
    [ -t 2 ] && printf '\r%s ...' "$notice" >&2
    printf ' done in %ss\n' "$((SECONDS - start))" >&2
}

# Copies our own jars aside, so that a later build cannot pull them from under a training that runs. Their paths are kept
# relative to $state, so that a copy of the checkout runs its own.
install_application() { # marker: sources newer than it are not in this build
    local marker=$1 folder=app.$$.$RANDOM entry name paths
    mkdir "$state/$folder" || return 1
    paths=$folder/effnet.jar
    cp "$source/cli/target/effnet.jar" "$state/$paths" || return 1
    local dependencies IFS=:
    IFS= read -r dependencies <"$source/cli/target/dependencies-$backend.txt" || [ -n "$dependencies" ] || return 1
    for entry in $dependencies; do
        case $entry in
            "$source"/*)
                name=${entry##*/}
                cp "$entry" "$state/$folder/$name" || return 1
                entry=$folder/$name
                ;;
        esac
        paths=$paths:$entry
    done
    printf '%s\n' "$paths" >"$state/$folder/class-path" || return 1
    read_class_path "$state/$folder/class-path" || return 1
    make_archive "$state/$folder"
    touch -r "$marker" "$state/$folder/class-path"
    mv "$state/$folder/class-path" "$state/class-path" || return 1
    for entry in "$state"/app.*; do # what runs from an older one holds its files open
        [ "$entry" = "$state/$folder" ] || rm -rf "$entry"
    done
}

make_archive() { # a class-data archive halves the start; without one everything works the same
    "$java_home/bin/java" -XX:ArchiveClassesAtExit="$(archive_of "$1")" "${common_flags[@]}" -Xmx256m -cp "$class_path" \
        org.efficientnet4j.cli.Effnet models >/dev/null 2>&1
}

build_here() {
    local marker=$state/started
    take_lock
    if ! up_to_date; then
        build_log=$state/build.log
        : >"$marker" || fail 1 "cannot write to $state"
        [ "$source" = "$root" ] || copy_sources || fail 1 "cannot copy the sources to $source (is the disk full?)"
        run_maven
        install_application "$marker" || fail 1 "cannot write to $state (is the disk full?)"
    fi
    release_lock
}

build() {
    source=$root
    if ! writable; then
        use_cache || fail 1 "cannot write to $root, and this user has no folder for caches: set XDG_CACHE_HOME to a folder that can be written."
        source=${state%/*}/source
        up_to_date && return
        printf 'effnet: %s is not writable for this user; building in %s\n' "$root" "${state%/*}" >&2
    fi
    build_here
}
