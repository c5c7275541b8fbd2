// The picture that `imagebed doctor` uploads. A site may take small pictures alone, or large ones alone.

import Compression
import Settings

/// A picture that a site's settings allow: black and white stripes, which take few bytes in any size.
struct TrialPicture {
    /// Pixels.
    let width: Int
    let height: Int
    let bytes: [UInt8]

    /// Why the settings allow no such picture.
    struct Obstacle: Error, CustomStringConvertible { let description: String }

    /// Pixels of a side, where the settings leave the choice.
    private static let usual = 64

    /// - Throws: `Obstacle`.
    init(_ settings: Settings) throws {
        width = TrialPicture.side(settings.imageMinWidth, settings.imageMaxWidth)
        height = TrialPicture.side(settings.imageMinHeight, settings.imageMaxHeight)
        guard max(width, height) <= settings.imageMaxSide else {
            throw Obstacle(description: "the settings take no picture below \(width) x \(height), and none with a side over \(settings.imageMaxSide)")
        }
        guard width * height <= settings.imageMaxPixels else {
            throw Obstacle(description: "the settings take no picture below \(width) x \(height), and none of over \(settings.imageMaxPixels) pixels")
        }
        let row = [UInt8](repeating: 0b1100_1100, count: (width + 7) / 8)
        bytes = try PNGFile.gray(width: width, height: height, bits: 1) { _ in row }
        guard bytes.count <= settings.imageMaxBytes else {
            throw Obstacle(description: "a picture of \(width) x \(height), the least that the settings take, has \(bytes.count) bytes, and "
                + "image_max_bytes is \(settings.imageMaxBytes)")
        }
    }

    /// If the limits contradict each other, the upper one applies, as for uploads.
    private static func side(_ least: Int, _ most: Int) -> Int { min(max(usual, least), most) }
}
