#!/bin/bash
# Installs, updates, removes and runs an ImageBed site, and packs it for a server without a compiler. It is one file, units and
# start script included, because a bundle that was just unpacked on a bare server has nothing else to begin with; hence its
# length. The order is that of the work: options, words, templates, executables, packages, run, install, bundle, uninstall.
# Only taking another site's place has a file of its own (nginx/takeover.sh): who does not ask for it need not trust it.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck disable=SC2034  # render reads all of these by name
lib=/usr/lib/imagebed share=/usr/share/imagebed state=/etc/imagebed/install.conf web_group=www-data
service_user=imagebed service_group=imagebed nginx_link=/etc/nginx/sites-enabled/imagebed

usage() {
    cat <<'END'
Usage: sudo ./install.sh [OPTIONS]      install or update the site on this Debian machine; run twice it changes nothing
       ./install.sh run [OPTIONS]       run the whole site in the foreground, out of this folder, as any user
       ./install.sh bundle              pack executables and configuration into dist/, for servers without a compiler
       sudo ./install.sh uninstall      remove what was installed; the data folder stays
       sudo ./install.sh --from-easyimages DIR     take the place of the EasyImages site in DIR, behind the same nginx;
                                        with --port, --domain or --web apache: serve its pictures and accounts beside it
       sudo ./install.sh rollback       give that site its place back

  --port N         the port of the web server (80; run: 8080)
  --domain NAME    the name of the site; without it the site answers to every name on the port
  --prefix /PATH   the site lies below this path
  --data DIR       the data folder (/var/lib/imagebed; run: ./var)
  --dry-run        say what an installation would do, and do nothing
  --processes N    run: how many processes serve each path (upload 4, others 2)
  --listen ADDR    run: the address to listen on (127.0.0.1)
  --web SERVER     nginx or apache (nginx)

IMAGEBED_BIN names a folder with built executables, which then are not built again; IMAGEBED_WEB is another way to say --web.
END
}

# --- Options

read_options() {
    action=install port='' domain='' prefix='' data='' dry_run='' processes='' address=127.0.0.1 web=${IMAGEBED_WEB:-nginx}
    given=" " old_site='' beside=''
    case ${1-} in install | run | bundle | uninstall | rollback) action=$1; shift ;; esac
    while [ $# -gt 0 ]; do
        case $1 in
            --dry-run) dry_run=yes; shift; continue ;;
            -h | --help) usage; exit 0 ;;
            --port | --domain | --prefix | --data | --processes | --listen | --web | --from-easyimages) ;;
            *) usage >&2; exit 2 ;;
        esac
        [ $# -ge 2 ] || refuse "$1 needs a value"
        given+="$1 "
        case $1 in
            --port) port=$2 ;; --domain) domain=$2 ;; --prefix) prefix=${2%/} ;; --data) data=$2 ;;
            --processes) processes=$2 ;; --listen) address=$2 ;; --web) web=$2 ;; --from-easyimages) old_site=$2 ;;
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
                web) [[ $given == *" --web "* ]] || web=$value ;;
                domain) [[ $given == *" --domain "* ]] || domain=$value ;;
                prefix) [[ $given == *" --prefix "* ]] || prefix=$value ;;
                place) former_place=$value ;;
                default_site_removed) default_site_removed=$value ;;
                old_site) old_site=${old_site:-$value} ;;
                beside) beside=$value ;;
                nginx_link) nginx_link=$value ;;
                site_url) site_url=$value ;;
                site_host) site_host=$value ;;
            esac
        done <"$state"
    fi
    if [ "$action" = run ]; then port=${port:-8080} data=${data:-$here/var}; fi
    port=${port:-80} data=$(realpath -m -- "${data:-/var/lib/imagebed}")
    place="$domain:$port$prefix"
}

