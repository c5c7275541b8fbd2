# shellcheck shell=bash disable=SC2154,SC2034  # what is not set here another part sets, and the other way round
# What is the same for both web servers: which port is free, how a site is enabled, how a server is started.

# The programs that listen on a port, one a line, but for the sockets that a process has open: listeners_on PORT [PROCESS]
listeners_on() {
    local inode turn
    listening_on "$1" | while read -r inode; do
        if [ -n "${2-}" ] && has_open "$2" "$inode"; then continue; fi
        for turn in {1..3}; do
            # (A web server that was just reloaded closes sockets and ends processes.)
            if owner_of "$inode" || ! listening_on "$1" | grep -xF "$inode" >/dev/null; then continue 2; fi
        done
        echo "another program"
    done | sort -u
}

# The sockets that listen on a port, by their inodes or another column of the kernel's table: listening_on PORT [COLUMN]
listening_on() {
    awk -v port=":$(printf %04X "$1")" -v column="${2:-10}" '$4 == "0A" && substr($2, length($2) - 4) == port { print $column }' /proc/net/tcp /proc/net/tcp6 2>/dev/null || true
}

# has_open PROCESS INODE
has_open() { [ -n "$(find "/proc/$1/fd" -lname "socket:\[$2\]" -print -quit 2>/dev/null)" ]; }

# The name of a process that has a socket open: owner_of INODE
owner_of() {
    local process
    process=$(find /proc/[0-9]*/fd -lname "socket:\[$1\]" -print -quit 2>/dev/null | cut -d/ -f3) || true
    [ -n "$process" ] && cat "/proc/$process/comm" 2>/dev/null
}

