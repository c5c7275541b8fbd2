# From a version whose web server read configuration and wrote its log in the data folder: both move out of it while visitors come.

from old_versions import old_version
from test_upgrade import FUNCTIONS, PORT, assert_no_request_failed, loaded  # noqa: F401
from test_view_log import VIEWER

# The last version before the first of this kind.
FORMER = "7f72abd"


def test_configuration_and_log_leave_the_data_folder(loaded, tmp_path_factory):  # noqa: F811
    """No request fails, no view is lost, and what the settings had changed goes on."""
    loaded.bring(old_version(FORMER), "former")
    viewer = tmp_path_factory.mktemp("viewer")
    (viewer / "viewer.py").write_text(VIEWER)
    loaded.bring(viewer, "viewer")
    run = loaded.run(FUNCTIONS + f"""
        read_by_nginx() {{ nginx -T 2>/dev/null | grep -E '^# configuration file /var/lib|^[^#]*(include|log|temp_path)[^#]*/var/lib/imagebed/(web|logs|run)' | sort -u; }}
        (cd /tmp/former && IMAGEBED_BIN=/tmp/former/bin ./install.sh --port {PORT}) > /tmp/first || exit 1
        for setting in 'image_max_bytes 1MB' 'video_max_bytes 3MB' 'uploads_path /i/'; do imagebed settings set $setting || exit 1; done 2>/dev/null
        nginx -s reload
        read_by_nginx | grep -c . | sed 's/^/==== read before /'
        url=$(sed -n 's/^ *first picture *//p' /tmp/first)
        picture=/${{url#http://*/}}
        python3 /tmp/viewer/viewer.py {PORT} $picture /tmp/seen & viewer=$!
        load 4
        ./install.sh > /tmp/second 2>&1 || {{ echo ==== failed; cat /tmp/second; }}
        touch /tmp/seen
        wait $viewer || echo ==== a view failed
        end_load
        echo ==== read after; read_by_nginx; echo ==== then
        grep -h client_max_body_size /etc/nginx/imagebed/limits.conf
        [ "$(curl -s -o /dev/null -w '%{{http_code}}' "http://127.0.0.1:{PORT}/i/${{picture#/uploads/}}")" = 200 ] && echo ==== served below /i/
        views() {{ query /var/lib/imagebed/imagebed.db "SELECT views FROM file WHERE path = '${{picture#/uploads/}}'"; }}
        seen=$(($(cat /tmp/seen.views) + 1))
        for turn in {{1..150}}; do imagebed tally > /dev/null; [ "$(views)" -lt $seen ] || break; sleep 0.2; done
        imagebed tally > /dev/null
        echo "==== views $seen $(views)"
        imagebed doctor
        nginx -s stop
        """, check=False)
    out = run.stdout
    assert run.returncode == 0 and "failed" not in out, out[-3000:] + run.stderr[-3000:]
    assert_no_request_failed(out)
    assert "==== read before 0" not in out and "==== read after\n==== then\n" in out, out[-3000:]
    assert f"client_max_body_size {4 << 20};" in out and "==== served below /i/" in out
    seen, counted = out.split("==== views ")[1].split("\n")[0].split()
    assert seen == counted and int(seen) > 20, out[-3000:]
    assert "\nproblem" not in out, out[-3000:]