# Nothing that means something to sed, a shell, or a web server's configuration gets into a template.
check_options() {
    [[ $port =~ ^[1-9][0-9]{0,4}$ && $port -le 65535 ]] || refuse "--port is a number from 1 to 65535"
    [[ $domain =~ ^[A-Za-z0-9.-]*$ ]] || refuse "--domain is a host name such as img.example.org"
    [[ $prefix =~ ^(/[A-Za-z0-9_-]+)*$ ]] || refuse "--prefix is a path of letters, digits, - and _, such as /pictures"
    [[ $address =~ ^[0-9.]+$ ]] || refuse "--listen is an IPv4 address"
    [[ $processes =~ ^([1-9][0-9]{0,2})?$ ]] || refuse "--processes is a number from 1 to 999"
    [[ $web == nginx || $web == apache ]] || refuse "--web is nginx or apache"
    [[ $action = install || $given != *" --from-easyimages "* ]] || refuse "--from-easyimages is for an installation"
    local path
    for path in "$data" "$here" "$old_site"; do
        case $path in *[\"\'\`\\\$\;{}\|\&#%\<\>*?]* | *$'\n'*) refuse "$path: this program cannot use a folder with such a name" ;; esac
    done
    [[ $action = run || $data$old_site != *[[:space:]]* ]] || refuse "--data and --from-easyimages: no spaces, please"
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

# render_folder FROM TO: all but what only the other way of running needs.
render_folder() {
    local file
    for file in "$here/$1"/*; do
        case $action:${file##*/} in *.sh) continue ;; run:*) ;; *:run.conf) continue ;; esac
        render "$file" | put "$2/${file##*/}"
    done
}

# The responders are the sockets that the table of paths names.
responders() { grep -o '@RUN@/[a-z0-9-]*\.sock' "$here/nginx/paths.conf" | sed 's|.*/||; s|\.sock||' | sort -u; }

# What takes large bodies gets most of the processes.
processes_of() {
    if [ -n "$processes" ]; then echo "$processes"; return; fi
    case $1 in upload | api-index | app-upload | json-sync) echo 4 ;; *) echo 2 ;; esac
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
# What a toolchain from swift.org needs of Debian and does not bring along.
build_packages+=(g++ git libncurses6 tzdata)

is_installed() { dpkg-query -W -f '${db:Status-Abbrev}' "$1" 2>/dev/null | grep -q '^ii'; }

# What is missing of: the web server, what starts responders here, and what the executables are linked with.
missing_packages() {
    local package wanted=()
    case $action-$web in
        *-nginx) command -v nginx >/dev/null || wanted+=(nginx) ;;
        run-apache) command -v apache2 >/dev/null || wanted+=(apache2-bin) ;;
        *-apache) wanted+=(apache2 libapache2-mod-xsendfile) ;;
    esac
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
    local listener
    listener=$(listener_on "$port")
    [ -z "$listener" ] || fail "$listener listens on port $port: choose another one with --port"
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

# A part is a child in a process group of its own, so that Ctrl-C reaches this script alone; if this script is killed, the part
# is asked to end too: start NAME COMMAND…
start() {
    local name=$1
    shift
    setpriv --pdeathsig TERM "$@" </dev/null 9>&- >&2 &
    parts[$!]=$name
}

