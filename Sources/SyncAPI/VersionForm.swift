// The query for one version.

import HTTP
import Site
import SyncAPI
import SyncRules
import SyncStore

struct VersionForm {
    let caller: SyncCaller
    let key: FileKey
    let wanted: WantedVersion
    /// Whether the response is the content alone.
    let isRaw: Bool
    /// The content that the client has already.
    let ifNoneMatch: PushFacts.Condition?

    init(_ visit: Visit) throws {
        caller = try visit.syncCaller()
        key = try visit.query.fileKey
        ifNoneMatch = EntityTag.condition(visit.request.header("If-None-Match"))
        isRaw = try visit.query.integer("raw", 0...1) == 1
        if let number = try visit.query.integer("version", 1...Int.max) {
            wanted = .number(number)
        } else if let text = visit.query.first("hash"), !text.isEmpty {
            guard let hash = ContentHash(text.lowercased()) else { throw Problem.invalid("hash") }
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
