# shellcheck shell=bash disable=SC2034  # who reads this file uses the variable
# The web servers as programs of this machine: which process each is, whether it takes its configuration, and that it reads it
# again. The installation has these functions from here; `imagebed reload` runs this file:
#   control.sh nginx|apache test|reload [FILE]     FILE is the whole configuration of one that `install.sh run` keeps

has_systemd() { [ -d /run/systemd/system ]; }

# is_process FILE NAME: whether the file holds the number of a running process of this name.
is_process() { [ -s "$1" ] && [ "$(cat "/proc/$(cat "$1")/comm" 2>/dev/null)" = "$2" ]; }

# The machine's own nginx, whoever started it: as systemd has it, by the pid file that its configuration names, or by its name
# among the processes of this machine (those of containers, and of other configurations, are not meant).
nginx_master() {
    local process file words
    if has_systemd; then
        process=$(systemctl show -p MainPID --value nginx.service)
        if [ "${process:-0}" != 0 ]; then echo "$process"; return; fi
    fi
    file=$(nginx -T 2>/dev/null | sed -n 's/^ *pid  *"\{0,1\}\([^";]*\)"\{0,1\};.*/\1/p' | tail -n 1)
    for file in "${file:-/run/nginx.pid}" /run/nginx.pid; do
        if is_process "$file" nginx; then cat "$file"; return; fi
    done
    while read -r file; do
        process=${file%/comm}
        words=$(tr '\0' ' ' <"$process/cmdline")
        [[ $words == 'nginx: master process'* && $words != *' -c '* ]] || continue
        if [ "$(readlink "$process/ns/pid")" = "$(readlink /proc/self/ns/pid)" ]; then echo "${process##*/}"; return; fi
    done < <(grep -lx nginx /proc/[0-9]*/comm 2>/dev/null)
    return 1
}

nginx_runs() { nginx_master >/dev/null; }

test_nginx() { nginx -t -q; }

# What it runs with is what `nginx -t` has looked at; a pid file that is elsewhere or gone does not keep it from that.
reload_nginx() { kill -HUP "$(nginx_master)"; }

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
