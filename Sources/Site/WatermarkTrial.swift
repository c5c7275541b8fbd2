// The watermark is tried before a visitor's upload does it: whoever set it hears what is wrong.

import PictureWorker
import Settings
import UploadPipeline

/// A watermark that can be put upon pictures.
public struct WatermarkTrial {
    /// Pixels that it covers.
    public let width: Int
    public let height: Int
    /// Whether its characters will hardly be in the font that was found for it.
    public let lacksCharacters: Bool
}

extension Site {
    /// Measures the mark of these settings; nil when there is none.
    ///
    /// - Throws: `WatermarkFailure`, whose text says which setting is to be mended; `PictureFailure`.
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
