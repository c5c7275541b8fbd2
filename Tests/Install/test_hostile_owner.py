# The service's user is not to be trusted: every bug of the programs, and of all that runs as that user, would be one of root's.

import pathlib

import pytest

PORT = 18300
HERE = pathlib.Path(__file__).resolve().parent


@pytest.mark.parametrize("web", ["nginx", "apache"])
def test_the_data_folder_makes_nobody_root(machine, web):
    """Whatever stands in the place of what was there: outside of that folder nothing changes, no secret is told, and nothing of root's waits."""
    if web == "apache":
        machine.bring_apache()
    machine.bring(HERE, "tests")
    run = machine.run(f"""
        ./install.sh --web {web} --port {PORT} > /tmp/out || exit 1
        python3 /tmp/tests/hostile.py {web} {PORT} 2>&1
        echo ==== answers $(curl -s http://127.0.0.1:{PORT}/api/v1/stats.php)
        """, check=False)
    print(run.stdout)
    bad = [line for line in run.stdout.splitlines() if line.split(" ")[0] in ("HANGS", "CHANGED", "TOLD", "ENDED", "ILL", "Traceback")]
    assert bad == [], "\n".join(bad)
    assert int(run.stdout.split("ROTATED ")[1].split()[0]) > 20
    assert "\nWELL\n" in run.stdout and '==== answers {"success":true' in run.stdout, run.stdout[-2000:] + run.stderr[-2000:]
