# shellcheck shell=bash disable=SC2154,SC2034  # what is not set here another part sets, and the other way round
# Giving the old site its place back: its files come back, unless another program saved one of them meanwhile and it is another one now;
# then the old site is asked what it answers.

# Files in whose place there was another one (outside of what an uninstallation removes), and those of this program that were in their places.
former=/var/backups/imagebed-replaced ours=/etc/imagebed/ours

# --- Files that were put aside

# Where such a file was: place_of FILE
place_of() { tr % / <<<"${1##*/}"; }

# What one holds. (A link is followed from where it was.)
held_by() {
    local target=$1
    if [ -L "$1" ]; then
        target=$(readlink -- "$1")
        [[ $target = /* ]] || target=$(dirname "$(place_of "$1")")/$target
    fi
    cat -- "$target"
}

# The places where another program, such as a panel, has saved a file again. (What this program wrote there is none.)
saved_places() {
    local file place
    for file in "$aside"/*; do
        place=$(place_of "$file")
        if { [ -e "$place" ] || [ -L "$place" ]; } && ! is_unchanged "$place" 2>/dev/null; then echo "$place"; fi
    done
}

# The directives of a configuration: no comments, and no blanks around them.
directives() { sed -E 's/^[[:space:]]+//; s/[[:space:]]+$//; /^(#|$)/d'; }

# Before anything is changed: of two files that say different things only the operator knows which one is right.
check_saved_files() {
    local place file differing=()
    for place in $(saved_places); do
        file=$aside/${place//\//%}
        [ "$(held_by "$file" | directives)" != "$(directives <"$place")" ] || continue
        differing+=("$place")
        say "$place was saved by another program after the takeover. What was put aside is $file; they differ (- put aside, + saved):
$(diff -U 1 <(held_by "$file") "$place" | tail -n +3 | head -n 100)"
    done
    [ ${#differing[@]} = 0 ] || fail "nothing was changed. Remove the one of each pair that is wrong, and run this again:
$(for place in "${differing[@]}"; do echo "  sudo rm $aside/${place//\//%}     the one that was saved counts"
        echo "  sudo mv $aside/${place//\//%} $place     the one that was put aside counts"; done)"
}

# Puts the old site's files where they were. One that was saved again stays as it was saved.
bring_back() {
    local file place saved
    saved=$(saved_places)
    for file in "$aside"/*; do
        place=$(place_of "$file")
        if grep -qxF -e "$place" <<<"$saved"; then
            leave_aside "$file" "$place"
            continue
        fi
        if [ -e "$place" ]; then
            mkdir -p "$ours"
            mv -f -- "$place" "$ours/${file##*/}"
        fi
        mv -- "$file" "$place"
    done
    [ ! -d "$aside" ] || rmdir "$aside"
}

# Nothing is lost of a file in whose place there is another one: leave_aside FILE PLACE
leave_aside() {
    if [ "$(held_by "$1" | directives)" = "$(directives <"$2")" ]; then
        rm -- "$1"
        return
    fi
    [ -d "$former" ] || mkdir -m 700 "$former"
    mv --backup=numbered -- "$1" "$former/"
    say "$2 stays as another program saved it; what it was before the takeover is $former/${1##*/}"
}

# Whether the site is to be taken over although it is: another program has saved its file, and the operator asks for it.
takes_over_anew() {
    local saved
    saved=$(saved_places)
    [ -n "$saved" ] || return 1
    [[ $given != *" --from-easyimages "* || -n $dry_run ]] || return 0
    say "${saved//$'\n'/, } was saved by another program since the takeover, and the old site may answer there again;
sudo ./install.sh --from-easyimages $old_site takes it over as it is there now"
    return 1
}

# A panel that saved its file again has the old site's place in it. Everything is put back, so that the takeover begins anew, with the file
# as it is now; the web server is not told of that before.
begin_anew() {
    local files
    say "saved by another program since the takeover: $(saved_places | tr '\n' ' '); the site is taken over again, as it is there now"
    mapfile -t files < <(ls -A "$aside" 2>/dev/null)
    rm -f "$(site_link)"
    bring_back
    "test_$web" || put_aside_again "${files[@]}"
    rm -rf "$ours"
}

# Where the web server does not take the old site's files: put_aside_again NAME…
put_aside_again() {
    local file
    mkdir -p "$aside"
    for file in "$@"; do
        mv -- "$(place_of "$file")" "$aside/$file"
        [ ! -e "$ours/$file" ] || mv -- "$ours/$file" "$(place_of "$file")"
    done
    ln -s "$conf/replacing.conf" "$(site_link)"
    fail "$web does not take the old site's configuration any more, see above; the new site goes on"
}

# --- Give back

# Our site out, the old one in, unless the web server does not take that.
give_back() {
    check_saved_files
    if [ -n "$dry_run" ]; then
        say "would remove $(site_link), move the files of $aside back, and reload $web"
        return
    fi
    local files
    mapfile -t files < <(ls -A "$aside" 2>/dev/null)
    rm -f "$(site_link)"
    bring_back
    "test_$web" || put_aside_again "${files[@]}"
    rm -rf "$ours"
    if "${web}_runs"; then "reload_$web"; fi
}

# Asks at each address of the old site and says what was seen; fails where one does not answer. Sets whether the web server still has our
# site there, which it has until it has read its configuration, and the first address that answers.
look_at_old_site() {
    local scheme host port name url status='' bad=''
    still_ours='' seen_url='' seen_host=''
    while read -r _ scheme host port name; do
        url=$(url_of "$scheme" "$name" "$port")
        if ! wait_until_not_ours "$url" "$host"; then
            still_ours=yes bad=yes
            say "$url/index.php is still answered by the new site: $web has not read its configuration"
            continue
        fi
        status=$(settled_status "$url/index.php" "$host")
        case $status in
            000 | '') bad=yes; say "$url/index.php does not answer" ;;
            5*) bad=yes; say "$url/index.php answers with HTTP status $status" ;;
            *) say "the old site answers at $url/index.php with HTTP status $status"
                [ -n "$seen_url" ] || { seen_url=$url; seen_host=$host; } ;;
        esac
    done < <("old_addresses_$web" | sort -s -k1,1)
    [ -z "$bad" ] || return 1
    [ -n "$status" ] || { say "no site of $web has $old_site as its root"; return 1; }
}

