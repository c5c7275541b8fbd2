// The page of what this browser uploaded. The list is not on the server: history.js reads it from the browser's storage.

import HTML
import HTTP
import Pages
import Words

struct HistoryReply: Reply {
    private let frame: PageFrame

    init(_ frame: PageFrame) { self.frame = frame }

    var response: Response {
        var page = Page(words.heading, at: PageAddress(.uploadHistory), content: """
            <noscript><p class="notice">\(words.needsScripts)</p></noscript>
            \(signedIn)\(search)<p class="notice warn" id="full" hidden>\(words.full)</p>
            <div class="head">
            <p id="state" role="status" tabindex="-1"></p>
            \(tools)</div>
            <p id="nothing" hidden><a class="button primary" href="\(frame.home)">\(words.upload)</a></p>
            <ul class="cards" id="history" data-deleted="\(recycles ? words.recycled : words.deleted)" \
            data-choose="\(frame.words.gallery.choose("{name}"))" data-undo="\(frame.words.selection.undo)"></ul>
            <p class="pager"><button id="more" type="button" hidden>\(words.more)</button></p>
            <p class="help scripted">\(words.saveHelp)</p>
            \(selection)\(questions)
            """)
        (page.modules, page.scriptWords, page.pictures) = (["history.js"], [frame.words.files, words], .all)
        page.publicPage = .history
        return frame.response(page)
    }

    private var words: HistoryWords { frame.words.history }
    private var recycles: Bool { frame.settings.recycles }

    /// Of an account's files the server knows.
    private var signedIn: Markup? {
        guard frame.visitor.name != nil else { return nil }
        return "<p>\(words.signedIn) <a href=\"\(frame.links.address(.ownFiles))\">\(frame.words.account.ownFiles)</a></p>\n"
    }

    private var search: Markup {
        """
        <form class="filters scripted" id="find" role="search" hidden>
        <label class="search">\(frame.words.gallery.search) <input id="search" type="search" maxlength="100" autocomplete="off"></label>
        </form>

        """
    }

    private var tools: Markup {
        """
        <div class="actions scripted">
        <button id="save" type="button" hidden>\(words.save)</button>
        <button id="load" type="button">\(words.load)</button>
        <input id="file" type="file" accept="application/json,.json" aria-label="\(words.load)" hidden>
        <button id="clear" type="button" hidden>\(words.clear)</button>
        </div>

        """
    }

    /// history.js shows it when something is chosen.
    private var selection: Markup {
        let words = frame.words.selection
        return """
            <div class="selection scripted" id="chosen" role="group" aria-label="\(words.selection)">
            <span role="status" data-text="\(words.chosen.text)"></span>
            <button type="button" data-links>\(words.copyLinks)</button>
            <button type="button" data-remove>\(self.words.removeChosen)</button>
            <button type="button" class="quiet" data-all>\(words.chooseAll)</button>
            <button type="button" class="quiet" data-none>\(words.chooseNone)</button>
            </div>

            """
    }

    private var questions: Markup {
        let help = recycles ? words.recycleHelp : words.deleteForGoodHelp
        return """
            \(Question(id: "ask-clear", words.askToClear, words.clearHelp, answer: words.clear).markup(frame.words))\
            \(Question(id: "ask-delete-file", words.deleteFile, help, answer: words.deleteFile).markup(frame.words))
            """
    }
}
