// Integer arithmetic: which part of a picture is used, how large it becomes, and where it is placed.

import Media
import PictureWorker

extension ThumbnailShape {
    /// The maximum of a side that follows from the other one and the picture's aspect ratio.
    static let longestSide = 4096

    /// The geometry of this shape for a picture.
    func geometry(of facts: MediaFacts) -> ThumbnailGeometry { geometry(sourceWidth: facts.width ?? 1, sourceHeight: facts.height ?? 1) }

    /// The geometry of this shape for an upright picture of this size in pixels.
    public func geometry(sourceWidth: Int, sourceHeight: Int) -> ThumbnailGeometry {
        // Larger than any picture that is decoded, and small enough to avoid overflow.
        let source = Size(min(max(1, sourceWidth), 1 << 20), min(max(1, sourceHeight), 1 << 20))
        let wish = size(of: source)
        let whole = ThumbnailGeometry.Rectangle(left: 0, top: 0, width: source.width, height: source.height)
        // If one side is 0, the thumbnail has the picture's aspect ratio: there is nothing to crop or to pad.
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

    /// The requested size; a side of 0 is computed from the picture's aspect ratio, rounded down.
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

    /// The largest size with this aspect ratio within a box, rounded down.
    func fitted(into box: Size) -> Size {
        height * box.width > width * box.height
            ? Size(max(1, width * box.height / height), box.height)
            : Size(box.width, max(1, height * box.width / width))
    }

    /// The largest part with the aspect ratio of a box, to the nearest pixel.
    func part(shapedLike box: Size, _ anchor: ThumbnailAnchor) -> ThumbnailGeometry.Rectangle {
        if width * box.height > height * box.width {
            let part = max(1, (height * box.width + box.height / 2) / box.height)
            return .init(left: (width - part) * anchor.across.rawValue / 2, top: 0, width: part, height: height)
        }
        let part = max(1, (width * box.height + box.width / 2) / box.width)
        return .init(left: 0, top: (height - part) * anchor.down.rawValue / 2, width: width, height: part)
    }
}
