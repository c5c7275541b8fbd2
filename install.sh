#!/bin/bash
# Installs, updates, removes and runs an ImageBed site, and makes its Debian package, for servers without a compiler. Here are the options and
# what is remembered of them; the work is done by the parts, each about one matter. Those of a web server lie beside the
# templates that they render (nginx/, apache/).
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# A package has all of this in one folder, and the copy that its installation has made is not to be installed from.
packaged='' package_folder=/usr/libexec/imagebed
if [ "$here" = /usr/share/imagebed ] && [ -d "$package_folder" ]; then here=$package_folder; fi
[ "$here" != "$package_folder" ] || packaged=yes
# In a package and an installed site the other parts lie beside this file.
parts=$here/install
[ -d "$parts" ] || parts=$here/Sources/imagebed/install
# shellcheck disable=SC2034  # render reads these by name
lib=/usr/lib/imagebed share=/usr/share/imagebed state=/etc/imagebed/install.conf web_user=www-data web_group=www-data
service_user=imagebed service_group=imagebed receivers=/etc/imagebed/events.d receivers_user=imagebed-events receivers_data=/var/lib/imagebed-events
nginx_link=/etc/nginx/sites-enabled/imagebed
unit_folder=/etc/systemd/system assets=''

# shellcheck source=Sources/imagebed/install/words.sh
source "$parts/words.sh"
# shellcheck source=Sources/imagebed/install/written.sh
source "$parts/written.sh"
# shellcheck source=Sources/imagebed/install/templates.sh
source "$parts/templates.sh"
# shellcheck source=Sources/imagebed/install/control.sh
source "$parts/control.sh"
# shellcheck source=Sources/imagebed/install/packages.sh
source "$parts/packages.sh"
# shellcheck source=Sources/imagebed/install/toolchain.sh
source "$parts/toolchain.sh"
# shellcheck source=Sources/imagebed/install/build.sh
source "$parts/build.sh"
# shellcheck source=Sources/imagebed/install/run.sh
source "$parts/run.sh"
# shellcheck source=Sources/imagebed/install/site.sh
source "$parts/site.sh"
# shellcheck source=Sources/imagebed/install/upgrade.sh
source "$parts/upgrade.sh"
# shellcheck source=Sources/imagebed/install/units.sh
source "$parts/units.sh"
# shellcheck source=Sources/imagebed/install/daemons.sh
source "$parts/daemons.sh"
# shellcheck source=Sources/imagebed/install/web.sh
source "$parts/web.sh"
# shellcheck source=Sources/imagebed/install/offered.sh
source "$parts/offered.sh"
# shellcheck source=Sources/imagebed/install/greeting.sh
source "$parts/greeting.sh"
# shellcheck source=Sources/imagebed/install/proxied.sh
source "$parts/proxied.sh"
# shellcheck source=Sources/imagebed/install/access.sh
source "$parts/access.sh"
# shellcheck source=Sources/imagebed/install/package.sh
source "$parts/package.sh"
# shellcheck source=Sources/imagebed/install/local.sh
source "$parts/local.sh"
# shellcheck source=Sources/imagebed/install/image.sh
source "$parts/image.sh"
# shellcheck source=Sources/imagebed/install/uninstall.sh
source "$parts/uninstall.sh"
# shellcheck source=nginx/nginx.sh
source "$here/nginx/nginx.sh"
# shellcheck source=apache/apache.sh
source "$here/apache/apache.sh"

