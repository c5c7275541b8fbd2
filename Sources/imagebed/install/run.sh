# shellcheck shell=bash disable=SC2154,SC2034  # what is not set here another part sets, and the other way round
# `install.sh run`: the whole site in the foreground, as any user.

run_site() {
    [ -z "$dry_run" ] || refuse "--dry-run is for an installation"
    require_packages
    find_executables
    [ ! -e "$data" ] || [ -O "$data" ] || fail "$data belongs to $(stat -c %U "$data"): run this as that user, or name another folder with --data"
    mkdir -p "$data/run" "$data/logs"
    # (Nothing else makes the folder's own name durable.)
    sync "$(dirname "$data")" 2>/dev/null || true
    # (Whoever can open it can lock it.)
    open_lock 9 "$data/run/site.lock" 077
    chmod 600 "$data/run/site.lock"
    flock -n 9 || fail "a site is already running on $data"
    local listener
    listener=$(listeners_on "$port" | head -n 1)
    [ -z "$listener" ] || fail "$listener listens on port $port: choose another one with --port"
    run_settings
    export IMAGEBED_DATA=$data IMAGEBED_HTDOCS=$htdocs IMAGEBED_ASSETS=$assets
    stopping='' children=() web_server=''
    trap stop_parts EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    prepare_data
    render_folder "$web" "$conf"
    "$bin/imagebed" reload --render "${reloading[@]}" >&2
    # (Other nodes know of this one before it answers. What fails here is tried again every minute.)
    [ ! -e "$data/cluster.conf" ] || "$bin/imagebed" follow --once >&2 || true
    start_parts
    wait_until_ready
    [ -z "$first_run" ] || say "$first_holds in $first_run"
    echo "ready http://$address:$port$prefix"
    local ended status=0
    wait -n -p ended "${!children[@]}" || status=$?
    fail "${children[${ended:-0}]-a part} ended with status $status, so everything ends"
}

# (render reads these by name.)
run_settings() {
    run=$data/run conf=$data/run/$web htdocs=$here/htdocs access_log=$data/logs/access.log view_log=$data/logs/views.log patience_at_end=100 longer_end=''
    listen=$address:$port server_name=_ default_server='' listen_too='' ipv6='' root='' sendfile=''
    modules=/usr/lib/apache2/modules
    reloading=(--web "$web" --control "$parts/control.sh")
    [ "$(id -u)" != 0 ] || root=yes
    [ ! -e "$modules/mod_xsendfile.so" ] || sendfile=yes
    # A unix socket's name has at most 107 bytes.
    if [ $((${#run} + 24)) -gt 107 ]; then run=$(mktemp -d /tmp/imagebed.XXXXXX); fi
    ulimit -n "$(ulimit -H -n)" 2>/dev/null || true
    choose_places
}

# What a container has otherwise (image/start has these two, and prepare_data, for itself).
choose_places() { true; }
start_further_parts() { true; }

# The database, the first account and its key.
prepare_data() {
    local url=http://$address:$port$prefix file=$data/first-run.env database=$data/imagebed.db password='' key
    first_run='' first_holds='the password of the account admin and an API key are'
    [ "$address" != 0.0.0.0 ] || url=http://$(hostname -I | cut -d' ' -f1):$port$prefix
    "$bin/imagebed" setup --usual-url "$url" >&2
    if [ -f "$file" ]; then
        sed -i "s|^BASE_URL=.*|BASE_URL=$url|" "$file"
        return
    fi
    # (Without one of SQLite's, that is what says where it is.)
    [ -e "$database" ] || database=$data/cluster.conf
    password=$("$bin/imagebed" user add admin --role admin --json | member password) || {
        say "there is an account admin already"
        first_holds='an API key of the account admin is'
    }
    key=$("$bin/imagebed" key create --user admin --name first-run --json | member key)
    (
        umask 077
        printf '%s\n' "BASE_URL=$url" "API_KEY=$key" "ADMIN_USER=admin" "ADMIN_PASSWORD=$password" \
            "DATABASE=$database" "UPLOAD_ROOT=$data/uploads" >"$file.new"
    )
    mv "$file.new" "$file"
    first_run=$file
}

# A part is a child in a process group of its own, so that Ctrl-C reaches this script alone; if this script is killed, the part
# is asked to end too: start NAME COMMAND…
start() {
    local name=$1
    shift
    setpriv --pdeathsig TERM "$@" </dev/null 9>&- >&2 &
    children[$!]=$name
}

start_parts() {
    local name socket_owner=(-M 0600)
    # Apache never works as root, so its own user must get at the sockets.
    if [ "$web$root" = apacheyes ]; then socket_owner=(-M 0660 -U "$web_group" -G "$web_group"); fi
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
    web_server=$!
    start "imagebed reload" "$bin/imagebed" reload --follow "${reloading[@]}"
    # shellcheck disable=SC2016  # the inner shell expands
    start "the timers" bash -c 'trap "kill \$!; wait; exit 0" TERM
        "$0" index; while sleep 60 & wait $!; do
            "$0" expire --unattended; [ $((++turn % 5)) != 0 ] || "$0" tally; [ $((turn % 1440)) != 5 ] || "$0" gc
            [ ! -e "$IMAGEBED_DATA/cluster.conf" ] || "$0" follow --once
        done' "$bin/imagebed"
    start_further_parts
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
        for process in "${!children[@]}"; do
            kill -0 "$process" 2>/dev/null || fail "${children[$process]} did not start"
        done
        if [ "$(status_of "$host" "$port" "$prefix/api/v1/stats.php")" = 200 ]; then return; fi
        sleep 0.1
    done
    fail "the site does not answer after $((turn / 10)) s"
}

# Asks every part to end, waits until $patience_at_end (tenths of a second) are over, and ends what did not.
# shellcheck disable=SC2317  # called by the trap
stop_parts() {
    local status=$? process turn=0
    trap '' INT TERM HUP
    [ -z "$stopping" ] || return
    stopping=yes
    # The shell's own remarks about children that end on a signal are of no use here.
    exec 5>&2 2>/dev/null
    finish_requests
    # The watchers ask their responders, each of which finishes its request; asked beside them, those would be started again.
    # Whose watcher is gone already is asked directly.
    local groups=("${!children[@]}")
    for process in "${groups[@]}"; do kill -TERM "$process" || kill -TERM -- "-$process" || true; done
    await_end "$patience_at_end" "${groups[@]}" || true
    for process in "${groups[@]}"; do kill -KILL -- "-$process" || true; done
    rm -f "$run"/*.sock
    case $run in /tmp/imagebed.*) rmdir "$run" || true ;; esac
    exit "$status"
}

# The web server takes no new request, and answers those that are there, which it passes on to responders when they are whole: so an upload
# is not cut. The last two seconds are for what the responders are working on.
finish_requests() {
    local signal=QUIT
    [ "$web" = nginx ] || signal=WINCH
    { [ -n "$web_server" ] && kill "-$signal" "$web_server"; } || return 0
    await_end $((patience_at_end - 20)) "$web_server" ||
        say "requests that took longer than $((turn / 10)) s to end are cut off$([ -z "$longer_end" ] || echo " ($longer_end)")" 2>&5
}

# Whether these have ended before `turn` is at the limit, which is counted on from what was waited before: await_end LIMIT PROCESS…
await_end() {
    local limit=$1 process left
    shift
    while true; do
        left=()
        for process in "$@"; do if kill -0 "$process"; then left+=("$process"); fi; done
        [ ${#left[@]} -gt 0 ] || return 0
        [ "$turn" -lt "$limit" ] || return 1
        sleep 0.1
        turn=$((turn + 1))
    done
}
