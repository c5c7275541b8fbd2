# shellcheck shell=bash disable=SC2154,SC2034  # what is not set here another part sets, and the other way round
# Taking the place of an EasyImages site behind nginx or Apache, and giving it back (give-back.sh). install.sh reads these files for these
# two alone: they are about another site's configuration, which an ordinary installation never looks at. Nothing of the old site is
# changed but which file the web server reads: its own is put aside and comes back as it was. The order is that of the work: find the old
# site (nginx/old-site.sh, apache/old-site.sh), import, try beside it, switch, give back. What is different for each web server ends in
# its name: test_nginx, test_apache.

# shellcheck source=nginx/old-site.sh
source "$here/nginx/old-site.sh"
# shellcheck source=nginx/old-server.sh
source "$here/nginx/old-server.sh"
# shellcheck source=apache/old-site.sh
source "$here/apache/old-site.sh"
# shellcheck source=nginx/give-back.sh
source "$here/nginx/give-back.sh"

# Where the new site is tried: behind Apache at an address that it has already (apache/old-site.sh).
aside=/etc/imagebed/replaced side_socket=/run/imagebed-side.sock side_url=http://localhost side_host=''

# Whether the old site's files are put aside now, or the web server reads ours in their place.
is_taken_over() { [ -n "$(ls -A "$aside" 2>/dev/null)" ] || [ "$(readlink "$(site_link)")" = "$conf/replacing.conf" ]; }

# What the web server reads of our site, in the place of the old site's files.
site_link() {
    local name=${web}_link
    echo "${!name}"
}

# --- Import

# Reads what the old site knows; PHP's files stay as they are. Done again it adds only what is new. It may take hours.
import_old_site() {
    local new_address
    choose_address
    if [ -z "$dry_run" ]; then
        "$lib/imagebed" import easyimages "$old_site" --data "$data" "${default_token[@]}" "${new_address[@]}" >&2 6>&- 7>&- 8>&-
    elif [ -x "$bin/imagebed" ]; then
        "$bin/imagebed" import easyimages "$old_site" --dry-run --data "$data" "${default_token[@]}" "${new_address[@]}" >&2
    else
        say "would run: imagebed import easyimages $old_site"
    fi
}

# --- Try beside it, then switch. Whatever goes wrong or is interrupted until the end, the old site is back at once.

take_over() {
    "prepare_$web"
    take_hsts
    render_web
    offer "$conf/replacing.conf" <<<"$old_server"
    if [ -n "$dry_run" ]; then
        say "would try an upload, a thumbnail and a deletion beside the old site, then"
        say "would move ${old_files[*]} to $aside${old_rests[*]:+, leave the other sites of ${!old_rests[*]} there}, link $(site_link) to $conf/replacing.conf, and reload $web"
        return
    fi
    trap 'undo_takeover' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    try_aside
    switch_sites
    trap - EXIT INT TERM HUP
    # What PHP stored between the import and now.
    import_old_site </dev/null || say "that last import failed, see above: sudo imagebed import easyimages $old_site does it again"
    say "the old site's file is in $aside; sudo $share/install.sh rollback gives it its place back"
}

undo_takeover() {
    local status=$?
    trap '' INT TERM HUP
    rm -f "$("side_link_$web")"
    if is_taken_over; then
        rm -f "$(site_link)"
        bring_back
        rm -rf "$ours"
    fi
    "reload_$web" || true
    say "nothing of the old site was changed; it has its place as before"
    look_at_old_site || say "$(advice)"
    [ -n "$still_ours" ] || stop_responders || true
    exit "$status"
}

prepare_nginx() { true; }

side_link_nginx() { echo "$trial_link"; }

# Our server block beside the old site, on a socket where only root makes files: any user could take a port, and be sent tokens.
offer_side_nginx() {
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
}

try_aside() {
    local link
    link=$("side_link_$web")
    "offer_side_$web"
    ln -sfn "$conf/side.conf" "$link"
    "test_$web" || fail "$web does not take the new site's configuration, see above"
    "reload_$web"
    wait_for "$side_url" "${side_host:-$side_socket}" || fail "the new programs do not answer; see $(logs)"
    try_out
    rm "$link" "$conf/side.conf"
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

ask() { ask_site "$side_url$1" "${side_host:-$side_socket}" -m 30 -H 'X-Real-IP: 127.0.0.1' "${@:2}"; }

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
    ln -s "$conf/replacing.conf" "$(site_link)"
    "test_$web" || fail "$web does not take the new site's configuration, see above"
    "reload_$web"
    wait_for "$site_url" "$site_host" || fail "the new site does not answer at $site_url ($seen)"
}
