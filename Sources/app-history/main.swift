// GET /app/history.php: the uploads of this browser. The list is not on the server: history.js reads it from the browser's storage.

import HTML
import Pages
import Responder

serve("app-history", dialect: .page) { visit in
    let frame = try visit.frame
    let words = frame.words.history
    var page = Page(words.heading, at: PageAddress(.uploadHistory), content: """
        <noscript><p class="notice">\(words.needsScripts)</p></noscript>
        <p id="state" role="status"></p>
        <button id="clear" type="button" hidden>\(words.clear)</button>
        <ul class="cards" id="history" data-prefix="\(frame.prefix)"></ul>
        <dialog id="ask-clear" aria-labelledby="ask-clear-heading">
        <form method="dialog">
        <h2 id="ask-clear-heading">\(words.askToClear)</h2>
        <p>\(words.clearHelp)</p>
        <button value="cancel">\(frame.words.common.cancel)</button>
        <button class="danger" value="ok">\(words.clear)</button>
        </form>
        </dialog>
        """)
    (page.modules, page.scriptWords, page.pictures) = (["history.js"], [frame.words.files, words], .all)
    return frame.response(page)
}
