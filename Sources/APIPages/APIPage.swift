// The API page. Its order, headings and steps are those of the replaced page.

import HTML
import MediaStore
import Pages
import Paths
import Settings
import Words

/// The page that describes the API.
public struct APIPage: Sendable {
    let frame: PageFrame
    private let numbers: SiteStatistics

    public init(_ frame: PageFrame, _ numbers: SiteStatistics) { (self.frame, self.numbers) = (frame, numbers) }

    var words: APIWords { frame.words.api }

    /// Absolute: samples are copied to other places.
    var base: String { frame.settings.baseURL.text }

    /// The page with its modules.
    public var page: Page {
        var page = Page(words.heading, at: PageAddress(.apiPage), content: content)
        page.modules = ["tabs.js", "api.js"]
        return page
    }

    private var content: Markup {
        """
        \(tiles)<div class="sides">
        <nav class="side" aria-label="\(words.contents)">
        \(contents)</nav>
        <div>
        \(overview)\(authentication)\(groups.map(section))\(commonErrors)</div>
        </div>
        """
    }

    private var tiles: Markup {
        let tiles = [
            (words.pictures, "\(numbers.images)"), (words.views, "\(numbers.views)"),
            (words.largest, APIPage.size(frame.settings.largestUpload)), (words.uploads, "\(numbers.uploads)"),
        ]
        return """
            <dl class="tiles">
            \(tiles.map { "<div class=\"tile\"><dt>\($0.0)</dt><dd>\($0.1)</dd></div>\n" as Markup })</dl>

            """
    }

    /// "50 MB".
    static func size(_ bytes: Int) -> String {
        let text = ByteCount.print(bytes)
        let digits = text.prefix { $0.isNumber }
        return digits.count == text.count ? text : "\(digits) \(text.dropFirst(digits.count))"
    }

    // Sections

    private struct Group: Sendable {
        let id: String
        let title: APIText
        let texts: [APIText]
        let operations: [APIOperation]
    }

    private var groups: [Group] {
        [
            Group(id: "files", title: \.api.files, texts: [], operations: APIOperation.files),
            Group(id: "resumable", title: \.api.resumable, texts: [\.api.resumableText], operations: APIOperation.resumable),
            Group(id: "sync", title: \.api.sync, texts: [\.api.syncText], operations: APIOperation.sync),
            Group(id: "easyimages", title: \.api.easyImages, texts: [], operations: APIOperation.easyImages),
            Group(id: "watching", title: \.api.watching, texts: [], operations: APIOperation.watching),
        ]
    }

    private var contents: [Markup] {
        let ends = [("errors", words.errors)]
        let starts = [("overview", words.overview), ("authentication", words.authentication)]
        let operations = groups.flatMap { group in group.operations.map { ($0.id, frame.words[keyPath: $0.title]) } }
        return (starts + operations + ends).map { "<a href=\"#\($0.0)\">\($0.1)</a>\n" }
    }

    private var overview: Markup {
        """
        <section class="card" aria-labelledby="overview">
        <h2 id="overview">\(words.overview)</h2>
        <p>Base URL: <code>\(base)/api/v1</code></p>
        <p>\(words.overviewText)</p>
        <p><a href="\(frame.links.address(.openAPI))">\(words.machineReadable)</a></p>
        </section>

        """
    }

    private func section(_ group: Group) -> Markup {
        """
        <h2 id="\(group.id)">\(frame.words[keyPath: group.title])</h2>
        \(group.texts.map { "<p>\(frame.words[keyPath: $0])</p>\n" as Markup })\
        \(group.operations.map { OperationSection($0, on: self).markup })
        """
    }

    private var commonErrors: Markup {
        let common = APIRefusal.ofEveryResponder(.plain, failure: "Internal server error") + APIRefusal.ofWebServer(.plain)
        return """
            <section class="card" aria-labelledby="errors">
            <h2 id="errors">\(words.errors)</h2>
            <p>\(words.errorsText)</p>
            \(errorTable(common.sorted { $0.status < $1.status }, caption: words.commonErrors))</section>

            """
    }

    /// A table of refusals that a keyboard can scroll.
    ///
    /// - Parameter form: in EasyImages' the code is not the HTTP status.
    func errorTable(_ refusals: [APIRefusal], _ form: APIErrorForm = .plain, caption: String) -> Markup {
        let code: Markup = form == .easyImages ? "<code>code</code>" : "\(words.status)"
        let rows = refusals.map { refusal -> Markup in
            """
            <tr><td>\(refusal.code)</td><td><code>\(refusal.text)</code></td><td>\(frame.words[keyPath: refusal.meaning])</td></tr>

            """
        }
        return """
            <div class="scroll" role="region" aria-label="\(caption)" tabindex="0">
            <table>
            <caption>\(caption)</caption>
            <thead><tr><th scope="col">\(code)</th><th scope="col">\(words.message)</th><th scope="col">\(words.meaning)</th></tr></thead>
            <tbody>
            \(rows)</tbody>
            </table>
            </div>

            """
    }
}
