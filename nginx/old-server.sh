# shellcheck shell=bash disable=SC2154,SC2034  # what is not set here another part sets, and the other way round
# The server blocks of the EasyImages site to replace, in the nginx that serves it. `imagebed nginx-site` reads what nginx prints; here is
# what runs before and after that.

# Directives of the operator's own for the server block of ours.
rules=/etc/imagebed/server.conf
# What stays of files that hold other things too, by their names.
declare -gA old_rests=()
old_hsts='' trial_link='' lacks_realip=''

# The program reads the old site. Where it runs already, nothing is installed before that has been read.
require_program() {
    local folder=${IMAGEBED_BIN:-$here/bin}
    if [ -n "${bin-}" ]; then return; fi
    "$folder/imagebed" --version >/dev/null 2>&1 || require_packages
    find_executables
    "$bin/imagebed" --version >/dev/null ||
        fail "$bin/imagebed does not run, and only it can read the old site. (A dry run builds and installs nothing: see above what is missing.)"
}

# Whether this nginx is the one that serves the old site, or served it until it was taken over.
serves_old_site() {
    if [ -n "$beside" ] || is_taken_over; then has_our_site; else [ -n "$(nginx_says addresses 2>/dev/null)" ]; fi
}
nginx_wanted=serves_old_site

read_old_server_nginx() {
    local plan key value open_rules=()
    require_program
    nginx_process=''
    find_nginx
    test_nginx || fail "nginx (${nginx_command[*]}) does not take its configuration as it is; nothing was changed"
    [ -n "$nginx_process" ] || [ -n "$dry_run" ] || fail "nginx (${nginx_command[*]}) does not run, so there is no site to take over: start it, then try again"
    plan=$(nginx_says plan --rules "$rules") || { hint_of_containers; fail "nothing was changed"; }
    old_server=$(nginx_says servers --rules "$rules")
    old_files=() old_rests=() old_hsts='' trial_link='' lacks_realip=''
    while read -r key value; do
        case $key in
            whole) old_files+=("$value") ;;
            part) old_files+=("$value"); old_rests[$value]=$(nginx_says rest --file "$value") ;;
            link) nginx_link=$value ;; trial) trial_link=$value ;; log) old_log=$value ;; hsts) old_hsts=$value ;;
            lacks) lacks_realip=yes ;;
            note) say "not taken over from $value" ;;
            open) open_rules+=("$value") ;;
        esac
    done <<<"$plan"
    read_workers
    read_address < <(nginx_says addresses)
    say "$old_site is served by ${nginx_command[*]}${nginx_process:+ (process $nginx_process)} with ${old_files[*]}: ${domain:-any name}, port $port"
    say "its pictures belong to $service_user; nginx's workers are $web_user:$web_group; requests are logged to $old_log"
    check_old_server
}

# Before anything is changed: what the switch would run into.
check_old_server() {
    local file rule
    [ -n "$trial_link" ] || fail "nginx reads no folder in which the new site could be tried beside the old one: put a line such as
  include conf.d/*.conf;
into the block http of its configuration, make that folder, then try again; nothing was changed"
    for file in "${old_files[@]}"; do
        if [ ! -w "${file%/*}" ] || { [ ! -L "$file" ] && [ ! -w "$file" ]; }; then
            fail "$file cannot be replaced: it or its folder is read-only (lsattr -d ${file%/*} $file tells of chattr +i); nothing was changed"
        fi
    done
    [ -w "${trial_link%/*}" ] || fail "${trial_link%/*} cannot be written, so the new site could not be tried beside the old one; nothing was changed"
    untold on_stderr "$bin/imagebed" import easyimages "$old_site" --check --data "$data" || fail "nothing was changed"
    if [ ${#open_rules[@]} = 0 ]; then return; fi
    say "these directives of the old server block are not taken over by themselves, and would have no effect any more:"
    for rule in "${open_rules[@]}"; do say "  ${rule#* }     (${rule%% *})"; done
    say "Those that are to count go into $rules, each on a line as it stands here, and become part of the new server block: they count"
    say "for the whole site then. One with '# of location …' counted for the addresses of that location alone; without it they are open."
    [ -n "$leave_rules" ] || fail "nothing was changed; --leave-rules goes on without them"
}

hint_of_containers() {
    local process
    for process in $(nginx_masters); do
        is_of_this_machine "$process" || say "(An nginx in a container runs here too, process $process. For a site in a container: --behind-proxy, docs/easyimages.md)"
    done
}

# Sets domain, port and the address that visitors use, by the first of the lines of addresses.
read_address() {
    local scheme name
    read -r _ scheme site_host port name || true
    name_site "$name"
    site_url=$(url_of "$scheme" "$name" "$port")
}

# A takeover that was killed in its trial leaves the link, which nobody remembers; nginx reads it.
remove_trial() {
    local file
    if [ "$web" = apache ] || [ -n "$dry_run" ]; then return; fi
    find_nginx
    nginx_text | sed -n 's/^# configuration file \(.*\):$/\1/p' | while read -r file; do
        [ "$(readlink -- "$file")" != "$conf/side.conf" ] || rm -f -- "$file"
    done
}

# Where the old site answers, once it has its place back.
old_addresses_nginx() {
    find_nginx
    nginx_says addresses
}

# The old site's Strict-Transport-Security is a setting here.
take_hsts() {
    [ -n "$old_hsts" ] || return 0
    if [ -n "$dry_run" ]; then say "would set hsts_seconds to $old_hsts"; return; fi
    [ "$(imagebed settings get hsts_seconds)" != 0 ] || imagebed settings set hsts_seconds "$old_hsts" >&2
}

# Puts the old site's files aside; what is left of those that hold other things too stays in their places, our link in it.
put_aside() {
    local file mode
    mkdir -p "$aside"
    for file in "${old_files[@]}"; do
        if [ -z "${old_rests[$file]+part}" ]; then mv -- "$file" "$aside/${file//\//%}"; continue; fi
        mode=$(stat -Lc %a "$file")
        cp -a -- "$file" "$aside/${file//\//%}"
        with_checksum <<<"${old_rests[$file]}" | put "$file" "$mode"
    done
}
