// What its owner, or an administrator, can do with the file: the action on several files (`/user/files.php`), with one.

import HTML
import MediaStore
import Pages
import Words

struct FileManagement {
    let file: StoredFile
    /// The page of the file.
    let here: PageAddress
    /// Why a change was not made.
    let refusal: ChangeRefusal?
    let frame: PageFrame

    /// nil for those who may do nothing.
    var markup: Markup? {
        guard frame.visitor.manages(file) else { return nil }
        let words = frame.words.selection
        let (action, name) = file.isPublic ? ("hide", words.hide) : ("publish", words.publish)
        return """
            <div class="manage">
            \(form(back: here, "<button name=\"action\" value=\"\(action)\">\(name)</button>"))\
            \(FileChangeForms(file: file, here: here, refusal: refusal, frame: frame).markup)\
            <details class="fold">
            <summary>\(files.delete)</summary>
            \(form(back: afterwards, taking))</details>
            </div>
            \(Question(id: "ask-delete", files.askToDelete, files.deleteHelp, answer: files.deleteForGood).markup(frame.words))
            """
    }

    private var files: FileWords { frame.words.files }

    private var taking: Markup {
        """
        <button name="action" value="recycle">\(files.recycle)</button>
        <button class="danger" name="action" value="delete" data-ask="ask-delete">\(files.deleteForGood)</button>
        """
    }

    /// Where the browser goes on when the file is gone: a list that this visitor sees in any case.
    private var afterwards: PageAddress { PageAddress(frame.visitor.managesAny ? .gallery : .ownFiles) }

    private func form(back: PageAddress, _ buttons: Markup) -> Markup {
        """
        <form class="actions" method="post" action="\(frame.links.address(.ownFiles))">
        \(frame.visitor.tokenField)<input type="hidden" name="\(PageFrame.backField)" value="\(frame.prefix + back.text)">
        <input type="hidden" name="id[]" value="\(file.id)">
        \(buttons)
        </form>

        """
    }
}