start_parts() {
    local name socket_owner=(-M 0600)
    # Apache never works as root, so its own user must get at the sockets.
    if [ "$web$if_root" = apacheyes ]; then socket_owner=(-M 0660 -U "$web_group" -G "$web_group"); fi
    set -m
    for name in $(responders); do
        start "$name" spawn-fcgi -n -s "$run/$name.sock" "${socket_owner[@]}" -b 4096 -- \
            "$(command -v multiwatch)" -f "$(processes_of "$name")" -r 1000 -- "$bin/$name"
    done
    if [ "$web" = nginx ]; then
        start nginx nginx -p "$data/run" -e stderr -c "$conf/run.conf"
    else
        start apache apache2 -f "$conf/run.conf" -D FOREGROUND
    fi
    # shellcheck disable=SC2016  # the inner shell expands
    start "the timers" bash -c 'trap "kill \$!; wait; exit 0" TERM
        while sleep 300 & wait $!; do "$0" tally; [ $((++turn % 288)) != 1 ] || "$0" gc; done >/dev/null' "$bin/imagebed"
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
# shellcheck disable=SC2317  # called by the trap
stop_parts() {
    local status=$? process turn
    trap '' INT TERM HUP
    [ -z "$stopping" ] || return
    stopping=yes
    # The shell's own remarks about children that end on a signal are of no use here.
    exec 2>/dev/null
    # The watchers ask their responders, each of which finishes its request; asked beside them, those would be started again.
    # Whose watcher is gone already is asked directly.
    local groups=("${!parts[@]}")
    for process in "${groups[@]}"; do kill -TERM "$process" || kill -TERM -- "-$process" || true; done
    for turn in {1..100}; do
        for process in "${!parts[@]}"; do kill -0 "$process" || unset "parts[$process]"; done
        [ ${#parts[@]} -gt 0 ] || break
        sleep 0.1
    done
    for process in "${groups[@]}"; do kill -KILL -- "-$process" || true; done
    rm -f "$run"/*.sock
    case $run in /tmp/imagebed.*) rmdir "$run" || true ;; esac
    exit "$status"
}

# --- Install: files, the user and its data, then responders and web server

install_site() {
    [ "$(id -u)" = 0 ] || [ -n "$dry_run" ] || fail "an installation needs root: sudo ./install.sh (or ./install.sh run, as you are)"
    [ "$(id -u)" = 0 ] || [ -z "$old_site" ] || fail "only root can read what nginx has: sudo ./install.sh --from-easyimages $old_site --dry-run"
    [ -r /etc/debian_version ] || fail "this is no Debian; ./install.sh run may still work"
    changed=''
    install_settings
    if [ -n "$old_site" ]; then find_old_site; fi
    require_packages
    find_executables
    if [ -z "$old_site" ] || [ -n "$beside" ]; then check_port; fi
    remember
    install_files
    install_data
    [ -z "$old_site" ] || import_old_site || fail "the import failed, see above; what answered before goes on"
    if has_systemd; then install_units; else install_start_script; fi
    if [ -z "$old_site" ] || [ -n "$beside" ] || is_taken_over; then install_web; else take_over; fi
    if [ -n "$dry_run" ]; then say "nothing was changed"; return; fi
    if [ -n "$old_site" ] && [ -z "$beside" ]; then
        wait_for "$site_url" "$site_host" "$port" || fail "the site does not answer at $site_url; see $(logs)"
        say "the site has the place of $old_site and answers at $site_url"
        return
    fi
    wait_for_answer
    if [ -n "$beside" ]; then say "the pictures of $old_site are served on port $port too (docs/easyimages.md says how to switch)"; return; fi
    if [ "$("$lib/imagebed" user list --json)" = "[]" ]; then
        greet
    else
        say "the site is installed and answers at $("$lib/imagebed" settings get base_url)"
    fi
}

# shellcheck disable=SC2034  # render reads them by name
install_settings() {
    run=/run/imagebed htdocs=$share/htdocs if_prefix=$prefix if_ipv6='' if_root='' if_sendfile='' modules=''
    conf=/etc/nginx/imagebed access_log=/var/log/nginx/access.log server_name=${domain:-_}
    if [ "$web" = apache ]; then
        conf=/etc/apache2/imagebed access_log=/var/log/apache2/imagebed.log server_name=${domain:-localhost} if_sendfile=yes
    fi
    [ ! -e /proc/net/if_inet6 ] || if_ipv6=yes
    listen=$port default_server=''
    if [ -z "$domain" ]; then listen="$port default_server" default_server=' default_server'; fi
    export IMAGEBED_DATA=$data
    PATH=$PATH:/usr/sbin:/sbin
}

# What listens on the port already, if it is not nginx.
listener_on() {
    local inode process
    inode=$(cat /proc/net/tcp /proc/net/tcp6 2>/dev/null |
        awk -v port=":$(printf %04X "$1")" '$4 == "0A" && substr($2, length($2) - 4) == port { print $10; exit }')
    [ -n "$inode" ] || return 0
    for process in /proc/[0-9]*; do
        if find "$process/fd" -lname "socket:\[$inode\]" 2>/dev/null | grep -q .; then cat "$process/comm"; return; fi
    done
    echo "another program"
}

# Sites of nginx that want every name on the port.
default_sites() { grep -lE "^[^#]*listen[^#;]*\b$port\b[^#;]*default_server" /etc/nginx/sites-enabled/* /etc/nginx/conf.d/*.conf 2>/dev/null; }

# Debian's own first page gives way where nobody has changed it; anything else is the operator's.
check_port() {
    local listener site md5
    listener=$(listener_on "$port")
    case $listener-$web in -* | nginx-nginx | apache2-apache) ;; *) fail "$listener listens on port $port: choose another one with --port" ;; esac
    [ "$web" = nginx ] && [ -z "$domain" ] || return 0
    for site in $(default_sites); do
        case $site in
            */imagebed) continue ;;
            */default)
                md5=$(md5sum <"$site" | cut -d' ' -f1)
                if [ -L "$site" ] && dpkg-query -W -f '${Conffiles}\n' nginx-common | grep -q "sites-available/default $md5"; then
                    act rm "$site"
                    default_site_removed=yes
                    continue
                fi ;;
        esac
        fail "$site is the default site on port $port already: give --domain NAME or another --port"
    done
}

install_files() {
    local name
    for name in imagebed picture $(responders); do install_executable "$name"; done
    for name in "$here"/htdocs/*; do
        if ! cmp -s "$name" "$htdocs/${name##*/}"; then
            act install -D -m 644 "$name" "$htdocs/${name##*/}"
        fi
    done
    # The command line finds the site without being told.
    put /usr/bin/imagebed 755 <<END
#!/bin/sh
: "\${IMAGEBED_DATA:=$data}"
export IMAGEBED_DATA
exec $lib/imagebed "\$@"
END
    # Uninstalling must work when this folder is gone.
    put "$share/install.sh" 755 <"$here/install.sh"
    put "$share/nginx/takeover.sh" <"$here/nginx/takeover.sh"
}

