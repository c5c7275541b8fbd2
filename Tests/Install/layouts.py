# The layouts in which EasyImages sites stand on real machines: folders, a web server in the layout's own places with its own user,
# and PHP-FPM of Debian with a pool as that user. Each is described in a file of its own, layout_NAME.py; the commands for it stand in
# docs/easyimages.md and are taken from there, so that the document and the test cannot differ.

import dataclasses
import importlib
import pathlib
import re

HERE = pathlib.Path(__file__).parent
DOCUMENT = HERE.parents[1] / "docs/easyimages.md"


@dataclasses.dataclass(frozen=True)
class Layout:
    name: str
    #: Its heading in the document.
    section: str
    #: The address of the site, that of its pictures where they have one of their own, and that of another PHP site of the machine.
    site: str
    other: str
    #: A shell script that makes and starts all that; the functions below are there.
    setup: str
    pictures: str = ""
    web: str = "nginx"
    #: Whether the new site stands behind another web server, which is told by lines that the takeover prints.
    proxied: bool = False
    #: What a panel, or somebody, does who saves the old site's file once more after the takeover; empty where there is no such file.
    saves: str = ""
    #: Whether that file says something else than before, so that the way back asks which one counts.
    differs: bool = False
    #: Whether the folder that is taken over holds the old program too, and what lies beside it.
    has_root: bool = True

    def commands(self, title):
        """The commands of the document's section that stand below the line `title:` or `title, …:`; empty where there is none."""
        text = DOCUMENT.read_text()
        section = re.search(rf"^### {re.escape(self.section)}\n(.*?)(?=^##|\Z)", text, re.MULTILINE | re.DOTALL)
        assert section, f"{DOCUMENT} has no section {self.section}"
        block = re.search(rf"^{title}(?:,.*)?:\n\n((?:    .*\n|\n)+)", section[1], re.MULTILINE)
        return re.sub("^    ", "", block[1], flags=re.MULTILINE).strip() if block else ""


def layouts():
    names = sorted(path.stem for path in HERE.glob("layout_*.py"))
    return [importlib.import_module(name).LAYOUT for name in names]


FUNCTIONS = """
sudo() { "$@"; }

# The sample install and the program that answers for it: make_old_site FOLDER USER SITE [PICTURES]
make_old_site() {
    mkdir -p "$1"
    cp -r /tmp/tests/old_program/. /tmp/easyimages/{config,i,admin} "$1/"
    cp htdocs/404.png "$1/public/images/404.png"
    cp "$1/i/2025/07/01/gsbl73.ico" "$1/favicon.ico"
    sed -i "s|'domain'=>'[^']*'|'domain'=>'$3'|; s|'imgurl'=>'[^']*'|'imgurl'=>'${4:-$3}'|; s|'ip_upload_counts'=>50|'ip_upload_counts'=>0|" \\
        "$1/config/config.php"
    chown -R "$2" "$1"
    chmod 700 "$1/config"
}

# Another PHP site of the machine: make_other_site FOLDER
make_other_site() {
    mkdir -p "$1"
    echo '<?php echo "another site of this machine: ", 6 * 7, "\\n";' > "$1/index.php"
}

# start_php NAME USER GROUP LISTEN
start_php() {
    [[ $4 != /* ]] || mkdir -p "${4%/*}"
    cat > "/tmp/php-$1.conf" <<END
[global]
error_log = /tmp/php-$1.log
[$1]
user = $2
group = $3
listen = $4
listen.owner = $2
listen.group = $3
pm = static
pm.max_children = 4
END
    php-fpm8.2 -n -y "/tmp/php-$1.conf" || exit 1
}

# A copy of Debian's nginx as a panel has it compiled, in a folder of its own: make_nginx FOLDER
make_nginx() {
    mkdir -p "$1"/{sbin,conf,logs,temp}
    cp /usr/sbin/nginx "$1/sbin/"
    cp /etc/nginx/{mime.types,fastcgi.conf,fastcgi_params} "$1/conf/"
    # What stands in the program itself where it was compiled for that folder.
    for kind in client_body fastcgi proxy scgi uwsgi; do echo "${kind}_temp_path $1/temp/$kind;"; done > "$1/conf/temp.conf"
}

# Every file of the machine that is not as the machine began, but logs and what is kept in memory.
state() {
    (cd /changed && find . ! -name '*.log' ! -path './tmp/*' ! -path './changed' -printf '%p %y %m %U %G %s %T@ %l\\n' | sort)
    find /run -printf '%p %y %m %l\\n' | sort
}

# A step of the test, unless one before it has failed: step NAME COMMANDS
step() {
    local status
    [ -z "${failed-}" ] || return
    echo "==== $1"
    (eval "set -e; $2") 2>&1
    status=$?
    [ $status = 0 ] || failed=$1
    echo "status $status"
}

# Until PHP answers at a site, or with another word behind it until it does not any more: until_php SITE [not]
until_php() {
    local turn
    for turn in {1..600}; do
        [ -z "${failed-}" ] || return
        if curl -sk -o /dev/null -D - "$1/api/index.php" | grep -qi '^x-powered-by: php'; then
            [ -n "${2-}" ] || return
        else
            [ -z "${2-}" ] || return
        fi
        sleep 0.1
    done
}
"""
