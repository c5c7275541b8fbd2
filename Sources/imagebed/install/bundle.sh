# shellcheck shell=bash disable=SC2154,SC2034  # what is not set here another part sets, and the other way round
# A bundle: everything that a server without a compiler needs.

make_bundle() {
    local version commit machine folder work packages names
    [ "$(id -u)" != 0 ] || require_packages
    find_executables
    # shellcheck source=/dev/null
    machine=$(. /etc/os-release && echo "$ID$VERSION_ID")-$(dpkg --print-architecture)
    version=$("$bin/imagebed" --version | cut -d' ' -f2) || fail "$bin/imagebed does not tell its version"
    commit=$(commit)
    work=$(mktemp -d) folder=imagebed-$version${commit:+-$commit}-$machine
    mkdir -p "$here/dist"
    copy_bundle "$work/$folder"
    mapfile -t names < <(programs)
    packages=$(linked_packages "${names[@]/#/$work/$folder/bin/}")
    echo "$packages" >"$work/$folder/bin/packages"
    cp -r "$here"/{docs,README.md,README.zh-CN.md,LICENSE} "$work/$folder/"
    tar -C "$work" --owner=0 --group=0 -czf "$here/dist/$folder.tar.gz" "$folder"
    rm -r "$work"
    say "unpack it on the server and run 'sudo ./install.sh' there:"
    echo "$here/dist/$folder.tar.gz"
}

# What can be installed from without a checkout: copy_bundle FOLDER
copy_bundle() {
    local name commit
    commit=$(commit)
    mkdir -p "$1/bin"
    for name in $(programs); do
        cp "$bin/$name" "$1/bin/"
        ! command -v strip >/dev/null || strip "$1/bin/$name"
    done
    [ -z "$commit" ] || echo "$commit" >"$1/bin/commit"
    cp -r "$here"/{nginx,apache,htdocs,install.sh} "$1/"
    cp -r "$parts" "$1/install"
}

# The packages of the libraries that executables load.
linked_packages() {
    local library
    ldd "$@" | awk '$2 == "=>" && $3 ~ /^\// { print $3 }' | sort -u | while read -r library; do
        dpkg -S "$library" 2>/dev/null || dpkg -S "$(realpath "$library")" 2>/dev/null || dpkg -S "/usr$library" 2>/dev/null ||
            fail "no package holds $library"
    done | cut -d: -f1 | sort -u
}
