# shellcheck shell=bash disable=SC2154,SC2034  # what is not set here another part sets, and the other way round
# Whose rights the programs get, and whether these are enough on the way to the files: said before anything is done.

# The name of the user to whom a picture tree belongs, or of the one that is to be made for its number: owner_of_tree FOLDER
# (Programs of a container write with a number that may be nobody's here. It becomes the number of a user that nobody can log in as:
# units, cron and spawn-fcgi need a name, and the next account that somebody makes here would get that number, and the pictures.)
owner_of_tree() {
    local owner number
    owner=$(stat -c %U "$1") number=$(stat -c %u "$1")
    if [ "$owner" != UNKNOWN ]; then echo "$owner"; return; fi
    owner=imagebed-$number
    ! id "$owner" >/dev/null 2>&1 || fail "$1 belongs to the number $number, and the user $owner has another one: rename that user"
    echo "$owner"
}

# The service's user, where there is none yet.
install_user() {
    local number=()
    if ! id "$service_user" >/dev/null 2>&1; then
        [[ ! $service_user =~ ^imagebed-([0-9]+)$ ]] || number=(--uid "${BASH_REMATCH[1]}")
        act useradd --system --user-group "${number[@]}" --home-dir /nonexistent --no-create-home --shell /usr/sbin/nologin "$service_user"
    fi
    service_group=$(id -gn "$service_user" 2>/dev/null) || service_group=$service_user
    install_receivers
}

# The folder of what is told of events, which is root's, the user as whom it runs, and where it may write.
install_receivers() {
    id "$receivers_user" >/dev/null 2>&1 ||
        act useradd --system --user-group --home-dir /nonexistent --no-create-home --shell /usr/sbin/nologin "$receivers_user"
    [ -d "$receivers" ] || act install -d -m 755 "$receivers"
    [ -d "$receivers_data" ] || act install -d -m 750 -o "$receivers_user" -g "$receivers_user" "$receivers_data"
}

# With the rights that programs have as a user, who may not be there yet: as_user NAME COMMAND…
as_user() {
    local id group
    id=$(id -u "$1" 2>/dev/null) || { id=${1#imagebed-}; [[ $id =~ ^[0-9]+$ ]] || id=65534; }
    group=$(id -g "$1" 2>/dev/null) || group=$id
    setpriv --reuid "$id" --regid "$group" --clear-groups -- "${@:2}"
}

# The folders up to a path that a user cannot enter: closed_to NAME PATH
closed_to() {
    local folder='' part names
    IFS=/ read -ra names <<<"$2"
    for part in "${names[@]}"; do
        [ -z "$part" ] || folder+=/$part
        [ -d "$folder/" ] || return 0
        # (Each for itself: entered by root, and asked for from inside.)
        (cd "$folder/" && as_user "$1" test -x .) || echo "${folder:-/}"
    done
}

# What the service's user and the web server's must get through: the way to the data, and to a replaced site's settings and pictures.
check_ways() {
    [ "$(id -u)" = 0 ] || return 0
    local user folder closed=''
    local -A users=()
    for user in "$service_user" "${web_user:-$web_group}"; do
        while read -r folder; do
            [[ ${users[$folder]-} == *" $user"* ]] || users[$folder]+=" $user"
        done < <(
            closed_to "$user" "${data%/*}"
            [ -z "$old_site" ] || closed_to "$user" "$old_tree"
            [ -z "$old_site" ] || [ "$user" != "$service_user" ] || closed_to "$user" "$old_site/config"
        )
    done
    [ ${#users[@]} -gt 0 ] || return 0
    while read -r folder; do closed+=$(way_through "$folder" "${users[$folder]}")$'\n'; done < <(printf '%s\n' "${!users[@]}" | sort)
    fail "nothing was changed: these folders do not let in who has to get through. Open them, then run this again:
${closed%$'\n'}"
}

# way_through FOLDER "USERS": a line that says who cannot enter, and the commands.
way_through() {
    local user id entries=''
    for user in $2; do
        id=$(id -u "$user" 2>/dev/null) || id=${user#imagebed-}
        [[ ! $id =~ ^[0-9]+$ ]] || entries+=,u:$id:x
    done
    echo "  $1 (mode $(stat -c '%a, of %U' "$1")) keeps out:$2
    chmod o+x $1${entries:+        or, for these users alone (package acl): setfacl -m ${entries#,} $1}"
}

# The settings of a replaced site are readable as the import will read them.
check_old_files() {
    local file
    for file in "$old_site"/config/{config,api_key,config.guest}.php; do
        [ ! -e "$file" ] || (cd "$old_site/config" && as_user "$service_user" test -r "${file##*/}") ||
            fail "$file cannot be read by $service_user, as whom the programs will run because the pictures are that user's:
  chown $(stat -c %u "$old_tree") $file
nothing was changed"
    done
    (cd "$old_tree" && as_user "$service_user" test -r . -a -w . -a -x .) ||
        fail "$old_tree cannot be read and written by its owner $service_user: chmod u+rwx $old_tree; nothing was changed"
}
