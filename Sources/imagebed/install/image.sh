# shellcheck shell=bash disable=SC2154,SC2034  # what is not set here another part sets, and the other way round
# A container image, for machines that are no Debian: two layers, Debian's packages and ours, in one archive. It is an OCI layout, and has
# the manifest of older archives too, which Docker before version 25 (on many NAS) reads; so `docker load` and `podman load` take it. No
# daemon is needed: layers are tar files, and all else is a little JSON.

# What is in an installed system and not needed in an image. (Licences stay.)
image_excludes=(/usr/share/{doc,man,locale,info}'/*')
image_uid=1000

make_image() {
    local package version number work archive layers=() differences=() history=() manifest
    require_image_tools
    find_executables
    umask 022
    work=$(mktemp -d)
    # shellcheck disable=SC2064  # this folder
    trap "rm -rf '$work'" EXIT
    package=$(export IMAGEBED_BIN=$bin && action=deb && make_package) || exit
    read_package_version
    number=$("$bin/imagebed" --version | cut -d' ' -f2)
    mkdir -p "$work/image/blobs/sha256"
    make_system_layer
    make_program_layer
    describe_image
    make_dist "$here/dist"
    archive=$here/dist/imagebed_${version}_$(dpkg --print-architecture).oci.tar
    pack "$work/image" "$archive"
    compress_archive
    say "load it with: docker load -i FILE, or podman load -i FILE (docs/container.md)"
    echo "$archive"
}

# The programs have most of their bytes in common, and this looks back as far as several of them, which gzip does not. So layers are not
# compressed, but all of the archive is: that makes it a third. (A test chooses what is quick.)
compress_archive() {
    [ "${IMAGEBED_IMAGE_COMPRESSION-}" != none ] || return 0
    xz --force --threads=1 --lzma2=preset=3,dict=64MiB "$archive"
    archive+=.xz
}

# The programs are linked with the libraries of this very Debian.
require_image_tools() {
    # shellcheck source=/dev/null
    suite=$(. /etc/os-release && [ "$ID" = debian ] && echo "$VERSION_CODENAME") || fail "an image is made on Debian, whose libraries the programs need"
    (action=deb && require_packages) || exit
    command -v mmdebstrap >/dev/null || { [ "$(id -u)" = 0 ] && install_packages mmdebstrap; } || fail "packages are missing: sudo apt-get install mmdebstrap"
}

# Debian without apt and without what nobody reads there, and the packages that ours depends on.
make_system_layer() {
    local exclude options=() packages
    for exclude in "${image_excludes[@]}"; do options+=(--dpkgopt="path-exclude=$exclude"); done
    packages=$(image_packages) || exit
    say "fetching Debian's packages for the image"
    # (usr-is-merged takes the place of a package that needs all of Perl.)
    mmdebstrap --quiet --variant=essential --hook-dir=/usr/share/mmdebstrap/hooks/merged-usr --include="usr-is-merged,$packages" \
        "${options[@]}" --dpkgopt='path-include=/usr/share/doc/*/copyright' --customize-hook="bash '$parts/image/slim.sh' \"\$1\"" \
        --skip=output/dev "$suite" "$work/system.tar" ${IMAGEBED_MIRROR:+"$IMAGEBED_MIRROR"} >"$work/said" 2>&1 ||
        { tail -n 20 "$work/said" >&2; fail "mmdebstrap could not make a Debian $suite, see above (IMAGEBED_MIRROR=URL names another mirror)"; }
    add_layer "$work/system.tar" "Debian $suite with the packages that ImageBed needs"
}

# The first of alternatives, but for those that an image has no use for.
image_packages() {
    dpkg-deb -f "$package" Depends | tr ',' '\n' | sed -E 's/[|(].*//; s/ //g' | grep -vxE 'debconf|passwd|iproute2' |
        cat - <(printf '%s\n' multiwatch spawn-fcgi tzdata ca-certificates) | sort -u | paste -sd,
}

