# An old site and a data folder for the command line alone, and what an import of the sample install says.

import json
import os
import subprocess

import engines
from old_site import copy_of_sample
from running_site import binaries

KEPT = """ftp_status ftp_host ftp_port ftp_user ftp_pass ftp_mode ftp_pasv ftp_ssl ftp_time ftp_complete_del_local ftp_delloc_sync mime
    imgRatio image_x image_y imgRatio_quality imgRatio_crop imgRatio_preserve_headers static_cdn static_cdn_url TinyPng_key
    checkImg checkImg_value moderatecontent_key nsfwjs_url checkEnv auto_delete
    tinyfilemanager delDir NProgress_default NProgress_Progress set_notice update""".split()
# Our setting, the old key, the value.
TAKEN = """site_name title Sample Images & Co|login_captcha captcha off|anonymous_upload mustLogin on|token_upload apiStatus on
    |uploads_path path /i/|folder_format storage_path Y/m/d/|name_style imgName short|image_max_bytes maxSize 5MB
    |video_max_bytes maxSize 5MB|watermark watermark off|watermark_text waterText sample mark|watermark_position waterPosition 5
    |watermark_color textColor rgba(0,0,0,0.5)|watermark_size textSize 25
    |download_extensions extensions jpg,jpeg,png,gif,bmp,webp,ico,jfif,tif,tga,svg|scale_uploads compress off
    |convert_quality compress_ratio 80|thumbnail_mode thumbnail ondemand|thumbnail_width thumbnail_w 258
    |thumbnail_height thumbnail_h 258|convert_format imgConvert off|image_max_width maxWidth 10240
    |image_max_height maxHeight 10240|image_min_width minWidth 5|image_min_height minHeight 5|public_list showSwitch on
    |gallery_newest_first showSort on|gallery_size listNumber 10|gallery_days listDate 30|forms_take_videos allowed off
    |record_senders upload_logs on|numbers_hours cache_freq 3|show_delete_links show_user_hash_del on
    |settings_page show_admin_inc on|statistics_page chart_on on|files_page file_manage on
    |public_details show_exif_info on|random_pictures info_rand_pic on|check_addresses check_ip off|address_list_allows check_ip_model off
    |address_list check_ip_list 203.0.113.7,198.51.100.*|check_blocked_md5 md5_black off
    |blocked_md5 md5_blacklist d41d8cd98f00b204e9800998ecf8427e|time_zone timezone Asia/Shanghai
    |daily_upload_limit ip_upload_counts 50|public_numbers public on|public_numbers_list public_list time,today,file,dir,month
    |report_url report https://report.example.test/form|recycle image_recycl on|hide_links hide off
    |hide_key hide_key sample hide 'key' 1|hide_path hide_path off|folder_of_admin admin_path_status off
    |folder_by_user guest_path_status off|folder_by_token token_path_status off|name_with_token_id token_suffix_ID on
    |admin_folder admin_path u|chunk_bytes chunks 0|terms terms <p>Sample terms</p>|convert_always imgConvert on
    |upright_uploads imgConvert on|thumbnail_fit thumbnail stretch|site_keywords keywords sample,images
    |site_description description A made up site for tests|notice_shown notice_status off|notice notice <p>Sample notice</p>
    |batch_files maxUploadFiles 30|accent theme green|history_link history on|first_format upload_first_show link
    |theme_switch dark-mode on|default_language language auto|login_picture login_bg /public/images/sample-bg.jpg
    |footer_html footer <!-- sample footer -->"""
ANNOUNCEMENT = """<b>Be kind</b> to "quotes", it's a \\backslash\\ $var
second line 中文"""
TOKEN_STATES = [("5f0c", 0, 4116536100, False), ("e21d", 1, 1751249700, True), ("09d7", 2, 4116536100, False)]


def tree(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def expected_report(old, address, state="added", dry_run=False, taken=True):
    values = {"base_url": {"from": "domain", "value": address}, "picture_urls": {"from": "imgurl", "value": ""}}
    for row in TAKEN.split("|"):
        ours, key, value = row.strip().split(" ", 2)
        values[ours] = {"from": key, "value": value}
    values["watermark_font"] = {"from": "textFont", "value": f"{old}/public/static/sample.ttf"}
    values["watermark_picture"] = {"from": "waterImg", "value": f"{old}/public/images/sample-mark.png"}
    values["announcement"] = {"from": "tips", "value": ANNOUNCEMENT}
    for ours, key in (("head_html", "customize"), ("banner_top", "ad_top_info"), ("banner_bottom", "ad_bot_info")):
        values[ours] = {"from": key, "value": ""}
    is_new = state == "added"
    return {
        "root": str(old), "store": f"{old}/i", "dry_run": dry_run,
        "settings": {"taken": taken, "values": values, "adjusted": {}, "kept": KEPT, "unknown": [], "missing": [], "different": []},
        "accounts": [
            {"name": "keeper", "role": "admin", "expires_at": None, "state": state},
            {"name": "anna", "role": "user", "expires_at": 4116536100, "state": state},
            {"name": "小明", "role": "user", "expires_at": 1751249700, "state": state},
        ],
        "tokens": [{"starts_with": start, "id": number, "expires_at": end, "expired": expired, "state": state}
                   for start, number, end, expired in TOKEN_STATES],
        "default_token": None,
        "root_files": {"served": 0, "bytes": 0, "left": {"part of EasyImages": {"count": 2, "examples": ["/admin/", "/config/"]}}},
        "logs": {"files": 1, "lines": 26, "matched": 24, "recycled": 2, "without_file": 0, "unreadable_lines": 0,
                 "unreadable_files": [], "senders": 26 if is_new else 0},
        "counters": {"days": 4, "addresses": 4, "unreadable": []},
        "files": {"seen": 24, "added": 24 if is_new else 0, "known": 0 if is_new else 24, "left": {}},
        "recycled": {"seen": 2, "added": 2 if is_new else 0, "known": 0 if is_new else 2, "left": {}},
        "gone": {"files": 0, "examples": [], "tokens": [], "ended": False, "obstacle": None}, "warnings": [],
    }


def everything(folder):
    return {str(path.relative_to(folder)): os.readlink(path) if path.is_symlink() else path.read_bytes() if path.is_file() else None
            for path in folder.rglob("*")}


class Desk:
    """An old site and a data folder."""

    def __init__(self, folder):
        self.folder = folder
        self.old = copy_of_sample(folder / "old")
        self.data = folder / "var"

    def call(self, *arguments, stdin=None):
        return subprocess.run([binaries() / "imagebed", *map(str, arguments), "--data", str(self.data)], capture_output=True, text=True,
                              timeout=600, input=stdin)

    def run(self, *arguments):
        done = self.call(*arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def setup(self):
        engines.prepare(self.data)
        self.run("setup", "--base-url", "http://img.example.org")
        return self

    def take(self, *options):
        return json.loads(self.run("import", "easyimages", self.old, "--json", *options))

    def refusal(self, *options):
        done = self.call("import", "easyimages", self.old, *options)
        assert done.returncode != 0, done.stdout
        return done.stderr

    def rows(self, statement):
        with engines.opened(self.data) as database:
            return database.dictionaries(statement)

    def edit(self, name, old, new):
        path = self.old / name
        text = path.read_bytes()
        assert old.encode() in text
        path.write_bytes(text.replace(old.encode(), new.encode()))
