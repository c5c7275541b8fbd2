// Sums in whole numbers: which part of a picture a shape takes, how large that becomes, and where it lies.

import PictureWorker

extension ThumbnailShape {
    /// The largest side when only one is asked for and the picture's shape gives the other.
    static let longestSide = 4096

    /// What this shape makes of an upright picture of this size in pixels.
    public func geometry(sourceWidth: Int, sourceHeight: Int) -> ThumbnailGeometry {
        // Far above what is decoded, far below what could overflow.
        let source = Size(min(max(1, sourceWidth), 1 << 20), min(max(1, sourceHeight), 1 << 20))
        let wish = size(of: source)
        let whole = ThumbnailGeometry.Rectangle(left: 0, top: 0, width: source.width, height: source.height)
        // With one side left open the size has the picture's own shape: there is nothing to cut or to pad.
        switch width > 0 && height > 0 ? mode : .stretch {
        case .stretch:
            return .init(cut: whole, scaled: wish.atOrigin, width: wish.width, height: wish.height)
        case .fill:
            return .init(cut: source.part(shapedLike: wish, anchor), scaled: wish.atOrigin, width: wish.width, height: wish.height)
        case .pad:
            let inner = source.fitted(into: wish)
            let scaled = ThumbnailGeometry.Rectangle(
                left: (wish.width - inner.width) / 2, top: (wish.height - inner.height) / 2,
                width: inner.width, height: inner.height)
            return .init(cut: whole, scaled: scaled, width: wish.width, height: wish.height)
        case .fit:
            let inner = source.fitted(into: wish)
            return .init(cut: whole, scaled: inner.atOrigin, width: inner.width, height: inner.height)
        }
    }

    /// The wished size with both sides: a missing one follows the picture's shape, rounded down.
    private func size(of source: Size) -> Size {
        if width > 0, height > 0 { return Size(width, height) }
        let wish = width > 0
            ? Size(width, max(1, source.height * width / source.width))
            : Size(max(1, source.width * height / source.height), height)
        let longest = ThumbnailShape.longestSide
        return max(wish.width, wish.height) > longest ? source.fitted(into: Size(longest, longest)) : wish
    }
}

/// Pixels, at least one on either side.
private struct Size {
    let width: Int
    let height: Int

    init(_ width: Int, _ height: Int) { (self.width, self.height) = (width, height) }

    var atOrigin: ThumbnailGeometry.Rectangle { .init(left: 0, top: 0, width: width, height: height) }

    /// The largest size of this shape within a box, rounded down.
    func fitted(into box: Size) -> Size {
        height * box.width > width * box.height
            ? Size(max(1, width * box.height / height), box.height)
            : Size(box.width, max(1, height * box.width / width))
    }

    /// The largest part that has the shape of a box, to the nearest pixel.
    func part(shapedLike box: Size, _ anchor: ThumbnailAnchor) -> ThumbnailGeometry.Rectangle {
        if width * box.height > height * box.width {
            let part = max(1, (height * box.width + box.height / 2) / box.height)
            return .init(left: (width - part) * anchor.across.rawValue / 2, top: 0, width: part, height: height)
        }
        let part = max(1, (width * box.height + box.width / 2) / box.width)
        return .init(left: 0, top: (height - part) * anchor.down.rawValue / 2, width: width, height: part)
    }
}
