# The pages of a site, in one place for whatever looks at each of them.

import dataclasses
import json


@dataclasses.dataclass(frozen=True)
class Page:
    name: str
    # Below the site's base URL; {file} and {video} are the paths of stored ones as the pages' addresses have them.
    address: str
    # Who looks: "visitor", "user" or "admin".
    who: str = "visitor"
    # The status of its answer.
    status: int = 200
    # Run on the site before the page is opened.
    before: str = ""
    # Settings of the site with which it is so.
    settings: tuple = ()


def remembered(*names):
    """What uploads leave in the browser, for the history."""
    entries = {name: json.dumps({"result": "success", "code": 200, "url": "{base}{file}", "srcName": name, "thumb": "{base}{file}", "del": ""}) for name in names}
    return f"for (const [name, value] of Object.entries({json.dumps(entries)})) localStorage.setItem(name, value);"


# (Those of JSON show what `synced.synchronise` has made for the user.)
PAGES = [
    Page("upload", "/", "user"),
    Page("gallery", "/app/list.php"),
    Page("gallery-admin", "/app/list.php", "admin"),
    Page("gallery-empty", "/app/list.php?search=webp"),
    Page("details", "/app/info.php?img={file}"),
    Page("details-video", "/app/info.php?img={video}"),
    Page("details-admin", "/app/info.php?img={file}", "admin"),
    Page("details-replacing", "/app/info.php?img={file}", "admin", settings=(("replace_files", "on"),)),
    Page("details-missing", "/app/info.php?img=/i/2001/01/01/none.jpg", status=404),
    Page("history", "/app/history.php", before=remembered("假日-照片", "screenshot 2026-11-26")),
    Page("history-user", "/app/history.php", "user", before=remembered("假日-照片")),
    Page("history-empty", "/app/history.php", before="localStorage.clear()"),
    Page("terms", "/admin/terms.php"),
    Page("sign-in", "/user/login.php"),
    Page("signed-in", "/user/login.php", "admin"),
    Page("account", "/user/index.php", "user"),
    Page("files", "/user/files.php", "admin"),
    Page("files-unlisted", "/user/files.php?in=unlisted", "user"),
    Page("files-recycled", "/user/files.php?in=recycled", "user"),
    Page("gallery-search", "/app/list.php?q=%E5%81%87%E6%97%A5"),
    Page("gallery-day", "/app/list.php?num=20"),
    Page("json", "/user/json.php", "user"),
    Page("json-empty", "/user/json.php", "admin"),
    Page("json-versions", "/user/json.php?key=user_settings", "user"),
    Page("json-version", "/user/json.php?key=user_settings&version=3", "user"),
    Page("json-comparison", "/user/json.php?key=user_settings&a=1&b=3", "user"),
    Page("json-conflicts", "/user/json.php?in=conflicts", "user"),
    Page("json-conflict", "/user/json.php?conflict=1", "user"),
    Page("json-devices", "/user/json.php?in=devices", "user"),
    Page("site-files", "/admin/files.php", "admin"),
    Page("site-files-filtered", "/admin/files.php?owner=-&folder=2001/01", "admin"),
    Page("site-files-fault", "/admin/files.php?owner=nobody&address=x", "admin", status=422),
    Page("site-files-all", "/admin/files.php?owner=-&all=1", "admin"),
    Page("site-files-suspects", "/admin/files.php?in=suspic", "admin"),
    Page("site-files-bin", "/admin/files.php?in=recycle", "admin"),
    Page("statistics", "/admin/chart.php", "admin"),
    Page("logs", "/admin/logs.php", "admin"),
    Page("logs-nothing", "/admin/logs.php?by=address&q=192.0.2.200", "admin"),
    Page("logs-sign-ins", "/admin/logs.php?log=login", "admin"),
    Page("security", "/user/security.php", "user"),
    Page("users", "/admin/users.php", "admin"),
    Page("users-account", "/admin/users.php?account=anna", "admin"),
    Page("users-keys", "/admin/users.php?in=keys", "admin"),
    Page("users-waiting", "/admin/users.php?in=waiting", "admin"),
    Page("users-forbidden", "/admin/users.php", "user", status=403),
    Page("settings", "/admin/settings.php", "admin"),
    Page("settings-watermark", "/admin/settings.php?key=watermark_text", "admin",
         settings=(("watermark", "text"), ("watermark_text", "© 图床"), ("watermark_size", "40"))),
    Page("settings-one", "/admin/settings.php?key=terms", "admin"),
    Page("register", "/user/register.php", settings=(("registration", "approval"),)),
    Page("register-closed", "/user/register.php", status=403),
    Page("upload-notice", "/", "user", before="document.cookie = 'notice=; max-age=0; path=/'",
         settings=(("notice", "<p>周日 2:00 – 4:00 维护，期间不能上传。</p>"), ("notice_shown", "on"), ("announcement", "<p>欢迎！请不要上传他人的隐私。</p>"))),
    Page("api", "/api.php"),
    Page("not-found", "/no-such-page", status=404),
]
