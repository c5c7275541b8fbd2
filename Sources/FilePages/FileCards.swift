// The cards of files in lists.

import HTML
import Media
import MediaStore
import Pages
import Time

/// Cards of files, in the gallery and in the lists of an account.
public struct FileCards {
    private let frame: PageFrame
    private let back: PageAddress
    private let isRecycleBin: Bool
    private let links: PictureLinks
    private let actions: FileActions

    /// - Parameters:
    ///   - back: where the browser goes on when something was done with a file.
    ///   - isRecycleBin: whether the files are in the recycle bin, where they have no address.
    public init(_ frame: PageFrame, back: PageAddress, isRecycleBin: Bool = false) {
        (self.frame, self.back, self.isRecycleBin) = (frame, back, isRecycleBin)
        (links, actions) = (PictureLinks(frame.settings), FileActions(frame))
    }

    /// What the buttons of the cards ask.
    public var questions: Markup? { actions.questions }

    public func list(_ files: [StoredFile]) -> Markup { "<ul class=\"cards\">\n\(files.map(card))</ul>\n" }

    public func card(_ file: StoredFile) -> Markup { isRecycleBin ? recycled(file) : kept(file) }

    private func kept(_ file: StoredFile) -> Markup {
        let names = frame.words.files
        let report: Markup? = links.report(file.path).map { " <a href=\"\($0.text)\" rel=\"noreferrer\">\(names.report)</a>" }
        return """
            <li class="card" id="f\(file.id)" data-kind="\(file.type.kind.rawValue)">
            \(pick(file))<a href="\(links.details(file.path))">\(links.image(of: file))\(length(file))</a>
            <p class="name">\(file.path.name)</p>
            \(unlisted(file))\(actions.copyBox(names.link, links.picture(file.path)))\
            <p class="links"><a href="\(links.details(file.path))">\(names.details)</a> \
            <a href="\(links.download(file.path))">\(names.download)</a>\(report)</p>
            \(actions.deletion(of: links.parameter(file.path), back: back))</li>

            """
    }

    private func recycled(_ file: StoredFile) -> Markup {
        let deleted = file.deletedAt.map { "<p class=\"meta\">\(frame.words.gallery.deleted(on: SiteTime($0).text))</p>\n" as Markup }
        return """
            <li class="card" id="f\(file.id)">
            \(pick(file))<span class="shown"><span class="kind">\(file.type.fileExtension)</span>\(length(file))</span>
            <p class="name">\(file.originalName)</p>
            \(deleted)</li>

            """
    }

    /// The box that chooses the file, for those who may do something with it.
    private func pick(_ file: StoredFile) -> Markup? {
        guard frame.visitor.manages(file) else { return nil }
        return """
            <label class="pick"><span class="unseen">\(frame.words.gallery.choose(file.path.name))</span>\
            <input type="checkbox" name="id[]" value="\(file.id)" form="\(SelectionBar.id)"></label>\u{20}
            """
    }

    private func unlisted(_ file: StoredFile) -> Markup? {
        file.isPublic ? nil : "<p class=\"meta\">\(frame.words.gallery.unlisted)</p>\n"
    }

    private func length(_ file: StoredFile) -> Markup? {
        file.duration.map { "<span class=\"length\">▶ \(DurationText.format($0))</span>" }
    }
}
