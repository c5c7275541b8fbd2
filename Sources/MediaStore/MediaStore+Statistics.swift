// Totals of the whole site: maintained by triggers, so that reading them is cheap; the few newest rows are added (`WaitingRows`).

import Database
import Media
import Time

/// The totals at the top of the API page.
public struct SiteStatistics: Sendable {
    /// Public pictures and videos that exist now.
    public let images: Int
    public let videos: Int
    /// Views in total, of files that have a row.
    public let views: Int
    /// Uploads in total, including deleted ones.
    public let uploads: Int

    public var listed: Int { images + videos }
}

extension MediaStore {
    public func statistics() throws -> SiteStatistics {
        try database.read {
            let (numbers, more) = try (counters.all(), waiting.numbers())
            return SiteStatistics(images: numbers["listed_image", default: 0] + more.images, videos: numbers["listed_video", default: 0] + more.videos,
                                  views: numbers["views", default: 0], uploads: numbers["uploads", default: 0] + more.uploads)
        }
    }

    /// Adds views counted by the web server; paths without a row are ignored.
    public func addViews(_ views: [StoredPath: Int]) throws {
        try database.write {
            for kind in MediaKind.allCases { try days.open(kind, at: Now.seconds) }
            try rows.addViews(views)
            try shelves.divide()
        }
    }
}
