# shellcheck shell=bash disable=SC2154,SC2034  # what is not set here another part sets, and the other way round
# Files that are the operator's as soon as they were changed: the server block of the site. The first line has a checksum of the
# rest, by which a change is seen.

# Writes standard input to such a file, or, where that was changed, beside it: offer FILE WORDS…, each WORDS being what a version
# without checksums wrote, without comments, words one space apart.
offer() {
    local file=$1 text sum was_changed=$changed
    text=$(cat)
    sum=$(checksum <<<"$text")
    if [ ! -e "$file" ] || is_unchanged "$@"; then
        with_checksum <<<"$text" | put "$file"
    elif [ "$(recorded_checksum "$file")" != "$sum" ]; then
        put "$file.new" <<<"$text"
        # It is read by nobody.
        changed=$was_changed
        say "$file was changed and stays as it is; what would be there now lies beside it: $file.new"
        return
    fi
    [ ! -e "$file.new" ] || act rm "$file.new"
}

# Standard input behind a line with its checksum.
with_checksum() {
    local text
    text=$(cat)
    echo "# Written by install.sh (checksum $(checksum <<<"$text")). Once it is changed this file is yours: a newer one then lies beside it as .new"
    echo "$text"
}

checksum() { sha256sum | cut -c1-16; }

recorded_checksum() { sed -n '1s/.*(checksum \([0-9a-f]\{16\}\)).*/\1/p' "$1"; }

# is_unchanged FILE WORDS…
is_unchanged() {
    local recorded words former
    recorded=$(recorded_checksum "$1")
    if [ -n "$recorded" ]; then [ "$(tail -n +2 "$1" | checksum)" = "$recorded" ]; return; fi
    read -ra words < <(sed '/^ *#/d' "$1" | tr '\n' ' ') || true
    for former in "${@:2}"; do [ "${words[*]}" != "$former" ] || return 0; done
    return 1
}
