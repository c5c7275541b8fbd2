// Files that expire lie in a folder of their own, so that a web server knows by the path alone that nobody may keep them for long.

/// The folder of files that expire.
public enum ExpiringFolder {
    /// Below the folder of stored files, and below that of thumbnails.
    public static let name = "expiring"

    /// The `Cache-Control` of what lies in it: a copy ends with the file, or a minute after it.
    public static let cacheControl = "max-age=60"
}

extension StoredPath {
    /// Whether it leads into the folder of files that expire.
    public var isExpiring: Bool { text.hasPrefix(ExpiringFolder.name + "/") }

    /// The same path in the folder of files that expire; nil if it would be too long.
    public var expiring: StoredPath? { StoredPath("\(ExpiringFolder.name)/\(text)") }
}
