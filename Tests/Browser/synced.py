# Accounts whose devices synchronise JSON files.

import json

import requests


class Person:
    """An account with a browser's session, which pushes as several devices."""

    def __init__(self, site, cookies):
        self.site, self.cookies = site, cookies

    def ask(self, method, address, **more):
        return requests.request(method, self.site.url + address, cookies=self.cookies, headers={"Sec-Fetch-Site": "same-origin"}, timeout=120, **more)

    def push(self, key, content, device="phone", base=None, **more):
        """The content is text, so that nothing is spelt anew."""
        rest = {"file_key": key, "device_id": device, **({} if base is None else {"base_version": base}), **more}
        answer = self.ask("POST", "/api/v1/json/sync.php", data=(json.dumps(rest)[:-1] + f', "content": {content}}}').encode())
        assert answer.status_code == 200, answer.text
        return answer.json()

    def pull(self, key, device):
        self.ask("GET", "/api/v1/json/sync.php", params={"file_key": key, "device_id": device})

    def enter(self, browser):
        browser.open(self.site.url + "/favicon.svg")
        for name, value in {**self.cookies, "lang": "zh-CN"}.items():
            browser.tell("Network.setCookie", name=name, value=value, url=self.site.url + "/", httpOnly=True)


def synchronise(site, cookies):
    """Two files, one of them with three versions of two devices and a conflict: the first one of a new site."""
    person = Person(site, cookies)
    numbers = '"id": 9007199254740993, "ratio": 1.10'
    person.push("user_settings", f'{{"theme": "auto", "fontSize": 14, {numbers}, "tags": ["a", "b"]}}', "phone", 0, device_name="手机", message="首次推送")
    person.pull("user_settings", "desk")
    person.push("user_settings", f'{{"theme": "light", "fontSize": 16, {numbers}, "tags": ["a", "b", "c"]}}', "desk", 1, device_name="电脑", message="更新主题")
    person.push("user_settings", f'{{"theme": "dark", "fontSize": 15, {numbers}, "tags": ["a"]}}', "phone", 1)
    person.push("app_config", '{"version": 2}', "phone", 0)
