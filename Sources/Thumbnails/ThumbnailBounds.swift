// The cache never grows beyond what the operator says. Counting it for each thumbnail would take longer than making one, so a small
// file holds its size: never too little, because it is raised before a thumbnail is put in place; too much after a crash or a
// deletion, until the next trimming counts anew.

import Disk

/// What the operator and the visitor set for one thumbnail.
public struct ThumbnailBounds: Sendable {
    /// Bytes of the whole cache.
    public var cacheBytes: Int
    /// Bytes of the disk that stay free.
    public var freeBytes: Int
    /// Who asks, in any spelling that is always the same: thumbnails for one of them are made one after the other. nil for no one
    /// in particular.
    public var client: String?

    public init(cacheBytes: Int = .max, freeBytes: Int = 0, client: String? = nil) {
        (self.cacheBytes, self.freeBytes, self.client) = (cacheBytes, freeBytes, client)
    }
}

extension Thumbnails {
    private static let sizeFile = "cache-size"
    /// Of the cache's bound: what trimming leaves, so that it is not needed again at once.
    private static let shareKept = (of: 8, is: 7)

    /// Counts a thumbnail that is about to be put in place, and makes room for it; false when it can have none.
    func reserve(_ bytes: Int, _ bounds: ThumbnailBounds) throws -> Bool {
        guard bytes <= bounds.cacheBytes else { return false }
        guard let lock = try locks.lock(Thumbnails.sizeFile) else { return false }
        return try withExtendedLifetime(lock) {
            var size = try knownSize() ?? bounds.cacheBytes
            if size > bounds.cacheBytes - bytes {
                let kept = bounds.cacheBytes / Thumbnails.shareKept.of * Thumbnails.shareKept.is
                // The folder of the thumbnail that is to come is still empty.
                size = try removeOldest(to: max(0, kept - bytes), clearsFolders: false).left
            }
            try lock.write("\(size + bytes)")
            return true
        }
    }

    /// Removes the oldest thumbnails until at most `bytes` are kept; returns how many went.
    @discardableResult
    public func trim(to bytes: Int) throws -> Int {
        guard let lock = try locks.lock(Thumbnails.sizeFile) else { return 0 }
        return try withExtendedLifetime(lock) {
            let (removed, left) = try removeOldest(to: bytes)
            try lock.write("\(left)")
            return removed
        }
    }

    /// nil when nobody has counted yet.
    private func knownSize() throws -> Int? {
        try locks.bytes(of: Thumbnails.sizeFile, limit: 64).flatMap { Int(String(decoding: $0, as: UTF8.self)) }
    }

    /// Waits until no other thumbnail is made for the same client.
    func lock(client: String?) throws -> Lock? {
        try client.map { address in
            try lock("client-\(Thumbnails.hash(address) % Thumbnails.stripes)",
                     "other thumbnails for \(address) (if that is a proxy in front of the site, name it in trusted_proxies) are being made")
        }
    }
}
