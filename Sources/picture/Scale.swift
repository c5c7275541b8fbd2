// A JPEG may come out of the decoder smaller than it is; these sums carry a geometry over to what came.

import PictureWorker

extension PictureClaims {
    /// Pixels of the stored picture, within which the cut has twice the pixels of its scaled version on either side: enough
    /// for a sharp result. At most the picture itself, because the decoder also enlarges; nil where it cannot reduce.
    func enough(for geometry: ThumbnailGeometry) -> (width: Int, height: Int)? {
        guard type == .jpeg else { return nil }
        let wide = min(width, ceilingRatio(width * 2, geometry.scaled.width, geometry.cut.width))
        let high = min(height, ceilingRatio(height * 2, geometry.scaled.height, geometry.cut.height))
        return isTurned ? (high, wide) : (wide, high)
    }

    /// The same for a version of the whole picture; nil where it stays as large as it is, or nearly so.
    func enough(for version: PictureVersion) -> (width: Int, height: Int)? {
        guard type == .jpeg, version.width * 2 < width, version.height * 2 < height else { return nil }
        return isTurned ? (version.height * 2, version.width * 2) : (version.width * 2, version.height * 2)
    }
}

extension ThumbnailGeometry.Rectangle {
    /// The same part of a picture of another size, at least a pixel of it and never over its edge.
    func scaled(from: (width: Int, height: Int), to: (width: Int, height: Int)) -> ThumbnailGeometry.Rectangle {
        guard from != to else { return self }
        let left = min(ratio(self.left, to.width, from.width), to.width - 1)
        let top = min(ratio(self.top, to.height, from.height), to.height - 1)
        return .init(
            left: left, top: top,
            width: min(max(1, ratio(width, to.width, from.width)), to.width - left),
            height: min(max(1, ratio(height, to.height, from.height)), to.height - top))
    }
}

/// value * numerator / denominator, to the nearest; the numbers of a job have at most nine digits.
private func ratio(_ value: Int, _ numerator: Int, _ denominator: Int) -> Int {
    Int((Double(value) * Double(numerator) / Double(max(1, denominator))).rounded())
}

private func ceilingRatio(_ value: Int, _ numerator: Int, _ denominator: Int) -> Int {
    max(1, Int(min((Double(value) * Double(numerator) / Double(max(1, denominator))).rounded(.up), 1e9)))
}
