# shellcheck shell=bash disable=SC2154,SC2034  # what is not set here another part sets, and the other way round
# What is the same for both web servers: which port is free, how a site is enabled, how a server is started.

# The program that listens on a port: listener_on PORT
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

check_port() {
    local listener
    listener=$(listener_on "$port")
    case $listener-$web in -* | nginx-nginx | apache2-apache) ;; *) fail "$listener listens on port $port: choose another one with --port" ;; esac
    if [ "$web" = nginx ] && [ -z "$domain" ]; then clear_default_sites; fi
}

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
