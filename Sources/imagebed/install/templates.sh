# shellcheck shell=bash disable=SC2154,SC2034  # what is not set here another part sets, and the other way round
# Templates: @DATA@ in one is the value of the variable data, and a line that begins with @IF_IPV6@ is there only when the
# variable ipv6 has a value.

# render TEMPLATE…: what they give, one after the other. (No template names a variable of this function's.)
render() {
    local edits=(-e '') holes hole variable
    mapfile -t holes < <(grep -oh '@[A-Z][A-Z0-9_]*@' "$@" | sort -u)
    for hole in "${holes[@]}"; do
        variable=${hole//@/} variable=${variable,,}
        case $variable in
            if_*)
                variable=${variable#if_}
                if [ -n "${!variable-}" ]; then edits+=(-e "s|$hole||"); else edits+=(-e "/$hole/d"); fi ;;
            *) edits+=(-e "s|$hole|${!variable?a template names it}|g") ;;
        esac
    done
    sed "${edits[@]}" "$@"
}

# Writes a file from templates: render_to FILE MODE TEMPLATE…
render_to() {
    local text
    text=$(render "${@:3}" && echo .) || exit
    printf %s "${text%.}" | put "$1" "$2"
}

# render_folder FROM TO: all but what only the other way of running needs, and what is the operator's.
render_folder() {
    local file
    for file in "$here/$1"/*; do
        case $action:$1/${file##*/} in *.sh | *:apache/site.conf) continue ;; run:*) ;; */run.conf | */site.conf) continue ;; esac
        render_to "$2/${file##*/}" 644 "$file"
    done
}

# The responders are the sockets that the table of paths names.
responders() { grep -o '@RUN@/[a-z0-9-]*\.sock' "$here/nginx/paths.conf" | sed 's|.*/||; s|\.sock||' | sort -u; }

# What takes large bodies gets most of the processes.
processes_of() {
    if [ -n "$processes" ]; then echo "$processes"; return; fi
    case $1 in upload | api-index | app-upload | json-sync) echo 4 ;; *) echo 2 ;; esac
}
