# shellcheck shell=bash disable=SC2154,SC2034  # what is not set here another part sets, and the other way round
# Templates: @DATA@ in one is the value of the variable data, and a line that begins with @IF_IPV6@ is there only when the
# variable ipv6 has a value. In the web servers' folders what stands there in small letters is the program's to fill in.

# render TEMPLATE…: what they give, one after the other; - is standard input. (No template names a variable of this function's.)
render() {
    local text edits=(-e '') holes hole variable
    text=$(cat "$@")
    mapfile -t holes < <(grep -o '@[A-Z][A-Z0-9_]*@' <<<"$text" | sort -u)
    for hole in "${holes[@]}"; do
        variable=${hole//@/} variable=${variable,,}
        case $variable in
            if_*)
                variable=${variable#if_}
                if [ -n "${!variable-}" ]; then edits+=(-e "s|$hole||"); else edits+=(-e "/$hole/d"); fi ;;
            *) edits+=(-e "s|$hole|${!variable?a template names it}|g") ;;
        esac
    done
    sed "${edits[@]}" <<<"$text"
}

# Fills in what the program knows, but for what follows the settings: fill FILE
fill() {
    if [[ $1 == *.in || -z $responder_table ]]; then cat "$1"; else "$bin/imagebed" paths --fill <"$1"; fi
}

# Writes a file from templates: render_to FILE MODE TEMPLATE…
render_to() {
    local text
    text=$(render "${@:3}" && echo .) || exit
    printf %s "${text%.}" | put "$1" "$2"
}

# render_folder FROM TO: all but what only the other way of running needs, and what is the operator's; and the pages that follow the
# settings.
render_folder() {
    local file text
    for file in "$here/$1"/* "$here"/htdocs/*.in; do
        case $action:$1/${file##*/} in *.sh | *:apache/site.conf) continue ;; run:*) ;; */run.conf | */site.conf) continue ;; esac
        text=$(fill "$file") || exit
        render_to "$2/${file##*/}" 644 - <<<"$text"
    done
}

# Asks the program for the responders, a line NAME PROCESSES RESIDENTS for each, and for the digest of the pages' scripts and styles. (In a
# dry run it may not be built, or lack its libraries.)
read_responders() {
    [ -x "$bin/imagebed" ] || return 0
    responder_table=$("$bin/imagebed" paths --responders) || [ -n "$dry_run" ] || fail "$bin/imagebed cannot be run, see above"
    assets=$("$bin/imagebed" assets-digest "$here/htdocs/assets") || [ -n "$dry_run" ] || fail "$here/htdocs/assets cannot be read, see above"
}

# Their names or, where the program is not asked, the names of those that are installed.
responders() {
    if [ -n "$responder_table" ]; then cut -d' ' -f1 <<<"$responder_table"; return; fi
    find "$lib" -maxdepth 1 -type f -perm /111 ! -name imagebed ! -name picture ! -name '*.new' -printf '%f\n' 2>/dev/null | sort
}

# How many processes of a responder run where nothing starts them on demand, and the most where systemd does.
processes_of() {
    if [ -n "$processes" ]; then echo "$processes"; else awk -v name="$1" '$1 == name { print $3 }' <<<"$responder_table"; fi
}

most_processes_of() { awk -v name="$1" '$1 == name { print $2 }' <<<"$responder_table"; }
