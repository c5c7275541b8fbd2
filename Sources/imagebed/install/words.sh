# shellcheck shell=bash disable=SC2154,SC2034  # what is not set here another part sets, and the other way round
# What every part needs: messages, the commands that change the machine, and the files that they write.

# (What others sent may be part of a message: a terminal is given no control characters but line ends and tabs.)
# What another process of this script has told already is not told again, but for failures.
say() { [ -n "${told-}" ] || tr -d '\000-\010\013-\037\177' <<<"$*" >&2; }
fail() { told='' say "install.sh: $*"; exit 1; }
refuse() { told='' say "install.sh: $*"; exit 2; }

# Runs a command whose standard error is about what it found. What another process of this script has shown of that already is shown again
# only with a failure: untold COMMAND…
untold() {
    local said status=0
    if [ -z "${told-}" ]; then "$@"; return; fi
    { said=$("$@" 2>&1 >&9); } 9>&1 || status=$?
    [ "$status" = 0 ] || printf '%s\n' "$said" >&2
    return "$status"
}

on_stderr() { "$@" >&2; }

# Runs a command that changes the machine, or says it.
act() {
    if [ -n "$dry_run" ]; then say "would run: $*"; else "$@"; fi
}

# Whether there is a site in the data folder: SQLite's file with its rows, or what says where else they are.
has_rows() { [ -f "$data/imagebed.db" ] || [ -f "$data/cluster.conf" ]; }

# The installed command line, for 600 seconds at most or as long as $time_limit says (0: without end). It holds no lock of this script.
imagebed() { timeout --foreground -k 10 "${time_limit:-600}" "$lib/imagebed" "$@" 6>&- 7>&- 8>&-; }

# Writes standard input to a file when it differs, and remembers that something changed: put FILE [MODE]
put() {
    local text former=''
    text=$(cat; echo .)
    text=${text%.}
    if [ -f "$1" ]; then IFS= read -rd '' former <"$1" || [ "$former" != "$text" ] || return 0; fi
    changed=yes
    if [ -n "$dry_run" ]; then say "would write: $1"; return 0; fi
    mkdir -p "${1%/*}"
    printf %s "$text" >"$1.new"
    chmod "${2:-644}" "$1.new"
    mv "$1.new" "$1"
}

# One text member of an answer in JSON, of the first line that has it; the values asked for here hold nothing escaped but slashes.
# (All lines are read: who writes them is not to find the pipe closed.)
member() { sed -n '/"'"$1"'" *: *"[^"]*"/ { s/.*"'"$1"'" *: *"\([^"]*\)".*/\1/; s|\\/|/|g; p; :rest; n; b rest; }'; }
