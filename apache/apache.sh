# shellcheck shell=bash disable=SC2154,SC2034  # what is not set here another part sets, and the other way round
# The site on Debian's apache2.

apache_site=/etc/apache2/sites-available/imagebed.conf usual_apache_link=/etc/apache2/sites-enabled/00-imagebed.conf
apache_link=$usual_apache_link

# What it will open beside our port when it is started: lines "PORT FILE". Debian's package brings one; what is indented in its file is
# for TLS.
apache_ports() {
    local indent='' file
    if apache_runs; then return; fi
    if ! is_installed apache2; then echo "80 /etc/apache2/ports.conf"; return; fi
    [ ! -e /etc/apache2/mods-enabled/ssl.load ] || indent='[[:space:]]*'
    apache_files | while read -r file; do
        sed -nE "s#^${indent}Listen +([^ ]*:)?([0-9]+)( .*)?\$#\2 $file#p" "$file"
    done | sort -u
}

# What its configuration consists of, but our site.
apache_files() {
    find -L /etc/apache2/*.conf /etc/apache2/{conf,mods,sites}-enabled -name '*.conf' ! -path "$apache_link" 2>/dev/null || true
}

# Where no name is given, the first site in the alphabet is the one for all names.
install_apache() {
    local site=$apache_site
    keep_former "$conf" "$apache_site"
    render_web
    if [ -n "$old_site" ] && [ -z "$beside" ]; then
        site=$conf/replacing.conf
    else
        offer_apache_site
    fi
    enable_apache_modules
    enable_site "$site" "$apache_link" test_apache
    start_web apache2 apache_runs reload_apache "apache2ctl start"
}

# Those that locations.conf needs.
enable_apache_modules() {
    act a2enmod -q alias buffer deflate dir env filter headers macro mime proxy proxy_fcgi reqtimeout rewrite setenvif xsendfile ${behind_proxy:+remoteip} >&2
}

# A port that some other file of Apache's opens is not opened twice: it would not start at all then.
offer_apache_site() {
    local text former files listens=$port listens_too=''
    mapfile -t files < <(apache_files)
    if [ -n "$behind_proxy" ] && [ "$address" != 0.0.0.0 ]; then
        listens=127.0.0.1:$port
        [ "$address" = 127.0.0.1 ] || listens_too=$address:$port
    fi
    ! grep -qsE "^ *Listen +([^ ]*:)?$port( |$)" "${files[@]}" /dev/null || listens='' listens_too=''
    mapfile -t former < <(former_apache_site)
    text=$(render "$here/apache/site.conf") || exit
    offer "$apache_site" "${former[@]}" <<<"$text"
}

# What versions without checksums wrote there with the options of the last installation.
former_apache_site() {
    local name=${former_place%%:*} port=${former_place#*:} block
    port=${port%%/*}
    block="<VirtualHost *:$port> ServerName ${name:-localhost} Include \"/etc/apache2/imagebed/locations.conf\" </VirtualHost>"
    printf '%s\n' "$block" "Listen $port $block"
}
