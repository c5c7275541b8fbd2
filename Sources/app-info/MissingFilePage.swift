// A file that is not there: why, and where others are.

import HTML
import Pages
import Words

struct MissingFilePage {
    let seesGallery: Bool
    let frame: PageFrame

    var page: Page {
        let words = frame.words.details
        var page = Page(words.missing, at: nil, content: "<p>\(words.missingHelp)</p>\n\(seesGallery ? search : home)")
        page.layout = .missingFile
        return page
    }

    private var search: Markup {
        let (words, gallery) = (frame.words.gallery, frame.links.address(.gallery))
        return """
            <form class="filters" method="get" action="\(gallery)" role="search">
            <label class="search">\(words.search) <input type="search" name="q" maxlength="100"></label>
            <button>\(words.look)</button>
            </form>
            <p><a class="button primary" href="\(gallery)">\(frame.words.navigation.gallery)</a></p>

            """
    }

    private var home: Markup { "<p><a class=\"button primary\" href=\"\(frame.home)\">\(frame.words.navigation.home)</a></p>\n" }
}
