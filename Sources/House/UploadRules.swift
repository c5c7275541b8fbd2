// The operator's settings, put into the words of the upload pipeline.

import Media
import Settings
import UploadPipeline

extension UploadRules {
    init(_ settings: Settings) {
        var limits = MediaLimits()
        limits.maximumPixels = settings.imageMaxPixels
        limits.maximumSide = settings.imageMaxSide
        self.init(imageLimit: settings.imageMaxBytes, videoLimit: settings.videoMaxBytes, acceptsVideos: settings.videoUpload,
                  limits: limits, widths: UploadRules.range(settings.imageMinWidth, settings.imageMaxWidth),
                  heights: UploadRules.range(settings.imageMinHeight, settings.imageMaxHeight),
                  stripsMetadata: settings.stripMetadata, conversion: UploadRules.conversion(settings))
    }

    /// Where the limits cross, the upper one counts.
    private static func range(_ least: Int, _ most: Int) -> ClosedRange<Int> { min(least, most)...most }

    private static func conversion(_ settings: Settings) -> (type: MediaType, quality: Int)? {
        switch settings.convertFormat {
        case .off: nil
        case .webp: (.webp, settings.convertQuality)
        case .jpeg: (.jpeg, settings.convertQuality)
        case .png: (.png, settings.convertQuality)
        case .gif: (.gif, settings.convertQuality)
        case .bmp: (.bmp, settings.convertQuality)
        }
    }
}