# Before something secret is sent to a URL of this machine: what listens there was opened by root, as web servers are. Any user can
# open most ports, and give his program the name of a web server.
require_own_listener() {
    local address=${1#*://} port=80
    address=${address%%/*}
    [[ $1 != https:* ]] || port=443
    [[ ! $address =~ :([0-9]+)$ ]] || port=${BASH_REMATCH[1]}
    [ "$(listening_on "$port" 8 | sort -u)" = 0 ] ||
        fail "what listens on port $port was not started by root, so it is not the web server: stop it, then run this again"
}

# Before anything is installed: nobody else has the port.
check_port() {
    local other file listener
    [ -z "$behind_proxy" ] || check_proxied_place
    listener=$(foreign_listener "$port")
    [ -z "$listener" ] || refuse_port "${listener%%$'\n'*}"
    "${web}_ports" | while read -r other file; do
        if default_gives_way "$other" "$file"; then continue; fi
        listener=$(foreign_listener "$other")
        listener=${listener%%$'\n'*}
        [ -z "$listener" ] || fail "$listener listens on port $other, and $web would not start, because it opens that port too:
take it out of $file (where $web is not there yet, install it by hand first), or stop $listener"
    done
}

# Programs on a port that are not the web server itself: foreign_listener PORT
# (By its process: a web server in a container of this machine has the same name.)
foreign_listener() {
    local own=''
    if "${web}_runs"; then own=${nginx_process-}; fi
    [ "$web" = nginx ] || own=$(cat /run/apache2/apache2.pid 2>/dev/null) || true
    listeners_on "$1" "$own"
}

# refuse_port PROGRAM
refuse_port() {
    local free=8090
    while [ -n "$(listening_on $free)" ]; do free=$((free + 1)); done
    # (Who has installed a package knows of no options, and the README's copy of this script is not there yet.)
    fail "$1 listens on port $port: choose a free one with --port, such as --port $free${DPKG_MAINTSCRIPT_PACKAGE:+:
  sudo $package_folder/install.sh --port $free && sudo dpkg --configure -a}"
}

# Whether the server block of this site has the port since an earlier installation.
has_port_already() {
    local file=$apache_site link=$apache_link
    [ "$web" = apache ] || file=$conf/site.conf link=$nginx_link
    [ -L "$link" ] && grep -qsiE "^[^#]*(listen|VirtualHost)[^#;]*\b$port\b" "$file"
}

install_web() {
    changed=''
    if [ "$web" = nginx ]; then install_nginx; else install_apache; fi
}

# The configuration, and what follows the settings in it (`imagebed reload` renders that, now and whenever they change).
render_web() {
    local said
    render_folder "$web" "$conf"
    said=$(act imagebed reload --render) || fail "the values of the settings could not be put into $conf, see above"
    [ -z "$said" ] || changed=yes
}

# Keeps what files and folders held, until enable_site has asked the web server what it says of their new content.
keep_former() {
    local path
    # `imagebed reload` changes nothing meanwhile. (It has the same lock: Sources/WebServer/Configuration.swift.)
    if [ -z "$dry_run" ]; then
        open_lock 6 "${state%/*}/reload.lock" 077
        flock -w 30 6 || fail "an imagebed reload or another installation keeps ${state%/*}/reload.lock locked: run install.sh again when it has ended"
    fi
    backup=$(mktemp -d) former_paths=("$@")
    for path in "$@"; do
        mkdir -p "$backup${path%/*}"
        [ ! -e "$path" ] || cp -a "$path" "$backup$path"
    done
}

bring_former_back() {
    local path
    for path in "${former_paths[@]}"; do
        rm -rf "$path"
        [ ! -e "$backup$path" ] || cp -a "$backup$path" "$path"
    done
}

# enable_site FILE LINK COMMAND…: when the command does not like the configuration, all is as before.
enable_site() {
    local file=$1 link=$2 linked=''
    shift 2
    # (Where there is a file in its place, that is the operator's.)
    if [ ! -e "$link" ] && [ ! -L "$link" ]; then
        act ln -s "$file" "$link"
        linked=yes changed=yes new_link=$link
    fi
    [ -n "$dry_run" ] || "$@" >&2 || {
        [ -z "$linked" ] || rm "$link"
        bring_former_back
        rm -r "$backup"
        fail "the web server does not take the configuration, see above; it has its former one again"
    }
    rm -r "$backup"
    exec 6>&-
}

# A site that was enabled just now and does not answer is disabled again: with a port that another program has, the web server would not
# start any more, and no other site would answer.
withdraw_site() {
    [ -n "$new_link" ] && [ -L "$new_link" ] || return 0
    rm "$new_link"
    if "${web}_runs"; then "reload_$web" || true; fi
    say "$new_link was removed again, so that $web starts as before; the next installation enables the site"
}

# start_web UNIT "RUNS" "RELOAD" "START"
start_web() {
    local words
    if has_systemd; then
        act systemctl enable --quiet "$1"
        if [ -z "$changed" ] || ! "$2"; then act systemctl start "$1" || no_start; return; fi
    fi
    if "$2"; then
        read -ra words <<<"$3"
        [ -z "$changed" ] || act "${words[@]}"
    else
        read -ra words <<<"$4"
        act "${words[@]}" || no_start
    fi
}

# curl to a site of this machine wherever its name leads, also where redirects lead, whoever signed its certificate. HOST is an
# address or the path of a socket of root's: ask_site URL HOST OPTION…
ask_site() {
    local way=(--connect-to "::$2:")
    if [[ $2 == /* ]]; then
        [ -O "$2" ] || return 0
        way=(--unix-socket "$2")
    fi
    curl -sk -m 20 -L --max-redirs 5 --post301 --post302 --proto-redir =http,https --noproxy '*' "${way[@]}" "${@:3}" "$1" || true
}

# How many seconds a site has until it answers.
patience=20

# Waits until our programs answer at one of the hosts; sets which one, or what was seen instead: wait_for URL HOST…
wait_for() {
    local end=$((SECONDS + patience))
    while [ $SECONDS -lt $end ]; do
        for answering_host in "${@:2}"; do
            if [[ $(ask_site "$1/api/v1/stats.php" "$answering_host") == '{"success":true,'* ]]; then return; fi
        done
        sleep 0.1
    done
    seen="HTTP status $(ask_site "$1/api/v1/stats.php" "$2" -o /dev/null -w '%{http_code}')"
    return 1
}

logs() { has_systemd && echo 'journalctl -u "imagebed-*"' || echo /var/log/imagebed.log; }

no_start() { withdraw_site; fail "the web server does not start, see above and the error log in ${access_log%/*}"; }
