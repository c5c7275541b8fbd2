// The position of a watermark: nine positions by rows, with EasyImages' numbers, and a random one.

/// A position on a picture: 1 to 9 by rows from the top left, 0 for a random one.
public struct MarkPlace: Hashable, Sendable {
    public let position: Int

    /// Pixels between mark and edge; fewer if the picture is too small.
    public static let margin = 10

    /// nil for a position outside 0...9.
    public init?(_ position: Int) {
        guard (0...9).contains(position) else { return nil }
        self.position = position
    }

    /// Whether a mark of one size fits on a picture of another.
    public static func isRoom(for mark: (width: Int, height: Int), on picture: (width: Int, height: Int)) -> Bool {
        mark.width <= picture.width && mark.height <= picture.height
    }

    /// The upper left corner of a mark, in pixels of the picture; nil if it does not fit.
    public func corner(
        of mark: (width: Int, height: Int), on picture: (width: Int, height: Int),
        random: (ClosedRange<Int>) -> Int = { Int.random(in: $0) }
    ) -> (left: Int, top: Int)? {
        guard MarkPlace.isRoom(for: mark, on: picture) else { return nil }
        let (across, down) = (picture.width - mark.width, picture.height - mark.height)
        guard position > 0 else { return (random(0...across), random(0...down)) }
        return (MarkPlace.start((position - 1) % 3, within: across), MarkPlace.start((position - 1) / 3, within: down))
    }

    /// The indent of a line of text, so that the text is aligned to the mark's side of the picture.
    public func indent(of line: Int, within width: Int) -> Int {
        switch position == 0 ? 0 : (position - 1) % 3 {
        case 0: 0
        case 1: (width - line) / 2
        default: width - line
        }
    }

    private static func start(_ third: Int, within free: Int) -> Int {
        let margin = min(MarkPlace.margin, free / 2)
        return switch third {
        case 0: margin
        case 1: free / 2
        default: free - margin
        }
    }
}