usage() {
    cat <<'END'
Usage: sudo ./install.sh [OPTIONS]      make the Debian package and install or update the site with it; run twice it changes nothing
       ./install.sh run [OPTIONS]       run the whole site in the foreground, out of this folder, as any user
       ./install.sh deb                 make a Debian package in dist/, for apt install; a server needs no compiler for it
       sudo ./install.sh image          make a container image in dist/, for docker load and podman load (docs/container.md)
       sudo ./install.sh uninstall      remove what was installed; the data folder stays
       sudo ./install.sh --from-easyimages DIR     take the place of the EasyImages site in DIR, behind the same nginx,
                                        or with --web apache behind the same Apache; with --port or --domain: serve its pictures
                                        and accounts beside it
       sudo ./install.sh rollback       give that site its place back

  --port N         the port of the web server (80; run: 8080)
  --domain NAME    the name of the site, or several (the first stands in links); without it the site answers to every name
  --prefix /PATH   the site lies below this path
  --behind-proxy   another web server is in front of the site, which listens on 127.0.0.1 alone, on the --port N that you name, and
                   touches no other site; prints what goes into the configuration of that server (imagebed proxy-block)
  --trusted-proxy ADDR  a proxy in front is at this address or in this network too, such as 172.18.0.0/16; may be given several times
  --data DIR       the data folder (/var/lib/imagebed; run: ./var)
  --leave-rules    take over although some rules of the old server block have no effect any more (they are listed)
  --dry-run        say what an installation would do, and do nothing
  --processes N    run: how many processes serve each path (upload 4, rare pages 1, others 2)
  --listen ADDR    run, and --behind-proxy: the address to listen on (127.0.0.1; 0.0.0.0: all, for a proxy in a container)
  --web SERVER     nginx or apache (nginx)
  --toolchain-url URL  where no Swift 6 is here to build with, fetch swift.org's toolchain from this mirror of download.swift.org, or
                   this archive (.tar.gz); wherever it comes from, its SHA-256 must be the one that this script knows
  --no-download    fetch no toolchain
  --no-web-server  deb: the package wants no web server of Debian's, for a server whose nginx is a panel's (BT, OneinStack)
  --default-token refuse|replace|keep-until DATE     with --from-easyimages: what becomes of the token that came with every
                   EasyImages site; without this a terminal is asked, and else it is refused

IMAGEBED_BIN names a folder with built executables, which then are not built again; IMAGEBED_WEB is another way to say --web.
END
}

# --- Options

read_options() {
    action=install port='' domains='' prefix='' data='' dry_run='' processes='' address=127.0.0.1 web=${IMAGEBED_WEB:-nginx}
    given=" " old_site='' beside='' user_is_known='' old_tree='' tree_of='' leave_rules='' old_log='' default_token=()
    behind_proxy='' was_behind_proxy='' proxies='' toolchain_url='' no_download='' no_web_server=''
    case ${1-} in install | run | deb | image | uninstall | rollback) action=$1; shift ;; esac
    while [ $# -gt 0 ]; do
        case $1 in
            --dry-run) dry_run=yes; shift; continue ;;
            --leave-rules) leave_rules=yes; shift; continue ;;
            --no-download) no_download=yes; shift; continue ;;
            --no-web-server) no_web_server=yes given+="$1 "; shift; continue ;;
            --behind-proxy) behind_proxy=yes given+="$1 "; shift; continue ;;
            -h | --help) usage; exit 0 ;;
            --port | --domain | --prefix | --data | --processes | --listen | --web | --from-easyimages | --default-token | --trusted-proxy | --toolchain-url) ;;
            *) usage >&2; exit 2 ;;
        esac
        [ $# -ge 2 ] || refuse "$1 needs a value"
        given+="$1 "
        case $1 in
            --port) port=$2 ;; --domain) domains+=" ${2//,/ }" ;; --prefix) prefix=${2%/} ;; --data) data=$2 ;;
            --processes) processes=$2 ;; --listen) address=$2 ;; --web) web=$2 ;; --from-easyimages) old_site=$2 ;;
            --default-token) default_token=("$1" "$2") ;;
            --trusted-proxy) proxies+=" ${2//,/ }" ;; --toolchain-url) toolchain_url=$2 ;;
        esac
        if [ "$1 $2" = "--default-token keep-until" ]; then default_token+=("${3-}"); shift $(($# > 2)); fi
        shift 2
    done
}

# What was chosen at the last installation is the default of the next one.
default_options() {
    if [[ $action != @(run|deb|image) && -r $state ]]; then
        local name value
        while IFS='=' read -r name value; do
            case $name in
                port) port=${port:-$value} ;; data) data=${data:-$value} ;;
                web) former_web=$value; [[ $given == *" --web "* ]] || web=$value ;;
                domain) [[ $given == *" --domain "* ]] || domains=$value ;;
                prefix) [[ $given == *" --prefix "* ]] || prefix=$value ;;
                place) former_place=$value ;;
                behind_proxy) was_behind_proxy=$value behind_proxy=${behind_proxy:-$value} ;;
                listen) [[ $given == *" --listen "* ]] || address=$value ;;
                default_site_removed) default_site_removed=$value ;;
                old_site) old_site=${old_site:-$value} ;;
                beside) beside=$value ;;
                nginx_link) nginx_link=$value ;;
                apache_link) apache_link=$value ;;
                site_url) site_url=$value ;;
                site_host) site_host=$value ;;
                service_user) service_user=$value user_is_known=yes ;;
                old_tree) old_tree=$value ;; log) old_log=$value ;;
            esac
            [ "$name" != old_site ] || tree_of=$value
        done <"$state"
        [ -n "$user_is_known" ] || read_former_user
    fi
    if [ "$action" = run ]; then port=${port:-8080} data=${data:-$here/var}; fi
    port=${port:-80} data=$(realpath -m -- "${data:-/var/lib/imagebed}")
    name_site "$domains"
    place="$domain:$port$prefix"
}