# A running process keeps the file it was started from, so files are replaced, never rewritten.
install_executable() {
    local new
    if [ -n "$dry_run" ]; then say "would install: $lib/$1"; return; fi
    new=$(mktemp)
    cp "$bin/$1" "$new"
    if command -v strip >/dev/null; then strip "$new"; fi
    if ! cmp -s "$new" "$lib/$1"; then
        install -D -m 755 "$new" "$lib/$1.new"
        mv "$lib/$1.new" "$lib/$1"
        changed=yes
    fi
    rm "$new"
}

# The service's user owns the data; the web server's group may enter, nobody else.
install_data() {
    if ! id "$service_user" >/dev/null 2>&1; then
        act useradd --system --user-group --home-dir /nonexistent --no-create-home --shell /usr/sbin/nologin "$service_user"
    fi
    if [ ! -d "$data" ] || [ -z "$(ls -A "$data")" ]; then
        act install -d -m 750 -o "$service_user" -g "$web_group" "$data"
    elif [ "$(stat -c %U "$data")" != "$service_user" ]; then
        fail "$data holds files of another user: chown -R $service_user:$web_group $data"
    fi
    local url setup=("$lib/imagebed" setup)
    url=${site_url:-http://${domain:-$(own_address)}$([ "$port" = 80 ] || echo ":$port")$prefix}
    # An address that the operator has set since stays, and so does that of a site whose place this one takes.
    if [[ $place != "$former_place" && -z $old_site ]] || [ ! -f "$data/imagebed.db" ]; then setup+=(--base-url "$url"); fi
    act "${setup[@]}" >&2
}

own_address() {
    local address
    read -r address _ < <(hostname -I 2>/dev/null) || true
    echo "${address:-localhost}"
}

# --- systemd: a socket for each responder, processes that come with the first request and go after five idle minutes

install_units() {
    local name number units=() folder=/etc/systemd/system
    for name in $(responders); do
        local more=''
        for number in $(seq 2 "$(processes_of "$name")"); do more+=" imagebed-$name@$number.service"; done
        socket_unit "$name" | put "$folder/imagebed-$name.socket"
        responder_unit "$name" "$more" | put "$folder/imagebed-$name.service"
        responder_unit "$name" '' "imagebed-$name.socket" | put "$folder/imagebed-$name@.service"
        units+=("imagebed-$name.socket")
    done
    timer_units tally "OnUnitActiveSec=5min" "OnBootSec=2min"
    timer_units gc "OnCalendar=daily" "RandomizedDelaySec=1h" "Persistent=yes"
    units+=(imagebed-tally.timer imagebed-gc.timer)
    if [ -n "$changed" ]; then
        act systemctl daemon-reload
        act systemctl try-restart 'imagebed-*.service'
    fi
    act systemctl enable --quiet --now "${units[@]}"
}

socket_unit() {
    cat <<END
[Unit]
Description=ImageBed, where requests for $1 come in

[Socket]
ListenStream=$run/$1.sock
Backlog=4096
SocketGroup=$web_group
SocketMode=0660
RemoveOnStop=yes

[Install]
WantedBy=sockets.target
END
}

# responder_unit NAME "UNITS THAT START WITH IT" [SOCKET]: a unit with a socket of another name says so.
responder_unit() {
    cat <<END
[Unit]
Description=ImageBed responder $1
StartLimitIntervalSec=0
${2:+Wants=${2# }}

[Service]
${3:+Sockets=$3}
ExecStart=$lib/$1
Environment=IMAGEBED_DATA=$data IMAGEBED_HTDOCS=$htdocs IMAGEBED_IDLE_SECONDS=300
Restart=on-failure
RestartSec=500ms
TimeoutStopSec=130s
$(hardening)
END
}

# What a responder needs: its data folder, its socket, and the picture worker with its memory. (No RestrictSUIDSGID: it takes
# openat2 away, by which no path leaves its folder.)
hardening() {
    cat <<END
User=$service_user
Group=$service_group
UMask=0022
ReadWritePaths=$(writable_folders)
ProtectSystem=strict
ProtectHome=$(case " $(writable_folders)" in *" /home/"* | *" /root/"*) echo no ;; *) echo yes ;; esac)
PrivateTmp=yes
PrivateDevices=yes
PrivateNetwork=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectProc=invisible
NoNewPrivileges=yes
CapabilityBoundingSet=
LockPersonality=yes
MemoryDenyWriteExecute=yes
RemoveIPC=yes
RestrictAddressFamilies=AF_UNIX
RestrictNamespaces=yes
RestrictRealtime=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallErrorNumber=EPERM
LimitNOFILE=4096
TasksMax=64
MemoryMax=2G
END
}

# The data folder, and the picture tree of a replaced site that it may link to.
writable_folders() {
    local link folders=$data
    for link in "$data/uploads" "$data/recycle"; do
        if [ -L "$link" ]; then folders+=" $(realpath -- "$link")"; fi
    done
    echo "$folders"
}

# timer_units COMMAND "WHEN"…
timer_units() {
    put "$folder/imagebed-$1.service" <<END
[Unit]
Description=ImageBed, imagebed $1

[Service]
Type=oneshot
ExecStart=$lib/imagebed $1
Environment=IMAGEBED_DATA=$data
StandardOutput=null
$(hardening)
END
    put "$folder/imagebed-$1.timer" <<END
[Unit]
Description=ImageBed, when imagebed $1 runs

[Timer]
$(shift; printf '%s\n' "$@")

[Install]
WantedBy=timers.target
END
}

# --- Without systemd: a start script that keeps spawn-fcgi and multiwatch, and cron or a loop for the rest

install_start_script() {
    local name table=''
    for name in $(responders); do table+="$name:$(processes_of "$name") "; done
    start_script "$table" | put /etc/init.d/imagebed 755
    if [ -d /etc/cron.d ]; then
        put /etc/cron.d/imagebed <<END
*/5 * * * * root [ -d /run/systemd/system ] || $lib/imagebed tally --data $data >/dev/null
17 4 * * * root [ -d /run/systemd/system ] || $lib/imagebed gc --data $data >/dev/null
END
    fi
    put /etc/logrotate.d/imagebed <<END
/var/log/imagebed.log {
    weekly
    rotate 4
    compress
    missingok
    copytruncate
}
END
    if command -v update-rc.d >/dev/null; then act update-rc.d imagebed defaults; fi
    if [ -n "$changed" ]; then act /etc/init.d/imagebed restart >&2; else act /etc/init.d/imagebed start >&2; fi
}

start_script() {
    cat <<END
#!/bin/sh
### BEGIN INIT INFO
# Provides:          imagebed
# Required-Start:    \$local_fs \$remote_fs
# Required-Stop:     \$local_fs \$remote_fs
# Default-Start:     2 3 4 5
# Default-Stop:      0 1 6
# Short-Description: ImageBed responders
### END INIT INFO
# Written by install.sh, which writes it again: change it there. Each responder has one watcher that keeps so many processes.

responders="${1% }"
run=$run lib=$lib log=/var/log/imagebed.log web_group=$web_group service_user=$service_user service_group=$service_group
export IMAGEBED_DATA=$data IMAGEBED_HTDOCS=$htdocs
END
    cat <<'END'

start_one() { # NAME COMMAND…
    name=$1
    shift
    start-stop-daemon --start --quiet --oknodo --background --no-close --make-pidfile --pidfile "$run/$name.pid" \
        --startas /usr/bin/env -- "$@" </dev/null >>"$log" 2>&1
}

start() {
    mkdir -p "$run"
    touch "$log" && chmod 640 "$log"
    for entry in $responders; do
        name=${entry%:*}
        start_one "$name" spawn-fcgi -n -s "$run/$name.sock" -b 4096 -M 0660 -U "$web_group" -G "$web_group" \
            -u "$service_user" -g "$service_group" -- /usr/bin/multiwatch -f "${entry#*:}" -r 1000 -- "$lib/$name"
    done
    # Without cron, the daily and the five-minute work are a loop.
    [ -e /usr/sbin/cron ] || start_one timers sh -c \
        'while sleep 300; do "$0" tally; turn=$((turn + 1)); [ $((turn % 288)) -ne 1 ] || "$0" gc; done >/dev/null' "$lib/imagebed"
}

# The watchers ask their responders, each of which finishes its request.
stop() {
    for entry in $responders timers; do
        name=${entry%:*}
        start-stop-daemon --stop --quiet --oknodo --retry TERM/130/KILL/5 --remove-pidfile --pidfile "$run/$name.pid"
        rm -f "$run/$name.sock"
    done
}

case ${1-} in
    start) start ;;
    stop) stop ;;
    restart | force-reload) stop; start ;;
    status)
        for entry in $responders; do
            start-stop-daemon --status --pidfile "$run/${entry%:*}.pid" || { echo "${entry%:*} does not run"; exit 3; }
        done ;;
    *) echo "Usage: $0 start|stop|restart|status" >&2; exit 2 ;;
