# Shared by this folder's scripts: where things are, how Java starts.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
benchmarks=$root/benchmarks
models=$benchmarks/target/models
mkdir -p "$models"

skip() { # reason
    printf '%s\n' "$1" >&2
    exit 3
}

build() { # Maven's arguments
    echo "Building ..." >&2
    (cd "$root" && mvn -q -B "$@" -am package -Dmaven.test.skip=true -Dspotless.check.skip=true) >&2 </dev/null
}

class_path_of() { # module -> its class path
    local list=$root/$1/target/class-path.txt
    [ -f "$list" ] || skip "$1 is not built: mvn -Ppeers -pl $1 -am package -DskipTests"
    printf '%s:%s\n' "$root/$1/target/classes" "$(cat "$list")"
}

# A small heap, so that the memory measured is the library's.
java=("${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx512m -XX:+UseSerialGC -XX:+IgnoreUnrecognizedVMOptions
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow)
kernel_flags=@$root/toolkit/kernels/src/main/resources/org/efficientnet4j/kernels/jvm.args
