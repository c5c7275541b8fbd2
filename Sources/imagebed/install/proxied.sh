# shellcheck shell=bash disable=SC2154,SC2034  # what is not set here another part sets, and the other way round
# A site behind another web server, a proxy: where it listens, whom it believes about its visitors' addresses, and what the proxy is told.

# These options are about an installation, and the port is one that nobody else has: where the proxy finds the site.
check_proxy_options() {
    local proxy list number='(25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})'
    read -ra list <<<"$proxies"
    [ -n "$behind_proxy" ] || [ -z "$proxies" ] || refuse "--trusted-proxy is for a site with --behind-proxy"
    for proxy in "${list[@]}"; do
        [[ $proxy =~ ^($number\.){3}$number(/(3[0-2]|[12]?[0-9]))?$ || $proxy =~ ^[0-9A-Fa-f]*:[0-9A-Fa-f:.]+(/[0-9]{1,3})?$ ]] ||
            refuse "--trusted-proxy $(printf %q "$proxy"): it is an address or a network, such as 172.18.0.0/16"
    done
    [[ $given == *" --behind-proxy "* ]] || return 0
    [ "$action" = install ] || refuse "--behind-proxy is for an installation"
    [[ $given == *" --port "* || -n $was_behind_proxy ]] ||
        refuse "--behind-proxy needs --port N, a free port on which the proxy finds the site, such as --port 8090"
}

# Sets where the web server listens, in the words of its templates. This machine asks the site itself too, at 127.0.0.1.
listen_behind_proxy() {
    ipv6=''
    [ "$address" != 0.0.0.0 ] || return 0
    listen=127.0.0.1:$port$default_server
    [ "$address" = 127.0.0.1 ] || listen_too=$address:$port$default_server
}

# Before anything is installed: the address is one of this machine, and nobody at all has the port.
check_proxied_place() {
    case $address in 127.* | 0.0.0.0) ;; *)
        [[ " $(hostname -I) " == *" $address "* ]] || fail "--listen $address: this machine does not have that address (it has $(hostname -I))" ;;
    esac
    local other
    # (Also no other site of the web server's own: on 127.0.0.1 this one would take its place.)
    other=$(listeners_on "$port")
    [ -z "$other" ] || has_port_already || refuse_port "${other%%$'\n'*}"
}

# A web server that is new here would not start where its package's first page wants a port that a proxy has: that page gives way then.
default_gives_way() { # PORT FILE
    [ -n "$behind_proxy" ] && [ "$2" = /etc/nginx/sites-enabled/default ] && [ -n "$(listeners_on "$1")" ] || return 1
    default_in_the_way=yes
}

# The links of a replaced site begin with its own address, whose path is then where this one has to be.
check_old_path() {
    local address path=''
    address=$(old_setting domain '')
    [[ ! $address =~ ^https?://[^/]+(/.*[^/])/*$ ]] || path=${BASH_REMATCH[1]}
    [ "$path" != "$prefix" ] || return 0
    refuse "links of $old_site begin with $(printf %q "$address") (domain in its config/config.php), so \
$([ -n "$path" ] && printf 'it lies below %q: give --prefix %q' "$path" "$path" || echo "it lies below no path: leave --prefix out, or put domain right")"
}

# Sets the address that links begin with instead of the old site's, which may be that of a container, where a name is given: `new_address`.
# A site that is only tried beside the old one keeps the old one's.
choose_address() {
    local old scheme=http
    new_address=()
    [ -n "$behind_proxy" ] && [[ $given == *" --domain "* && -n $domain ]] || return 0
    old=$(old_setting domain '')
    [[ $old != https:* ]] || scheme=https
    [[ $old =~ ^https?://"$domain"([:/]|$) ]] || new_address=(--base-url "$scheme://$domain$prefix")
}

# What the site believes its proxies about, beside what it does already.
trust_proxies() {
    [[ $given == *" --behind-proxy "* || -n $proxies ]] || return 0
    local known='' proxy missing=''
    [ -n "$dry_run" ] || known=$(imagebed settings get trusted_proxies)
    for proxy in 127.0.0.1 ::1 $proxies; do
        [[ ,${known//[[:space:]]/,}, == *",$proxy,"* ]] || missing+=,$proxy
    done
    [ -z "$missing" ] || act imagebed settings set trusted_proxies "${known:+$known,}${missing#,}" >&2
}

# What the proxy in front has to be told.
tell_of_proxy() {
    say "the site listens on port $port for the proxy in front of it, whose server block gets these lines:"
    "$lib/imagebed" proxy-block nginx
    [ -z "$old_site" ] || say "links begin with $(imagebed settings get base_url); another address: sudo imagebed settings set base_url https://${domain:-NAME}$prefix"
    say "(imagebed proxy-block apache, bt or 1panel prints them for Apache and the panels.)"
    [ -z "$old_site" ] || say "When the proxy has them, once more for what came meanwhile: sudo imagebed import easyimages $old_site"
}
