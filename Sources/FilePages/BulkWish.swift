// A form that acts on the files that were selected.

import Accounts
import HTTP
import MediaStore
import Pages
import Responder
import Site
import Text

/// An action on several files.
public struct BulkWish: Sendable {
    public let action: BulkAction
    public let ids: [Int]
    /// Whose files; nil for anybody's.
    public let owner: Int?
    /// The page that the browser comes from.
    public let back: OwnPath
    public let wantsJSON: Bool

    /// - Throws: `Problem` 403 for a form of another site, 400 for one that these pages do not have, or with too many files.
    public init(_ visit: Visit, _ account: Account) throws { try self.init(visit, account, visit.ownForm()) }

    /// - Parameter form: of a page of this site.
    public init(_ visit: Visit, _ account: Account, _ form: Query) throws {
        guard let action = form.first("action").flatMap({ BulkAction(rawValue: $0) }) else { throw Problem(.badRequest, says: "Unknown action") }
        self.action = action
        // The buttons of a card name its file in the address.
        ids = (visit.query.all("only").last.map { [$0] } ?? form.all("id[]")).compactMap { Int($0) }
        guard ids.count <= MediaStore.bulkLimit else { throw Problem(.badRequest, says: "At most \(MediaStore.bulkLimit) files at once") }
        owner = account.role == .admin ? nil : account.id
        back = OwnPath(back: form.all(PageFrame.backField).last, of: try visit.settings.baseURL)
        wantsJSON = visit.wantsJSON
    }
}

extension Visit {
    /// Whether the sender is a script that reads JSON.
    public var wantsJSON: Bool { request.header("Accept")?.contains("application/json") == true }

    /// Does what a form wants with the files that were selected; errors of the machine stand in the log.
    ///
    /// - Parameter name: of the responder.
    public func carryOut(_ wish: BulkWish, from name: String) throws -> BulkReply {
        let outcome = try site.store.carryOut(wish.action, on: wish.ids, of: wish.owner)
        for error in outcome.errors { Log.fail("\(wish.action.rawValue): \(error)", from: name) }
        return try BulkReply(outcome, wish, of: settings.baseURL)
    }
}
