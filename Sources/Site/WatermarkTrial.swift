// Tests a watermark when it is configured, so that errors are reported to the operator and not at the next upload.

import PictureWorker
import Settings
import UploadPipeline

/// The result for a watermark that can be drawn.
public struct WatermarkTrial {
    /// Size in pixels.
    public let width: Int
    public let height: Int
    /// Whether the font probably lacks some of its characters.
    public let lacksCharacters: Bool
}

extension Site {
    /// Renders the watermark of these settings; nil if there is none.
    ///
    /// - Throws: `WatermarkFailure`, whose text names the setting to correct; `PictureFailure`.
    public func tryWatermark(_ settings: Settings) throws -> WatermarkTrial? {
        guard let watermark = Watermark(settings.watermark) else { return nil }
        do {
            let size = try worker.measure(try watermark.open())
            return WatermarkTrial(width: size.width ?? 0, height: size.height ?? 0, lacksCharacters: watermark.lacksCharacters)
        } catch PictureFailure.badMark(let because) {
            throw WatermarkFailure(setting: watermark.setting, because: because)
        }
    }
}
