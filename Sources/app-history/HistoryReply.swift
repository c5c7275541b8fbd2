// The page of what this browser uploaded. The list is not on the server: history.js reads it from the browser's storage.

import HTML
import HTTP
import Pages

struct HistoryReply: Reply {
    private let frame: PageFrame

    init(_ frame: PageFrame) { self.frame = frame }

    var response: Response {
        let words = frame.words.history
        var page = Page(words.heading, at: PageAddress(.uploadHistory), content: """
            <noscript><p class="notice">\(words.needsScripts)</p></noscript>
            <p id="state" role="status" tabindex="-1"></p>
            <p id="nothing" hidden><a class="button primary" href="\(frame.home)">\(words.upload)</a></p>
            <p><button id="clear" type="button" hidden>\(words.clear)</button></p>
            <ul class="cards" id="history" data-deleted="\(recycles ? words.recycled : words.deleted)"></ul>
            \(Question(id: "ask-clear", words.askToClear, words.clearHelp, answer: words.clear).markup(frame.words))\
            \(Question(id: "ask-delete-file", words.deleteFile, deleteHelp, answer: words.deleteFile).markup(frame.words))
            """)
        (page.modules, page.scriptWords, page.pictures) = (["history.js"], [frame.words.files, words], .all)
        page.publicPage = .history
        return frame.response(page)
    }

    private var recycles: Bool { frame.settings.recycles }

    private var deleteHelp: String { recycles ? frame.words.history.recycleHelp : frame.words.history.deleteForGoodHelp }
}
