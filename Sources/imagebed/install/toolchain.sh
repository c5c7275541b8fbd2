# shellcheck shell=bash disable=SC2154,SC2034  # what is not set here another part sets, and the other way round
# The compiler: found here, or swift.org's for this Debian, fetched into a folder of the checkout's own (.build-swift). The installation has
# these functions from here; the owner of the checkout runs this file, so that no file of root's gets between the owner's:
#   toolchain.sh fetch FOLDER URL      URL is of a mirror, or of the archive itself (.tar.gz); empty: swift.org's own

# The version that this checkout is built and tested with.
toolchain_version=6.3.1

# What is known of an archive of that version, a line SHA-256 MEGABYTES (of what is in it): known_toolchain PLATFORM
# (swift.org signs its archives and publishes no sums; these are those of Bazel's rules_swift, swift/internal/extensions/swift_releases.bzl.
# No option and no variable replaces them, so that a mirror need not be trusted.)
known_toolchain() {
    case $1 in
        debian12) echo "5b234de265eefebbd9880c5bb100448dd0de7edd0e77b39cf7e695fc9c0660c8 3600" ;;
        debian12-aarch64) echo "41daa682341df209ca7dfe8cc137c6bd1f4bcde47f9ff6d5c66fd83acf6b5dcd 3600" ;;
    esac
}

# This machine in swift.org's words.
toolchain_platform() {
    # shellcheck source=/dev/null
    (. /etc/os-release; echo "${ID-}${VERSION_ID-}$(case $(dpkg --print-architecture) in amd64) ;; arm64) echo -aarch64 ;; *) echo -other ;; esac)")
}

# Whether a program is a Swift compiler of version 6 or later. (OpenStack has a program of this name too.)
is_swift() { [[ $("$1" --version </dev/null 2>/dev/null) =~ Swift\ version\ ([0-9]+)\. ]] && [ "${BASH_REMATCH[1]}" -ge 6 ]; }

# Sets `swift`, the compiler.
find_swift() {
    local folder own=$here/.build-swift
    for folder in '' /opt/swift/usr/bin/ "${HOME:-/root}/.local/share/swiftly/bin/" /usr/libexec/swift/bin/ "$own/$toolchain_version/usr/bin/"; do
        if swift=$(command -v "${folder}swift") && is_swift "$swift"; then return; fi
    done
    if [ "$(id -u)" = 0 ] && apt-cache show swiftlang >/dev/null 2>&1; then
        install_packages swiftlang
        swift=swift
        return
    fi
    check_download
    swift=$own/$toolchain_version/usr/bin/swift
    act as_owner bash "$parts/toolchain.sh" fetch "$own" "${toolchain_url-}" >&2 || exit
}

check_download() {
    local found="there is no Swift toolchain (6.0 or later) here" advice="Either
  - unpack one from https://www.swift.org/install/linux/ so that /opt/swift/usr/bin/swift exists, or
  - run './install.sh deb' on a machine that has one, and install that package here."
    [ -z "${no_download-}" ] || fail "$found, and --no-download keeps this script from fetching swift.org's. $advice"
    [ -n "$(known_toolchain "$(toolchain_platform)")" ] ||
        fail "$found, and this script knows swift.org's for Debian 12 on amd64 and arm64 only (this is $(toolchain_platform)). $advice"
}

