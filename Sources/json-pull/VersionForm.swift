// The query of one version.

import HTTP
import Site
import SyncAPI
import SyncRules
import SyncStore

struct VersionForm {
    let caller: SyncCaller
    let key: FileKey
    let wanted: WantedVersion
    /// Whether the bytes alone are wanted.
    let isRaw: Bool

    init(_ request: Request, _ site: Site) throws {
        caller = try site.syncCaller(of: request)
        key = try request.query.fileKey
        isRaw = try request.query.integer("raw", 0...1) == 1
        if let number = try request.query.integer("version", 1...Int.max) {
            wanted = .number(number)
        } else if let text = request.query.first("hash"), !text.isEmpty {
            guard let hash = ContentHash(text.lowercased()) else { throw Problem.invalid("hash") }
            wanted = .hash(hash)
        } else {
            wanted = .latest
        }
    }

    /// A version never changes; which one is the newest does.
    var caching: String {
        if case .latest = wanted { return "private, no-cache" }
        return "private, max-age=31536000, immutable"
    }
}
