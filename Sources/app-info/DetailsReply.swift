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
            let picture: Markup = "<figure><img src=\"\(frame.prefix)/404.png\" alt=\"文件不存在\" width=\"274\" height=\"141\"></figure>"
            response = frame.response("文件不存在", status: .notFound, content: picture)
        case .file(let file, let origin):
            let page = DetailsPage(file: file, origin: origin, visitor: form.visitor, links: PictureLinks(frame.settings))
            response = frame.response(file.path.name, content: page.content)
        }
    }
}
