# shellcheck shell=bash disable=SC2154,SC2034  # what is not set here another part sets, and the other way round
# A Debian package. Everything that an installation needs lies in one folder, and nothing of that is in use: the package's
# postinst runs install.sh there, which puts it to work as it does with every new version, and until then the former one serves.

package_units=/lib/systemd/system

make_package() {
    local version work root compression=() dist=${IMAGEBED_DIST:-$here/dist}
    require_packages
    find_executables
    tell_of_toolchain
    umask 022
    install_settings
    read_package_version
    work=$(mktemp -d)
    # shellcheck disable=SC2064  # this folder
    trap "rm -rf '$work'" EXIT
    root=$work/imagebed
    copy_payload "$root$package_folder"
    rm -r "$root$package_folder/install/debian"
    package_system
    package_documents
    # (In a checkout they may be open to a group.)
    chmod -R u=rwX,go=rX "$root"
    package_control
    make_dist "$dist"
    # The programs have most of their bytes in common, and this looks back as far as several of them. (A test chooses what is quick.)
    [ -n "${DPKG_DEB_COMPRESSOR_TYPE-}" ] || compression=(-Zxz -z9)
    dpkg-deb "${compression[@]}" --root-owner-group --build "$root" "$dist" >/dev/null || fail "dpkg-deb failed, see above"
    say "install it with: sudo apt install <the file below>"
    echo "$dist/imagebed_${version}_$(dpkg --print-architecture).deb"
}

# Root makes files for a checkout's owner, who is to be able to remove them: make_dist FOLDER
make_dist() { as_owner mkdir -p "$1" 2>/dev/null || mkdir -p "$1"; }

# Who has built them in another way than this script may not know what that means elsewhere.
tell_of_toolchain() {
    [[ $(ldd "$bin/imagebed" 2>/dev/null) != *libswiftCore.so* ]] ||
        say "the programs in $bin load the toolchain's own libraries and run only where those are: for other machines build them with --static-swift-stdlib"
}

# What can be installed from without a checkout: copy_payload FOLDER
copy_payload() {
    local name commit
    commit=$(commit)
    mkdir -p "$1/bin"
    for name in $(programs); do
        cp "$bin/$name" "$1/bin/"
        ! command -v strip >/dev/null || strip "$1/bin/$name"
    done
    [ -z "$commit" ] || echo "$commit" >"$1/bin/commit"
    cp -r "$here"/{nginx,apache,htdocs,install.sh} "$1/"
    cp -r "$parts" "$1/install"
}

# Sets `version` as dpkg compares it: the number, a pre-release before the release, then the time of the commit; where files differ from
# that, or it is not known, the time of the executables. SOURCE_DATE_EPOCH is that time, for dpkg-deb.
read_package_version() {
    local number commit
    number=$("$bin/imagebed" --version | cut -d' ' -f2) || fail "$bin/imagebed does not tell its version"
    commit=$(commit)
    if [[ $commit == *+ || ! -e $here/.git ]]; then
        SOURCE_DATE_EPOCH=$(stat -Lc %Y "$bin/imagebed")
    else
        SOURCE_DATE_EPOCH=$(as_owner git -C "$here" log -1 --format=%ct)
    fi
    export SOURCE_DATE_EPOCH
    version=${number/-/\~}+$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y%m%d%H%M%S)${commit:+.$commit}-1
}

# What lies elsewhere: the command line, units with the usual choices (units.sh says what becomes of other ones), and what the operator
# may change by dpkg's rules.
package_system() {
    local unit_folder=$root$package_units writable=$data protect_home=yes changed_sockets=()
    render_units
    render_to "$root/usr/bin/imagebed" 755 "$parts/imagebed.in"
    render_to "$root/usr/lib/sysusers.d/imagebed.conf" 644 "$parts/debian/sysusers.in"
    render_to "$root/usr/lib/tmpfiles.d/imagebed.conf" 644 "$parts/debian/tmpfiles.in"
    render_to "$root/etc/cron.d/imagebed" 644 "$parts/cron.in"
    render_to "$root/etc/logrotate.d/imagebed" 644 "$parts/logrotate.in"
    install -d -m 755 "$root$receivers"
    "$bin/imagebed" help --bash-completion | put "$root/usr/share/bash-completion/completions/imagebed"
}

