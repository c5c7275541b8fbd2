# shellcheck shell=bash disable=SC2154,SC2034  # what is not set here another part sets, and the other way round
# systemd: a socket for each responder, processes that come with the first request and go after five idle minutes, timers, and what
# waits for changes of the settings.

# What timers run.
commands=(tally expire gc)

install_units() {
    local writable protect_home to_database relocated='' changed_sockets=()
    warn_of_shared_memory
    writable=$(writable_folders) || exit
    to_database=$(network_to_database) || exit
    protect_home=$(case " $writable" in *" /home/"* | *" /root/"*) echo no ;; *) echo yes ;; esac)
    render_units
    render_following
    restart_units
}

# What units have more where the database is on another machine: a network. A socket, or SQLite's file, needs none.
network_to_database() {
    local hosts
    # (The second one is to become the first, by imagebed move.)
    [ -f "$data/cluster.conf" ] || [ -f "$data/cluster.conf.next" ] || return 0
    hosts=$("$bin/imagebed" cluster hosts --data "$data") || fail "units cannot be made before $data/cluster.conf is mended, see above"
    [ -z "$hosts" ] || echo network.in
}

# All of them, for the data in `writable`, with the network of `to_database`.
render_units() {
    local name command number wants socket rotates
    for name in $(responders); do
        wants='' socket=''
        for number in $(seq 2 "$(most_processes_of "$name")"); do wants+=" imagebed-$name@$number.service"; done
        wants=${wants# }
        unit "imagebed-$name.socket" responder.socket.in
        unit "imagebed-$name.service" responder.service.in hardening.in ${to_database:+"$to_database"}
        # A unit with a socket of another name says so.
        wants='' socket=imagebed-$name.socket
        unit "imagebed-$name@.service" responder.service.in hardening.in ${to_database:+"$to_database"}
    done
    for command in "${commands[@]}"; do
        name=$command
        # (What comes every minute tells only what it did.)
        case $command in expire) name+=' --unattended' ;; esac
        rotates=$([ "$command" != tally ] || echo yes)
        unit "imagebed-$command.service" command.service.in hardening.in ${to_database:+"$to_database"}
        unit "imagebed-$command.timer" "$command.timer.in"
    done
    name='doctor --watch' rotates=''
    unit imagebed-doctor.service command.service.in hardening.in network.in
    unit imagebed-doctor.timer doctor.timer.in
    unit imagebed-events.service events.service.in hardening.in network.in receivers.in
    unit imagebed-events.path events.path.in
    unit imagebed-reload.service reload.service.in
    unit imagebed-reload.path reload.path.in
}

# A node of several does what others have done; a machine that is alone has no unit for that.
render_following() {
    local name=follow.service
    if [ -f "$data/cluster.conf" ]; then
        unit "imagebed-$name" follow.service.in hardening.in ${to_database:+"$to_database"}
    elif [ -e "$unit_folder/imagebed-$name" ]; then
        act systemctl disable --quiet --now "imagebed-$name"
        act rm "$unit_folder/imagebed-$name"
        [ ! -e "$lib/units/imagebed-$name" ] || act rm "$lib/units/imagebed-$name"
        relocated=yes
    fi
}

# The only service that the machine itself begins, if it is there.
following_unit() { [ ! -e "$unit_folder/imagebed-follow.service" ] || echo imagebed-follow.service; }

# From here on the web server follows the settings by itself: what `imagebed reload` needs is there.
follow_settings() { ! has_systemd || act systemctl enable --quiet --now imagebed-reload.path; }

# systemd keeps in mind that a unit had RemoveIPC, also when it has it no more, until all units of the user have stopped once.
warn_of_shared_memory() {
    [ "$service_user" != imagebed ] && grep -qs '^RemoveIPC=yes' "$unit_folder"/imagebed-*.service || return 0
    say "the former units had RemoveIPC=yes: when all services of this site stop for the first time from now on (uninstall, rollback), \
systemd deletes what $service_user has in /dev/shm, once. Restart the machine before, or restart afterwards what has its sockets there, \
such as PHP-FPM."
}

# Sockets keep what comes while services are restarted, so only those are restarted that are other ones now.
restart_units() {
    local units
    if [ -n "$changed$relocated" ]; then act systemctl daemon-reload; fi
    if [ ${#changed_sockets[@]} -gt 0 ]; then
        act systemctl stop "${changed_sockets[@]}"
        act systemctl stop "${changed_sockets[@]/%.socket/.service}" "${changed_sockets[@]/%.socket/@*.service}"
    fi
    if [ -n "$changed" ] || [ -n "$(former_processes)" ]; then
        mapfile -t units < <(our_responders)
        act systemctl try-restart "${units[@]}"
    fi
    mapfile -t units < <(our_units .socket .timer; following_unit)
    act systemctl enable --quiet --now "${units[@]}" imagebed-events.path
}

# unit NAME TEMPLATE…
unit() {
    local templates=("${@:2}") former=$changed
    changed=''
    templates=("${templates[@]/#/$parts/systemd/}")
    if [ -n "$packaged" ]; then
        packaged_unit "$1" "${templates[@]}"
    else
        render_to "$unit_folder/$1" 644 "${templates[@]}"
    fi
    case $changed$1 in yes*.socket) changed_sockets+=("$1") ;; esac
    changed=$changed$former
}

# A package has units of its own, for the usual choices; with other ones (data, user) a unit in /etc takes the place of one of those. What
# is in force is kept too, because dpkg has replaced its units already: packaged_unit NAME TEMPLATE…
packaged_unit() {
    local own=$unit_folder/$1 kept=$lib/units/$1
    if [ ! -e "$kept" ] && [ -e "$own" ]; then
        act keep_changed "$own" "$data" "$(tr '\n' ' ' <"$parts/written-files")"
        act install -D -m 644 "$own" "$kept"
    fi
    render_to "$kept" 644 "${@:2}"
    if [ -n "$dry_run" ]; then return; fi
    if ! cmp -s "$kept" "$package_units/$1"; then
        put "$own" <"$kept"
    elif [ -e "$own" ]; then
        rm -f "$own" "$unit_folder"/*.wants/"$1"
        relocated=yes
    fi
}

# The names of unit files of ours that are here, and of nobody else's that begin likewise: our_units SUFFIX…
our_units() {
    local name suffix folder
    for name in $(responders) "${commands[@]}" doctor events reload follow; do
        for suffix in "$@"; do
            for folder in "$unit_folder" "$package_units"; do
                if [ -e "$folder/imagebed-$name$suffix" ]; then echo "imagebed-$name$suffix"; break; fi
            done
        done
    done
}

# The services, their instances too, as systemctl takes them.
our_services() { our_units .service @.service | sed 's/@/@*/'; }

# The same without what timers and changes start, which is not to begin anew.
our_responders() { our_services | grep -vE "^imagebed-($(IFS='|'; echo "${commands[*]}")|doctor|reload)\."; }

# The data folder, and the picture tree of a replaced site that it may link to: the recorded one, wherever links lead by now.
writable_folders() {
    local link target
    for link in "$data/uploads" "$data/recycle"; do
        [ -L "$link" ] || continue
        target=$(realpath -m -- "$link"; echo .)
        case ${target%??} in
            "${old_tree:-none}" | "${old_tree:-none}/recycle") ;;
            *) fail "$link leads to $(printf %q "${target%??}"), which is not the picture tree that was taken over${old_tree:+, $old_tree}: remove that link" ;;
        esac
    done
    echo "$data${old_tree:+ $old_tree}"
}
