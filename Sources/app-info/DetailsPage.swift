// The details of a file, what can be done with it, and the files around it.

import FilePages
import HTML
import Media
import MediaStore
import Pages
import QRCode
import Settings
import Time
import Words

struct DetailsPage {
    let details: FileDetails
    /// What was done with the file before.
    let notice: Notice?
    /// Why a change was not made.
    let refusal: ChangeRefusal?
    let frame: PageFrame
    let links: PictureLinks

    var page: Page {
        var page = Page(file.shownName, at: here, content: content)
        (page.publicPage, page.head) = (.details, preview)
        if !isVideo { page.modules = ["details.js"] }
        return page
    }

    private var file: StoredFile { details.file }
    private var isVideo: Bool { file.type.kind == .video }
    private var here: PageAddress { PageAddress(.details, [("img", links.parameter(file.path))]) }
    private var words: DetailsWords { frame.words.details }
    private var files: FileWords { frame.words.files }
    private var address: String { links.picture(file.path) }

    private var content: Markup {
        """
        \(notice?.markup)\(unlisted)<div class="details">
        <div>
        <figure>\(shown)</figure>
        <p class="actions"><a class="button primary" href="\(address)">\(files.view)</a> \
        <a class="button" href="\(links.download(file.path))">\(files.download)</a>\(copyPicture)\(report)</p>
        \(neighbours)</div>
        <div>
        <dl class="facts">
        \(FileFacts(details: details, links: links, words: words).all.map { "<dt>\($0.name)</dt><dd>\($0.value)</dd>\n" as Markup })</dl>
        \(copies)\(code)\(FileManagement(file: file, here: here, refusal: refusal, frame: frame).markup)</div>
        </div>
        \(others)
        """
    }

    /// What sites show where somebody pastes the link (Open Graph protocol, ogp.me).
    private var preview: Markup {
        let sides = file.width.flatMap { width in file.height.map { [("width", "\(width)"), ("height", "\($0)")] } } ?? []
        let kind = isVideo ? "video" : "image"
        let facts = [(kind, address), (kind + ":type", file.type.mime)] + sides.map { (kind + ":" + $0.0, $0.1) }
        let properties = [("title", file.shownName), ("type", isVideo ? "video.other" : "website"), ("site_name", frame.settings.siteName)]
        return "\((properties + facts).map { "<meta property=\"og:\($0.0)\" content=\"\($0.1)\">\n" as Markup })"
    }

    private var unlisted: Markup? { file.isPublic ? nil : "<p class=\"notice\">\(words.unlisted)</p>\n" }

    private var shown: Markup {
        if isVideo { return "<video src=\"\(address)\(version)\" controls preload=\"metadata\" playsinline></video>" }
        return "<img src=\"\(address)\(version)\" alt=\"\(file.shownName)\">"
    }

    private var version: String { links.version(of: file) }

    /// Only some browsers can, and none over plain http: details.js shows it.
    private var copyPicture: Markup? {
        isVideo ? nil : " <button type=\"button\" id=\"copy-picture\" hidden>\(words.copyPicture)</button>"
    }

    private var report: Markup? {
        guard !frame.visitor.isAdmin else { return nil }
        return links.report(file.path).map { " <a href=\"\($0.text)\" rel=\"noreferrer\">\(files.report)</a>" }
    }

    private var copies: [Markup] {
        let texts = FileLinks(url: address, name: file.shownName, thumbnail: links.thumbnail(of: file), isVideo: isVideo)
        let formats = [(LinkFormat.link, files.link), (.bbcode, "BBCode"), (.markdown, "Markdown"), (.html, "HTML")]
            + (links.thumbnail(of: file) == nil ? [] : [(.thumbnail, frame.words.upload.thumbnail)])
        return formats.enumerated().compactMap { index, format in
            texts.text(format.0).map { FileActions(frame).namedCopyBox(format.1, $0, id: "copy-\(index)") }
        }
    }

    /// Of the file's address, for a phone that is held before the screen.
    private var code: Markup? {
        QRCode(address).map { code in
            """
            <details class="fold">
            <summary>\(words.code)</summary>
            \(CodePicture(code: code, name: words.code(of: address)).markup)</details>

            """
        }
    }

    private var neighbours: Markup? {
        let names = frame.words.galleryScript
        let ways = [(details.neighbours.newer, "prev", names.previousFile), (details.neighbours.older, "next", names.nextFile)]
        let found: [Markup] = ways.compactMap { file, relation, name in
            file.map { "<a href=\"\(links.details($0.path))\" rel=\"\(relation)\" title=\"\($0.shownName)\">\(name)</a>\n" }
        }
        return found.isEmpty ? nil : "<nav class=\"pager\" aria-label=\"\(words.neighbours)\">\n\(found)</nav>\n"
    }

    private var others: Markup? {
        guard !details.others.isEmpty else { return nil }
        let pictures: [Markup] = details.others.map { "<li><a href=\"\(links.details($0.path))\">\(links.image(of: $0))</a></li>\n" }
        return """
            <section class="others" aria-labelledby="others">
            <h2 id="others">\(words.others)</h2>
            <ul class="cards">
            \(pictures)</ul>
            </section>

            """
    }
}
