# shellcheck shell=bash disable=SC2154,SC2034  # what is not set here another part sets, and the other way round
# Executables: found in a folder, delivered with a package, or built.

# Sets `bin`: named in the environment, delivered with the package, or built.
find_executables() {
    if [ -n "${IMAGEBED_BIN-}" ]; then
        bin=$(realpath -- "$IMAGEBED_BIN")
    elif [ -d "$here/bin" ]; then
        bin=$here/bin
    else
        build_executables
    fi
    read_responders
    local name
    for name in $(programs); do
        [ -x "$bin/$name" ] || [ -n "$dry_run" ] || fail "$bin/$name is missing"
    done
}

programs() { echo imagebed; echo picture; responders; }

# Runs a command as the owner of the checkout, so that no file of root's gets between the owner's.
as_owner() {
    local owner
    owner=$(stat -c %U "$here")
    if [ "$(id -u)" = 0 ] && [ "$owner" != root ]; then
        runuser -u "$owner" -- env "HOME=$(getent passwd "$owner" | cut -d: -f6)" "$@"
    else
        "$@"
    fi
}

build_executables() {
    find_swift
    # (With colours at a terminal and without them elsewhere, the compiler's options would be other ones, and everything compiled again.)
    local build=("$swift" build -c release --static-swift-stdlib --no-color-diagnostics --package-path "$here")
    if [ -n "$dry_run" ]; then say "would run: ${build[*]}"; bin=$here/.build/release; return; fi
    say "building (the first time takes some minutes)"
    as_owner "${build[@]}" >&2 || fail "the build failed"
    bin=$(as_owner "${build[@]}" --show-bin-path)
}

# The commit that the executables are of, with a + where files differ from it; nothing where that is not known.
commit() {
    local hash state
    if [ -f "$bin/commit" ]; then cat "$bin/commit"; return; fi
    [ -e "$here/.git" ] && hash=$(as_owner git -C "$here" rev-parse --short HEAD 2>/dev/null) || return 0
    state=$(as_owner git -C "$here" status --porcelain) || return 0
    echo "$hash${state:++}"
}
