// What can be done with the files that are selected in a list. Without scripts it stands below the list; select.js shows it when something is
// selected, and does it without leaving the page. Deleting for good cannot be taken back, so it stands behind a disclosure.

import HTML
import MediaStore
import Pages
import Paths
import Words

/// The form of the boxes and buttons of cards.
public struct SelectionBar {
    private let frame: PageFrame
    private let back: PageAddress
    private let isRecycleBin: Bool
    private let path: Path

    /// - Parameters:
    ///   - back: where the browser goes on.
    ///   - path: of the page that acts on the files.
    public init(_ frame: PageFrame, back: PageAddress, isRecycleBin: Bool = false, at path: Path = .ownFiles) {
        (self.frame, self.back, self.isRecycleBin, self.path) = (frame, back, isRecycleBin, path)
    }

    /// Of the form; the boxes and buttons of the cards name it.
    static let id = "selection"
    /// Of the question before one file is deleted for good.
    static let questionOfOne = "ask-delete"

    /// - Returns: nil for visitors, who can do nothing with any file. An account may have files in parts that scripts load later.
    public func markup(_ files: [StoredFile]) -> Markup? {
        guard frame.visitor.name != nil else { return nil }
        let isNeededNow = files.contains(where: frame.visitor.manages)
        return """
            <form class="selection\(isNeededNow ? nil : " scripted" as Markup?)" id="\(SelectionBar.id)" method="post" \
            action="\(frame.links.address(path))" aria-label="\(words.selection)">
            \(frame.visitor.tokenField)<input type="hidden" name="\(PageFrame.backField)" value="\(frame.prefix + back.text)">
            <span role="status"></span>
            \(isRecycleBin ? button("restore", words.restore) : kept)\(more)\
            <button type="button" class="quiet scripted" data-clear>\(words.chooseNone)</button>
            </form>
            \(questions)
            """
    }

    private var words: SelectionWords { frame.words.selection }
    private var names: FileWords { frame.words.files }

    private var kept: Markup {
        """
        <button type="button" class="scripted" data-links>\(words.copyLinks)</button>
        \(button("recycle", names.recycle))
        """
    }

    private var more: Markup {
        """
        <details class="more"><summary class="button">\(frame.words.navigation.more)</summary><div class="menu">
        <button type="button" class="scripted" data-all>\(words.chooseAll)</button>
        \(isRecycleBin ? nil : changes)\
        <button class="danger" name="action" value="delete" data-ask="ask-delete-chosen">\(names.deleteForGood)</button>
        </div></details>

        """
    }

    private var changes: Markup {
        """
        <button type="button" class="scripted" data-downloads>\(names.download)</button>
        \(button("hide", words.hide))\(button("publish", words.publish))
        """
    }

    private func button(_ action: String, _ name: String) -> Markup { "<button name=\"action\" value=\"\(action)\">\(name)</button>\n" }

    /// (select.js writes the number of files into the first one.)
    private var questions: Markup {
        let (several, one) = (Question(id: "ask-delete-chosen", names.deleteForGood, names.deleteHelp, answer: names.deleteForGood),
                              Question(id: SelectionBar.questionOfOne, names.askToDelete, names.deleteHelp, answer: names.deleteForGood))
        return "\(several.markup(frame.words))\(one.markup(frame.words))"
    }
}
