// The operator's settings, put into the words of the thumbnail service.

import HTTP
import Settings
import Thumbnails

extension ThumbnailBounds {
    /// - Parameter request: the one that is answered; those of one household wait for each other.
    public init(_ settings: Settings, for request: Request) {
        self.init(cacheBytes: settings.thumbnailCacheBytes, freeBytes: settings.minimumFreeBytes,
                  client: request.clientAddress(settings).network)
    }
}

extension ThumbnailShape.Defaults {
    public init(_ settings: ThumbnailSettings) {
        self.init(width: settings.width, height: settings.height, mode: settings.fit == .crop ? .fill : .stretch)
    }
}
