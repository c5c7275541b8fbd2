# What the site is measured against: a plain nginx of the same binary, worker count and disk, and responders in C: one says hello, one takes
# uploads (take.c).

import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time

from running_site import reserved_port, until

CONFIGURATION = """
worker_processes {workers};
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
{user}
events {{ worker_connections 1024; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    fastcgi_temp_path {folder}/fastcgi;
    proxy_temp_path {folder}/proxy;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    client_max_body_size 100m;
    sendfile on;
    server {{
        listen 127.0.0.1:{port} backlog=4096;
        root {folder}/root;
        location /put/ {{ dav_methods PUT; }}
        location /hello {{
            include /etc/nginx/fastcgi_params;
            fastcgi_pass unix:{folder}/hello.sock;
        }}
        location /take {{
            include /etc/nginx/fastcgi_params;
            client_body_buffer_size 512k;
            fastcgi_pass unix:{folder}/take.sock;
        }}
    }}
}}
"""

HELLO = """
#include <fcgiapp.h>
int main(void) {
    FCGX_Request request;
    FCGX_Init();
    FCGX_InitRequest(&request, 0, 0);
    while (FCGX_Accept_r(&request) == 0) {
        FCGX_FPrintF(request.out, "Content-Type: application/json; charset=utf-8\\r\\n\\r\\n{\\"hello\\":\\"world\\"}");
        FCGX_Finish_r(&request);
    }
    return 0;
}
"""


class Yardstick:
    """A plain nginx: static files below /, PUT below /put/, the C responders at /hello and /take; in a folder below another one if not that for
    temporary files."""

    def __init__(self, workers, responders=0, takers=0, is_durable=False, below=None):
        self.workers, self.responders, self.takers, self.is_durable = workers, responders, takers, is_durable
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="imagebed-yardstick-", dir=below))
        self.folder.chmod(0o755)
        self.port_keeper = reserved_port()
        self.port = self.port_keeper.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.children = []

    def __enter__(self):
        (self.folder / "root" / "put").mkdir(parents=True)
        if self.responders:
            (self.folder / "hello.c").write_text(HELLO)
            self.start_responders(self.folder / "hello.c", self.responders)
        if self.takers:
            (self.folder / "taken").mkdir()
            words = [self.folder / "taken", *(["log"] if self.is_durable else [])]
            self.start_responders(pathlib.Path(__file__).with_name("take.c"), self.takers, *words)
        user = "user root;" if os.geteuid() == 0 else ""
        (self.folder / "nginx.conf").write_text(
            CONFIGURATION.format(workers=self.workers, folder=self.folder, port=self.port, user=user))
        self.children.append(subprocess.Popen(["/usr/sbin/nginx", "-p", self.folder, "-c", self.folder / "nginx.conf"],
                                              stderr=subprocess.DEVNULL))
        assert until(lambda: is_open(self.port)), "the yardstick's nginx did not start"
        return self

    def start_responders(self, source, count, *words):
        """As many processes on one socket as the site has."""
        program = self.folder / source.stem
        subprocess.run(["gcc", "-O2", "-o", program, source, "-lfcgi"], check=True)
        listening = socket.socket(socket.AF_UNIX)
        listening.bind(str(program.with_suffix(".sock")))
        listening.listen(4096)
        self.children += [subprocess.Popen([program, *words], stdin=listening) for _ in range(count)]
        listening.close()

    def __exit__(self, *_):
        for child in self.children:
            child.send_signal(signal.SIGTERM)
        for child in self.children:
            child.wait(20)
        self.port_keeper.close()
        shutil.rmtree(self.folder)

    def place(self, name, content):
        (self.folder / "root" / name).write_bytes(content)
        return f"{self.url}/{name}"

    def empty(self):
        """Forgets what was put, so that the disk does not fill."""
        for folder in [self.folder / "root" / "put", self.folder / "taken"]:
            for path in folder.iterdir() if folder.is_dir() else []:
                if path.name != "log":
                    path.unlink()


def is_open(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def workers_of(site):
    """How many worker processes the site's own nginx has."""
    from running_site import command_line
    return max(1, sum("nginx: worker" in command_line(process) for process in site.processes()))


def vipsthumbnail(source, target):
    """Seconds for a thumbnail of the default size by vipsthumbnail, its start included as is ours."""
    start = time.perf_counter()
    subprocess.run(["vipsthumbnail", source, "--size", "258x258", "--smartcrop", "centre", "-o", f"{target}[Q=90]"], check=True)
    return time.perf_counter() - start
