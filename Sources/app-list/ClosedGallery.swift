// The gallery where the operator has closed it.

import HTTP
import Pages
import Words

/// The answer to those who may not see the gallery.
struct ClosedGallery: Reply {
    let response: Response

    init(_ frame: PageFrame) {
        let words = frame.words.gallery
        var page = Page(words.heading, at: PageAddress(.gallery), content: "<p class=\"notice\" role=\"status\">\(words.closed)</p>")
        page.publicPage = .gallery
        response = frame.response(page)
    }
}
