// libjpeg decodes to eighths of a picture for a fraction of the time and memory. What is asked for stands here, because the process that
// decodes and the one that computes what it will need must agree on it.

extension PictureClaims {
    /// Pixels of the stored picture, within which the cut has twice the pixels of its scaled version on either side: enough
    /// for a sharp result. At most the picture itself, because the decoder also enlarges; nil where it cannot reduce.
    public func enough(for geometry: ThumbnailGeometry) -> (width: Int, height: Int)? {
        guard type == .jpeg else { return nil }
        let wide = min(width, ceilingRatio(width * 2, geometry.scaled.width, geometry.cut.width))
        let high = min(height, ceilingRatio(height * 2, geometry.scaled.height, geometry.cut.height))
        return isTurned ? (high, wide) : (wide, high)
    }

    /// The same for a version of the whole picture; nil where it stays as large as it is, or nearly so.
    public func enough(for version: PictureVersion) -> (width: Int, height: Int)? {
        guard type == .jpeg, version.width * 2 < width, version.height * 2 < height else { return nil }
        return isTurned ? (version.height * 2, version.width * 2) : (version.width * 2, version.height * 2)
    }

    /// The eighths of either side that a decoder makes of a stored picture when it is asked for `enough`: ImageMagick divides by whole
    /// numbers, libjpeg rounds up to the next eighth.
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
