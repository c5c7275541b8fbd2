# Using the samples as a person does: fixtures and steps for the tests of scripts that all pages have.

import pytest
from selenium.webdriver import Keys
from selenium.webdriver.common.action_chains import ActionChains

import samples
from browser import HOST
from running_site import until

LOADED = 'document.documentElement.classList.contains("js") && document.readyState === "complete"'


@pytest.fixture(scope="module")
def server():
    with samples.serving() as running:
        yield running


@pytest.fixture
def opened(server, browser):
    def go(name, query=""):
        browser.open(f"http://{HOST}:{server.server_port}/{name}.html?{query}")
        browser.run("localStorage.clear()")
        browser.wait(LOADED)
        return browser
    return go


def source(browser, expected):
    """The page once it holds a text; without scripts the driver does not wait for what a press has begun."""
    found = until(lambda: expected in browser.driver.page_source and browser.driver.page_source)
    assert found, f"{expected} is not on {browser.driver.current_url}"
    return found


def find(browser, selector):
    return browser.driver.find_element("css selector", selector)


def module(browser, call, *arguments):
    """Runs a function of page.js's module `page`."""
    return browser.driver.execute_async_script(f'''
        const given = [...arguments], done = given.pop();
        import("/assets/page.js").then(page => ({call})(page, ...given)).then(done, error => done("FAILED " + error));''', *arguments)


def pressed(browser, *keys):
    ActionChains(browser.driver).send_keys(*keys).perform()


def clipboard(browser):
    """What Ctrl+V puts into a field."""
    browser.run('document.getElementById("paste")?.remove(); document.body.insertAdjacentElement("beforeend", Object.assign(document.createElement("textarea"), {id: "paste"})).focus()')
    ActionChains(browser.driver).key_down(Keys.CONTROL).send_keys("v").key_up(Keys.CONTROL).perform()
    return browser.run('return document.getElementById("paste").value')
