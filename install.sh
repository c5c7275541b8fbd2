#!/bin/bash
# Installs, updates, removes and runs an ImageBed site, and packs it for a server without a compiler. It is one file, units and
# start script included, because a bundle that was just unpacked on a bare server has nothing else to begin with; hence its
# length. The order is that of the work: options, words, templates, executables, packages, run, install, bundle, uninstall.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck disable=SC2034  # render reads all of these by name
lib=/usr/lib/imagebed share=/usr/share/imagebed state=/etc/imagebed/install.conf service_user=imagebed web_group=www-data

usage() {
    cat <<'END'
Usage: sudo ./install.sh [OPTIONS]      install or update the site on this Debian machine; run twice it changes nothing
       ./install.sh run [OPTIONS]       run the whole site in the foreground, out of this folder, as any user
       ./install.sh bundle              pack executables and configuration into dist/, for servers without a compiler
       sudo ./install.sh uninstall      remove what was installed; the data folder stays

  --port N         the port of the web server (80; run: 8080)
  --domain NAME    the name of the site; without it the site answers to every name on the port
  --prefix /PATH   the site lies below this path
  --data DIR       the data folder (/var/lib/imagebed; run: ./var)
  --dry-run        say what an installation would do, and do nothing
  --processes N    run: how many processes serve each path (upload 4, others 2)
  --listen ADDR    run: the address to listen on (127.0.0.1)
  --web SERVER     run: nginx or apache (nginx)

IMAGEBED_BIN names a folder with built executables, which then are not built again.
END
}

# --- Options

read_options() {
    action=install port='' domain='' prefix='' data='' dry_run='' processes='' address=127.0.0.1 web=nginx
    given=" "
    case ${1-} in install | run | bundle | uninstall) action=$1; shift ;; esac
    while [ $# -gt 0 ]; do
        case $1 in
            --dry-run) dry_run=yes; shift; continue ;;
            -h | --help) usage; exit 0 ;;
            --port | --domain | --prefix | --data | --processes | --listen | --web) ;;
            *) usage >&2; exit 2 ;;
        esac
        [ $# -ge 2 ] || refuse "$1 needs a value"
        given+="$1 "
        case $1 in
            --port) port=$2 ;; --domain) domain=$2 ;; --prefix) prefix=${2%/} ;; --data) data=$2 ;;
            --processes) processes=$2 ;; --listen) address=$2 ;; --web) web=$2 ;;
        esac
        shift 2
    done
}

# What was chosen at the last installation is the default of the next one.
default_options() {
    if [ "$action" != run ] && [ -r "$state" ]; then
        local name value
        while IFS='=' read -r name value; do
            case $name in
                port) port=${port:-$value} ;; data) data=${data:-$value} ;;
                domain) [[ $given == *" --domain "* ]] || domain=$value ;;
                prefix) [[ $given == *" --prefix "* ]] || prefix=$value ;;
            esac
        done <"$state"
    fi
    if [ "$action" = run ]; then port=${port:-8080} data=${data:-$here/var}; fi
    port=${port:-80} data=$(realpath -m -- "${data:-/var/lib/imagebed}")
}

