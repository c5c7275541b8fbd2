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
            response = frame.response(Page(words.missing, at: nil, content: """
                <figure><img src="\(frame.prefix)/404.png" alt="\(words.missing)" width="274" height="141"></figure>
                <p>\(words.missingHelp)</p>
                <p><a class="button" href="\(frame.links.address(.gallery))">\(frame.words.navigation.gallery)</a></p>
                """), status: .notFound)
        case .file(let file, let origin):
            let links = PictureLinks(frame.settings)
            let content = DetailsPage(file: file, origin: origin, frame: frame, links: links).content
            response = frame.response(Page(file.path.name, at: PageAddress(.details, [("img", links.parameter(file.path))]), content: content))
        }
    }
}
