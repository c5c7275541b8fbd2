# Copying, messages and questions (copy.js, page.js), on plain http to a host's name, under the pages' policy.

from selenium.webdriver import Keys

from using import clipboard, find, module, opened, pressed, server  # noqa: F401


# Copying

def test_copy_without_the_clipboard_api(opened):  # noqa: F811
    page = opened("details")
    assert page.run("return [isSecureContext, typeof navigator.clipboard]") == [False, "undefined"]
    button = find(page, "#c2 ~ [data-copy]")
    button.click()
    page.wait('document.querySelector("#c2 ~ [data-copied]")')
    assert button.text == "已复制" and page.run("return document.activeElement === arguments[0]", button)
    assert page.run('return document.getElementById("toasts").textContent') == "已复制"
    assert clipboard(page) == "![假日-照片.jpg](https://img.example.org/i/2026/11/26/1x8kq2m.jpg)"
    page.wait('!document.querySelector("[data-copied]")')
    assert button.text == "复制"


def test_copy_of_an_element_by_its_id(opened):  # noqa: F811
    page = opened("upload")
    find(page, "[data-copy=all-links]").click()
    page.wait('document.querySelector("[data-copied]")')
    assert clipboard(page).splitlines() == ["https://img.example.org/i/2026/11/26/alru28.png",
                                            "https://img.example.org/i/2026/11/26/1x8kq2m-a-longer-name-of-a-file.webp"]


def test_copy_of_a_field_that_is_not_shown(opened):  # noqa: F811
    page = opened("day")
    find(page, ".cards [data-copy]").click()
    page.wait('document.querySelector("[data-copied]")')
    assert not find(page, ".cards .copybox input").is_displayed()
    assert clipboard(page) == "https://img.example.org/i/2026/11/26/1x8kq2m.jpg"


def test_copy_that_fails_leaves_the_field_selected(opened):  # noqa: F811
    page = opened("details")
    page.run("document.execCommand = () => false")
    find(page, "#c1 ~ [data-copy]").click()
    page.wait('document.querySelector(".toast.warn")?.textContent.includes("请按 Ctrl+C 复制")')
    assert page.run('const one = document.getElementById("c1"); return [document.activeElement === one, one.selectionStart, one.selectionEnd]') == \
        [True, 0, len("https://img.example.org/i/2026/11/26/1x8kq2m.jpg")]


def test_copy_within_a_dialog(opened):  # noqa: F811
    page = opened("account")
    find(page, "[data-open=revoke]").click()
    # The dialog's own button runs it, because a browser copies only when a person acts.
    page.run('''document.querySelector("#revoke button").addEventListener("click", event => {
        event.preventDefault(); import("/assets/copy.js").then(({copy}) => copy("within").then(done => window.done = done)); })''')
    find(page, "#revoke button").click()
    page.wait("window.done")
    page.run('document.getElementById("revoke").close()')
    assert clipboard(page) == "within"


# Messages

def test_messages(opened):  # noqa: F811
    page = opened("gallery")
    module(page, 'page => { page.toast("<b>好</b>", "ok"); page.toast("没有成功", "bad"); page.toast("已移到回收站", "", {label: "撤销", run: () => window.undone = true}); }')
    page.wait("document.getAnimations().length === 0")
    assert [shown.text.splitlines() for shown in page.driver.find_elements("css selector", ".toast")] == [["<b>好</b>"], ["没有成功", "关闭"], ["已移到回收站", "撤销", "关闭"]]
    find(page, ".toast:last-child button").click()
    assert page.run("return window.undone") is True
    page.wait('document.querySelectorAll(".toast").length === 1')
    assert "没有成功" in find(page, ".toast").text
    find(page, ".toast button").click()
    assert page.driver.find_elements("css selector", ".toast") == []


def test_messages_are_within_an_open_dialog(opened):  # noqa: F811
    """Outside of it nothing is read or pressed."""
    page = opened("account")
    find(page, "[data-open=revoke]").click()
    module(page, 'page => { page.toast("没有成功", "bad"); }')
    assert page.run('return document.querySelector(".toast").closest("dialog").id') == "revoke"
    find(page, "#revoke button").click()
    page.wait('document.querySelector("body > #toasts > .toast")')


# Questions

def test_the_first_focus_of_a_question_is_on_the_harmless_button(opened):  # noqa: F811
    page = opened("gallery")
    find(page, "[data-ask]").click()
    assert page.driver.switch_to.active_element.text == "取消"
    pressed(page, Keys.ESCAPE)
    page.wait('!document.querySelector("dialog[open]")')
    assert page.driver.switch_to.active_element.text == "删除"


def test_a_form_is_sent_after_a_yes_alone(server, opened):  # noqa: F811
    page = opened("gallery")
    before = getattr(server, "posts", 0)
    find(page, "[data-ask]").click()
    find(page, "#really button").click()
    page.wait('!document.querySelector("dialog[open]")')
    assert getattr(server, "posts", 0) == before
    page.run("window.here = true")
    find(page, "[data-ask]").click()
    find(page, "#really .danger").click()
    page.wait("!window.here && document.readyState === 'complete'")
    assert server.posts == before + 1


def test_answers(opened):  # noqa: F811
    page = opened("gallery")
    page.run('import("/assets/page.js").then(page => page.ask("really")).then(answer => window.answer = answer)')
    page.wait('document.querySelector("dialog[open]")')
    find(page, "#really .danger").click()
    assert page.wait("window.answer") == "delete"
