# shellcheck shell=bash disable=SC2154,SC2034  # what is not set here another part sets, and the other way round
# Taking the place of an EasyImages site behind nginx, and giving it back. install.sh reads this file and old-site.sh for these two
# alone: they are about another site's configuration, which an ordinary installation never looks at. Nothing of the old site is
# changed but which file nginx reads: its own is put aside and comes back as it was. The order is that of the work: find the old
# site (old-site.sh), import, try on a socket, switch, give back.

# shellcheck source=nginx/old-site.sh
source "$here/nginx/old-site.sh"
# shellcheck source=nginx/old-server.sh
source "$here/nginx/old-server.sh"

aside=/etc/imagebed/replaced side_socket=/run/imagebed-side.sock

# Whether the old site's file is put aside now.
is_taken_over() { [ -d "$aside" ] && [ -n "$(ls -A "$aside")" ]; }

# --- Import

# Reads what the old site knows; PHP's files stay as they are. Done again it adds only what is new. It may take hours.
import_old_site() {
    if [ -z "$dry_run" ]; then
        "$lib/imagebed" import easyimages "$old_site" --data "$data" >&2 6>&- 7>&- 8>&-
    elif [ -x "$bin/imagebed" ]; then
        "$bin/imagebed" import easyimages "$old_site" --dry-run --data "$data" >&2
    else
        say "would run: imagebed import easyimages $old_site"
    fi
}

# --- Try on a socket, then switch. Whatever goes wrong or is interrupted until the end, the old site is back at once.

take_over() {
    take_hsts
    render_web
    offer "$conf/replacing.conf" <<<"$old_server"
    if [ -n "$dry_run" ]; then
        say "would try an upload, a thumbnail and a deletion on the socket $side_socket, then"
        say "would move ${old_files[*]} to $aside${old_rests[*]:+, leave the other sites of ${!old_rests[*]} there}, link $nginx_link to $conf/replacing.conf, and reload nginx"
        return
    fi
    trap 'undo_takeover' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    try_aside
    switch_sites
    trap - EXIT INT TERM HUP
    # What PHP stored between the import and now.
    import_old_site || say "that last import failed, see above: sudo imagebed import easyimages $old_site does it again"
    say "the old site's file is in $aside; sudo $share/install.sh rollback gives it its place back"
}

undo_takeover() {
    local status=$?
    trap '' INT TERM HUP
    rm -f "$trial_link"
    if is_taken_over; then
        rm -f "$nginx_link"
        bring_back
    fi
    reload_nginx || true
    say "nothing of the old site was changed; it has its place as before"
    look_at_old_site || say "$advice"
    [ -n "$still_ours" ] || stop_responders || true
    exit "$status"
}

# Our server block beside the old site, on a socket where only root makes files: any user could take a port, and be sent tokens.
try_aside() {
    # Where this site was beside the old one, it ends there now.
    rm -f /etc/nginx/sites-enabled/imagebed
    # One whose nginx was killed would keep this one from listening.
    grep -qF " $side_socket" /proc/net/unix || rm -f "$side_socket"
    put "$conf/side.conf" <<END
include "$conf/http.conf";
server {
    listen unix:$side_socket;
    server_name _;
    $([ -n "$lacks_realip" ] || echo "set_real_ip_from unix:; real_ip_header X-Real-IP;")
    include "$conf/locations.conf";
}
END
    ln -sfn "$conf/side.conf" "$trial_link"
    test_nginx || fail "nginx does not take the new site's configuration, see above"
    reload_nginx
    wait_for http://localhost "$side_socket" || fail "the new programs do not answer; see $(logs)"
    try_out
    rm "$trial_link" "$conf/side.conf"
}

# (What opens something is given to curl past its arguments, which everybody on the machine can read.)
# One upload, its thumbnail and its deletion, at the paths that the old site's clients use. A picture of this machine is no
# visitor's, so where tokens and visitors may not upload it comes with a key made for it.
try_out() {
    local answer='' token url thumb link type picture=$htdocs/404.png
    if [ "$(imagebed settings get show_delete_links)" = on ]; then
        for token in $(old_tokens); do
            answer=$(ask /api/index.php -F "image=@$picture;filename=first.png" -F "token=<-" < <(printf %s "$token"))
            case $answer in *'"code":20'[1235]*) ;; *) break ;; esac
        done
    fi
    case $answer in
        '' | *'"code":20'[1235]*)
            say "no token of the old site may upload now${answer:+ ($answer)}: trying with a key"
            answer=$(upload_with_key) ;;
    esac
    [[ $answer == *'"code":200'* ]] || fail "the upload failed: ${answer:-no answer}"
    url=$(path_of url)
    thumb=$(path_of thumb)
    link=$(path_of del)
    type=$(ask "$url" -o /dev/null -w '%{http_code} %{content_type}')
    [[ $type == "200 image/"* ]] || fail "the picture of the upload is not there: $url answers $type"
    type=$(ask "$thumb" -o /dev/null -w '%{http_code} %{content_type}')
    [[ $type == "200 image/"* ]] || fail "there is no thumbnail: $thumb answers $type"
    answer=$(ask "${link%%\?*}" -G -d @- < <(printf %s "${link#*\?}"))
    [[ $answer == *'"code":200'* ]] || fail "the deletion failed: $answer"
    type=$(ask "$url" -o /dev/null -w '%{http_code}')
    [[ $type == 404 || $url == *hide.php* ]] || fail "the deleted picture is still there: $url answers $type"
    say "tried: an upload, its picture, thumbnail and deletion"
}

