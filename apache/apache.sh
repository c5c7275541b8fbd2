# shellcheck shell=bash disable=SC2154,SC2034  # what is not set here another part sets, and the other way round
# The site on Debian's apache2.

apache_runs() { is_process /run/apache2/apache2.pid; }

# Where no name is given, the first site in the alphabet is the one for all names.
install_apache() {
    local listens site=/etc/apache2/sites-available/imagebed.conf
    render_folder apache "$conf"
    listens=''
    grep -qsE "^ *Listen +([^ ]*:)?$port( |$)" /etc/apache2/ports.conf || listens=$port
    render_to "$site" 644 "$here/apache/site.conf"
    act a2enmod -q alias buffer dir env headers macro mime proxy proxy_fcgi reqtimeout rewrite setenvif xsendfile >&2
    enable_site "$site" /etc/apache2/sites-enabled/00-imagebed.conf apache2ctl -t
    start_web apache2 apache_runs "apache2ctl graceful" "apache2ctl start"
}