esac
END
}

# --- The web server

nginx_runs() { is_process /run/nginx.pid; }
apache_runs() { is_process /run/apache2/apache2.pid; }
is_process() { [ -s "$1" ] && kill -0 "$(cat "$1")" 2>/dev/null; }

install_web() {
    changed=''
    if [ "$web" = nginx ]; then install_nginx; else install_apache; fi
}

# enable_site FILE LINK COMMAND…: takes the site out again when the command does not like the configuration with it.
enable_site() {
    local file=$1 link=$2
    shift 2
    if [ ! -L "$link" ]; then
        act ln -s "$file" "$link"
        changed=yes
    fi
    [ -n "$dry_run" ] || "$@" >&2 || {
        rm "$link"
        fail "the web server does not take the configuration, see above; the site was taken out of it again"
    }
}

# start_web UNIT "RUNS" "RELOAD" "START"
start_web() {
    local words
    if has_systemd; then
        act systemctl enable --quiet "$1"
        if [ -n "$changed" ]; then act systemctl reload-or-restart "$1"; else act systemctl start "$1"; fi || no_start
    elif "$2"; then
        read -ra words <<<"$3"
        [ -z "$changed" ] || act "${words[@]}"
    else
        read -ra words <<<"$4"
        act "${words[@]}" || no_start
    fi
}

