# shellcheck shell=bash disable=SC2154,SC2034  # what is not set here another part sets, and the other way round
# The site on Debian's nginx.

# What the program says of nginx's configuration: nginx_says WHAT OPTION…
nginx_says() {
    { "${nginx_command[0]}" -V 2>&1; nginx_text; } | "${bin:-$lib}/imagebed" nginx-site "${old_site:-/}" --configuration "$conf" --tell "$@"
}

# Sets user and group of nginx's workers, for whom sockets, pictures and the log of views are. Where nothing names them, a worker tells.
read_workers() {
    local worker='' user='' group=''
    find_nginx
    read -r user group < <(nginx_says workers 2>/dev/null) || true
    if [ -z "$group" ] && [ -n "$nginx_process" ]; then
        read -r worker _ <"/proc/$nginx_process/task/$nginx_process/children" || true
        read -r user group < <(awk '/^[UG]id:/ { printf "%s ", $3 }' "/proc/$worker/status" 2>/dev/null) || true
    fi
    [ -n "$group" ] || return 0
    web_user=$(getent passwd "$user" | cut -d: -f1) || fail "the user of nginx's workers, $user, is none of this machine: see user in nginx's configuration"
    web_group=$(getent group "$group" | cut -d: -f1) || fail "the group of nginx's workers, $group, is none of this machine: see user in nginx's configuration"
}

# What it will open beside our port when it is started: lines "PORT FILE". Debian's package brings a first page.
nginx_ports() {
    if nginx_runs; then return; fi
    if ! is_installed nginx; then echo "80 /etc/nginx/sites-enabled/default"; return; fi
    nginx_text | awk '
        /^# configuration file / { file = $4; sub(/:$/, "", file) }
        { sub(/#.*/, ""); count = split($0, parts, /[{};]/) }
        file !~ /\/imagebed/ { for (i = 1; i <= count; i++) if (parts[i] ~ /^[ \t]*listen +([^ ]*:)?[0-9]+( |$)/) {
            split(parts[i], words); sub(/.*:/, "", words[2]); print words[2], file
        } }' | sort -u
}

# Sites of nginx that want every name on the port.
default_sites() { grep -lE "^[^#]*listen[^#;]*\b$port\b[^#;]*default_server" /etc/nginx/sites-enabled/* /etc/nginx/conf.d/*.conf 2>/dev/null; }

# Debian's own first page gives way where nobody has changed it; anything else is the operator's. Behind a proxy it does not even stand in
# the way, but where nginx is new here and would not start with it.
clear_default_sites() {
    local site default=/etc/nginx/sites-enabled/default
    if [ -n "$default_in_the_way" ] && is_first_page "$default"; then
        act rm "$default"
        say "nginx is new here, and its own first page would want a port that is taken: $default was removed"
    fi
    [ -z "$domain$behind_proxy" ] || return 0
    for site in $(default_sites); do
        [[ $site != */imagebed ]] || continue
        is_first_page "$site" || fail "$site is the default site on port $port already: give --domain NAME or another --port"
        act rm "$site"
        default_site_removed=yes
    done
}

# Whether a site is the page that Debian's package brings, as it brings it.
is_first_page() {
    [[ $1 == */default && -L $1 ]] || return 1
    dpkg-query -W -f '${Conffiles}\n' nginx-common | grep -q "sites-available/default $(md5sum <"$1" | cut -d' ' -f1)"
}

install_nginx() {
    local site=$conf/site.conf
    keep_former "$conf"
    render_web
    if [ -n "$old_site" ] && [ -z "$beside" ]; then
        site=$conf/replacing.conf
    else
        offer_nginx_site
    fi
    enable_site "$site" "$nginx_link" test_nginx
    if [ "$site" = "$conf/site.conf" ]; then
        start_web nginx nginx_runs reload_nginx nginx
    elif [ -n "$changed" ] && nginx_runs; then
        # (Who starts that nginx is not asked: it is the old site's.)
        act reload_nginx
    fi
}

offer_nginx_site() {
    local text former
    mapfile -t former < <(former_nginx_site)
    text=$(render "$here/nginx/site.conf") || exit
    offer "$conf/site.conf" "${former[@]}" <<<"$text"
}

# What versions without checksums wrote there with the options of the last installation, with IPv6 and without.
former_nginx_site() {
    local names=${former_place%%:*} port=${former_place#*:} all='' include='include "/etc/nginx/imagebed'
    port=${port%%/*}
    [ -n "$names" ] || all=" default_server"
    echo "$include/http.conf\"; server { listen $port$all; server_name ${names:-_}; $include/locations.conf\"; }"
    echo "$include/http.conf\"; server { listen $port$all; listen [::]:$port$all; server_name ${names:-_}; $include/locations.conf\"; }"
}