ask() { ask_site "http://localhost$1" "$side_socket" -m 30 -H 'X-Real-IP: 127.0.0.1' "${@:2}"; }

# The path in the answer's URL of this name, without what means something to curl. Before the picture tree may be another host's path.
path_of() {
    local url tree LC_ALL=C
    url=$(member "$1" <<<"$answer") tree=$(imagebed settings get uploads_path)
    case $1$url in url*"$tree"*) url=$tree${url#*"$tree"} ;; *) url=$(sed -E 's|^[a-z]+://[^/]*||' <<<"$url") ;; esac
    [[ $url =~ ^/[A-Za-z0-9._~%+,:@=\&?/-]+$ ]] || fail "the answer to the upload has no $1 that can be followed: $(printf %q "$url")"
    echo "$url"
}

old_tokens() { old_file config/api_key.php | sed -n "s/^[[:space:]]*['\"]\([A-Za-z0-9_]*\)['\"][[:space:]]*=>[[:space:]]*[Aa]rray.*/\1/p" | head -n 50; }

upload_with_key() {
    local admin made
    admin=$(imagebed user list --json | sed 's/},/},\n/g' | grep '"role":"admin"' | member name)
    made=$(imagebed key create --user "$admin" --name takeover --expires-days 1 --json)
    ask /api/v1/upload.php -F "image=@$picture;filename=first.png" -F "token=<-" < <(member key <<<"$made" | tr -d '\n')
    imagebed key revoke "$(sed -n 's/.*"id" *: *\([0-9]*\).*/\1/p' <<<"$made")" >/dev/null
}

switch_sites() {
    put_aside
    ln -s "$conf/replacing.conf" "$nginx_link"
    test_nginx || fail "nginx does not take the new site's configuration, see above"
    reload_nginx
    wait_for "$site_url" "$site_host" || fail "the new site does not answer at $site_url ($seen)"
}

# --- Give back

# Puts the old site's files where they were.
bring_back() {
    local file
    for file in "$aside"/*; do mv -- "$file" "$(tr % / <<<"${file##*/}")"; done
    rmdir "$aside"
}

# Our site out, the old one in, unless nginx does not take that.
give_back() {
    if [ -n "$dry_run" ]; then
        say "would remove $nginx_link, move the files of $aside back, and reload nginx"
        return
    fi
    local files
    files=$(cd "$aside" && echo *)
    rm -f "$nginx_link"
    bring_back
    if ! test_nginx; then
        local file
        mkdir -p "$aside"
        for file in $files; do mv -- "$(tr % / <<<"$file")" "$aside/$file"; done
        ln -s "$conf/replacing.conf" "$nginx_link"
        fail "nginx does not take the old site's configuration any more, see above; the new site goes on"
    fi
    if nginx_runs; then reload_nginx; fi
}

# Asks at each address of the old site and says what was seen; fails where one does not answer. Sets whether nginx still has our
# site there, which it has until it has read its configuration.
look_at_old_site() {
    local scheme host port name url status='' bad=''
    still_ours=''
    find_nginx
    while read -r _ scheme host port name; do
        url=$(url_of "$scheme" "$name" "$port")/index.php
        if ! wait_until_not_ours "${url%/index.php}" "$host"; then
            still_ours=yes bad=yes
            say "$url is still answered by the new site: nginx has not read its configuration"
            continue
        fi
        status=$(settled_status "$url" "$host")
        case $status in
            000 | '') bad=yes; say "$url does not answer" ;;
            5*) bad=yes; say "$url answers with HTTP status $status" ;;
            *) say "the old site answers at $url with HTTP status $status" ;;
        esac
    done < <(nginx_says addresses)
    [ -z "$bad" ] || return 1
    [ -n "$status" ] || { say "no site of nginx has $old_site as its root"; return 1; }
}

# The status of an answer; one that is missing or a failure may be that of a worker of nginx that has not ended since the reload, so
# it is asked for again for five seconds.
settled_status() {
    local end=$((SECONDS + 5)) status
    while true; do
        status=$(curl -sk -m 20 -o /dev/null -w '%{http_code}' --connect-to "::$2:" "$1") || true
        case $status in 000 | '' | 5*) [ $SECONDS -lt $end ] || break ;; *) break ;; esac
        sleep 0.1
    done
    echo "$status"
}

wait_until_not_ours() {
    local turn
    for turn in {1..100}; do
        [[ $(curl -sk -m 5 --connect-to "::$2:" "$1/api/v1/stats.php") == '{"success":true,'* ]] || return 0
        sleep 0.1
    done
    return 1
}

advice="The old site's files are where they were, but it does not answer as it should. See whether nginx runs and has read them
(nginx -t, then systemctl restart nginx), whether its PHP runs (systemctl status 'php*-fpm'), and /var/log/nginx/error.log; then
run this again: sudo install.sh rollback looks at it once more."

roll_back() {
    [ "$(id -u)" = 0 ] || [ -n "$dry_run" ] || fail "this needs root: sudo ./install.sh rollback"
    install_settings
    if is_taken_over; then
        give_back
    elif [ -z "$old_site" ] || [ -n "$beside" ]; then
        say "no site was taken over here"
        return
    else
        say "the old site has its place back already"
        reload_nginx || true
    fi
    if [ -n "$dry_run" ]; then stop_responders; return; fi
    local answers=yes
    look_at_old_site || answers=''
    [ -n "$still_ours" ] || stop_responders
    [ -n "$answers" ] || fail "$advice"
    say "Pictures that came since are in its tree; accounts, tokens and settings as they are now go to its files with:"
    say "imagebed export easyimages DIR. What was imported stays in $data; --from-easyimages takes over again."
}