no_start() { fail "the web server does not start, see above and the error log in ${access_log%/*}"; }

install_nginx() {
    render_folder nginx "$conf"
    enable_site "$conf/$([ -n "$old_site" ] && [ -z "$beside" ] && echo replacing || echo site).conf" "$nginx_link" nginx -t -q
    start_web nginx nginx_runs "nginx -s reload" nginx
}

# Where no name is given, the first site in the alphabet is the one for all names.
install_apache() {
    local site=/etc/apache2/sites-available/imagebed.conf
    render_folder apache "$conf"
    {
        grep -qsE "^ *Listen +([^ ]*:)?$port( |$)" /etc/apache2/ports.conf || echo "Listen $port"
        render "$here/apache/site.conf"
    } | put "$site"
    act a2enmod -q alias buffer dir env headers macro mime proxy proxy_fcgi reqtimeout rewrite setenvif xsendfile >&2
    enable_site "$site" /etc/apache2/sites-enabled/00-imagebed.conf apache2ctl -t
    start_web apache2 apache_runs "apache2ctl graceful" "apache2ctl start"
}

remember() {
    put "$state" 600 <<END
port=$port
domain=$domain
prefix=$prefix
data=$data
web=$web
place=$place
default_site_removed=$default_site_removed
old_site=$old_site
beside=$beside
nginx_link=$nginx_link
site_url=$site_url
site_host=$site_host
END
}

