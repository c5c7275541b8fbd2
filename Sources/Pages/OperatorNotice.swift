// The operator's notice, which a browser shows once in its session. notice.js opens it as a dialog; without scripts it stands on the page.

import Crypto
import HTML
import Text

struct OperatorNotice {
    /// The operator's HTML.
    let text: Markup
    let frame: PageFrame

    /// The script that a page with a notice needs.
    static let module = "notice.js"

    var markup: Markup {
        """
        <dialog class="inline" id="notice" aria-labelledby="notice-heading" data-digest="\(digest)" open>
        <h2 id="notice-heading">\(frame.words.upload.notice)</h2>
        <div class="content">
        \(text)
        </div>
        <form method="dialog" class="actions scripted"><button class="primary" autofocus>\(frame.words.common.close)</button></form>
        </dialog>

        """
    }

    /// By which a browser knows a notice that it has shown; eight hexadecimal digits.
    private var digest: String { Hexadecimal.encode(Array(SHA256.hash(Array(text.text.utf8)).prefix(4))) }
}
