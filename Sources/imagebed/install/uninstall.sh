# shellcheck shell=bash disable=SC2154,SC2034  # what is not set here another part sets, and the other way round
# Removes everything that an installation wrote; never the data.

uninstall() {
    [ "$(id -u)" = 0 ] || [ -n "$dry_run" ] || fail "this needs root: sudo ./install.sh uninstall"
    if [ -e "$package_folder" ] && [ -z "${DPKG_MAINTSCRIPT_PACKAGE-}" ]; then
        remove_package
        [ -n "$dry_run" ] || return 0
    fi
    if [ ! -r "$state" ]; then say "nothing is installed here"; return; fi
    local file units dpkgs=() included=''
    local -A kept=()
    install_settings
    mapfile -t units < <(our_units .socket .timer .path .service @.service)
    [ -z "$old_site" ] || remove_trial
    if [ -n "$old_site" ] && is_taken_over; then
        give_back
        [ -n "$dry_run" ] || list_links
        [ -n "$dry_run" ] || { look_at_old_site && try_old_site; } || fail "$(advice)
Nothing else was removed yet; sudo install.sh uninstall does that."
    fi
    stop_responders
    for file in "$nginx_link" "$apache_link"; do
        [ ! -L "$file" ] || act rm "$file"
    done
    keep_changed_sites
    if grep -q '^default_site_removed=yes' "$state" && [ ! -e /etc/nginx/sites-enabled/default ]; then
        act ln -s ../sites-available/default /etc/nginx/sites-enabled/default
    fi
    if nginx_runs; then act reload_nginx || true; fi
    if apache_runs; then act reload_apache || true; fi
    # What is not counted now is not counted any more.
    [ ! -x "$lib/imagebed" ] || act imagebed tally >&2 || true
    # What a package brought is dpkg's; what was chosen stays when that is removed without this script, for the case that it comes back.
    [ -n "$packaged" ] || dpkgs=(/etc/cron.d/imagebed /etc/logrotate.d/imagebed /usr/bin/imagebed)
    if [ -z "$packaged" ] || [ -n "${IMAGEBED_UNINSTALL-}" ]; then keep_receivers; dpkgs+=("$state_left"); fi
    for file in "${units[@]/#/$unit_folder/}" "${dpkgs[@]}" /etc/init.d/imagebed "$apache_site" "$lib" "$share" /run/imagebed; do
        [ ! -e "$file" ] || [ -n "${kept[$file]-}" ] || act rm -r "$file"
    done
    for file in /etc/nginx/imagebed /etc/apache2/imagebed; do remove_configuration "$file"; done
    # A configuration that stays writes its log there.
    [ -n "$included" ] || [ ! -e /var/log/imagebed ] || act rm -r /var/log/imagebed
    [ ! -d "$receivers_data" ] || act rmdir --ignore-fail-on-non-empty "$receivers_data"
    ! has_systemd || act systemctl daemon-reload
    if [ -n "$dry_run" ]; then say "nothing was changed"; return; fi
    [ -z "$behind_proxy" ] || say "The proxy in front still passes requests to port $port, where nobody answers now: take these lines out of it."
    say "ImageBed is removed. Pictures, database and accounts are still in $data, which belongs to the user $(stat -c %U "$data")."
}

# Its prerm runs what is above, and its postrm does no more than that then. (As a purge: of a package that is only removed dpkg would keep in
# mind that its files in /etc are gone, and not bring them with the next one.)
remove_package() {
    # (The postrm of a former version would delete receivers and changed server blocks.)
    grep -qs IMAGEBED_UNINSTALL "$(dpkg-query --control-path imagebed postrm 2>/dev/null)" ||
        fail "the package imagebed is of a version that dpkg alone removes: sudo apt remove imagebed"
    act env DEBIAN_FRONTEND=noninteractive IMAGEBED_UNINSTALL=yes dpkg --purge imagebed >/dev/null ||
        fail "dpkg has not removed the package imagebed, see above; when that is repaired: sudo apt remove imagebed"
}

# Receivers of events, and what lies beside them for them, are the operator's: with any of that all but the state itself stays.
keep_receivers() {
    state_left=${state%/*}
    if [ -n "$(find "$receivers" -mindepth 1 -print -quit 2>/dev/null)" ]; then
        say "the receivers in $receivers stay"
        state_left=$state
    fi
}

# What the operator has changed of the site's own block stays, for the next installation.
keep_changed_sites() {
    local file former
    mapfile -t former < <(former_nginx_site; former_apache_site)
    for file in /etc/{nginx,apache2}/imagebed/{site,replacing}.conf "$apache_site"; do
        if [ -e "$file" ] && ! is_unchanged "$file" "${former[@]}"; then
            kept[$file]=yes
            say "$file was changed and stays; the next installation goes on with it"
        fi
    done
}

# The rest of a folder goes, unless something else includes it: the web server would not start again without.
remove_configuration() {
    local file others but=()
    [ -d "$1" ] || return 0
    others=$(grep -RlsF "$1/" /etc/nginx/{nginx.conf,conf.d,sites-enabled} /etc/apache2/{apache2.conf,conf-enabled,sites-enabled} |
        grep -vxF -e "$nginx_link" -e "$apache_link") || true
    if [ -n "$others" ]; then
        included=yes
        say "$1 stays, because it is included by ${others//$'\n'/, }: take it out there, then remove the folder"
        return
    fi
    for file in "${!kept[@]}"; do but+=(! -path "$file"); done
    act find "$1" -type f "${but[@]}" -delete
    act find "$1" -depth -type d -empty -delete
}

# Nothing of ours runs any more, nor starts again by itself.
stop_responders() {
    local units
    if has_systemd; then
        mapfile -t units < <(our_units .socket .timer .path; following_unit)
        [ ${#units[@]} = 0 ] || act systemctl disable --quiet --now "${units[@]}"
        mapfile -t units < <(our_services)
        [ ${#units[@]} = 0 ] || act systemctl stop "${units[@]}"
    elif [ -x /etc/init.d/imagebed ]; then
        act /etc/init.d/imagebed stop
    fi
    # (What a package has in /etc stays there, and asks this.)
    if [ -z "$packaged" ]; then act rm -f /etc/cron.d/imagebed; elif [ -d "$lib" ]; then act touch "$lib/stopped"; fi
    if command -v update-rc.d >/dev/null; then act update-rc.d -f imagebed remove || true; fi
}
