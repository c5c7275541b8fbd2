# shellcheck shell=bash disable=SC2154,SC2034  # what is not set here another part sets, and the other way round
# Without systemd: a start script that keeps spawn-fcgi and multiwatch, and cron or a loop for the rest.

install_start_script() {
    local name table=''
    for name in $(responders); do table+=" $name:$(processes_of "$name")"; done
    table=${table# }
    render_to /etc/init.d/imagebed 755 "$parts/init.in"
    if command -v update-rc.d >/dev/null; then act update-rc.d imagebed defaults; fi
    [ ! -e "$lib/stopped" ] || act rm "$lib/stopped"
    act /etc/init.d/imagebed "$([ -n "$changed" ] && echo restart || echo replace)" >&2 || fail "the responders do not start, see above"
}
