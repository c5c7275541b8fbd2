// The page, or a redirect for visitors who may not see it.

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
            let words = frame.words.details
            var page = Page(words.missing, at: nil, content: """
                <p>\(words.missingHelp)</p>
                <p><a class="button primary" href="\(frame.links.address(.gallery))">\(frame.words.navigation.gallery)</a></p>
                """)
            page.layout = .missingFile
            response = frame.response(page, status: .notFound)
        case .file(let file, let origin):
            response = frame.response(DetailsPage(file: file, origin: origin, frame: frame, links: PictureLinks(frame.settings)).page)
        }
    }
}
