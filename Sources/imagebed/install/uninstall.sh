# shellcheck shell=bash disable=SC2154,SC2034  # what is not set here another part sets, and the other way round
# Removes everything that an installation wrote; never the data.

uninstall() {
    [ "$(id -u)" = 0 ] || [ -n "$dry_run" ] || fail "this needs root: sudo ./install.sh uninstall"
    if [ ! -r "$state" ]; then say "nothing is installed here"; return; fi
    local file units
    mapfile -t units < <(our_units .socket .timer .service @.service)
    if [ -n "$old_site" ] && is_taken_over; then give_back; fi
    stop_responders
    act rm -f "$nginx_link" /etc/apache2/sites-enabled/00-imagebed.conf
    if grep -q '^default_site_removed=yes' "$state" && [ ! -e /etc/nginx/sites-enabled/default ]; then
        act ln -s ../sites-available/default /etc/nginx/sites-enabled/default
    fi
    if nginx_runs; then act nginx -s reload || true; fi
    if apache_runs; then act apache2ctl graceful || true; fi
    for file in "${units[@]/#/$unit_folder/}" /etc/init.d/imagebed /etc/cron.d/imagebed /etc/logrotate.d/imagebed \
        /etc/nginx/imagebed /etc/apache2/imagebed /etc/apache2/sites-available/imagebed.conf /etc/imagebed /usr/bin/imagebed "$lib" "$share" /run/imagebed; do
        [ ! -e "$file" ] || act rm -r "$file"
    done
    ! has_systemd || act systemctl daemon-reload
    say "ImageBed is removed. Pictures, database and accounts are still in $data, which belongs to the user $(stat -c %U "$data")."
}

# Nothing of ours runs any more, nor starts again by itself.
stop_responders() {
    local units
    if has_systemd; then
        mapfile -t units < <(our_units .socket .timer)
        [ ${#units[@]} = 0 ] || act systemctl disable --quiet --now "${units[@]}"
        mapfile -t units < <(our_services)
        [ ${#units[@]} = 0 ] || act systemctl stop "${units[@]}"
    elif [ -x /etc/init.d/imagebed ]; then
        act /etc/init.d/imagebed stop
    fi
    act rm -f /etc/cron.d/imagebed
    if command -v update-rc.d >/dev/null; then act update-rc.d -f imagebed remove || true; fi
}
