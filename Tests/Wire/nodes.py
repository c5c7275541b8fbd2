"""Several nodes of one site, with one database, one secret and one shared folder, behind the nginx of the recipe that is shipped."""

import contextlib
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import threading

import engines
from front import Front
from running_site import PATIENCE, ROOT, OneNode, command_line, until

RECIPE = ROOT / "Sources/imagebed/install/examples/nginx/front.conf"
ADDRESSES = ["10.0.0.11:8090", "10.0.0.12:8090"]

WHOLE = """
daemon off;
worker_processes 2;
pid {folder}/pid;
{user}
events {{}}
http {{
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    include {folder}/front.conf;
}}
"""


def replaced(text, expression, by, count):
    """The text with an exact number of places changed: a recipe that has others now is not what the test is about."""
    text, found = re.subn(expression, lambda _: by, text)
    assert found == count, (expression, found)
    return text


class Recipe(Front):
    """nginx with the recipe, which is changed where docs/cluster.md says so, and listens without TLS unless it is to be tried."""

    def __init__(self, ports):
        super().__init__(None)
        self.ports = ports
        self.file = self.folder / "front.conf"

    def begin(self, *, share=None, certificate=None):
        text = RECIPE.read_text()
        for address, port in zip(ADDRESSES, self.ports):
            text = replaced(text, re.escape(f"server {address} "), f"server 127.0.0.1:{port} ", 2)
        text = replaced(text, r" listen \[::\]:\d+[^;]*;", "", 2)
        text = replaced(text, r"/var/log/nginx/imagebed-front\.log", f"{self.folder}/access.log", 1)
        text = replaced(text, r"listen 443 ssl http2;", f"listen 127.0.0.1:{self.port}{' ssl http2' if certificate else ''};", 1)
        text = replaced(text, r"listen 80;", f"listen unix:{self.folder}/plain.sock;", 1)
        text = replaced(text, r"ssl_certificate  .*;", f"ssl_certificate {certificate};" if certificate else "", 1)
        text = replaced(text, r"ssl_certificate_key .*;", f"ssl_certificate_key {self.folder}/key.pem;" if certificate else "", 1)
        if share:
            text = replaced(text.replace("#share ", ""), r"/srv/imagebed\b", str(share), 2)
        self.file.write_text(text)
        self.launch()
        return self

    def launch(self):
        conf = self.folder / "nginx.conf"
        conf.write_text(WHOLE.format(folder=self.folder, user="user root;" if os.geteuid() == 0 else ""))
        subprocess.run(["nginx", "-t", "-q", "-p", self.folder, "-e", "stderr", "-c", conf], check=True)
        with open(self.folder / "output", "ab") as output:
            self.process = subprocess.Popen(["nginx", "-p", self.folder, "-e", "stderr", "-c", conf], stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        assert until(self.listens), (self.folder / "output").read_text()

    def workers(self):
        return pathlib.Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()

    def change(self, script):
        """As the operator does with sed, and nginx works by it when this returns."""
        former = self.workers()
        subprocess.run(["sed", "-i", script, self.file], check=True)
        self.process.send_signal(signal.SIGHUP)
        assert until(lambda: not set(former) & set(self.workers()) and self.workers())

    def asked(self):
        """(method, path, status, the nodes' ports that were asked) of each request, oldest first."""
        line = re.compile(r'\S+ \[[^]]*\] "(\S+) (\S+) [^"]*" (\d+) \d+ \S+ [0-9a-f]{32} "([^"]*)" "[^"]*"')
        found = [line.fullmatch(each) for each in (self.folder / "access.log").read_text().splitlines()]
        return [(each[1], each[2], int(each[3]), re.findall(r"127\.0\.0\.1:(\d+)", each[4])) for each in found]

    def said(self):
        """The last errors of nginx."""
        return (self.folder / "output").read_text()[-4000:]

    def remove(self):
        self.stop()
        self.keeper.close()
        shutil.rmtree(self.folder, ignore_errors=True)


class Pretended:
    """A node that notes what it is asked, and answers with its number, or cuts the connection when it has the whole request."""

    def __init__(self, number):
        self.number, self.cuts, self.asked = number, False, []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.work, daemon=True).start()

    def work(self):
        with contextlib.suppress(OSError):
            while True:
                self.serve(self.listener.accept()[0])

    def end(self):
        """(Closed alone it would take connections as long as the thread waits for one.)"""
        with contextlib.suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()

    def serve(self, connection):
        with connection, connection.makefile("rb") as wire:
            line = wire.readline().decode()
            if not line:
                return
            headers = {}
            while (each := wire.readline().decode().strip()):
                name, _, value = each.partition(":")
                headers.setdefault(name.lower(), []).append(value.strip())
            body = wire.read(int(headers.get("content-length", ["0"])[0]))
            self.asked.append((line.split()[0], line.split()[1], headers, body))
            if not self.cuts:
                connection.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\n%d" % self.number)


class Nodes:
    """Two nodes and their front; `url` and `key` are the site's, as a client wants them."""

    prefix = ""

    def __init__(self):
        self.shared = pathlib.Path(tempfile.mkdtemp(prefix="imagebed-shared-"))
        self.shared.chmod(0o755)
        self.words = engines.server().make()
        self.all = [OneNode(), OneNode()]
        self.front = Recipe([node.port for node in self.all])
        self.url, self.port = self.front.url(), self.front.port

    def start(self):
        for number, node in enumerate(self.all):
            self.prepare(node, f"web{number + 1}")
            node.start()
        one = self.all[0]
        self.key = one.key
        one.imagebed("settings", "set", "base_url", self.url)
        one.imagebed("settings", "set", "trusted_proxies", "127.0.0.1")
        for node in self.all:
            node.imagebed("follow", "--once")
            node.reload_web_server()
        self.front.begin()
        return self

    def prepare(self, node, name):
        """uploads/ and recycle/ lead to the shared folder, all else is the node's own."""
        node.data.mkdir()
        for folder in ("uploads", "recycle"):
            (self.shared / folder).mkdir(exist_ok=True)
            (node.data / folder).symlink_to(self.shared / folder)
        engines.configure(node.data, self.words)
        with open(node.data / "cluster.conf", "a") as file:
            file.write(f"node = {name}\n")
        if node is not self.all[0]:
            (node.data / "secret").touch(mode=0o600)
            (node.data / "secret").write_text((self.all[0].data / "secret").read_text())

    def query(self, statement, *values):
        return self.all[0].query(statement, *values)

    def named(self, port):
        return next(node for node in self.all if str(node.port) == str(port))

    def remove(self):
        self.front.remove()
        left = [process for node in self.all for process in node.stop()]
        for node in self.all:
            node.remove()
        shutil.rmtree(self.shared, ignore_errors=True)
        assert left == []


def kill(node):
    """kill -9 of everything that the node runs; its nginx first, which otherwise would tell of responders that have gone."""
    def remains():
        for process in sorted(node.processes(), key=lambda each: "nginx: " not in command_line(each)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        return node.processes()

    assert until(lambda: not remains())
    node.process.wait(PATIENCE)
    node.stop()
