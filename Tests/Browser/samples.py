# Pages with every component and real texts, without a server of the project: samples/NAME.html in samples/frame.html, in the language and the
# look that the query asks for, under the policy that the pages of a site have. "[[a|b|c]]" is a text in the three languages.

import contextlib
import http.server
import pathlib
import re
import threading
from urllib.parse import parse_qs, urlsplit

HERE = pathlib.Path(__file__).resolve().parent / "samples"
HTDOCS = HERE.parents[2] / "htdocs"
LANGUAGES = ["zh-CN", "zh-TW", "en"]
NAMES = sorted(path.stem for path in HERE.glob("*.html") if path.stem != "frame" and "<!-- title:" in path.read_text())
POLICY = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; connect-src 'self'; "
          "manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
          "require-trusted-types-for 'script'; trusted-types imagebed")
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".png": "image/png", ".ico": "image/x-icon"}
CODE = '''<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 305 54" width="305" height="54"><rect width="305" height="54" fill="#fff"/>
<text x="30" y="39" font-size="34" font-family="monospace" letter-spacing="26" fill="#345">7KQ2M</text></svg>'''
SKIES = [("#8ec5ff", "#fff3d6", "#2f6f5e", "#1d4a3f"), ("#f7b267", "#f25c54", "#4a2545", "#2b1530"), ("#b8e1dd", "#f7fff7", "#3a6ea5", "#1f4068"),
         ("#cdb4db", "#ffc8dd", "#6d597a", "#413256"), ("#f1faee", "#a8dadc", "#457b9d", "#1d3557"), ("#1b2a49", "#465c8b", "#0f172a", "#060b18")]


def picture(number):
    above, below, far, near = SKIES[number % len(SKIES)]
    x = 120 + number * 97 % 480
    return f'''<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 480" preserveAspectRatio="xMidYMid slice" width="960" height="640">
<defs><linearGradient id="s" x2="0" y2="1"><stop stop-color="{above}"/><stop offset="1" stop-color="{below}"/></linearGradient></defs>
<rect width="720" height="480" fill="url(#s)"/><circle cx="{x}" cy="150" r="48" fill="#fff" opacity=".85"/>
<path d="M0 340 150 {210 + number * 13 % 60} 260 310 420 {180 + number * 29 % 70} 600 330 720 260V480H0z" fill="{far}"/>
<path d="M0 420 200 340 380 410 560 330 720 400V480H0z" fill="{near}"/></svg>'''


def card(number, texts):
    video = number == 3
    shown = ('<span class="kind">mov</span>' if number == 6 else f'<img src="picture/{number}.svg" alt="IMG_{number:04}.jpg" loading="lazy" width="258" height="258">')
    return f'''<li class="card" id="f{number}">
<a href="details.html">{shown}{'<span class="length">0:42</span>' if video else ''}</a>
<label class="pick"><input type="checkbox" name="id[]" value="{number}" aria-label="[[选择|選取|Select]] IMG_{number:04}"{' checked' if number == 2 else ''}></label>
<p class="name" title="IMG_{number:04}-照片.jpg">IMG_{number:04}-照片.jpg</p>
<div class="actions"><button type="button" data-copy="f{number}-url">[[复制|複製|Copy]]</button><input class="unseen" id="f{number}-url" readonly value="https://img.example.org/i/{number}.jpg" tabindex="-1" aria-label="[[链接|連結|Link]]">
<details class="more"><summary aria-label="[[更多|更多|More]]: IMG_{number:04}"><svg class="icon" width="20" height="20" aria-hidden="true"><use href="assets/icons.svg#dots"></use></svg></summary><div class="menu"><a href="details.html">[[信息|資訊|Details]]</a><a href="?download">[[下载|下載|Download]]</a><a href="?report">[[举报|檢舉|Report]]</a></div></details></div>
</li>'''


def day_card(number):
    name = ["1x8kq2m.jpg", "7bq0a1.png", "a-name-that-was-kept-and-is-rather-long-2026.webp", "clip.mp4"][number % 4]
    shown = '<span class="kind">mp4</span>' if number % 4 == 3 else f'<img src="picture/{number}.svg" alt="{name}" loading="lazy" width="258" height="258">'
    return f'''<li class="card">
<a href="picture/{number}.svg">{shown}</a>
<p class="name">{name}</p>
<div class="copybox"><input readonly value="https://img.example.org/i/2026/11/26/{name}" aria-label="[[链接|連結|Link]] {number}"><button type="button" data-copy>[[复制|複製|Copy]]</button></div>
<details class="more"><summary aria-label="[[更多|更多|More]]: {name}">⋯</summary><div class="menu"><a href="details.html">[[信息|資訊|Details]]</a><a href="?download">[[下载|下載|Download]]</a><a href="?report">[[举报|檢舉|Report]]</a>
<form method="post" action="?"><button name="mode" value="recycle">[[回收|回收|Recycle]]</button>
<button class="danger" name="mode" value="delete" data-ask="ask-delete">[[彻底删除|徹底刪除|Delete for good]]</button></form></div></details>
</li>'''


