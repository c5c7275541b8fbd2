// What can be done with the files that are chosen in a list. Without scripts it stands below the list; select.js shows it when something is
// chosen, and does it without leaving the page.

import HTML
import MediaStore
import Pages
import Paths
import Words

struct SelectionBar {
    let place: FileListPlace
    /// Where the browser goes on.
    let back: PageAddress
    let frame: PageFrame

    /// Of the form; the boxes of the cards name it.
    static let id = "selection"

    /// - Returns: nil where this visitor may do nothing with any of the files.
    func markup(_ files: [StoredFile]) -> Markup? {
        guard frame.visitor.managesAny || files.contains(where: frame.visitor.manages) else { return nil }
        return """
            <form class="selection" id="\(SelectionBar.id)" method="post" action="\(frame.links.address(.ownFiles))" \
            aria-label="\(words.selection)" data-copied="\(frame.words.common.copied)">
            \(frame.visitor.tokenField)<input type="hidden" name="\(PageFrame.backField)" value="\(frame.prefix + back.text)">
            <span role="status"></span>
            \(buttons)<button type="button" class="quiet scripted" data-all>\(words.chooseAll)</button>
            <button type="button" class="quiet scripted" data-clear>\(words.chooseNone)</button>
            </form>
            \(question)
            """
    }

    private var words: SelectionWords { frame.words.selection }

    private var buttons: Markup {
        let names = frame.words.files
        let delete: Markup = """
            <button class="danger" name="action" value="delete" data-ask="ask-delete-chosen">\(names.deleteForGood)</button>

            """
        if place.isRecycleBin { return "<button name=\"action\" value=\"restore\">\(words.restore)</button>\n\(delete)" }
        return """
            <button type="button" class="scripted" data-links>\(words.copyLinks)</button>
            <button name="action" value="recycle">\(names.recycle)</button>
            <button name="action" value="hide">\(words.hide)</button>
            <button name="action" value="publish">\(words.publish)</button>
            \(delete)
            """
    }

    private var question: Markup {
        Question(id: "ask-delete-chosen", words.askToDelete, frame.words.files.deleteHelp, answer: frame.words.files.deleteForGood).markup(frame.words)
    }
}