# Nothing that means something to sed, a shell, or a web server's configuration gets into a template.
check_options() {
    [[ $port =~ ^[0-9]{1,5}$ ]] && ((10#$port >= 1 && 10#$port <= 65535)) || refuse "--port is a number from 1 to 65535"
    port=$((10#$port))
    [[ $domain =~ ^[A-Za-z0-9.-]*$ ]] || refuse "--domain is a host name such as img.example.org"
    [[ $prefix =~ ^(/[A-Za-z0-9_-]+)*$ ]] || refuse "--prefix is a path of letters, digits, - and _, such as /pictures"
    [[ $address =~ ^[0-9.]+$ ]] || refuse "--listen is an IPv4 address"
    [[ $processes =~ ^([1-9][0-9]{0,2})?$ ]] || refuse "--processes is a number from 1 to 999"
    [[ $web == nginx || $web == apache ]] || refuse "--web is nginx or apache"
    local path
    for path in "$data" "$here"; do
        case $path in *[\"\'\`\\\$\;{}\|\&#%\<\>*?]* | *$'\n'*) refuse "$path: this program cannot use a folder with such a name" ;; esac
    done
    [[ $action = run || $data != *[[:space:]]* ]] || refuse "--data: no spaces, please"
}

# --- Words

say() { echo "$*" >&2; }
fail() { say "install.sh: $*"; exit 1; }
refuse() { say "install.sh: $*"; exit 2; }

# Runs a command that changes the machine, or says it.
act() {
    if [ -n "$dry_run" ]; then say "would run: $*"; else "$@"; fi
}

# Writes standard input to a file when it differs, and remembers that something changed: put FILE [MODE]
put() {
    local text
    text=$(cat; echo .)
    text=${text%.}
    if [ -f "$1" ] && [ "$(cat "$1"; echo .)" = "$text." ]; then return 0; fi
    changed=yes
    if [ -n "$dry_run" ]; then say "would write: $1"; return 0; fi
    mkdir -p "$(dirname "$1")"
    printf %s "$text" >"$1.new"
    chmod "${2:-644}" "$1.new"
    mv "$1.new" "$1"
}

# One text member of an answer in JSON; the values asked for here hold nothing escaped but slashes.
member() { sed -n 's/.*"'"$1"'" *: *"\([^"]*\)".*/\1/p' | sed 's|\\/|/|g'; }

# --- Templates: nginx/ and apache/ with names like @DATA@ in them

render() {
    local edits=() name
    for name in prefix run conf data htdocs access_log listen port server_name default_server modules; do
        edits+=(-e "s|@${name^^}@|${!name-}|g")
    done
    for name in prefix ipv6 root sendfile; do
        local flag=if_$name
        if [ -n "${!flag-}" ]; then edits+=(-e "s|@IF_${name^^}@||"); else edits+=(-e "/@IF_${name^^}@/d"); fi
    done
    sed "${edits[@]}" "$1"
}

render_folder() {
    local file
    for file in "$here/$1"/*; do render "$file" | put "$2/${file##*/}"; done
}

# The responders are the sockets that the table of paths names.
responders() { grep -o '@RUN@/[a-z0-9-]*\.sock' "$here/nginx/paths.conf" | sed 's|.*/||; s|\.sock||' | sort -u; }

# Uploading is most of the work, so it gets most of the processes.
processes_of() {
    if [ -n "$processes" ]; then echo "$processes"; elif [ "$1" = upload ]; then echo 4; else echo 2; fi
}

# --- Executables

# Sets `bin`: named in the environment, delivered with the bundle, or built.
find_executables() {
    if [ -n "${IMAGEBED_BIN-}" ]; then
        bin=$(realpath -- "$IMAGEBED_BIN")
    elif [ -d "$here/bin" ]; then
        bin=$here/bin
    else
        build_executables
    fi
    local name
    for name in imagebed picture $(responders); do
        [ -x "$bin/$name" ] || [ -n "$dry_run" ] || fail "$bin/$name is missing"
    done
}

find_swift() {
    local folder
    for folder in '' /opt/swift/usr/bin/ "${HOME:-/root}/.local/share/swiftly/bin/" /usr/libexec/swift/bin/; do
        if command -v "${folder}swift" >/dev/null; then swift=$(command -v "${folder}swift"); return; fi
    done
    if [ "$(id -u)" = 0 ] && apt-cache show swiftlang >/dev/null 2>&1; then
        install_packages swiftlang
        swift=swift
        return
    fi
    fail "there is no Swift toolchain (6.0 or later) here. Either
  - unpack the one for this Debian from https://www.swift.org/install/linux/ so that /opt/swift/usr/bin/swift exists, or
  - run './install.sh bundle' on a machine that has one, and use the bundle here."
}

# Builds as the owner of the checkout, so that no file of root's gets between the owner's.
build_executables() {
    find_swift
    local owner build
    owner=$(stat -c %U "$here")
    build=("$swift" build -c release --static-swift-stdlib --package-path "$here")
    if [ "$(id -u)" = 0 ] && [ "$owner" != root ]; then
        build=(runuser -u "$owner" -- env "HOME=$(getent passwd "$owner" | cut -d: -f6)" "${build[@]}")
    fi
    if [ -n "$dry_run" ]; then say "would run: ${build[*]}"; bin=$here/.build/release; return; fi
    say "building (the first time takes some minutes)"
    "${build[@]}" >&2 || fail "the build failed"
    bin=$("${build[@]}" --show-bin-path)
}

# --- Packages

build_packages=(libfcgi-dev libsqlite3-dev libmagickwand-dev libxml2-dev libssl-dev libcrypt-dev pkg-config)

is_installed() { dpkg-query -W -f '${db:Status-Abbrev}' "$1" 2>/dev/null | grep -q '^ii'; }

# What is missing of: the web server, what starts responders here, and what the executables are linked with.
missing_packages() {
    local package wanted=()
    command -v "$([ "$web" = apache ] && echo apache2 || echo nginx)" >/dev/null || wanted+=("$([ "$web" = apache ] && echo apache2 || echo nginx)")
    [ "$action" = run ] || wanted+=(curl)
    has_systemd && [ "$action" != run ] || wanted+=(spawn-fcgi multiwatch)
    if [ -f "$here/bin/packages" ]; then
        mapfile -t -O "${#wanted[@]}" wanted <"$here/bin/packages"
    elif [ -z "${IMAGEBED_BIN-}" ]; then
        wanted+=("${build_packages[@]}")
    fi
    for package in "${wanted[@]}"; do is_installed "$package" || echo "$package"; done
}

install_packages() {
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
    # CVE-2025-23016: a request could write past the end of a buffer.
    local package version
    for package in libfcgi0ldbl libfcgi0t64; do
        version=$(dpkg-query -W -f '${Version}' "$package" 2>/dev/null) || continue
        dpkg --compare-versions "$version" ge 2.4.2-2+deb12u1 ||
            fail "$package $version has CVE-2025-23016: apt-get install $package (2.4.2-2+deb12u1 or later)"
    done
}

has_systemd() { [ -d /run/systemd/system ]; }

# --- Run: the whole site in the foreground

run_site() {
    [ -z "$dry_run" ] || refuse "--dry-run is for an installation"
    require_packages
    find_executables
    mkdir -p "$data/run" "$data/logs"
    exec 9>"$data/run/site.lock"
    flock -n 9 || fail "a site is already running on $data"
    run_settings
    render_folder "$web" "$conf"
    export IMAGEBED_DATA=$data IMAGEBED_HTDOCS=$htdocs
    stopping='' parts=()
    trap stop_parts EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    prepare_data
    start_parts
    wait_until_ready
    echo "ready http://$address:$port$prefix"
    local ended status=0
    wait -n -p ended "${!parts[@]}" || status=$?
    fail "${parts[${ended:-0}]-a part} ended with status $status, so everything ends"
}

# shellcheck disable=SC2034  # render reads them by name
run_settings() {
    run=$data/run conf=$data/run/$web htdocs=$here/htdocs access_log=$data/logs/access.log
    listen=$address:$port server_name=_ default_server='' if_prefix=$prefix if_ipv6='' if_root='' if_sendfile=''
    modules=/usr/lib/apache2/modules
    [ "$(id -u)" != 0 ] || if_root=yes
    [ ! -e "$modules/mod_xsendfile.so" ] || if_sendfile=yes
    # A unix socket's name has at most 107 bytes.
    if [ $((${#run} + 24)) -gt 107 ]; then run=$(mktemp -d /tmp/imagebed.XXXXXX); fi
    ulimit -n "$(ulimit -H -n)" 2>/dev/null || true
}

# The database, the first account and its key; on an old folder only the address, and only if it was not changed by hand.
prepare_data() {
    local url=http://$address:$port$prefix file=$data/first-run.env former='' password='' key
    [ "$address" != 0.0.0.0 ] || url=http://$(hostname -I | cut -d' ' -f1):$port$prefix
    if [ -f "$file" ]; then former=$(sed -n 's/^BASE_URL=//p' "$file"); fi
    if [ ! -f "$data/imagebed.db" ] || [ "$("$bin/imagebed" settings get base_url)" = "$former" ]; then
        "$bin/imagebed" setup --base-url "$url" >&2
    else
        "$bin/imagebed" setup >&2
    fi
    if [ -f "$file" ]; then
        sed -i "s|^BASE_URL=.*|BASE_URL=$url|" "$file"
        return
    fi
    password=$("$bin/imagebed" user add admin --role admin --json | member password) || say "there is an account admin already"
    key=$("$bin/imagebed" key create --user admin --name first-run --json | member key)
    (
        umask 077
        printf '%s\n' "BASE_URL=$url" "API_KEY=$key" "ADMIN_USER=admin" "ADMIN_PASSWORD=$password" \
            "DATABASE=$data/imagebed.db" "UPLOAD_ROOT=$data/uploads" >"$file.new"
    )
    mv "$file.new" "$file"
}

# A part is a child in a process group of its own, so that Ctrl-C reaches this script alone; it ends if this script is killed.
start() {
    local name=$1
    shift
    setpriv --pdeathsig TERM "$@" </dev/null 9>&- >&2 &
    parts[$!]=$name
}

start_parts() {
    local name
    set -m
    for name in $(responders); do
        start "$name" spawn-fcgi -n -s "$run/$name.sock" -M 0600 -b 4096 -- \
            "$(command -v multiwatch)" -f "$(processes_of "$name")" -s TERM -r 1000 -- "$bin/$name"
    done
    if [ "$web" = nginx ]; then
        start nginx nginx -p "$data/run" -e stderr -c "$conf/run.conf"
    else
        start apache apache2 -f "$conf/run.conf" -D FOREGROUND
    fi
    start "the timers" bash -c 'while sleep 300; do "$0" tally; [ $((++turn % 288)) != 1 ] || "$0" gc; done >/dev/null' "$bin/imagebed"
}

# The status of a path's answer, without any program for it.
status_of() {
    local answer
    { exec 8<>"/dev/tcp/$1/$2"; } 2>/dev/null || return 0
    printf 'GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n' "$3" >&8
    read -r -t 5 answer <&8 || true
    exec 8>&-
    echo "$answer" | cut -d' ' -f2
}

wait_until_ready() {
    local host=$address process turn
    [ "$host" != 0.0.0.0 ] || host=127.0.0.1
    for turn in {1..300}; do
        for process in "${!parts[@]}"; do
            kill -0 "$process" 2>/dev/null || fail "${parts[$process]} did not start"
        done
        if [ "$(status_of "$host" "$port" "$prefix/api/v1/stats.php")" = 200 ]; then return; fi
        sleep 0.1
    done
    fail "the site does not answer after $((turn / 10)) s"
}

# Asks every part to end, waits, and ends what did not.
stop_parts() {
    local status=$? process turn
    trap '' INT TERM HUP
    [ -z "$stopping" ] || return
    stopping=yes
    # The shell's own remarks about children that end on a signal are of no use here.
    exec 2>/dev/null
    for process in "${!parts[@]}"; do kill -TERM -- "-$process" || true; done
    for turn in {1..100}; do
        for process in "${!parts[@]}"; do kill -0 -- "-$process" || unset "parts[$process]"; done
        [ ${#parts[@]} -gt 0 ] || break
        sleep 0.1
    done
    for process in "${!parts[@]}"; do kill -KILL -- "-$process" || true; done
    rm -f "$run"/*.sock
    case $run in /tmp/imagebed.*) rmdir "$run" || true ;; esac
    exit "$status"
}

# --- Begin

shopt -s lastpipe
read_options "$@"
default_options
check_options
case $action in
    run) run_site ;;
    bundle) make_bundle ;;
    uninstall) uninstall ;;
    install) install_site ;;
esac
