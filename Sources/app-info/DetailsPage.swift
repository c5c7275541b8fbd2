// The details of a file, and for administrators its sender.

import EasyImages
import HTML
import Media
import MediaStore
import Pages
import Settings
import Time
import Words

struct DetailsPage {
    let file: StoredFile
    let origin: FileOrigin?
    let frame: PageFrame
    let links: PictureLinks

    var page: Page {
        var page = Page(file.path.name, at: PageAddress(.details, [("img", links.parameter(file.path))]), content: content)
        (page.publicPage, page.head) = (.details, preview)
        return page
    }

    private var content: Markup {
        let actions = FileActions(frame)
        return """
            <div class="details">
            <div>
            <figure>\(shown)</figure>
            <p class="actions"><a class="button primary" href="\(address)">\(files.view)</a> \
            <a class="button" href="\(links.download(file.path))">\(files.download)</a>\(report)</p>
            </div>
            <div>
            <dl class="facts">
            \(facts.map { "<dt>\($0.name)</dt><dd>\($0.value)</dd>\n" as Markup })</dl>
            \(copies)\(actions.deletion(of: links.parameter(file.path), back: PageAddress(.gallery)))</div>
            </div>
            \(actions.questions)
            """
    }

    /// What sites show where somebody pastes the link (Open Graph protocol, ogp.me).
    private var preview: Markup {
        let sides = file.width.flatMap { width in file.height.map { [("width", "\(width)"), ("height", "\($0)")] } } ?? []
        let kind = file.type.kind == .video ? "video" : "image"
        let facts = [(kind, address), (kind + ":type", file.type.mime)] + sides.map { (kind + ":" + $0.0, $0.1) }
        let properties = [("title", file.path.name), ("type", kind == "video" ? "video.other" : "website"), ("site_name", frame.settings.siteName)]
        return "\((properties + facts).map { "<meta property=\"og:\($0.0)\" content=\"\($0.1)\">\n" as Markup })"
    }

    private var words: DetailsWords { frame.words.details }
    private var files: FileWords { frame.words.files }

    private var address: String { links.picture(file.path) }

    private var shown: Markup {
        if file.type.kind == .video { return "<video src=\"\(address)\" controls preload=\"metadata\"></video>" }
        return "<img src=\"\(address)\" alt=\"\(file.path.name)\">"
    }

    private var report: Markup? {
        guard !frame.visitor.isAdmin else { return nil }
        return links.report(file.path).map { " <a href=\"\($0.text)\" rel=\"noreferrer\">\(files.report)</a>" }
    }

    private var facts: [(name: String, value: String)] {
        var facts = [(words.name, file.path.name), (words.size, SizeText.format(file.size)), (words.type, file.type.mime)]
        if let width = file.width, let height = file.height { facts.append((words.pixels, "\(width) x \(height)")) }
        if let duration = file.duration { facts.append((words.duration, DurationText.format(duration))) }
        facts.append((words.uploadedAt, SiteTime(file.createdAt).text))
        return facts + (origin.map(adminFacts) ?? [])
    }

    private func adminFacts(_ origin: FileOrigin) -> [(name: String, value: String)] {
        let facts = [(words.originalName, file.originalName), (words.path, links.parameter(file.path)), ("MD5", text(of: origin.md5))]
        guard let sender = origin.sender else { return facts + [(words.record, words.noRecord)] }
        return facts + [
            (words.sender, sender.address + (sender.port.map { ":\($0)" } ?? "")), (words.browser, sender.userAgent), (words.way, sender.way),
        ]
    }

    private func text(of sum: FileSum) -> String {
        switch sum {
        case .known(let text): text
        case .tooLarge: words.tooLargeForMD5
        case .missing: words.noFileForMD5
        }
    }

    private var copies: [Markup] {
        let links = FileLinks(url: address, name: file.path.name, isVideo: file.type.kind == .video)
        let formats = [(LinkFormat.link, files.link), (.bbcode, "BBCode"), (.markdown, "Markdown"), (.html, "HTML")]
        return formats.enumerated().compactMap { index, format in
            links.text(format.0).map { FileActions(frame).namedCopyBox(format.1, $0, id: "copy-\(index)") }
        }
    }
}
