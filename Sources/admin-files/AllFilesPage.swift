// The question what is to be done with all files of a list. Deleting for good needs a word that is typed.

import FilePages
import HTML
import HTTP
import MediaStore
import Pages
import Words

struct AllFilesPage {
    let all: AllFiles
    let isWrong: Bool
    let frame: PageFrame

    private var words: SiteFileWords { frame.words.siteFiles }
    private var list: FileListForm { all.list }

    var response: Response {
        let fault: Markup? = isWrong ? Notice.failed(words.wrongWord(list.word(words))).markup : nil
        var page = Page(list.isWholeBin ? words.emptyBin : words.allFiles, at: list.address([("all", "1")]), content: """
            \(fault)<p><strong>\(words.count(all.count))</strong></p>
            \(list.summary(frame.words))<p class="help">\(words.laterStay)</p>
            \(all.isAnother ? "<p class=\"notice warn\" role=\"status\">\(words.anotherEnds)</p>\n" as Markup : nil)\
            \(all.count == FileCount(files: 0, isWhole: true) ? nil : forms)\
            <p><a class="button" href="\(frame.prefix + list.address([]).text)">\(frame.words.common.cancel)</a></p>

            """)
        page.layout = .form
        return frame.response(page, status: isWrong ? .unprocessableContent : .ok)
    }

    private var forms: Markup {
        let (selection, files) = (frame.words.selection, frame.words.files)
        let names: [(BulkAction, String)] = [(.restore, selection.restore), (.recycle, files.recycle), (.hide, selection.hide), (.publish, selection.publish)]
        let buttons = list.isWholeBin ? [] : names.filter { list.allows($0.0) }.map { action, name in
            "<button name=\"action\" value=\"\(action.rawValue)\">\(name)</button>\n" as Markup
        }
        let others: Markup? = buttons.isEmpty ? nil : form("<p class=\"actions\">\(buttons)</p>\n")
        return "\(others)\(form(AllFilesForm.word(list, frame, id: "word")))"
    }

    private func form(_ content: Markup) -> Markup { AllFilesForm.markup(list, frame, content) }
}
