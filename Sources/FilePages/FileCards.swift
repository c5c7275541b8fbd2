// The cards of files in lists.

import HTML
import Media
import MediaStore
import Pages
import Paths
import Time
import Words

/// Cards of files, in the gallery and in the lists of an account.
public struct FileCards {
    private let frame: PageFrame
    private let isRecycleBin: Bool
    private let path: Path
    private let owners: [Int: String]?
    private let tellsEnd: Bool
    private let links: PictureLinks
    private let actions: FileActions

    /// - Parameters:
    ///   - isRecycleBin: whether the files are in the recycle bin, where they have no address.
    ///   - path: of the page that acts on them.
    ///   - owners: names of accounts by their ids, where cards tell whose the files are.
    ///   - tellsEnd: whether cards tell when a file that expires is deleted.
    public init(_ frame: PageFrame, isRecycleBin: Bool = false, at path: Path = .ownFiles, owners: [Int: String]? = nil, tellsEnd: Bool = false) {
        (self.frame, self.isRecycleBin, self.path, self.owners, self.tellsEnd) = (frame, isRecycleBin, path, owners, tellsEnd)
        (links, actions) = (PictureLinks(frame.settings), FileActions(frame))
    }

    public func list(_ files: [StoredFile]) -> Markup { "<ul class=\"cards\">\n\(files.map(card))</ul>\n" }

    public func card(_ file: StoredFile) -> Markup { isRecycleBin ? recycled(file) : kept(file) }

    private func kept(_ file: StoredFile) -> Markup {
        """
            <li class="card" id="f\(file.id)" data-kind="\(file.type.kind.rawValue)"\(version(file))>
            \(pick(file))<a href="\(links.details(file.path))">\(links.image(of: file))\(length(file))</a>
            \(name(file))\(facts(file))\(expiry(of: file))\(unlisted(file))\(actions.copyBox(frame.words.files.link, links.picture(file.path)))\
            \(menu(file, "\(places(file))\(changes(file))"))</li>

            """
    }

    private func recycled(_ file: StoredFile) -> Markup {
        let deleted = file.deletedAt.map { "<p class=\"meta\">\(frame.words.gallery.deleted(on: SiteTime($0).text))</p>\n" as Markup }
        return """
            <li class="card" id="f\(file.id)">
            \(pick(file))<span class="shown"><span class="kind">\(icon(file))\(file.type.fileExtension)</span>\(length(file))</span>
            \(name(file))\(facts(file))\(measures(file))\(formerPlace(file))\(deleted)\(end(of: file))\(menu(file, "\(button(.restore, frame.words.selection.restore, file))\(deletion(file))"))</li>

            """
    }

    /// Cut off at the end of the card; in whole where a mouse rests on it.
    private func name(_ file: StoredFile) -> Markup { "<p class=\"name\" title=\"\(file.shownName)\">\(file.shownName)</p>\n" }

    // What can be done with one file. Its buttons belong to the form of the selection, whose address names this file alone then.

    private func menu(_ file: StoredFile, _ content: Markup) -> Markup {
        """
        <details class="more"><summary aria-label="\(frame.words.gallery.actions(of: file.shownName))">⋯</summary><div class="menu">
        \(content)</div></details>
        """
    }

    private func places(_ file: StoredFile) -> Markup {
        let names = frame.words.files
        let report: Markup? = links.report(file.path).map { "<a href=\"\($0.text)\" rel=\"noreferrer\">\(names.report)</a>\n" }
        return """
            <a href="\(links.details(file.path))">\(names.details)</a>
            <a href="\(links.download(file.path))">\(names.download)</a>
            \(report)
            """
    }

    private func changes(_ file: StoredFile) -> Markup? {
        guard frame.visitor.manages(file) else { return nil }
        let words = frame.words.selection
        let listing = file.isPublic ? button(.hide, words.hide, file) : button(.publish, words.publish, file)
        return "\(listing)\(button(.recycle, frame.words.files.recycle, file))\(deletion(file))"
    }

    private func deletion(_ file: StoredFile) -> Markup {
        button(.delete, frame.words.files.deleteForGood, file, " class=\"danger\" data-ask=\"\(SelectionBar.questionOfOne)\"")
    }

    private func button(_ action: BulkAction, _ name: String, _ file: StoredFile, _ attributes: Markup? = nil) -> Markup {
        """
        <button form="\(SelectionBar.id)" formaction="\(frame.links.address(path))?only=\(file.id)" name="action" \
        value="\(action.rawValue)"\(attributes)>\(name)</button>

        """
    }

    /// The box that chooses the file, for those who may do something with it.
    private func pick(_ file: StoredFile) -> Markup? {
        guard frame.visitor.manages(file) else { return nil }
        return """
            <label class="pick"><span class="unseen">\(frame.words.gallery.choose(file.shownName))</span>\
            <input type="checkbox" name="id[]" value="\(file.id)" form="\(SelectionBar.id)"></label>\u{20}
            """
    }

    /// In place of a preview: no path sends a file that is in the bin.
    private func icon(_ file: StoredFile) -> Markup { frame.icon(file.type.kind == .video ? "play" : "image", size: 48) }

    /// By which a picture is told from others of its name without being seen; administrators have its size among the facts.
    private func measures(_ file: StoredFile) -> Markup? {
        let pixels = file.width.flatMap { width in file.height.map { "\(width) × \($0)" } }
        let texts = [pixels, owners == nil ? ByteText.format(file.size) : nil].compactMap { $0 }
        return texts.isEmpty ? nil : "<p class=\"meta\">\(texts.joined(separator: " · "))</p>\n"
    }

    /// For administrators: whose it is, and its size.
    private func facts(_ file: StoredFile) -> Markup? {
        guard let owners else { return nil }
        let owner = file.owner.map { owners[$0] ?? "\($0)" } ?? frame.words.logs.visitor
        return "<p class=\"meta\">\(owner) · \(ByteText.format(file.size))</p>\n"
    }

    private func expiry(of file: StoredFile) -> Markup? {
        guard tellsEnd, let end = file.expiresAt else { return nil }
        return "<p class=\"meta\">\(frame.words.details.expiresAt) \(SiteTime(end).text)</p>\n"
    }

    /// For administrators: where it comes back to.
    private func formerPlace(_ file: StoredFile) -> Markup? {
        owners == nil ? nil : "<p class=\"meta\">\(frame.words.siteFiles.from(file.path.text))</p>\n"
    }

    /// For administrators: when `imagebed gc` removes it, or `imagebed expire` before that. What was in the bin of a replaced site stays.
    private func end(of file: StoredFile) -> Markup? {
        guard owners != nil else { return nil }
        let words = frame.words.siteFiles, end = file.deletedAt.map { $0 + frame.settings.recycleDays * 86_400 }
        let text = [end, file.expiresAt].compactMap { $0 }.min().map { words.goes(on: SiteDay(of: $0).text.replacing("/", with: "-")) } ?? words.stays
        return "<p class=\"meta\">\(text)</p>\n"
    }

    /// For the viewer, which shows what the field of the card has.
    private func version(_ file: StoredFile) -> Markup? {
        file.version == 0 ? nil : " data-version=\"\(links.version(of: file))\""
    }

    private func unlisted(_ file: StoredFile) -> Markup? {
        file.isPublic ? nil : "<p class=\"meta unlisted\">\(frame.words.gallery.unlisted)</p>\n"
    }

    private func length(_ file: StoredFile) -> Markup? {
        file.duration.map { "<span class=\"length\">▶ \(DurationText.format($0))</span>" }
    }
}
