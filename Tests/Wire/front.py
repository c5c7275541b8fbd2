"""A web server in front of a site, as a proxy of the operator's: real nginx, with what a test says it does."""

import os
import pathlib
import socket
import subprocess
import tempfile

from running_site import PATIENCE, reserved_port, until

CONFIGURATION = """
daemon off;
worker_processes 1;
pid {folder}/pid;
{user}
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port}{tls};
        {server}
        location / {{
            client_max_body_size {limit};
            proxy_pass http://127.0.0.1:{target};
            proxy_http_version 1.1;
            proxy_set_header Host $host;
            proxy_request_buffering off;
            {location}
        }}
    }}
}}
"""


class Front:
    def __init__(self, target):
        self.target = target
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="imagebed-front-"))
        self.keeper = reserved_port()
        self.port = self.keeper.getsockname()[1]
        self.process = None

    def url(self, scheme="http"):
        return f"{scheme}://127.0.0.1:{self.port}"

    def start(self, *, server="", location="", limit="0", certificate=None, target=None):
        """In the place of what runs already."""
        self.stop()
        if certificate:
            server += f" ssl_certificate {certificate}; ssl_certificate_key {self.folder}/key.pem;"
        (self.folder / "nginx.conf").write_text(CONFIGURATION.format(
            folder=self.folder, port=self.port, tls=" ssl" if certificate else "", server=server, location=location, limit=limit,
            target=target or self.target, user="user root;" if os.geteuid() == 0 else ""))
        with open(self.folder / "output", "ab") as output:
            self.process = subprocess.Popen(["nginx", "-p", self.folder, "-e", "stderr", "-c", self.folder / "nginx.conf"], stdin=subprocess.DEVNULL,
                                            stdout=output, stderr=output)
        assert until(self.listens), (self.folder / "output").read_text()

    def listens(self):
        with socket.socket() as client:
            return client.connect_ex(("127.0.0.1", self.port)) == 0

    def stop(self):
        if self.process:
            self.process.terminate()
            self.process.wait(PATIENCE)
            self.process = None

    def certificate(self, days):
        """A certificate that ends in so many days, signed by itself: who trusts it says so in CURL_CA_BUNDLE."""
        key, certificate = self.folder / "key.pem", self.folder / f"days{days}.pem"
        if not key.exists():
            openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=127.0.0.1", "-addext",
                    "subjectAltName=IP:127.0.0.1", "-days", "9", "-keyout", key, "-out", self.folder / "first.pem")
        openssl("x509", "-in", self.folder / "first.pem", "-signkey", key, "-days", str(days), "-out", certificate)
        return certificate


def openssl(*arguments):
    subprocess.run(["openssl", *arguments], check=True, capture_output=True)