package_documents() {
    local folder=$root/usr/share/doc/imagebed file
    mkdir -p "$folder" "$root/usr/share/man/man1"
    for file in "$here"/README*.md "$here"/docs/*.md; do
        [ ! -e "$file" ] || gzip -9n <"$file" >"$folder/${file##*/}.gz"
    done
    for file in "$here"/docs/*.svg; do [ ! -e "$file" ] || install -m 644 "$file" "$folder"; done
    "$bin/imagebed" help --man | gzip -9n >"$root/usr/share/man/man1/imagebed.1.gz"
    { cat "$parts/debian/copyright.in"; tail -n +3 "$here/LICENSE" | sed 's/^$/./; s/^/ /'; } >"$folder/copyright"
    commit=$(commit) date=$(date -uRd "@$SOURCE_DATE_EPOCH") maintainer=$(package_maintainer)
    render "$parts/debian/changelog.in" | gzip -9n >"$folder/changelog.Debian.gz"
}

# As Debian's own tools are told it.
package_maintainer() { echo "${DEBFULLNAME:-ImageBed contributors} <${DEBEMAIL:-imagebed@users.noreply.github.com}>"; }

package_control() {
    local script state_folder=${state%/*} written
    written_files
    written=$(tr '\n' ' ' <"$root$package_folder/install/written-files")
    architecture=$(dpkg --print-architecture) size=$(du -sk "$root" | cut -f1)
    libraries=$(package_libraries) || exit
    # (render's sed takes these for its own.)
    libraries=${libraries//|/\\|} web_servers=$(package_web_servers)
    mkdir "$root/DEBIAN"
    (cd "$root" && find . -type f ! -path './DEBIAN/*' ! -path './etc/*' -printf '%P\0' | sort -z | xargs -r0 md5sum) >"$work/md5sums"
    mv "$work/md5sums" "$root/DEBIAN/md5sums"
    (cd "$root" && find etc -type f -printf '/%p\n' | sort) >"$root/DEBIAN/conffiles"
    render_to "$root/DEBIAN/control" 644 "$parts/debian/control.in"
    install -m 644 "$parts/debian/templates" "$root/DEBIAN/templates"
    for script in config postinst prerm postrm; do render_to "$root/DEBIAN/$script" 755 "$parts/debian/$script"; done
    { head -n 1 "$parts/debian/preinst"; tail -n +2 "$parts/written.sh"; tail -n +2 "$parts/debian/preinst"; } | render_to "$root/DEBIAN/preinst" 755 -
}

# The server of a panel is in no package. (Recommended, Debian's would be installed beside it; and apt waits for what is depended on only.)
package_web_servers() { [ -n "$no_web_server" ] || echo 'nginx \| apache2, nginx \| libapache2-mod-xsendfile, '; }

# Adds what this version writes where it is installed from a checkout to what former ones did.
written_files() {
    local file table=''
    render "$parts/init.in" >"$work/init"
    for file in "$work/init" "$root$package_units"/* "$root"/etc/*.d/imagebed "$root/usr/bin/imagebed"; do
        usual_sum "$file" "$data"
    done | sort -u - "$parts/written-files" | put "$root$package_folder/install/written-files"
}

# The packages of the libraries that the programs load, with the versions that they need at least. (A toolchain's own libraries, which the
# programs of a debug build load, are of no package.)
package_libraries() {
    local found names
    mapfile -t names < <(programs)
    mkdir "$work/debian"
    printf 'Source: imagebed\n\nPackage: imagebed\nArchitecture: any\n' >"$work/debian/control"
    found=$(cd "$work" && dpkg-shlibdeps --ignore-missing-info -O "${names[@]/#/$root$package_folder/bin/}" 2>"$work/said") ||
        { cat "$work/said" >&2; fail "dpkg-shlibdeps failed, see above"; }
    sed -E "s/^shlibs:Depends=//; s/(libfcgi0(ldbl|t64))( \([^)]*\))?/\1 (>= $fcgi_version)/" <<<"$found"
}
