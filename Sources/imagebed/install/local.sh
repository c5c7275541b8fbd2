# shellcheck shell=bash disable=SC2154,SC2034  # what is not set here another part sets, and the other way round
# An installation from a checkout: the Debian package is made and installed, and its own copy of install.sh goes on. So a site is the same
# one whichever way it came, and dpkg knows its files. Of the package only what identifies it stays in dist/local, once it is installed: it is
# not packed small, because it is for this machine alone, which has the libraries already.

# Does not return, but in a dry run, which goes on as if it were that copy: install_package OPTION…
install_package() {
    local file
    if [ -n "$dry_run" ]; then
        say "would make the Debian package imagebed in $here/dist/local and install it with dpkg, unless it is installed"
        packaged=yes
        return
    fi
    hold_installers
    file=$(local_package) || exit
    [ -z "$file" ] || install_file "$file"
    rm -f "$here/dist/local"/*.deb
    unset IMAGEBED_BIN
    IMAGEBED_TOLD=yes exec "$package_folder/install.sh" "$@"
}

# Prints the file's name, or nothing where the package is installed as it is. It is made when something of what it consists of is another
# one than at the last time, and when it is needed again.
local_package() {
    local folder=$here/dist/local inputs made file
    inputs=$(package_inputs)
    if [ "$(cat "$folder/inputs" 2>/dev/null)" = "$inputs" ]; then
        if has_package; then return; fi
        made=("$folder"/*.deb)
        if [ ${#made[@]} = 1 ]; then echo "${made[0]}"; return; fi
    fi
    rm -rf "$folder"
    say "making the Debian package"
    file=$(IMAGEBED_TOLD=yes IMAGEBED_BIN=$bin IMAGEBED_DIST=$folder DPKG_DEB_COMPRESSOR_TYPE=none "$here/install.sh" deb --no-web-server 6>&- 7>&- 8>&-) ||
        fail "the Debian package could not be made, see above; nothing was changed"
    dpkg-deb --ctrl-tarfile "$file" >"$folder/control.tar"
    # (A power cut leaves no half of it that counts as made.)
    sync "$file" "$folder/control.tar"
    put "$folder/inputs" <<<"$inputs"
    has_package || echo "$file"
}

# The names, sizes and times of all that a package is made of.
package_inputs() {
    commit
    list_inputs "$here" install.sh LICENSE README.md README.zh-CN.md nginx apache htdocs docs
    list_inputs "$parts" .
    # shellcheck disable=SC2046  # names of ours
    list_inputs "$bin" $(programs)
}

# list_inputs FOLDER NAME…
list_inputs() {
    (cd "$1" && find -L "${@:2}" -type f -printf '%p %s %T@\n' 2>/dev/null | sort) || true
}

# Whether the package in local_package's `folder` is installed, and nobody has changed its files but those that are the operator's.
# (Small machines keep no documents: path-exclude in /etc/dpkg/dpkg.cfg.d, which dpkg itself forgets here.)
has_package() {
    local member wrong
    [ "$(dpkg-query -W -f '${db:Status-Abbrev}${Version}' imagebed 2>/dev/null)" = "ii $(member_of_made control | sed -n 's/^Version: //p')" ] || return 1
    for member in md5sums preinst postinst prerm postrm; do
        member_of_made "$member" | cmp -s - "$(dpkg-query --control-path imagebed "$member")" || return 1
    done
    # (Which of the operator's files it brings follows from its templates, whose sums are compared.)
    # (All is read: who writes it is not to find the pipe closed.)
    wrong=$(dpkg --verify imagebed | grep -vE '^(......... c |missing +/usr/share/(doc|man)/)') || true
    [ -z "$wrong" ]
}

# A file of the made package's control information: member_of_made NAME
member_of_made() { tar -xOf "$folder/control.tar" "./$1"; }

# What somebody has changed in /etc stays, and dpkg asks nothing: install_file FILE
install_file() {
    say "installing $1"
    IMAGEBED_SET_UP=next DEBIAN_FRONTEND=noninteractive dpkg --force-confdef --force-confold --install "$1" >/dev/null 6>&- 7>&- 8>&- ||
        fail "dpkg has not installed $1, see above. When that is repaired, or after
  sudo IMAGEBED_SET_UP=later apt-get install --fix-broken
run this again. What answered before goes on."
}