def chart():
    heights = [40, 62, 55, 70, 30, 22, 58, 80, 77, 64, 50, 35, 28, 66, 90, 84, 71, 60, 33, 25, 72, 95, 88, 70, 61, 40, 30, 76, 99, 83]
    bars = "".join(f'<rect x="{i + .15}" y="{100 - high}" width=".7" height="{high}"><title>11-{i + 1:02}: {high}</title></rect>'
                   for i, high in enumerate(heights))
    return (f'<svg class="chart" viewBox="0 0 30 100" preserveAspectRatio="none" role="img" aria-labelledby="chart-title"><title id="chart-title">'
            f'[[最近 30 天的上传|最近 30 天的上傳|Uploads of the last 30 days]]</title>{bars}</svg>'
            '<p class="axis" aria-hidden="true"><span>10-28</span><span>11-07</span><span>11-17</span><span>11-26</span></p>')


def page(name, language="zh-CN", theme="auto", accent="default", retry="60"):
    """The text of a sample, or None."""
    file = HERE / f"{name}.html"
    if name not in NAMES:
        return None
    content = file.read_text()
    title = re.match(r"<!-- title: (.*?) -->\n", content)
    content = content[title.end():]
    content = re.sub(r"\{\{cards:(\d+)\}\}", lambda found: "\n".join(card(i + 8 * (found[1] == "5"), None) for i in range(int(found[1]))), content)
    content = content.replace("{{daycards}}", "\n".join(map(day_card, range(7))))
    content = content.replace("{{days}}", "\n".join(f'<a href="?date=2026/11/{day:02}/"{" aria-current=page" if day == 26 else ""}>{day}[[号|日|]]</a>' for day in range(26, 0, -1)))
    text = (HERE / "frame.html").read_text().replace("{{content}}", content.replace("{{chart}}", chart())).replace("{{title}}", title[1])
    for word, value in [("lang", language), ("theme", theme), ("accent", accent), ("retry", retry)]:
        text = text.replace("{{" + word + "}}", value)
    text = re.sub(r"\{\{at:(\w+)\}\}", lambda found: ' aria-current="page"' if found[1] == name else "", text)
    text = re.sub(r"\{\{in:([\w-]+)\}\}", lambda found: ' aria-current="true"' if found[1] == language else "", text)
    text = re.sub(r"\{\{look:(\w+)\}\}", lambda found: ' aria-current="true"' if found[1] == theme else "", text)
    return re.sub(r"\[\[(.*?)\]\]", lambda found: found[1].split("|")[LANGUAGES.index(language)], text)


def asked(query):
    names = {"lang": "language", "theme": "theme", "accent": "accent", "retry": "retry"}
    return {names[name]: value for name, value in query.items() if name in names}


class Answers(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        address = urlsplit(self.path)
        query = {name: values[-1] for name, values in parse_qs(address.query).items()}
        name = address.path.strip("/")
        if name == "code.svg":
            return self.give(CODE.encode(), "image/svg+xml")
        if name.startswith("picture/"):
            return self.give(picture(sum(name.encode())).encode(), "image/svg+xml")
        if name.endswith(".html") and (text := page(name[:-5], **asked(query))):
            return self.give(text.encode(), "text/html;charset=utf-8")
        file = (HTDOCS / re.sub(r"^assets/[0-9a-f]{8}/", "assets/", name)).resolve()
        if file.is_file() and file.is_relative_to(HTDOCS) and file.suffix in TYPES:
            return self.give(file.read_bytes(), TYPES[file.suffix])
        self.send_error(404)

    def do_POST(self):
        """Back to the page, as a form is answered; the requests are counted for the tests."""
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.posts = getattr(self.server, "posts", 0) + 1
        self.send_response(303)
        self.send_header("Location", urlsplit(self.path).path)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def give(self, body, kind):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def serving(port=0):
    """The server that answers the samples while this lasts."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()


if __name__ == "__main__":
    import sys
    import time
    with serving(int(sys.argv[1]) if len(sys.argv) > 1 else 0) as here:
        print(f"http://127.0.0.1:{here.server_port}/upload.html", flush=True)
        while True:
            time.sleep(3600)
