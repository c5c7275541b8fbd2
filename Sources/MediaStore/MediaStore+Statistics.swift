// Numbers of the whole site: kept by triggers, so that asking is free.

import Database
import Media

/// The numbers in the head of the API page.
public struct SiteStatistics: Sendable {
    /// Public pictures and videos that are there now.
    public let images: Int
    public let videos: Int
    /// Views ever, of files that are still known.
    public let views: Int
    /// Uploads ever, deleted ones included.
    public let uploads: Int

    public var listed: Int { images + videos }
}

extension MediaStore {
    public func statistics() throws -> SiteStatistics {
        let numbers = try counters.all()
        return SiteStatistics(images: numbers["listed_image", default: 0], videos: numbers["listed_video", default: 0],
                              views: numbers["views", default: 0], uploads: numbers["uploads", default: 0])
    }

    /// Adds views that the web server counted; names of files that are gone are passed over.
    public func addViews(_ views: [StoredPath: Int]) throws {
        try database.write {
            for (path, count) in views {
                try rows.addViews(count, at: path)
            }
            try shelves.divide()
        }
    }
}
