// A JPEG may be decoded at a reduced size; this converts a geometry to that size.

import PictureWorker

extension ThumbnailGeometry.Rectangle {
    /// The same part of a picture of another size: at least one pixel, and within its bounds.
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

/// value * numerator / denominator, rounded to nearest; the numbers of a job have at most nine digits.
private func ratio(_ value: Int, _ numerator: Int, _ denominator: Int) -> Int {
    Int((Double(value) * Double(numerator) / Double(max(1, denominator))).rounded())
}
