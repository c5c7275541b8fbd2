// The pictures that the replaced program had put aside, which can be published again or deleted. They have no preview: nobody sends them.

import EasyImagesAPI
import FilePages
import HTML
import HTTP
import MediaStore
import Pages
import Text
import Time
import Words

/// What is shown of the folder.
struct SuspectsView {
    static let word = "suspic"
    /// Files of a page.
    static let size = 100
    /// The name after which it begins.
    let after: SuspectName?

    var address: PageAddress { PageAddress(.files, [("in", SuspectsView.word)] + (after.map { [("after", $0.field)] } ?? [])) }
}

struct SuspectsPage {
    let view: SuspectsView
    let files: [Suspect]
    let isMore: Bool
    /// What was done with how many before the browser came here, and with how many it was not.
    let done: SuspectsDone?
    let frame: PageFrame

    private var words: SiteFileWords { frame.words.siteFiles }

    var response: Response {
        frame.response(Page(words.heading, at: view.address, content: """
            \(SiteTabs.markup(SuspectsView.word, frame))\(done?.notice(frame.words).markup)<p class="help">\(words.suspectsHelp)</p>
            \(files.isEmpty ? empty : list)\(further)
            """))
    }

    private var empty: Markup { "<div class=\"empty\">\n\(frame.icon("flag", size: 48))\n<p role=\"status\">\(words.noSuspects)</p>\n</div>\n" }

    private var list: Markup {
        """
        <form method="post" action="\(frame.links.address(.files))">
        \(frame.visitor.tokenField)<ul class="rows">
        \(files.map(row))</ul>
        <p class="actions"><button name="action" value="restore_suspects">\(words.publishSuspects)</button>
        <button class="danger" name="action" value="delete_suspects" data-ask="ask-delete">\(frame.words.files.deleteForGood)</button></p>
        </form>
        \(Question(id: "ask-delete", frame.words.files.deleteForGood, words.suspectsGo, answer: frame.words.files.deleteForGood).markup(frame.words))
        """
    }

    private func row(_ file: Suspect) -> Markup {
        """
        <li class="row"><div class="what"><label class="check"><input type="checkbox" name="name[]" value="\(file.name.field)"> <span class="name">\(file.name.description)</span></label>
        <p class="meta">\(ByteText.format(file.size)) · \(SiteTime(file.modified).text) · \(file.origin.map { words.from($0.text) } ?? words.noPlace)</p>
        </div></li>

        """
    }

    private var further: Markup? {
        guard isMore, let last = files.last else { return nil }
        let address = frame.prefix + SuspectsView(after: last.name).address.text
        return "<nav class=\"pager\" aria-label=\"\(frame.words.gallery.more)\"><a rel=\"next\" href=\"\(address)\">\(frame.words.gallery.following)</a></nav>\n"
    }
}

/// What was done with several of them.
struct SuspectsDone {
    let isRestored: Bool
    let done: Int
    let failed: Int

    init(isRestored: Bool, done: Int, failed: Int) { (self.isRestored, self.done, self.failed) = (isRestored, done, failed) }

    /// nil if the address tells of nothing.
    init?(_ query: Query) {
        func number(_ name: String) -> Int { query.first(name).flatMap { Int(digits: $0, in: 0...MediaStore.bulkLimit) } ?? 0 }
        guard let did = query.first("did") else { return nil }
        self.init(isRestored: did == "restored", done: number("done"), failed: number("failed"))
    }

    /// The page that tells it.
    var address: PageAddress {
        PageAddress(.files, [("in", SuspectsView.word), ("did", isRestored ? "restored" : "deleted"), ("done", "\(done)"), ("failed", "\(failed)")])
    }

    func notice(_ words: Words) -> Notice {
        let selection = words.selection
        if done + failed == 0 { return .failed(selection.chooseFirst) }
        let text = selection.done(isRestored ? "publish" : "delete", done)
        return failed == 0 ? .done(text) : .failed("\(text)；\(words.siteFiles.suspectsLeft(failed))")
    }
}
