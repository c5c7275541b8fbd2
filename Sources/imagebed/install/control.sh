# shellcheck shell=bash disable=SC2034  # who reads this file uses the variable
# The web servers as programs of this machine: which process each is, whether it takes its configuration, and that it reads it
# again. The installation has these functions from here; `imagebed reload` runs this file:
#   control.sh nginx|apache test|reload [FILE]     FILE is the whole configuration of one that `install.sh run` keeps

has_systemd() { [ -d /run/systemd/system ]; }

# is_process FILE NAME: whether the file holds the number of a running process of this name.
is_process() { [ -s "$1" ] && [ "$(cat "/proc/$(cat "$1")/comm" 2>/dev/null)" = "$2" ]; }

# --- nginx: several may be here, in places of their own. Which one is meant is asked each time: nothing is remembered.

# Where it is beside the PATH: of BT, of OneinStack and LNMP, and OpenResty's.
nginx_places=(/www/server/nginx/sbin/nginx /usr/local/nginx/sbin/nginx /usr/local/openresty/nginx/sbin/nginx)

nginx_programs() {
    local program
    for program in "$(type -P nginx)" "${nginx_places[@]}"; do [ ! -x "$program" ] || echo "$program"; done
}

# The processes of the masters of nginx that root started, also those of containers. (Any user can give a program this title; and what hides
# its memory looks as if it were root's, but for its ids.)
nginx_masters() {
    local process
    { grep -las '^nginx: master process ' /proc/[0-9]*/cmdline || true; } | while read -r process; do
        process=${process%/cmdline}
        ! awk '/^Uid:/ { exit $2 || $3 || $4 || $5 }' "$process/status" 2>/dev/null || echo "${process#/proc/}"
    done
}

nginx_title() { tr '\0' ' ' 2>/dev/null <"$1/cmdline" || true; }

# Whether a process is of this machine and not of a container, which has another root. Only root can see that: is_of_this_machine PROCESS
is_of_this_machine() { [ "$(id -u)" != 0 ] || [ "$(stat -Lc %d:%i "/proc/$1/root/." 2>/dev/null)" = "$(stat -Lc %d:%i /.)" ]; }

# Sets `nginx_command` as a master was started: its program and its options. (nginx puts its arguments into its title, blanks between, so
# that only what follows -g may hold any.)
nginx_started_as() {
    local title=" " option value program pattern
    title+=$(nginx_title "/proc/$1")
    program=$(readlink "/proc/$1/exe") || program=nginx
    program=${program%' (deleted)'}
    type -P "$program" >/dev/null || program=/proc/$1/exe
    nginx_command=("$program")
    for option in -p -c -e; do
        pattern=" $option *([^ ]+)"
        [[ ${title%% -g *} =~ $pattern || " ${title##*; }" =~ ^$pattern ]] || continue
        value=${BASH_REMATCH[1]}
        [[ $option != -p || $value = /* ]] || value=$(readlink "/proc/$1/cwd")/$value
        nginx_command+=("$option" "$value")
    done
    [[ $title != *' -g '* ]] || nginx_command+=(-g "$(sed -E 's/^.* -g *//; s/; *-[pce] .*$/;/; s/ *$//' <<<"$title")")
}

# Whether its configuration has our site.
has_our_site() { [[ $(nginx_text) == *'"/etc/nginx/imagebed/'* ]]; }

# Whether it is started as it was installed, without another configuration.
is_plain_nginx() {
    local words=" ${nginx_command[*]:1}" usual
    [[ $words == *' -c '* || $words == *' -p '* ]] || return 0
    usual=$("${nginx_command[0]}" -V 2>&1 | sed -n 's/.* --conf-path=\([^ ]*\).*/\1/p')
    [ -n "$usual" ] || usual=$("${nginx_command[0]}" -V 2>&1 | sed -n 's/.* --prefix=\([^ ]*\).*/\1/p')/conf/nginx.conf
    [[ $words == " -c $usual" || $words == " -p "*" -c $usual" ]]
}

# Sets `nginx_command`, by which the nginx that is meant takes further options, and `nginx_process`, its master, empty where it does not run:
# the one that has our site (or what `nginx_wanted` says), else the one that is plain.
find_nginx() {
    local wanted process program masters programs
    if [ -n "${nginx_process-}" ] && [[ $(nginx_title "/proc/$nginx_process") == 'nginx: master process '* ]]; then return; fi
    mapfile -t masters < <(nginx_masters)
    mapfile -t programs < <(nginx_programs)
    for wanted in "${nginx_wanted:-has_our_site}" is_plain_nginx; do
        for nginx_process in "${masters[@]}"; do
            if is_of_this_machine "$nginx_process" && nginx_started_as "$nginx_process" && "$wanted"; then return; fi
        done
        nginx_process=''
        for program in "${programs[@]}"; do
            nginx_command=("$program")
            if "$wanted"; then return; fi
        done
    done
    nginx_command=(nginx)
}

# All files of its configuration, one after the other.
nginx_text() { "${nginx_command[@]}" -T 2>/dev/null; }

nginx_runs() { find_nginx; [ -n "$nginx_process" ]; }

test_nginx() { find_nginx; "${nginx_command[@]}" -t -q; }

# What it runs with is what `nginx -t` has looked at; a pid file that is elsewhere or gone does not keep it from that.
reload_nginx() { find_nginx; [ -n "$nginx_process" ] && kill -HUP "$nginx_process"; }

apache_runs() { is_process /run/apache2/apache2.pid apache2; }

test_apache() { apache2ctl -t; }

reload_apache() { apache2ctl graceful; }

# The same for a web server with a configuration of its own, whose process number is where that says.
own_process() { sed -n 's/^\(pid\|PidFile\) "\(.*\)".*/\2/p' "$1"; }

control_own() {
    local file
    file=$(own_process "$3")
    case $1-$2 in
        nginx-test) nginx -t -q -e stderr -p "${file%/*}" -c "$3" ;;
        apache-test) apache2 -t -f "$3" ;;
        nginx-reload) ! is_process "$file" nginx || kill -HUP "$(cat "$file")" ;;
        apache-reload) ! is_process "$file" apache2 || kill -USR1 "$(cat "$file")" ;;
    esac
}

# The same failure is told in the same words each time: without the time and the process that nginx puts before them.
without_time() { sed -E 's|^[0-9/]+ [0-9:]+ (\[[a-z]+\]) [0-9#]+: |\1 |'; }

control() {
    case $#-$1-$2 in
        3-*) control_own "$@" ;;
        2-nginx-test | 2-apache-test) "test_$1" ;;
        2-nginx-reload | 2-apache-reload) ! "$1_runs" || "reload_$1" ;;
        *) return 2 ;;
    esac
}

[ "${BASH_SOURCE[0]}" != "$0" ] || { control "$@" 2>&1 | without_time; exit "${PIPESTATUS[0]}"; }
