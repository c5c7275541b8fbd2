// The page, a redirect to it after a change, or a redirect for visitors who may not see it.

import FilePages
import HTML
import HTTP
import Pages
import Settings

struct DetailsReply: Reply {
    let response: Response

    /// - Parameter refusal: why a change was not made.
    init(_ details: Details, _ form: DetailsForm, _ refusal: ChangeRefusal?, _ frame: PageFrame) {
        switch details {
        case .notAllowed:
            var response = Response(.found)
            response.headers.set("Location", frame.settings.baseURL.text + "?exif#closed")
            response.headers.set("Cache-Control", "no-store")
            self.response = response
        case .noFile:
            response = frame.response(MissingFilePage(seesGallery: form.seesGallery, frame: frame).page, status: .notFound)
        case .file(let details):
            let notice = refusal.map { .failed($0.text(frame)) } ?? form.changed?.notice(frame) ?? form.done.notice(frame.words.selection)
            let page = DetailsPage(details: details, notice: notice, refusal: refusal, frame: frame, links: PictureLinks(frame.settings)).page
            response = frame.response(page, status: refusal?.status ?? .ok)
        }
    }

    /// Leads to the page that tells a change.
    init(_ done: DoneChange, _ remarks: [String], _ form: DetailsForm, _ frame: PageFrame) {
        let file = form.path.map { [("img", PictureLinks(frame.settings).parameter($0))] } ?? []
        let page = PageAddress(.details, file + [("changed", done.rawValue)])
        response = Response.seeOther(OwnPath(back: frame.prefix + page.text, of: frame.settings.baseURL)).remarking(remarks)
    }
}

extension DoneChange {
    fileprivate func notice(_ frame: PageFrame) -> Notice {
        let words = frame.words.fileChanges
        return switch self {
        case .renamed: .done(words.renamed)
        case .replaced: .done(words.replaced)
        case .unchanged: .failed(words.unchanged)
        }
    }
}
