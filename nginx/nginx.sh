# shellcheck shell=bash disable=SC2154,SC2034  # what is not set here another part sets, and the other way round
# The site on Debian's nginx.

nginx_runs() { is_process /run/nginx.pid; }

# Sites of nginx that want every name on the port.
default_sites() { grep -lE "^[^#]*listen[^#;]*\b$port\b[^#;]*default_server" /etc/nginx/sites-enabled/* /etc/nginx/conf.d/*.conf 2>/dev/null; }

# Debian's own first page gives way where nobody has changed it; anything else is the operator's.
clear_default_sites() {
    local site md5
    for site in $(default_sites); do
        case $site in
            */imagebed) continue ;;
            */default)
                md5=$(md5sum <"$site" | cut -d' ' -f1)
                if [ -L "$site" ] && dpkg-query -W -f '${Conffiles}\n' nginx-common | grep -q "sites-available/default $md5"; then
                    act rm "$site"
                    default_site_removed=yes
                    continue
                fi ;;
        esac
        fail "$site is the default site on port $port already: give --domain NAME or another --port"
    done
}

install_nginx() {
    render_folder nginx "$conf"
    enable_site "$conf/$([ -n "$old_site" ] && [ -z "$beside" ] && echo replacing || echo site).conf" "$nginx_link" nginx -t -q
    start_web nginx nginx_runs "nginx -s reload" nginx
}
