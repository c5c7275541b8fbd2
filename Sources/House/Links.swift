// Every absolute URL of an answer is made here, out of the configured base URL and never out of a request's Host header, which
// a client can choose.

import Media
import Settings

/// URLs of a site.
public struct Links: Sendable {
    /// Without a slash at its end; may hold a path prefix.
    public let base: String

    public init(base: String) { self.base = base }

    public init(_ settings: Settings) { base = settings.baseURL.text }

    /// Where uploaded files are served, below the base.
    public static let uploads = "/uploads/"

    /// The file itself.
    public func file(_ path: StoredPath) -> String { base + Links.uploads + path.text }

    public func thumbnail(of path: StoredPath) -> String { base + "/application/thumb.php?img=" + Links.uploads + path.text }

    public func deletion(token: String) -> String { base + "/application/del.php?hash=" + token }

    /// The stored file that `img=` names: "/uploads/2024/04/a.jpg", with or without the leading slash.
    public static func storedPath(inParameter text: String) -> StoredPath? {
        let rest = text.hasPrefix("/") ? text.dropFirst() : text[...]
        guard rest.hasPrefix("uploads/") else { return nil }
        return StoredPath(String(rest.dropFirst("uploads/".count)))
    }
}
