# shellcheck shell=bash disable=SC2154,SC2034  # what is not set here another part sets, and the other way round
# A bundle: everything that a server without a compiler needs.

make_bundle() {
    local name version commit machine folder work packages
    [ "$(id -u)" != 0 ] || require_packages
    find_executables
    # shellcheck source=/dev/null
    machine=$(. /etc/os-release && echo "$ID$VERSION_ID")-$(dpkg --print-architecture)
    version=$("$bin/imagebed" --version | cut -d' ' -f2) || fail "$bin/imagebed does not tell its version"
    commit=$(commit)
    work=$(mktemp -d) folder=imagebed-$version${commit:+-$commit}-$machine
    mkdir -p "$work/$folder/bin" "$here/dist"
    for name in imagebed picture $(responders); do
        cp "$bin/$name" "$work/$folder/bin/"
        ! command -v strip >/dev/null || strip "$work/$folder/bin/$name"
    done
    packages=$(linked_packages "$work/$folder"/bin/*)
    echo "$packages" >"$work/$folder/bin/packages"
    [ -z "$commit" ] || echo "$commit" >"$work/$folder/bin/commit"
    cp -r "$here"/{nginx,apache,htdocs,docs,install.sh,README.md,README.zh-CN.md,LICENSE} "$work/$folder/"
    cp -r "$parts" "$work/$folder/install"
    tar -C "$work" --owner=0 --group=0 -czf "$here/dist/$folder.tar.gz" "$folder"
    rm -r "$work"
    say "unpack it on the server and run 'sudo ./install.sh' there:"
    echo "$here/dist/$folder.tar.gz"
}

# The packages of the libraries that executables load.
linked_packages() {
    local library
    ldd "$@" | awk '$2 == "=>" && $3 ~ /^\// { print $3 }' | sort -u | while read -r library; do
        dpkg -S "$library" 2>/dev/null || dpkg -S "$(realpath "$library")" 2>/dev/null || dpkg -S "/usr$library" 2>/dev/null ||
            fail "no package holds $library"
    done | cut -d: -f1 | sort -u
}
