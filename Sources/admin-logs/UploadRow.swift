// A row of the upload log.

import HTML
import MediaStore
import Pages
import Time
import Words

struct UploadRow {
    let frame: PageFrame
    /// Names of accounts by their ids.
    let owners: [Int: String]

    private var words: LogWords { frame.words.logs }

    func markup(_ upload: LoggedUpload) -> Markup {
        let file = upload.file, time = SiteTime(file.createdAt).text
        let picture: Markup = upload.isRecycled ? "\(file.type.fileExtension)" : PictureLinks(frame.settings).image(of: file)
        let name: Markup = upload.isRecycled ? "\(file.shownName)"
            : "<a href=\"\(frame.links.details(of: file.path))\">\(file.shownName)</a>"
        return """
            <li class="row"><span class="preview">\(picture)</span><div class="what">
            <p class="name">\(name)</p>
            <p class="meta">\(spans([time, file.owner.map { owners[$0] ?? "\($0)" } ?? words.visitor, ByteText.format(file.size), file.path.text]))\
            \(state(upload))</p>
            <p class="meta">\(spans(sender(upload.sender)))</p>
            </div></li>

            """
    }

    private func sender(_ sender: Sender?) -> [String] {
        guard let sender else { return [words.noAddress] }
        return [sender.address, words.way(sender.way), BrowserName(userAgent: sender.userAgent).text].filter { !$0.isEmpty }
    }

    private func state(_ upload: LoggedUpload) -> Markup? {
        if upload.isRecycled { return " · <strong>\(words.recycled)</strong>" }
        return upload.file.isPublic ? nil : " · <strong>\(words.unlisted)</strong>"
    }

    private func spans(_ texts: [String]) -> Markup {
        texts.enumerated().reduce("") { markup, text in "\(markup)\(text.offset == 0 ? nil : " · " as Markup)\(text.element)" }
    }
}
