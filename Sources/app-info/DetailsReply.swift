// The page, or a redirect for visitors who may not see it.

import FilePages
import HTML
import HTTP
import Pages

struct DetailsReply: Reply {
    let response: Response

    init(_ details: Details, _ form: DetailsForm, _ frame: PageFrame) {
        switch details {
        case .notAllowed:
            var response = Response(.found)
            response.headers.set("Location", frame.settings.baseURL.text + "?exif#closed")
            response.headers.set("Cache-Control", "no-store")
            self.response = response
        case .noFile:
            response = frame.response(MissingFilePage(seesGallery: form.seesGallery, frame: frame).page, status: .notFound)
        case .file(let details):
            let notice = form.done.notice(frame.words.selection)
            response = frame.response(DetailsPage(details: details, notice: notice, frame: frame, links: PictureLinks(frame.settings)).page)
        }
    }
}
