# shellcheck shell=bash disable=SC2154,SC2034  # what is not set here another part sets, and the other way round
# How one version takes the place of another so that no request fails. The former programs serve with their own picture worker and
# their own schema until none of them is left; what comes meanwhile waits for the new ones, and these wait for the lock that is held
# here (Sources/Responder/OpenedSite.swift) and for the migration.

# Asks the new program, from where it lies, whether it can work with the data: nothing has been changed yet.
check_data() {
    [ -d "$data" ] && [ -n "$(ls -A "$data")" ] && [ -z "$dry_run" ] || return 0
    [ "$(stat -c %U "$data")" = "$service_user" ] ||
        fail "$data holds files of another user: chown -R $service_user:$web_group $data"
    untold on_stderr "$bin/imagebed" setup --check --data "$data" ||
        fail "this version ($bin/imagebed) cannot work with $data, see above; nothing was changed"
}

# Does what takes long in a migration while the former programs go on serving.
migrate_ahead() {
    [ -f "$data/imagebed.db" ] && [ -z "$dry_run" ] || return 0
    "$bin/imagebed" setup --ahead --data "$data" >&2 || fail "the database could not be prepared, see above; the site goes on as it was"
}

# Opens a file for locking, and makes it when missing: open_lock DESCRIPTOR FILE UMASK. Whoever can open a file can lock it, so its mode
# is right from the beginning. (The file stays, so that a second installation changes nothing.)
open_lock() {
    local before
    before=$(umask)
    mkdir -p "${2%/*}"
    umask "$3"
    eval "exec $1>>\"\$2\""
    umask "$before"
}

# From here until release_installers, or until this script ends, no other installation changes anything.
hold_installers() {
    [ -z "$dry_run" ] || return 0
    # (The process of this script that made the package has taken it before this one, which inherits it.)
    [ "/proc/$BASHPID/fd/8" -ef "$lib/install.lock" ] || open_lock 8 "$lib/install.lock" 077
    flock -w 10 8 || fail "another installation is at work and keeps $lib/install.lock locked: run install.sh again when it has ended; nothing was changed"
    # (A takeover comes to need that of reloads at the second time only, which is to change nothing.)
    open_lock 6 "${state%/*}/reload.lock" 077
    exec 6>&-
}

release_installers() { exec 8>&-; }

# Requests wait from here until release_requests, or until this script ends.
hold_requests() {
    [ -z "$dry_run" ] || return 0
    local lock=$lib/upgrade.lock
    open_lock 7 "$lock" 027
    # Responders read it.
    chgrp "$service_group" "$lock"
    # So the service's user can hold it too, as long as it likes: then another file gets the name, which is what responders look at.
    if ! flock -n 7; then
        rm -f "$lock.new"
        open_lock 7 "$lock.new" 077
        flock 7
        chgrp "$service_group" "$lock.new"
        chmod 640 "$lock.new"
        mv -f "$lock.new" "$lock"
    fi
    # Everybody could lock that of former versions.
    rm -f "$lib/upgrading"
}

release_requests() { exec 7>&-; }

# What starts now must not hold a lock when this script has ended. (Where the lock is held, no socket of a new responder becomes
# empty: those must not be replaced again before.)
start_programs() {
    if has_systemd; then install_units 7>&- 8>&-; else install_start_script 7>&- 8>&-; fi
    changed=''
}

# Puts new responders into the place of those that run, which end.
replace_programs() {
    has_rows && [ -x "$lib/picture" ] && [ -z "$dry_run" ] || return 0
    start_programs
    wait_for_former "($(responders | tr '\n' '|')picture)"
    wait_for_former imagebed
}

# Processes of ours whose executable has been replaced: a line "NUMBER NAME" for each. Other users can run these programs too, as many as
# they like, but not with the data.
former_processes() {
    { find /proc/[0-9]*/exe -lname "$lib/* (deleted)" ! -lname $'*\n*' -printf '%h %l\n' 2>/dev/null || true; } |
        awk -v ours="$(id -u "$service_user")" '{
            process = name = $0
            sub(/ .*/, "", process)
            sub(/ \(deleted\)$/, "", name)
            sub(/.*\//, "", name)
            # (What hides its memory looks as if it were root'\''s, but for this.)
            user = ""
            while ((getline line < (process "/status")) > 0) if (split(line, words) > 2 && words[1] == "Uid:") user = words[3]
            close(process "/status")
            if (user == "0" || user == ours) print substr(process, 7), name
        }'
}

# Waits until the former programs of these names have ended: wait_for_former PATTERN
wait_for_former() {
    local left='' end=$((SECONDS + 130))
    while [ $SECONDS -lt $end ]; do
        left=$(former_processes | grep -E " $1\$") || return 0
        sleep 0.2
    done
    fail "a program of the former version is still at work: ${left//$'\n'/, }
The new programs are installed and the database is as it was: if this version has another schema, requests are answered with 503 until the
installation has been repeated. When that process has ended:
  sudo $here/install.sh"
}

# setup may have failed before the migration or after it, and only the database knows.
fail_setup() {
    local found again="sudo $lib/imagebed setup --data $data" what="Whether the database was migrated is told by --check behind that command."
    found=$(imagebed setup --check --json --data "$data" 2>/dev/null) || true
    if [[ $found =~ \"schema\":\ *([0-9]+|null),\ *\"known\":\ *([0-9]+) ]]; then
        if [ "${BASH_REMATCH[1]}" = "${BASH_REMATCH[2]}" ]; then
            fail "the data could not be set up whole, see above. The new programs are installed, and the database has their schema: go on with
  $again && sudo $here/install.sh
A former version that has another schema cannot work with it: the README says how to go back, with the copy that a migration makes."
        fi
        what="The database is as it was before, so the former version can be installed again instead."
    fi
    fail "the data could not be set up, see above. The new programs are installed and answer with 503 until that succeeds:
  $again
$what"
}
