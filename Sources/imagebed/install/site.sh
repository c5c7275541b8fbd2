# shellcheck shell=bash disable=SC2154,SC2034  # what is not set here another part sets, and the other way round
# An installation: files, the user and its data, then responders and web server.

install_site() {
    [ "$(id -u)" = 0 ] || [ -n "$dry_run" ] || fail "an installation needs root: sudo ./install.sh (or ./install.sh run, as you are)"
    [ "$(id -u)" = 0 ] || [ -z "$old_site" ] || fail "only root can read what $web has: sudo ./install.sh --from-easyimages $old_site --dry-run"
    [ -r /etc/debian_version ] || fail "this is no Debian; ./install.sh run may still work"
    # What is installed is for all to read, whatever root's own umask says.
    umask 022
    changed=''
    install_settings
    if [ -n "$old_site" ]; then find_old_site; fi
    export IMAGEBED_USER=$service_user
    # (Who is not made by a dry run reads nothing either.)
    [ -z "$dry_run" ] || id "$service_user" >/dev/null 2>&1 || IMAGEBED_USER=''
    if [ -z "$old_site" ] || [ -n "$beside" ]; then check_port; fi
    check_ways
    if [ -n "$old_site" ]; then check_old_files; fi
    require_packages
    find_executables
    [ "$web" = apache ] || read_workers
    check_data
    [ -n "$packaged" ] || install_package "$@"
    hold_installers
    told=''
    if [ "$web" = nginx ] && [[ -z $old_site || -n $beside ]]; then clear_default_sites; fi
    remember
    install_user
    migrate_ahead
    hold_requests
    install_files
    install_data_folder
    install_view_log
    replace_programs
    install_executable picture
    changed=''
    set_up_data
    if [ -n "$old_site" ]; then
        # Programs hold the folders open that they found when they were started.
        [ -L "$data/uploads" ] || changed=yes
        import_old_site || fail "the import failed, see above; what answered before goes on"
    fi
    trust_proxies
    release_requests
    start_programs
    release_installers
    if [ -z "$old_site" ] || [ -n "$beside" ] || is_taken_over; then install_web; else take_over; fi
    follow_settings
    # Files of before a migration, or of an import; uploads go on meanwhile.
    time_limit=0 act imagebed index >&2 || say "imagebed index failed, see above: imagebed tally goes on with it"
    if [ -n "$dry_run" ]; then say "nothing was changed"; return; fi
    if [ -n "$old_site" ] && [ -z "$beside" ]; then
        wait_for "$site_url" "$site_host" || fail "the site does not answer at $site_url (${seen:-no answer}); see $(logs)"
        say "the site has the place of $old_site and answers at $site_url"
        tell_visitors_address
        return
    fi
    wait_for_answer
    if [ -n "$beside" ]; then
        say "the pictures of $old_site are served on port $port too (docs/easyimages.md says how to switch)"
        [ -z "$behind_proxy" ] || tell_of_proxy
        return
    fi
    if [ "$(imagebed user list --json)" = "[]" ]; then
        greet
    else
        say "the site is installed and answers; its address is $(imagebed settings get base_url)"
    fi
    if [ -n "$behind_proxy" ]; then tell_of_proxy; else tell_of_name; tell_of_https; fi
}

# (render reads these by name.)
install_settings() {
    run=/run/imagebed view_log=/var/log/imagebed/views.log htdocs=$share/htdocs ipv6='' root='' sendfile='' modules=''
    conf=/etc/nginx/imagebed access_log=/var/log/nginx/access.log server_name=${domains:-_}
    # Where the site that this one replaces logged its requests.
    [ -z "$old_log" ] || [ -n "$beside" ] || access_log=$old_log
    if [ "$web" = apache ]; then
        conf=/etc/apache2/imagebed access_log=/var/log/apache2/imagebed.log server_name=${domain:-localhost} sendfile=yes
    fi
    [ ! -e /proc/net/if_inet6 ] || ipv6=yes
    listen=$port default_server='' listen_too=''
    if [ -z "$domain" ]; then listen="$port default_server" default_server=' default_server'; fi
    [ -z "$behind_proxy" ] || listen_behind_proxy
    export IMAGEBED_DATA=$data IMAGEBED_VIEW_LOG=$view_log IMAGEBED_USER=$service_user
    PATH=$PATH:/usr/sbin:/sbin
}

