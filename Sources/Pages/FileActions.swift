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
    public func copyBox(_ label: String, _ text: String) -> Markup {
        """
        <div class="copybox"><input readonly value="\(text)" aria-label="\(label)"><button type="button" data-copy>\
        \(frame.words.common.copy)</button></div>

        """
    }

    /// The same with a label that is seen.
    ///
    /// - Parameter id: of the field, unique on the page.
    public func namedCopyBox(_ label: String, _ text: String, id: String) -> Markup {
        """
        <div class="copybox"><label for="\(id)">\(label)</label><input id="\(id)" readonly value="\(text)">\
        <button type="button" data-copy="\(id)">\(frame.words.common.copy)</button></div>

        """
    }

    /// The buttons that take a file away, behind a disclosure; nil for users who may not. A page with them also has `questions`.
    ///
    /// - Parameters:
    ///   - name: the file's identifier, as `PictureLinks.parameter`.
    ///   - back: where the browser goes on.
    public func deletion(of name: String, back: PageAddress) -> Markup? {
        guard frame.visitor.isAdmin else { return nil }
        return """
            <details class="fold">
            <summary>\(words.delete)</summary>
            <form class="remove" method="post" action="\(links.deletion)">
            <input type="hidden" name="url" value="\(name)">
            <input type="hidden" name="\(PageFrame.backField)" value="\(frame.prefix + back.text)">
            \(frame.visitor.tokenField)<button name="mode" value="recycle">\(words.recycle)</button>
            <button class="danger" name="mode" value="delete" data-ask="ask-delete">\(words.deleteForGood)</button>
            </form>
            </details>

            """
    }

    /// What the buttons of `deletion` ask.
    public var questions: Markup? {
        guard frame.visitor.isAdmin else { return nil }
        return Question(id: "ask-delete", words.askToDelete, words.deleteHelp, answer: words.deleteForGood).markup(frame.words)
    }
}
