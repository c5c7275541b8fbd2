// Enforces the size limit of the cache. Computing its size for each thumbnail would take longer than making one, so a small
// file stores it. The stored size is never too low, because it is raised before a thumbnail is published; it may be too high after a crash
// or a deletion, until the next trimming recomputes it.

import Disk

/// How many thumbnails may be made for a client, which somebody else counts.
public struct ThumbnailAllowance {
    /// Throws if none is left.
    let look: () throws -> Void
    /// The same, and takes one.
    let take: () throws -> Void

    public init(look: @escaping () throws -> Void, take: @escaping () throws -> Void) { (self.look, self.take) = (look, take) }
}

/// Limits for making one thumbnail.
public struct ThumbnailBounds {
    /// Bytes of the whole cache.
    public var cacheBytes: Int
    /// Free bytes that must remain on the disk.
    public var freeBytes: Int
    /// The client, in canonical spelling: thumbnails for one client are made one at a time. nil for no such
    /// limit.
    public var client: String?
    /// nil for any number of thumbnails.
    public var allowance: ThumbnailAllowance?

    public init(cacheBytes: Int = .max, freeBytes: Int = 0, client: String? = nil, allowance: ThumbnailAllowance? = nil) {
        (self.cacheBytes, self.freeBytes, self.client, self.allowance) = (cacheBytes, freeBytes, client, allowance)
    }
}

extension Thumbnails {
    private static let sizeFile = "cache-size"
    /// The share of the limit that trimming keeps, so that the next thumbnail does not trim again.
    private static let shareKept = (of: 8, is: 7)

    /// Adds a thumbnail to the stored size before it is published, and makes room for it; false if there can be none.
    func reserve(_ bytes: Int, _ bounds: ThumbnailBounds) throws -> Bool {
        guard bytes <= bounds.cacheBytes else { return false }
        guard let lock = try locks.lock(Thumbnails.sizeFile) else { return false }
        return try withExtendedLifetime(lock) {
            var size = try knownSize() ?? bounds.cacheBytes
            if size > bounds.cacheBytes - bytes {
                let kept = bounds.cacheBytes / Thumbnails.shareKept.of * Thumbnails.shareKept.is
                // The folder of the new thumbnail is still empty and must stay.
                size = try removeOldest(to: max(0, kept - bytes), clearsFolders: false).left
            }
            try lock.write("\(size + bytes)")
            return true
        }
    }

    /// Removes the oldest thumbnails until at most `bytes` are left; returns how many were removed.
    @discardableResult
    public func trim(to bytes: Int) throws -> Int {
        guard let lock = try locks.lock(Thumbnails.sizeFile) else { return 0 }
        return try withExtendedLifetime(lock) {
            let (removed, left) = try removeOldest(to: bytes)
            try lock.write("\(left)")
            return removed
        }
    }

    /// nil if the size has never been computed.
    private func knownSize() throws -> Int? {
        try locks.bytes(of: Thumbnails.sizeFile, limit: 64).flatMap { Int(String(decoding: $0, as: UTF8.self)) }
    }

    /// Waits until no other thumbnail is being made for the same client.
    func lock(client: String?) throws -> Lock? {
        try client.map { address in
            try lock("client-\(Thumbnails.hash(address) % Thumbnails.stripes)",
                     "other thumbnails for \(address) (if that is a proxy in front of the site, name it in trusted_proxies) are being made")
        }
    }
}
