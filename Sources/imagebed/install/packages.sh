# shellcheck shell=bash disable=SC2154,SC2034  # what is not set here another part sets, and the other way round
# The Debian packages that building and running need.

build_packages=(libfcgi-dev libsqlite3-dev libmagickwand-dev libxml2-dev libssl-dev libcrypt-dev pkg-config)
# What a toolchain from swift.org needs of Debian and does not bring along, and what fetches it (toolchain.sh).
build_packages+=(g++ git libncurses6 tzdata curl ca-certificates)

# Earlier ones have CVE-2025-23016: a request could write past the end of a buffer.
fcgi_version=2.4.2-2+deb12u1

is_installed() { dpkg-query -W -f '${db:Status-Abbrev}' "$1" 2>/dev/null | grep -q '^ii'; }

# What is missing of: the web server, what starts responders here, and what the executables are linked with. (A package names these itself.)
missing_packages() {
    local package wanted=()
    case $action-$web in
        deb-*) ;;
        *-nginx) [ -n "$(nginx_programs)" ] || wanted+=(nginx) ;;
        run-apache) command -v apache2 >/dev/null || wanted+=(apache2-bin) ;;
        *-apache) wanted+=(apache2 libapache2-mod-xsendfile) ;;
    esac
    [[ $action == @(run|deb) ]] || wanted+=(curl)
    [ "$action" = deb ] || { has_systemd && [ "$action" != run ]; } || wanted+=(spawn-fcgi multiwatch)
    # Its ss tells what waits at a socket.
    has_systemd || [[ $action == @(run|deb) ]] || wanted+=(iproute2)
    if [ -z "$packaged" ]; then
        [ "$action" = run ] || wanted+=(dpkg-dev)
        [ -n "${IMAGEBED_BIN-}" ] || wanted+=("${build_packages[@]}")
    fi
    for package in "${wanted[@]}"; do is_installed "$package" || echo "$package"; done
}

install_packages() {
    [ -z "${DPKG_MAINTSCRIPT_PACKAGE-}" ] || fail "packages are missing: sudo apt-get install $*, then sudo dpkg --configure -a"
    if [ -z "$dry_run" ]; then apt-get update -qq >&2 || say "apt-get update failed, going on with what is known"; fi
    act env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" >&2 || fail "packages are missing: $*"
}

require_packages() {
    local missing
    mapfile -t missing < <(missing_packages)
    if [ ${#missing[@]} -gt 0 ]; then
        [ "$(id -u)" = 0 ] || [ -n "$dry_run" ] || fail "packages are missing: sudo apt-get install ${missing[*]}"
        install_packages "${missing[@]}"
    fi
    local package version
    for package in libfcgi0ldbl libfcgi0t64; do
        version=$(dpkg-query -W -f '${Version}' "$package" 2>/dev/null) || continue
        dpkg --compare-versions "$version" ge "$fcgi_version" ||
            fail "$package $version has CVE-2025-23016: apt-get install $package ($fcgi_version or later)"
    done
}
