import HTML
@testable import Pages
import Settings
import Testing

@Suite struct OperatorHTMLTests {
    private static let everything: Settings = {
        var settings = Settings()
        settings.operatorTexts.head = "<style>b { color: red }</style>"
        settings.operatorTexts.bannerTop = "<b>top</b>"
        settings.operatorTexts.announcement = "<b>announcement</b>"
        settings.operatorTexts.notice = "<b>notice</b>"
        settings.operatorTexts.showsNotice = true
        settings.operatorTexts.bannerBottom = "<b>bottom</b>"
        settings.operatorTexts.footer = "<script>count()</script>"
        settings.pages.terms = "<p>terms</p>"
        return settings
    }()

    @Test(arguments: [
        (.upload, [.head, .bannerTop, .announcement, .notice, .bannerBottom, .footer]), (.gallery, [.head, .bannerTop, .bannerBottom, .footer]),
        (.details, [.head, .bannerTop, .bannerBottom, .footer]), (.history, [.head, .bannerTop, .bannerBottom, .footer]),
        (.terms, [.head, .bannerTop, .terms, .bannerBottom, .footer]), (nil, []),
    ] as [(PublicPage?, [OperatorPlace])])
    func whichPageShowsWhat(page: PublicPage?, places: [OperatorPlace]) {
        let html = OperatorHTML(OperatorHTMLTests.everything, on: page)
        #expect(OperatorPlace.allCases.filter { html[$0] != nil } == places)
        #expect(html.isEmpty == places.isEmpty)
        #expect(html.styleSources == (places.isEmpty ? "'self'" : "'self' 'unsafe-inline'"))
        #expect(html.scriptSources == "'self'" && !html.runsScripts)
    }

    @Test func itIsNotEscaped() {
        let html = OperatorHTML(OperatorHTMLTests.everything, on: .upload)
        #expect(html[.footer]?.text == "<script>count()</script>" && html[.bannerTop]?.text == "<b>top</b>")
    }

    @Test func aNoticeThatIsSwitchedOffIsNotShown() {
        var settings = OperatorHTMLTests.everything
        settings.operatorTexts.showsNotice = false
        #expect(OperatorHTML(settings, on: .upload)[.notice] == nil)
    }

    @Test(arguments: PublicPage.allCases) func scriptsRunOnPublicPagesWhereTheOperatorTurnedThemOn(page: PublicPage) {
        var settings = OperatorHTMLTests.everything
        settings.operatorTexts.runsScripts = true
        let html = OperatorHTML(settings, on: page)
        #expect(html.runsScripts && html.scriptSources == "'self' 'unsafe-inline' https:")
    }

    @Test func scriptsRunNowhereElse() {
        var settings = OperatorHTMLTests.everything
        settings.operatorTexts.runsScripts = true
        let other = OperatorHTML(settings, on: nil)
        #expect(!other.runsScripts && other.scriptSources == "'self'" && other.styleSources == "'self'")
        // Without any text there is nothing that the policy would have to allow.
        var silent = Settings()
        silent.operatorTexts.runsScripts = true
        for page in PublicPage.allCases { #expect(!OperatorHTML(silent, on: page).runsScripts) }
    }
}
