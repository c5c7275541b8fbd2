// libjpeg can decode at n/8 of the size in a fraction of the time and memory. This is computed here, because the decoding process
// and the process that computes its memory need must agree.

import Media

extension PictureClaims {
    /// Minimum size of the decoded picture, as stored: twice the scaled size in either direction, which gives a sharp
    /// result. At most the stored size, since the decoder can also enlarge; nil if the type cannot be decoded at a reduced size.
    public func enough(for geometry: ThumbnailGeometry) -> (width: Int, height: Int)? {
        guard type == .jpeg else { return nil }
        let wide = min(width, ceilingRatio(width * 2, geometry.scaled.width, geometry.cut.width))
        let high = min(height, ceilingRatio(height * 2, geometry.scaled.height, geometry.cut.height))
        return isTurned ? (high, wide) : (wide, high)
    }

    /// The same for a version of the whole picture; nil unless both sides shrink to less than half.
    public func enough(for version: PictureVersion) -> (width: Int, height: Int)? {
        guard type == .jpeg, version.width * 2 < width, version.height * 2 < height else { return nil }
        return isTurned ? (version.height * 2, version.width * 2) : (version.width * 2, version.height * 2)
    }

    /// Whether the decoded picture is within a limit.
    func fits(_ limit: PixelLimit, reducedTo enough: (width: Int, height: Int)?) -> Bool {
        let eighths = eighths(enough)
        // libjpeg decodes no longer sides, at whatever size.
        let isLegal = type != .jpeg || max(width, height) <= PictureClaims.longestOfJPEG
        return isLegal && limit.allows(width: (width * eighths + 7) / 8, height: (height * eighths + 7) / 8)
    }

    /// JPEG_MAX_DIMENSION of libjpeg.
    private static let longestOfJPEG = 65_500

    /// The n of n/8 at which the picture is decoded if at least `enough` is requested: ImageMagick divides by integers,
    /// libjpeg rounds up to the next eighth.
    func eighths(_ enough: (width: Int, height: Int)?) -> Int {
        guard let enough else { return 8 }
        let stored = isTurned ? (height, width) : (width, height)
        let divisor = max(1, min(stored.0 / max(1, enough.width), stored.1 / max(1, enough.height)))
        return max(1, (8 + divisor - 1) / divisor)
    }
}

private func ceilingRatio(_ value: Int, _ numerator: Int, _ denominator: Int) -> Int {
    max(1, Int(min((Double(value) * Double(numerator) / Double(max(1, denominator))).rounded(.up), 1e9)))
}
