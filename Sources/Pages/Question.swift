// A question that a script asks before something that cannot be taken back: `data-ask` on the button names it. Without scripts such a
// button stands behind a disclosure.

import HTML
import Words

/// A dialog with the answers yes and no.
public struct Question: Sendable {
    private let id: String
    private let heading: String
    private let help: Markup
    private let answer: String

    /// - Parameters:
    ///   - id: unique on the page, of letters and hyphens.
    ///   - answer: the label of the button that goes on.
    public init(id: String, _ heading: String, _ help: String, answer: String) { self.init(id: id, heading, help: "\(help)", answer: answer) }

    public init(id: String, _ heading: String, help: Markup, answer: String) {
        (self.id, self.heading, self.help, self.answer) = (id, heading, help, answer)
    }

    /// The first button gets the focus, so the harmless one is the first.
    public func markup(_ words: Words) -> Markup {
        """
        <dialog id="\(id)" aria-labelledby="\(id)-heading">
        <h2 id="\(id)-heading">\(heading)</h2>
        <p>\(help)</p>
        <form method="dialog" class="actions">
        <button value="">\(words.common.cancel)</button>
        <button class="danger primary" value="yes">\(answer)</button>
        </form>
        </dialog>

        """
    }
}
