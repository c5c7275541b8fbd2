// Converts settings to the parameters of the thumbnail service.

import Settings
import Thumbnails

extension ThumbnailBounds {
    /// Requests from one client network wait for each other.
    public init(_ visit: Visit) throws {
        let settings = try visit.settings
        self.init(cacheBytes: settings.thumbnailCacheBytes, freeBytes: settings.minimumFreeBytes, client: try visit.address.network,
                  allowance: try visit.thumbnailAllowance)
    }
}

extension ThumbnailShape.Defaults {
    public init(_ settings: ThumbnailSettings) {
        self.init(width: settings.width, height: settings.height, mode: settings.fit == .crop ? .fill : .stretch)
    }
}