# What clients of the old site do, at that address: a stored picture, and with one of its tokens an upload, its picture, thumbnail and
# deletion. Only a failure of the server is one; the rest is for the operator to read.
try_old_site() {
    local side_url=$seen_url side_host=$seen_host picture=$htdocs/404.png answer='' token url thumb link seen
    seen=$(stored_picture)
    if [ -n "$seen" ]; then seen="a stored picture, $seen: $(status_and_type "$seen")"; fi
    for token in $(old_tokens | head -n 3); do
        answer=$(ask /api/index.php -F "image=@$picture;filename=first.png" -F "token=<-" -w ' HTTP status %{http_code}' < <(printf %s "$token"))
        case $answer in *'"code":20'[1235]*) ;; *) break ;; esac
    done
    if [[ $answer == *'"code":200'*' HTTP status 2'* ]] && url=$(path_of url) && thumb=$(path_of thumb) && link=$(path_of del); then
        seen+="${seen:+; }an upload with one of its tokens, $url: $(status_and_type "$url"); its thumbnail: $(status_and_type "$thumb"); "
        seen+="its delete link: $(ask "${link%%\?*}" -G -o /dev/null -w '%{http_code}' -d @- < <(printf %s "${link#*\?}"))"
        seen+="; the picture then: $(status_and_type "$url")"
    elif [ -n "$answer" ]; then
        seen+="${seen:+; }an upload with one of its tokens: $(head -c 300 <<<"$answer")"
    fi
    [ -z "$seen" ] || say "seen there: $seen"
    [[ ! $seen =~ :\ 5[0-9][0-9]|status\ 5[0-9][0-9] ]]
}

status_and_type() { ask "$1" -o /dev/null -w '%{http_code} %{content_type}'; }

# The path of a picture of the old tree, of names that need no encoding.
stored_picture() {
    local tree
    tree=$(old_setting path /i/)
    (cd "$old_tree" && find . -path './20*' -type f -regextype posix-extended -regex '\./[A-Za-z0-9_/-]+\.(jpg|jpeg|png|gif|webp)' -printf '%P\n' -quit) 2>/dev/null |
        sed "s|^|$tree|"
}

# The status of an answer; one that is missing or a failure may be that of a worker that has not ended since the reload, so it is asked for
# again for five seconds.
settled_status() {
    local end=$((SECONDS + 5)) status
    while true; do
        status=$(curl -sk -m 20 -o /dev/null -w '%{http_code}' --connect-to "::$2:" "$1") || true
        case $status in 000 | '' | 5*) [ $SECONDS -lt $end ] || break ;; *) break ;; esac
        sleep 0.1
    done
    echo "$status"
}

# Former workers take connections too for a moment after a reload, and one that ends may give no answer: five in a row have to be others.
wait_until_not_ours() {
    local turn others=0
    for turn in {1..100}; do
        case $(curl -sk -m 5 --connect-to "::$2:" "$1/api/v1/stats.php") in
            '{"success":true,'*) others=0 ;;
            *) others=$((others + 1)) ;;
        esac
        [ $others -lt 5 ] || return 0
        sleep 0.1
    done
    return 1
}

advice() {
    local unit=nginx test='nginx -t' log=/var/log/nginx/error.log
    [ "$web" = nginx ] || unit=apache2 test='apache2ctl -t' log=/var/log/apache2/error.log
    echo "The old site's files are where they were, but it does not answer as it should. See whether $unit runs and has read them
($test, then systemctl restart $unit), whether its PHP runs (systemctl status 'php*-fpm'), and $log; then
run this again: sudo install.sh rollback looks at it once more."
}

# What PHP cannot serve is listed, so that those who have such links learn of it.
list_links() {
    if [ -x "$lib/imagebed" ] && has_rows; then imagebed export links >&2 || true; fi
}

roll_back() {
    [ "$(id -u)" = 0 ] || [ -n "$dry_run" ] || fail "this needs root: sudo ./install.sh rollback"
    install_settings
    remove_trial
    if is_taken_over; then
        give_back
    elif [ -z "$old_site" ] || [ -n "$beside" ]; then
        say "no site was taken over here${behind_proxy:+: the old one is back when its lines are back in the proxy in front}"
        return
    else
        say "the old site has its place back already"
        "reload_$web" || true
    fi
    if [ -n "$dry_run" ]; then stop_responders; return; fi
    local answers=yes
    look_at_old_site && try_old_site || answers=''
    [ -n "$still_ours" ] || stop_responders
    list_links
    [ -n "$answers" ] || fail "$(advice)"
    say "Pictures that came since are in its tree; accounts, tokens and settings as they are now go to its files with:"
    say "  sudo imagebed import easyimages $old_site     for what PHP wrote since"
    say "  sudo imagebed export easyimages $old_site"
    say "What was imported stays in $data; --from-easyimages takes over again."
}
