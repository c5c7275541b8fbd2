// Converts settings to the parameters of the upload pipeline.

import Media
import PictureWorker
import Settings
import UploadPipeline

extension UploadRules {
    /// - Parameter isEasyImages: for the old forms: accepts and converts exactly what EasyImages did.
    init(_ settings: Settings, isEasyImages: Bool) {
        var limits = MediaLimits()
        limits.maximumPixels = settings.imageMaxPixels
        limits.maximumSide = settings.imageMaxSide
        self.init(imageLimit: settings.imageMaxBytes, videoLimit: settings.videoMaxBytes,
                  acceptsVideos: settings.videoUpload && (!isEasyImages || settings.forms.takesVideos),
                  limits: limits, widths: UploadRules.range(settings.imageMinWidth, settings.imageMaxWidth),
                  heights: UploadRules.range(settings.imageMinHeight, settings.imageMaxHeight),
                  stripsMetadata: settings.stripMetadata, wishes: PictureWishes(settings, isEasyImages: isEasyImages),
                  watermark: Watermark(settings.watermark))
    }

    /// If the limits contradict each other, the upper one applies.
    private static func range(_ least: Int, _ most: Int) -> ClosedRange<Int> { min(least, most)...most }
}

extension PictureWishes {
    init(_ settings: Settings, isEasyImages: Bool) {
        self.init(
            conversion: settings.convertFormat.type.map {
                Conversion(type: $0, keepsLarger: settings.convertsAlways, isEasyImages: isEasyImages)
            },
            quality: settings.convertQuality, method: settings.convertEffort, scale: settings.scalesUploads ? settings.convertQuality : 100,
            uprights: settings.uprights)
    }
}

extension Watermark {
    /// nil if there is no watermark, or its text has no visible character.
    public init?(_ settings: WatermarkSettings) {
        guard let place = MarkPlace(settings.position) else { return nil }
        switch settings.kind {
        case .off: return nil
        case .picture: self.init(.picture(settings.picture), at: place, setting: "watermark_picture")
        case .text:
            let (lines, color) = (MarkText.lines(settings.text), settings.color)
            let ink = MarkInk(red: color.red, green: color.green, blue: color.blue, opacity: color.opacity, size: settings.size)
            guard let ink, !lines.isEmpty else { return nil }
            self.init(.text(lines, ink, font: settings.font.isEmpty ? nil : settings.font), at: place, setting: "watermark_font")
        }
    }
}

extension ConvertFormat {
    fileprivate var type: MediaType? {
        switch self {
        case .off: nil
        case .webp: .webp
        case .jpeg: .jpeg
        case .png: .png
        case .gif: .gif
        case .bmp: .bmp
        }
    }
}
