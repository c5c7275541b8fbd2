// How far an action on all files of a list is. With scripts it goes on by itself; without them each press does a piece.

import FilePages
import HTML
import HTTP
import MediaStore
import Pages
import Time
import Words

struct TaskPage {
    let task: FileTask
    let list: FileListForm
    let frame: PageFrame

    static let address = PageAddress(.files, [("task", "1")])

    private var words: SiteFileWords { frame.words.siteFiles }

    var response: Response {
        var page = Page(words.taskHeading, at: TaskPage.address, content: """
            <div id="task"\(task.isOver || !list.isValid ? nil : " data-task data-words=\"\(past)\"" as Markup?)>
            \(task.isOver ? Notice.done(words.isOver).markup : nil)\(list.isValid ? nil : Notice.failed(words.listGone).markup)\
            <p><strong id="task-done">\(frame.words.selection.done(task.action.rawValue, task.done))</strong>\(total)</p>
            \(progress)\(failures)
            \(list.summary(frame.words))<p class="meta">\(words.begun(at: SiteTime(task.startedAt).text))</p>
            \(task.isOver ? end : forms)</div>

            """)
        page.layout = .form
        (page.modules, page.scriptWords) = (["task.js"], [words, frame.words.selection])
        return frame.response(page)
    }

    /// The name of the text that tells how many files are done.
    private var past: String {
        switch task.action {
        case .recycle: "recycled"
        case .delete: "deleted"
        case .restore: "restored"
        case .publish: "published"
        case .hide: "hidden"
        }
    }

    private var total: Markup? { task.total.map { " / \($0)" } }

    private var progress: Markup {
        let value: Markup = task.isOver ? " value=\"1\" max=\"1\"" : task.total.map { " value=\"\(min(task.done, $0))\" max=\"\(max($0, 1))\"" } ?? ""
        return "<progress\(value) aria-label=\"\(words.taskHeading)\"></progress>\n"
    }

    /// (task.js fills it in when something fails.)
    private var failures: Markup {
        task.failed == 0 ? "<p id=\"task-failed\" hidden></p>" : "<p id=\"task-failed\">\(words.failed(task.failed))</p>"
    }

    private var forms: Markup {
        """
        <p class="help">\(words.piecesHelp)</p>
        \(list.isValid ? frame.form("go_on", at: .files, class: "actions", "<button class=\"primary\">\(words.goOn)</button>\n") : nil)\
        \(frame.form("forget", at: .files, class: "actions", "<button class=\"quiet\">\(words.giveUp)</button> <span class=\"help\">\(words.giveUpHelp)</span>\n"))
        """
    }

    private var end: Markup { frame.form("forget", at: .files, class: "actions", "<button class=\"primary\">\(words.close)</button>\n") }
}