# Of the package what it puts to work itself elsewhere. (A folder /lib in a layer would take the place of the link that Debian has there.)
make_program_layer() {
    local root=$work/root
    mkdir -p "$work/package" "$root"/{app/web,data,dev,etc/imagebed/events.d,proc,run,sys,tmp,usr/bin,usr/share/doc} "$root${package_folder%/*}"
    dpkg-deb -x "$package" "$work/package"
    mv "$work/package$package_folder" "$root$package_folder"
    mv "$work/package/usr/share/doc/imagebed" "$root/usr/share/doc/imagebed"
    find "$root/usr/share/doc/imagebed" -type f ! -name copyright -delete
    ln -s "$package_folder/install/image/imagebed" "$root/usr/bin/imagebed"
    chmod -R u=rwX,go=rX "$root"
    chmod 1777 "$root"/{run,tmp}
    chmod 750 "$root/data"
    pack "$root" "$work/programs.tar" --exclude ./data
    # A new volume gets the owner of this folder.
    pack "$root" "$work/programs.tar" --append --owner=$image_uid --group=$image_uid ./data
    add_layer "$work/programs.tar" "ImageBed $number"
}

# A tar file that is the same whenever it is made from the same: pack FOLDER FILE [OPTION|MEMBER…]
pack() {
    local mode=(--create .)
    [[ " ${*:3} " != *" --append "* ]] || mode=()
    tar -C "$1" -f "$2" --format=gnu --sort=name --mtime="@$SOURCE_DATE_EPOCH" --numeric-owner --owner=0 --group=0 "${@:3}" "${mode[@]}"
}

# Makes a blob of a file, and tells its digest, which a layer's is too: add_blob FILE
add_blob() {
    local sum
    sum=$(sha256sum <"$1" | cut -d' ' -f1)
    mv "$1" "$work/image/blobs/sha256/$sum"
    echo "$sum"
}

# add_layer FILE "WHAT IT IS"
add_layer() {
    local sum
    sum=$(add_blob "$1")
    differences+=("\"sha256:$sum\"")
    layers+=("{\"mediaType\": \"application/vnd.oci.image.layer.v1.tar\", \"digest\": \"sha256:$sum\", \"size\": $(blob_size "$sum")}")
    history+=("{\"created\": \"$(image_time)\", \"created_by\": \"install.sh image\", \"comment\": \"$2\"}")
}

blob_size() { stat -c %s "$work/image/blobs/sha256/$1"; }
image_time() { date -u -d "@$SOURCE_DATE_EPOCH" +%Y-%m-%dT%H:%M:%SZ; }
image_architecture() { dpkg --print-architecture | sed 's/^armhf$/arm/; s/^i386$/386/; s/^ppc64el$/ppc64le/'; }
joined() { local IFS=,; echo "$*"; }

# The configuration, the manifest, and the two lists of what is in the archive.
describe_image() {
    local created commit config list_of_layers list_of_differences list_of_history architecture config_size manifest_size paths
    created=$(image_time) commit=$(commit) architecture=$(image_architecture)
    list_of_layers=$(joined "${layers[@]}") list_of_differences=$(joined "${differences[@]}") list_of_history=$(joined "${history[@]}")
    render "$parts/image/config.json.in" >"$work/config"
    config=$(add_blob "$work/config")
    config_size=$(blob_size "$config")
    render "$parts/image/manifest.json.in" >"$work/manifest"
    manifest=$(add_blob "$work/manifest")
    manifest_size=$(blob_size "$manifest")
    render "$parts/image/index.json.in" >"$work/image/index.json"
    echo '{"imageLayoutVersion": "1.0.0"}' >"$work/image/oci-layout"
    paths=$(grep -o 'sha256:[0-9a-f]*' <<<"$list_of_layers" | sed 's|.*:|"blobs/sha256/|; s|$|"|' | paste -sd,)
    echo "[{\"Config\": \"blobs/sha256/$config\", \"RepoTags\": [\"imagebed:latest\", \"imagebed:$number\"], \"Layers\": [$paths]}]" >"$work/image/manifest.json"
}
