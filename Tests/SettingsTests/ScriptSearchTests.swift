import Settings
import Testing

@Suite struct ScriptSearchTests {
    @Test(arguments: [
        "<script>alert(1)</script>", "text <SCRIPT src=//a.test/a.js>", "<a href=\"JavaScript:x()\">", "<img src=x onerror=x()>",
        "<img src='x'onerror = x()>", "<svg/onload=x()>", "<body\nONLOAD\n=x>",
    ])
    func scripts(html: String) { #expect(ScriptSearch.finds(scriptIn: html)) }

    @Test(arguments: [
        "", "<b>Be kind</b> one = two", "<p class=\"on\" title=\"once\">on line = 1</p>", "<!-- sample footer -->", "<a href=\"/on=1\">x</a>",
        "<style>b { color: red }</style>", "<option on = 1>",
    ])
    func none(html: String) { #expect(!ScriptSearch.finds(scriptIn: html)) }

    @Test func textsWhoseScriptsDoNotRun() {
        var settings = Settings()
        (settings.operatorTexts.head, settings.operatorTexts.footer, settings.pages.terms) = ("<script>1</script>", "<b>", "<a onclick=x>")
        #expect(Set(settings.textsWithIdleScripts) == ["head_html", "terms"])
        settings.operatorTexts.runsScripts = true
        #expect(settings.textsWithIdleScripts == [])
    }
}