# All files but the picture worker, which those responders start that run now.
install_files() {
    local name
    for name in imagebed $(responders); do install_executable "$name"; done
    install_commit
    install_folder "$here/htdocs" "$htdocs"
    # The command line finds the site without being told.
    render_to /usr/bin/imagebed 755 "$parts/imagebed.in"
    # Uninstalling must work when this folder is gone.
    put "$share/install.sh" 755 <"$here/install.sh"
    install_folder "$parts" "$share/install"
    install_folder "$parts/examples" "$share/examples"
    install_folder "$here/nginx" "$share/nginx"
    install_folder "$here/apache" "$share/apache"
}

# What `imagebed --version` tells beside the version. (Only that this changes is no reason to restart anything.)
install_commit() {
    local commit former=$changed
    commit=$(commit)
    if [ -n "$commit" ]; then put "$lib/commit" <<<"$commit"; elif [ -e "$lib/commit" ]; then act rm "$lib/commit"; fi
    changed=$former
}

# Copies what differs: install_folder FROM TO
install_folder() {
    local file
    find "$1" -type f -printf '%P\n' | while IFS= read -r file; do
        cmp -s "$1/$file" "$2/$file" || act replace_file 644 "$1/$file" "$2/$file"
    done
}

# Whoever opens the file finds the former one or the new one, whole: replace_file MODE FROM TO
replace_file() {
    install -D -m "$1" "$2" "$3.new"
    mv "$3.new" "$3"
}

# A running process keeps the file it was started from, so files are replaced, never rewritten.
install_executable() {
    if [ -n "$dry_run" ]; then say "would install: $lib/$1"; return; fi
    # The package's own file under a second name: dpkg replaces the first one long before this version is put to work.
    if cmp -s "$bin/$1" "$lib/$1"; then return; fi
    ln -f "$bin/$1" "$lib/$1.new" 2>/dev/null || cp "$bin/$1" "$lib/$1.new"
    # (It has the time at which it was packed, and init.in asks whether a process is older than its program.)
    touch "$lib/$1.new"
    mv "$lib/$1.new" "$lib/$1"
    changed=yes
}

# Versions that did not record the service's user wrote it into what they started.
read_former_user() {
    local user
    user=$(sed -n 's/^User=//p' "$unit_folder/imagebed-upload.service" 2>/dev/null || sed -n 's/.* service_user=\([^ ]*\) .*/\1/p' /etc/init.d/imagebed 2>/dev/null) || true
    [[ ! $user =~ ^[a-z_][a-z0-9_-]*\$?$ ]] || service_user=$user
}

# The service's user owns the data; the web server's group may enter, nobody else. No link is followed: where the folder above it is
# that user's, there may be one.
install_data_folder() {
    [ ! -L "$data" ] || fail "$data is a link by now: put the data folder back, or name another one with --data"
    if [ ! -d "$data" ] || [ -z "$(ls -A "$data")" ]; then
        act make_data_folder
    elif [ "$(stat -c '%U %G' "$data")" = "$service_user $service_group" ]; then
        # A restored one may belong to the service's own group, and the web server has to get in.
        act chgrp -h "$web_group" "$data"
    fi
}

make_data_folder() {
    mkdir -p "${data%/*}"
    [ ! -d "$data" ] || rmdir "$data" 2>/dev/null || fail "$data cannot be replaced by one with the rights of a data folder: remove it"
    mkdir -m 750 "$data"
    chown -h "$service_user:$web_group" "$data"
}

# The web server's master is root and opens its log wherever links lead, so the folder is root's; the service reads by its group.
install_view_log() {
    local former=$changed
    act imagebed rotate --owner "$web_user:$service_group" >&2 || fail "there is no log of views, see above"
    changed=$former
}

set_up_data() {
    # An address that the operator has set stays.
    # A migration takes the time that it takes: ended before, none would ever succeed.
    time_limit=0 act imagebed setup --usual-url "${site_url:-$(http_address)}" >&2 || fail_setup
}

# (The port of a site behind a proxy is not the visitors'.)
http_address() { echo "http://${domain:-$(own_address)}$([ "$port" = 80 ] || [ -n "$behind_proxy" ] || echo ":$port")$prefix"; }

own_address() {
    local address
    read -r address _ < <(hostname -I 2>/dev/null) || true
    echo "${address:-localhost}"
}
