// The query for one version.

import HTTP
import Site
import SyncRules
import SyncStore

/// The query for one version: `file_key`, and `version` or `hash`; neither asks for the newest one.
public struct VersionForm {
    public let caller: SyncCaller
    public let key: FileKey
    public let wanted: WantedVersion
    /// Whether the response is the content alone.
    let isRaw: Bool
    /// The content that the client has already.
    public let ifNoneMatch: PushFacts.Condition?

    /// - Throws: `Problem` 400, 401, 403.
    public init(_ visit: Visit) throws {
        caller = try visit.syncCaller()
        key = try visit.query.fileKey
        ifNoneMatch = EntityTag.condition(visit.request.header("If-None-Match"))
        isRaw = try visit.query.integer("raw", 0...1) == 1
        if let number = try visit.query.integer("version", 1...Int.max) {
            wanted = .number(number)
        } else if let text = visit.query.first("hash"), !text.isEmpty {
            guard let hash = ContentHash(text.lowercased()) else { throw Problem.badField("hash", text) }
            wanted = .hash(hash)
        } else {
            wanted = .latest
        }
    }

    /// A numbered version never changes; the newest one does.
    var caching: String {
        if case .latest = wanted { return "private, no-cache" }
        return "private, max-age=31536000, immutable"
    }
}
