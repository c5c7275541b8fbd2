// The operator's settings, put into the words of the thumbnail service.

import Settings
import Thumbnails

extension ThumbnailShape.Defaults {
    public init(_ settings: ThumbnailSettings) {
        self.init(width: settings.width, height: settings.height, mode: settings.fit == .crop ? .fill : .stretch)
    }
}
