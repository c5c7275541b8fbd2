# shellcheck shell=bash disable=SC2154,SC2034  # what is not set here another part sets, and the other way round
# The EasyImages site to replace behind Debian's Apache: its virtual hosts, and those of ours made from them. `imagebed old-site` reads
# Apache's configuration; here is what runs before and after that.

# All of it, with included files and without what does not count, as mod_info prints it.
apache_configuration() { apache2ctl -t -D DUMP_CONFIG -C 'LoadModule info_module /usr/lib/apache2/modules/mod_info.so' 2>/dev/null || true; }

# What the program makes of it: from_apache PROGRAM WHAT OPTION…
from_apache() { "$1" old-site "$old_site" --tell "${@:2}" <<<"$old_configuration"; }

read_old_server_apache() {
    local files scheme name
    command -v apache2ctl >/dev/null || fail "Debian's Apache is not installed here; --web nginx is for a site behind nginx"
    untold on_stderr test_apache || fail "Apache does not take its configuration as it is, see above; nothing was changed"
    apache_runs || [ -n "$dry_run" ] || fail "Apache does not run, so there is no site to take over"
    old_configuration=$(apache_configuration)
    [[ $old_configuration == *"# In file: "* ]] ||
        fail "Apache does not print its configuration (apache2ctl -t -D DUMP_CONFIG, with the module info): install the package apache2-bin whole"
    require_packages
    find_executables
    old_files=() old_server='' old_log=''
    if [ -n "$dry_run" ] && ! "$bin/imagebed" --version >/dev/null 2>&1; then
        say "which virtual hosts would be taken over is not told: the programs are not built yet"
        return
    fi
    files=$(untold from_apache "$bin/imagebed" files) || fail "nothing was changed"
    mapfile -t old_files <<<"$files"
    old_server=$(untold from_apache "$bin/imagebed" hosts --configuration "$conf") || fail "nothing was changed"
    read -r _ scheme site_host port name < <(from_apache "$bin/imagebed" addresses) || fail "the site in $old_site has no address"
    name_site "$name"
    site_url=$(url_of "$scheme" "$name" "$port")
    # In the alphabet it comes right before that file.
    apache_link=${old_files[0]%.conf}-imagebed.conf
    say "$old_site is served by ${old_files[*]}: ${domain:-any name}, port $port; its pictures belong to $service_user"
}

old_addresses_apache() {
    old_configuration=$(apache_configuration)
    from_apache "$lib/imagebed" addresses || true
}

# Rollback leaves these modules enabled: by themselves they do nothing.
prepare_apache() { enable_apache_modules; }

# It comes last, so that it is no address's first host, which answers to every name.
side_link_apache() { echo "$(dirname "$apache_link")/~imagebed-side.conf"; }

# Apache listens on no socket but those of addresses. So ours is tried where the old site is, under a name that nobody else knows, and for
# this machine alone; any user could take another port, and be sent tokens.
offer_side_apache() {
    local name scheme port
    name=imagebed-$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n').invalid
    rm -f "$usual_apache_link"
    read -r _ scheme side_host port _ < <(from_apache "$bin/imagebed" addresses) || fail "the site in $old_site has no address"
    side_url=$scheme://$name:$port
    require_own_listener "$side_url"
    from_apache "$bin/imagebed" trial --configuration "$conf" --name "$name" | put "$conf/side.conf" 600
}