wait_for_answer() {
    local turn
    for turn in {1..100}; do
        if [ "$(answer_to stats.php -o /dev/null -w '%{http_code}')" = 200 ]; then return; fi
        sleep 0.1
    done
    fail "the site does not answer after $((turn / 10)) s; see $(has_systemd && echo 'journalctl -u "imagebed-*"' || echo /var/log/imagebed.log) and the error log in ${access_log%/*}"
}

# curl, asking this machine for a path of the API: answer_to NAME OPTION…
answer_to() { curl -s -m 20 -H "Host: ${domain:-localhost}" "${@:2}" "http://127.0.0.1:$port$prefix/api/v1/$1" || true; }

# The first account, the first key, and a first picture to see that all of it works.
greet() {
    local password key picture answer base
    password=$("$lib/imagebed" user add admin --role admin --json | member password) || fail "no account could be made"
    key=$("$lib/imagebed" key create --user admin --name install --json | member key) || fail "no API key could be made"
    picture=$(mktemp --suffix=.png)
    base64 -d >"$picture" <<END
iVBORw0KGgoAAAANSUhEUgAAABAAAAAQAQMAAAAlPW0iAAAABlBMVEUAAAD///+l2Z/dAAAAM0lEQVR4nGP4/5/h/1+G/58ZDrAz3D/McH8yw83NDDeNGe4U
g9C9zwz3gVLMDA/A6P9/AFGGFyjOXZtQAAAAAElFTkSuQmCC
END
    answer=$(answer_to upload.php -F "image=@$picture;filename=first.png" -F "token=$key")
    rm "$picture"
    base=$("$lib/imagebed" settings get base_url)
    case $answer in
        *'"success"'*) ;;
        *) fail "the first upload failed: $answer" ;;
    esac
    cat <<END

