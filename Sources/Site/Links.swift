// Makes every URL in responses, from the table of paths and the configured base URL, and never from a request's Host header, which
// clients control.

import Media
import Paths
import Settings

/// URLs of a site.
public struct Links: Sendable {
    /// Without a trailing slash; may contain a path prefix.
    public let base: String
    /// The path of uploaded files below the base URL, with a slash at both ends.
    public let uploadsPath: String

    public init(base: String, uploadsPath: String = Links.ownUploads) {
        self.base = base
        self.uploadsPath = uploadsPath
    }

    public init(_ settings: Settings) { self.init(base: settings.baseURL.text, uploadsPath: settings.naming.uploadsPath) }

    /// URLs for the site's own pages: relative to the host, so that they work under each of the site's names.
    public init(onPagesOf settings: Settings) { self.init(base: settings.baseURL.pathPrefix, uploadsPath: settings.naming.uploadsPath) }

    /// The path that serves uploaded files on every site.
    public static let ownUploads = Settings().naming.uploadsPath

    /// The URL of a file.
    public func file(_ path: StoredPath) -> String { base + uploadsPath + path.encoded }

    /// The URL of a path that a program serves.
    public func address(_ path: Path) -> String { base + path.text }

    public func thumbnail(of path: StoredPath) -> String { address(.thumbnail) + "?img=" + uploadsPath + path.encoded }

    public func deletion(token: String) -> String { address(.deletion) + "?hash=" + token }

    /// The URL at which an upload is continued.
    public func resumableUpload(_ id: String) -> String { address(.resumable) + "?id=" + id }

    public func details(of path: StoredPath) -> String { address(.details) + "?img=" + uploadsPath + path.encoded }

    public func download(of path: StoredPath) -> String { address(.download) + "?dw=" + uploadsPath + path.encoded }

    // For EasyImages' clients: stored paths are not percent-encoded.

    public func formFile(_ path: StoredPath) -> String { base + uploadsPath + path.text }

    public func formThumbnail(of path: StoredPath) -> String { address(.formThumbnail) + "?img=" + uploadsPath + path.text }

    public func formDeletion(token: String) -> String { address(.formDeletion) + "?hash=" + token }

    public func hiddenPicture(token: String) -> String { address(.hiddenPicture) + "?key=" + token }

    /// The stored file in the parameter `img`: "/uploads/2024/04/a.jpg" or "/i/2024/04/05/a.jpg", with or without the leading slash.
    public func storedPath(inParameter text: String) -> StoredPath? {
        let whole = text.hasPrefix("/") ? text : "/" + text
        guard let prefix = [uploadsPath, Links.ownUploads].first(where: whole.hasPrefix) else { return nil }
        return StoredPath(String(whole.dropFirst(prefix.count)))
    }

    /// The stored file of a picture's URL path, as the old pages send it: with or without the site's path prefix, and without the uploads
    /// path where the site uses such addresses.
    public func storedPath(inAddress text: String, _ settings: Settings) -> StoredPath? {
        let prefix = settings.baseURL.pathPrefix
        let below = !prefix.isEmpty && text.hasPrefix(prefix + "/") ? String(text.dropFirst(prefix.count)) : text
        if let path = storedPath(inParameter: below) { return path }
        return settings.hiding.hidesPath ? StoredPath(String(below.drop { $0 == "/" })) : nil
    }
}
