// A notice that a browser shows once in its session: the operator's to visitors, or one to an administrator. notice.js opens it as a dialog;
// without scripts it stands on the page.

import Crypto
import HTML
import Text

struct OperatorNotice {
    let heading: String
    /// The operator's HTML, or a text of ours.
    let text: Markup
    let frame: PageFrame

    /// The script that a page with a notice needs.
    static let module = "notice.js"

    var markup: Markup {
        """
        <dialog class="inline" id="notice" aria-labelledby="notice-heading" data-digest="\(digest)" open>
        <h2 id="notice-heading">\(heading)</h2>
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