ImageBed is installed.

  address         $base
  first picture   $(echo "$answer" | member url)
  data            $data
  account         admin
  password        $password
  API key         $key

The password and the key are shown this once. Upload a picture with

  curl -F "image=@picture.jpg" -F "token=$key" $base/api/v1/upload.php

When visitors use another address, say so: imagebed settings set base_url https://img.example.org
END
}

# --- Bundle: everything a server needs, built here

make_bundle() {
    local name version folder work packages
    [ "$(id -u)" != 0 ] || require_packages
    find_executables
    # shellcheck source=/dev/null
    version=$(. /etc/os-release && echo "$ID$VERSION_ID")-$(dpkg --print-architecture)
    work=$(mktemp -d) folder=imagebed-$version
    mkdir -p "$work/$folder/bin" "$here/dist"
    for name in imagebed picture $(responders); do
        cp "$bin/$name" "$work/$folder/bin/"
        ! command -v strip >/dev/null || strip "$work/$folder/bin/$name"
    done
    packages=$(linked_packages "$work/$folder"/bin/*)
    echo "$packages" >"$work/$folder/bin/packages"
    cp -r "$here"/{nginx,apache,htdocs,docs,install.sh,README.md,README.zh-CN.md,LICENSE} "$work/$folder/"
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

# --- Uninstall: everything this script wrote; never the data

uninstall() {
    [ "$(id -u)" = 0 ] || [ -n "$dry_run" ] || fail "this needs root: sudo ./install.sh uninstall"
    if [ ! -r "$state" ]; then say "nothing is installed here"; return; fi
    local file
    if [ -n "$old_site" ] && is_taken_over; then give_back; fi
    stop_responders
    act rm -f "$nginx_link" /etc/apache2/sites-enabled/00-imagebed.conf
    if grep -q '^default_site_removed=yes' "$state" && [ ! -e /etc/nginx/sites-enabled/default ]; then
        act ln -s ../sites-available/default /etc/nginx/sites-enabled/default
    fi
    if nginx_runs; then act nginx -s reload || true; fi
    if apache_runs; then act apache2ctl graceful || true; fi
    for file in /etc/systemd/system/imagebed-* /etc/init.d/imagebed /etc/cron.d/imagebed /etc/logrotate.d/imagebed \
        /etc/nginx/imagebed /etc/apache2/imagebed /etc/apache2/sites-available/imagebed.conf /etc/imagebed /usr/bin/imagebed "$lib" "$share" /run/imagebed; do
        [ ! -e "$file" ] || act rm -r "$file"
    done
    ! has_systemd || act systemctl daemon-reload
    say "ImageBed is removed. Pictures, database and accounts are still in $data, which belongs to the user $(stat -c %U "$data")."
}

# Nothing of ours runs any more, nor starts again by itself.
stop_responders() {
    local units=(/etc/systemd/system/imagebed-*.{socket,timer})
    if has_systemd; then
        act systemctl disable --quiet --now "${units[@]##*/}"
        act systemctl stop 'imagebed-*.service'
    elif [ -x /etc/init.d/imagebed ]; then
        act /etc/init.d/imagebed stop
    fi
    act rm -f /etc/cron.d/imagebed
    if command -v update-rc.d >/dev/null; then act update-rc.d -f imagebed remove || true; fi
}

# --- Begin

main() {
    shopt -s lastpipe nullglob
    default_site_removed='' former_place='' changed='' site_url='' site_host=''
    read_options "$@"
    default_options
    check_options
    # shellcheck source=nginx/takeover.sh
    if [ -n "$old_site" ] || [ "$action" = rollback ]; then source "$here/nginx/takeover.sh"; fi
    case $action in
        rollback) roll_back ;;
        run) run_site ;;
        bundle) make_bundle ;;
        uninstall) uninstall ;;
        install) install_site ;;
    esac
    exit
}

# The tests read this file for its functions.
[ "${BASH_SOURCE[0]}" != "$0" ] || main "$@"
