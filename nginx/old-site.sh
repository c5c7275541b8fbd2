# shellcheck shell=bash disable=SC2154,SC2034  # what is not set here another part sets, and the other way round
# The EasyImages site to replace, as its own settings have it, and whose it is.

# Sets what is known of the old site: its folder and picture tree, who owns that, its files, and the server blocks to take over.
find_old_site() {
    old_site=$(realpath -e -- "$old_site" 2>/dev/null) || refuse "--from-easyimages: there is no such folder"
    check_folder "$old_site"
    [ -r "$old_site/config/config.php" ] ||
        refuse "$old_site is no EasyImages site: it has no config/config.php (name the folder that holds it)"
    if [ -z "$old_tree" ] || [ "$old_site" != "$tree_of" ]; then find_old_tree; fi
    [ -d "$old_tree" ] || fail "$old_tree, the picture tree of $old_site, is not there"
    local named=no
    [[ $given != *" --port "* && $given != *" --domain "* && $given != *" --prefix "* ]] || named=yes
    if is_taken_over; then
        [ "$named$web" = "no$former_web" ] || refuse "the site has the place of $old_site, its names, ports and web server: rollback comes first"
        if ! takes_over_anew; then return; fi
        begin_anew
    fi
    if [[ $given == *" --from-easyimages "* ]]; then
        beside=${named#no}
    elif [ -z "$beside" ]; then
        fail "the site in $old_site has its place back: --from-easyimages $old_site takes over again"
    fi
    if [ -n "$beside" ]; then
        apache_link=$usual_apache_link
        [ -z "$behind_proxy" ] || check_old_path
        return
    fi
    behind_proxy=''
    [ "$web" = apache ] || [ -n "$(nginx_masters)" ] || ! apache_runs ||
        refuse "nginx does not run here, and Apache does: sudo ./install.sh --from-easyimages $old_site --web apache"
    "read_old_server_$web"
    place="$domain:$port$prefix"
    install_settings
}

# Sets the picture tree and the service's user, its owner. Once they are recorded nobody is asked again: what lies in that folder, and
# whose it is, is in the hands of this very user.
find_old_tree() {
    local setting owner
    setting=$(old_setting path /i/)
    [[ $setting =~ ^(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+/$ ]] || fail "the setting path of $old_site, $(printf %q "$setting"), cannot be served: it is a path such as /i/"
    old_tree=$(realpath -e -- "$old_site$setting" 2>/dev/null) ||
        refuse "$old_site$setting, the folder of pictures by $old_site/config/config.php, is not there"
    check_folder "$old_tree"
    owner=$(owner_of_tree "$old_tree") || exit
    [ "$owner" != root ] || fail "$old_tree belongs to root: chown it to the user that PHP runs as, who the new programs then are too"
    # (Where it was recorded by a version that did not record the tree, it stays.)
    if [ "$old_site" != "$tree_of" ]; then
        service_user=$owner
    elif [ "$owner" != "$service_user" ]; then
        fail "$old_tree belongs to $owner, and this site was installed for $service_user: chown -R $service_user $old_tree"
    fi
    service_group=$(id -gn "$service_user" 2>/dev/null) || service_group=$service_user
}

# One setting of the old site that needs no more than a look; the import reads all of them.
old_setting() {
    local value
    value=$(old_file config/config.php | sed -n "s/^[[:space:]]*['\"]$1['\"][[:space:]]*=>[[:space:]]*['\"]\([^'\"]*\)['\"].*/\1/p" | tail -n 1)
    echo "${value:-$2}"
}

# A file of the old site, which is another user's: no link is followed, and no pipe waited for.
old_file() { { dd if="$old_site/$1" iflag=nofollow,nonblock bs=64k count=64 status=none 2>/dev/null || true; } | tr -d '\0'; }

# url_of SCHEME NAME PORT
url_of() {
    local url=$1://${2:-$(own_address)}
    case $1:$3 in http:80 | https:443) ;; *) url+=:$3 ;; esac
    echo "$url"
}
