// Anybody may ask for any thumbnail, so what a wish can cost is bounded: a side has at most so many pixels, a picture keeps at
// most so many thumbnails (`Thumbnails.mostOfOnePicture`), the folder of all of them has a size, and they are made one after the
// other for each client, by all workers but one. Within these bounds a size is made exactly as it was asked for, because pages are laid out around it;
// all else of a wish is read mildly and brought to one spelling, so that wishes that mean the same share a file.

import Media
import PictureWorker
import Text

/// How large a thumbnail is to be, how it fills that space, what is done with it, and how well it is encoded.
public struct ThumbnailShape: Hashable, Sendable {
    public enum Mode: Int, CaseIterable, Sendable {
        /// Exactly the size, distorted if need be.
        case stretch
        /// Exactly the size, what hangs over is cut off.
        case fill
        /// Exactly the size, the whole picture in its middle.
        case pad
        /// The whole picture, no larger than the size.
        case fit
    }

    /// What a wish gets that does not say.
    public struct Defaults: Hashable, Sendable {
        /// Pixels.
        public let width: Int
        public let height: Int
        public let mode: Mode

        public init(width: Int = 258, height: Int = 258, mode: Mode = .fill) {
            (self.width, self.height, self.mode) = (width, height, mode)
        }
    }

    /// Pixels; 0 lets the other side and the picture's shape decide. Never both 0.
    public let width: Int
    public let height: Int
    public let mode: Mode
    /// What stays when `fill` cuts.
    public let anchor: ThumbnailAnchor
    /// Canvas and filters.
    public let finish: ThumbnailFinish
    /// 1...100.
    public let quality: Int

    /// Pixels of a side that a wish names; what is longer is cut to it.
    public static let longestWish = 2048

    /// Qualities that are made; a wish gets the nearest one.
    public static let qualities = [10, 25, 40, 50, 60, 70, 75, 80, 85, 90, 95, 100]

    static let defaultQuality = 90

    /// The shape that the query's texts of these names ask for; absent ones take the default.
    public init(_ text: (String) -> String? = { _ in nil }, defaults: Defaults = Defaults()) {
        (width, height) = ThumbnailShape.sides(WishedNumber(text("w")).magnitude, WishedNumber(text("h")).magnitude, defaults)
        quality = WishedNumber(text("q")).value.map { ThumbnailShape.nearestQuality(max(0, $0)) } ?? ThumbnailShape.defaultQuality
        mode = WishedNumber(text("zc")).value.map(ThumbnailShape.mode) ?? defaults.mode
        anchor = mode == .fill ? ThumbnailAnchor(text("a") ?? "") : .middle
        finish = ThumbnailFinish(text, showsCanvas: mode == .pad)
    }

    /// A shape as given.
    init(width: Int, height: Int, mode: Mode, anchor: ThumbnailAnchor = .middle) {
        (self.width, self.height, self.mode, self.anchor) = (width, height, mode, anchor)
        (finish, quality) = (.plain, ThumbnailShape.defaultQuality)
    }

    /// Whether it is little work once the picture is decoded.
    var isModest: Bool { finish.filters.isEmpty && max(width, height) <= 512 }

    /// The file name of the thumbnail: every shape has one of its own.
    public func cacheName(_ fileExtension: String) -> String {
        KeptName.text(size: KeptName.size(width, height), quality: quality, mode: mode.rawValue, marks: anchor.mark + finish.mark,
                      fileExtension: fileExtension)
    }

    private static func sides(_ width: Int, _ height: Int, _ defaults: Defaults) -> (Int, Int) {
        guard width > 0 || height > 0 else { return (defaults.width, defaults.height) }
        return (min(width, longestWish), min(height, longestWish))
    }

    /// The higher one of two that are as near.
    private static func nearestQuality(_ wish: Int) -> Int {
        qualities.reduce(qualities[0]) { abs($1 - wish) <= abs($0 - wish) ? $1 : $0 }
    }

    /// TimThumb's reading: what is negative stretches, what is beyond its list fills.
    private static func mode(_ wish: Int) -> Mode {
        wish < 0 ? .stretch : Mode(rawValue: wish) ?? .fill
    }
}

/// A number as PHP reads it off the start of a text: "50abc" is 50, "abc" and "" are none.
struct WishedNumber {
    let value: Int?

    init(_ text: String?) {
        let trimmed = text.map { $0.utf8.drop { $0 == 0x20 || (0x09...0x0D).contains($0) } } ?? "".utf8.dropFirst(0)
        let isNegative = trimmed.first == UInt8(ascii: "-")
        let unsigned = isNegative || trimmed.first == UInt8(ascii: "+") ? trimmed.dropFirst() : trimmed
        // Nine digits are more than any side, and a product of two such numbers still fits.
        let digits = unsigned.prefix(while: \.isDigit).drop { $0 == UInt8(ascii: "0") }
        let hasDigits = unsigned.first?.isDigit ?? false
        let number = digits.count > 9 ? 999_999_999 : digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        value = hasDigits ? (isNegative ? -number : number) : nil
    }

    /// 0 when there is no number.
    var magnitude: Int { abs(value ?? 0) }
}