# Runs as the owner of the checkout: fetch FOLDER URL
fetch() {
    local folder=$1 platform sum room url archive new
    platform=$(toolchain_platform)
    read -r sum room < <(known_toolchain "$platform")
    url=$(toolchain_address "$2" "$platform")
    archive=$folder/${url##*/}.part new=$folder/$toolchain_version.new
    mkdir -p "$folder"
    exec 5>>"$folder/lock"
    flock -n 5 || fail "another installation is fetching a toolchain into $folder"
    # (It may be there by now.)
    [ ! -d "$folder/$toolchain_version" ] || return 0
    rm -rf "$new"
    check_room "$url" "$archive" "$room"
    download "$url" "$archive" "$sum"
    say "unpacking it ($room MB) into $folder/$toolchain_version"
    mkdir "$new"
    if ! tar -C "$new" --strip-components=1 --no-same-owner -xf "$archive" || ! is_swift "$new/usr/bin/swift"; then
        rm -rf "$new"
        fail "$archive cannot be unpacked, or its compiler does not run here, see above"
    fi
    # Its name is that of a whole toolchain, also after a power cut; those of other versions are of no use any more.
    sync -f "$new"
    find "$folder" -mindepth 1 -maxdepth 1 ! -path "$new" ! -path "$folder/lock" -exec rm -rf {} +
    mv "$new" "$folder/$toolchain_version"
}

# toolchain_address MIRROR PLATFORM
toolchain_address() {
    local name=swift-$toolchain_version
    [[ $1 != *.tar.gz ]] || { echo "$1"; return; }
    set -- "${1:-https://download.swift.org}" "$2"
    echo "${1%/}/$name-release/${2/./}/$name-RELEASE/$name-RELEASE-$2.tar.gz"
}

# Sets `megabytes`, the archive's size, where that is told: check_room URL ARCHIVE MEGABYTES-UNPACKED
check_room() {
    local free have=0 wanted
    megabytes=$(curl -sIL --connect-timeout 30 "$1" | tr -d '\r' | awk 'tolower($1) == "content-length:" { bytes = $2 } END { print int(bytes / 1048576) }') || true
    free=$(df --output=avail -BM "$folder" | tail -n 1)
    [ ! -e "$2" ] || have=$(stat -c %s "$2")
    wanted=$(($3 + ${megabytes:-0} - have / 1048576))
    [ "${free//[!0-9]/}" -ge "$wanted" ] ||
        fail "$folder needs $wanted MB for swift.org's toolchain, and its disk has ${free//[!0-9]/}: make room there, or build elsewhere ('./install.sh deb')"
}

has_sum() { [ -f "$1" ] && [ "$(sha256sum <"$1" | cut -d' ' -f1)" = "$2" ]; }

# Gets the archive whole, going on where an earlier attempt has ended: download URL FILE SUM
download() {
    local turn resumed status answer
    say "no Swift toolchain (6.0 or later) is here: fetching $1"
    for turn in {1..5}; do
        resumed='' status=0
        [ ! -s "$2" ] || resumed=yes
        answer=$(fetch_rest "$1" "$2") || status=$?
        if has_sum "$2" "$3"; then return; fi
        case $status-$answer-$resumed in
            # What was there is of another archive, or the server sends no parts.
            0-*-yes | *-416-yes | 33-*-yes) rm -f "$2"; say "it cannot go on where it has ended: once more from the beginning" ;;
            0-*) rm -f "$2"; fail "$1 is not what swift.org has released: its SHA-256 is another one than $3. Nothing was kept of it." ;;
            *-4??-*) break ;;
            *) sleep "$turn" ;;
        esac
    done
    fail "$1 could not be fetched, see above. Run this again to go on where it has ended, or name a mirror with --toolchain-url URL."
}

# Prints the status of the answer. Without a terminal a line tells from time to time how far it is: fetch_rest URL FILE
fetch_rest() {
    local meter=(--no-progress-meter) watcher='' status=0
    if [ -t 2 ]; then meter=(--progress-bar); else tell_size "$2" >/dev/null & watcher=$!; fi
    curl -fL "${meter[@]}" --proto =https,http,file --proto-redir =https,http --connect-timeout 30 --speed-limit 1000 --speed-time 60 \
        -C - -o "$2" -w '%{http_code}' "$1" 5>&- || status=$?
    [ -z "$watcher" ] || kill "$watcher" 2>/dev/null || true
    return $status
}

# Until this script ends: tell_size FILE
tell_size() {
    exec 5>&-
    while sleep 10 >/dev/null 2>&1 && kill -0 $$ 2>/dev/null; do
        say "  $(($(stat -c %s "$1" 2>/dev/null || echo 0) / 1048576))${megabytes:+ of $megabytes} MB"
    done
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
    # shellcheck source=Sources/imagebed/install/words.sh
    source "${BASH_SOURCE[0]%/*}/words.sh"
    set -euo pipefail
    "$@"
fi
