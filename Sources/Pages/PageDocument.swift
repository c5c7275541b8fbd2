// The HTML around a page: bar, navigation, footer. Pages hold no inline script or style, so that their policy can forbid both.

import HTML
import Text

struct PageDocument {
    let page: Page
    let frame: PageFrame
    let operatorHTML: OperatorHTML

    /// The whole document.
    var markup: Markup {
        """
        <!DOCTYPE html>
        <html lang="\(frame.choices.language.tag)" data-theme="\(frame.choices.theme.rawValue)" \
        data-accent="\(frame.settings.looks.accent.rawValue)">
        <head>
        \(PageHead(page: page, frame: frame, modules: modules, addition: line(.head)).markup)</head>
        <body>
        <a class="skip" href="#main">\(frame.words.navigation.skip)</a>
        <header class="bar">
        <a class="brand" href="\(frame.home)"><img class="mark" src="\(frame.prefix)/favicon.svg" alt="" width="24" height="24">\
        \(frame.settings.siteName)</a>
        \(PageNavigation(page: page, frame: frame).markup)</header>
        <main id="main"\(page.retryAfter.map { " data-retry=\"\($0)\"" as Markup })>
        \(line(.bannerTop))\(start)<h1>\(page.heading)</h1>
        \(announcement)\(notice?.markup)\(page.content)
        \(page.layout == .wide ? nil : "</div>\n" as Markup)\(line(.bannerBottom))</main>
        <footer>
        \(PageFooter(page: page, frame: frame).markup)\(line(.footer))</footer>
        <div id="toasts" role="status" aria-live="polite"></div>
        </body>
        </html>

        """
    }

    private var start: Markup? {
        switch page.layout {
        case .wide: nil
        case .form: "<div class=\"signin\">\n"
        case .message: """
            <div class="lost">
            \(frame.icon("lost", size: 144))

            """
        case .missingFile: """
            <div class="lost">
            <img src="\(frame.prefix)/404.png" alt="" width="274" height="141">

            """
        }
    }

    private var announcement: Markup? { operatorHTML[.announcement].map { "<div class=\"notice\">\n\($0)\n</div>\n" } }

    /// What an administrator has to decide comes first.
    private var notice: OperatorNotice? {
        if let token = frame.visitor.undecidedToken {
            return OperatorNotice(heading: frame.words.defaultToken.heading, text: DefaultTokenNotice(token: token, frame: frame).markup, frame: frame)
        }
        return operatorHTML[.notice].map { OperatorNotice(heading: frame.words.upload.notice, text: $0, frame: frame) }
    }

    private var modules: [String] { page.modules + (notice == nil ? [] : [OperatorNotice.module]) }

    private func line(_ place: OperatorPlace) -> Markup? { operatorHTML[place].map { "\($0)\n" } }
}
