// The buttons and boxes that a file has on every page that shows it.

import HTML
import Words

/// What a visitor can do with a file.
public struct FileActions: Sendable {
    private let frame: PageFrame
    private let links: PictureLinks

    public init(_ frame: PageFrame) { (self.frame, links) = (frame, PictureLinks(frame.settings)) }

    private var words: FileWords { frame.words.files }

    /// A field with a text to copy. Its button needs page.js; without scripts the field is selected and copied by hand.
    ///
    /// - Parameter isNamed: whether the label is seen.
    public func copyBox(_ label: String, _ text: String, isNamed: Bool = false) -> Markup {
        let field: Markup = isNamed
            ? "<label>\(label) <input readonly value=\"\(text)\"></label>"
            : "<input readonly value=\"\(text)\" aria-label=\"\(label)\">"
        return "<p class=\"copybox\">\(field) <button type=\"button\" data-copy>\(frame.words.common.copy)</button></p>\n"
    }

    /// The buttons that take a file away, behind a disclosure that asks first; nil for users who may not.
    ///
    /// - Parameter name: the file's identifier, as `PictureLinks.parameter`.
    public func deletion(of name: String) -> Markup? {
        guard frame.visitor.isAdmin else { return nil }
        return """
            <details class="ask">
            <summary>\(words.delete)</summary>
            <p>\(words.askToDelete) \(words.deleteHelp)</p>
            <form class="remove" method="post" action="\(links.deletion)">
            <input type="hidden" name="url" value="\(name)">
            \(frame.visitor.tokenField)<button name="mode" value="recycle">\(words.recycle)</button>
            <button class="danger" name="mode" value="delete">\(words.delete)</button>
            </form>
            </details>

            """
    }
}
