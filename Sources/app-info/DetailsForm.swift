// The query of the details page: `img` is a file's path, `history` the path of the URL in an upload's response.

import FilePages
import HTTP
import Media
import MediaStore
import Pages
import Site
import Time

struct DetailsForm {
    let isAdmin: Bool
    /// Whether the settings allow this visitor to see details.
    let isAllowed: Bool
    /// Whether this visitor may see which other files there are.
    let seesGallery: Bool
    /// When the oldest file of the gallery may have come that this visitor sees, in seconds since 1970; nil for all.
    let since: Int?
    /// Whether other pictures are shown.
    let wantsOthers: Bool
    /// nil if neither parameter names a possible path.
    let path: StoredPath?
    /// What was done with the file before the browser came here.
    let done: DoneFiles
    let changed: DoneChange?
    /// What is to be changed of the file; nil to look at it.
    let change: FileChange?
    /// Whose files this visitor may change; nil for anybody's.
    let owner: Int?
    /// The name of the account that asks for the change.
    let account: String?
    /// Stored with a file that is replaced.
    let sender: Sender?

    /// - Throws: `Problem` 401 for a change without a session; as `FileChange`.
    init(_ visit: Visit) throws {
        let changer = try visit.request.method == .post ? visit.ownAccount : nil
        (owner, account) = (changer?.role == .admin ? nil : changer?.id, changer?.name)
        sender = try changer.flatMap { _ in try visit.uploadService.sender() }
        change = try changer.map { _ in try FileChange(visit) }
        let (visitor, settings) = (try Visitor(visit), try visit.settings)
        isAdmin = visitor.isAdmin
        isAllowed = settings.pages.publicDetails || isAdmin
        seesGallery = visitor.seesGallery(settings)
        since = isAdmin ? nil : SiteDay.today.moved(by: -settings.pages.galleryDays).seconds.lowerBound
        wantsOthers = settings.pages.randomPictures && seesGallery
        let text = visit.query.all("img").last ?? visit.query.all("history").last
        path = try text.flatMap { try visit.links.storedPath(inAddress: $0, settings) }
        done = DoneFiles(visit.query)
        changed = visit.query.all("changed").last.flatMap { DoneChange(rawValue: $0) }
    }
}