# The names of the site, of which the first stands in links: name_site "NAMES"
name_site() {
    local names
    read -ra names <<<"$1"
    # shellcheck disable=SC2034  # templates have the aliases
    domains=${names[*]-} domain=${names[0]-} aliases=${names[*]:1}
}

# Nothing that means something to sed, a shell, or a web server's configuration gets into a template.
check_options() {
    [[ $port =~ ^[1-9][0-9]{0,4}$ && $port -le 65535 ]] || refuse "--port is a number from 1 to 65535"
    [[ $domains =~ ^[A-Za-z0-9.\ -]*$ ]] || refuse "--domain is a host name such as img.example.org, or several"
    [[ $prefix =~ ^(/[A-Za-z0-9_-]+)*$ ]] || refuse "--prefix is a path of letters, digits, - and _, such as /pictures"
    [[ $address =~ ^[0-9.]+$ ]] || refuse "--listen is an IPv4 address"
    [[ $processes =~ ^([1-9][0-9]{0,2})?$ ]] || refuse "--processes is a number from 1 to 999"
    [[ $web == nginx || $web == apache ]] || refuse "--web is nginx or apache"
    [[ $action = install || $given != *" --from-easyimages "* ]] || refuse "--from-easyimages is for an installation"
    [[ "${default_token[*]-}" =~ ^(--default-token\ (refuse|replace|keep-until\ [0-9]{4}-[0-9]{2}-[0-9]{2}))?$ ]] ||
        refuse "--default-token is refuse, replace or keep-until with a day such as 2027-03-31"
    [[ -z $no_web_server || $action = deb ]] || refuse "--no-web-server is for deb"
    [[ -z ${default_token[*]-} || -n $old_site ]] || refuse "--default-token is for --from-easyimages"
    [[ $toolchain_url =~ ^((https?|file)://[][A-Za-z0-9._~:/@%+-]+)?$ ]] || refuse "--toolchain-url is an address such as https://mirror.example.org/swift"
    check_proxy_options
    local path
    check_name "$here"
    for path in "$data" "$old_site" "$old_tree"; do check_folder "$path"; done
    [[ $service_user =~ ^[a-z_][a-z0-9_-]*[$]?$ && $service_user != root ]] || refuse "$state: $service_user is no user for a service"
}

# A folder whose name gets into units, scripts and configuration.
check_folder() {
    check_name "$1"
    [[ $action = run || $1 != *[[:space:]]* ]] || refuse "$1: no spaces in --data and --from-easyimages, please"
}

check_name() {
    case $1 in
        *[\"\'\`\\\$\;{}\|\&#%\<\>*?]* | *[[:cntrl:]]*) refuse "$(printf %q "$1"): this program cannot use a folder with such a name" ;;
    esac
}

# What the next installation and uninstalling have to know.
remember() {
    # (There is no secret in it: the command line and the doctor read it too.)
    put "$state" 644 <<END
port=$port
domain=$domains
prefix=$prefix
data=$data
web=$web
place=$place
default_site_removed=$default_site_removed
old_site=$old_site
beside=$beside
nginx_link=$nginx_link
apache_link=$apache_link
site_url=$site_url
site_host=$site_host
service_user=$service_user
old_tree=$old_tree
log=$old_log
behind_proxy=$behind_proxy
listen=$address
END
}

# --- Begin

main() {
    shopt -s lastpipe nullglob
    default_site_removed='' former_place='' former_web='' changed='' site_url='' site_host='' responder_table='' default_in_the_way='' new_link=''
    told=${IMAGEBED_TOLD-}
    unset IMAGEBED_TOLD
    read_options "$@"
    default_options
    check_options
    # shellcheck source=nginx/takeover.sh
    if [ -n "$old_site" ] || [ "$action" = rollback ]; then source "$here/nginx/takeover.sh"; fi
    case $action in
        rollback)
            # (What is of the package is known to the copy of this script that came with it.)
            [ -n "$packaged" ] || [ ! -x "$package_folder/install.sh" ] || exec "$package_folder/install.sh" "$@"
            roll_back ;;
        run) run_site ;;
        deb) make_package ;;
        image) make_image ;;
        uninstall) uninstall ;;
        install) install_site "$@" ;;
    esac
    exit
}

# The tests read this file for its functions.
[ "${BASH_SOURCE[0]}" != "$0" ] || main "$@"
