// The form that deletes an account: it says what goes, and asks what becomes of the files.

import Accounts
import HTML
import Pages
import Words

struct UserDeletion {
    private let entry: UserEntry
    private let frame: PageFrame

    init(_ entry: UserEntry, _ frame: PageFrame) { (self.entry, self.frame) = (entry, frame) }

    private var words: UserWords { frame.words.users }
    private var name: String { entry.account.name }

    var markup: Markup {
        guard name != frame.visitor.name else {
            return "<p><a href=\"\(frame.links.address(.security))\">\(words.ownAccount)</a></p>\n"
        }
        let what = words.deletion(keys: entry.keys, files: entry.numbers.files)
        return """
            <details class="fold">
            <summary>\(words.delete)</summary>
            <p class="notice warn">\(what)</p>
            \(frame.form("delete", at: .users, """
                \(UserFacts.field(name))<fieldset><legend>\(words.filesOfDeleted(entry.numbers.files))</legend>
                \(choice(.keep, words.keepFiles, isChosen: true))\(choice(.recycle, words.recycleFiles(days: frame.settings.recycleDays)))</fieldset>
                <button class="danger" data-ask="delete">\(words.delete)</button>

                """))</details>
            \(Question(id: "delete", words.ask(toDelete: name), what, answer: words.delete).markup(frame.words))
            """
    }

    private func choice(_ files: FilesOfDeleted, _ text: String, isChosen: Bool = false) -> Markup {
        """
        <label class="check"><input type="radio" name="files" value="\(files.rawValue)"\(isChosen ? " checked" as Markup : nil)> <span>\(text)</span></label>

        """
    }
}
