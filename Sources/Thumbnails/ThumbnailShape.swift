// Anyone may request any thumbnail, so the cost of a request is bounded: a side has a maximum, a picture keeps a limited number of
// thumbnails (`Thumbnails.mostOfOnePicture`), the cache has a size limit, and each client's thumbnails are made one at a time,
// by all workers but one. Within these limits a size is made exactly as requested, because page layouts depend on it; all other
// parameters are parsed leniently and normalized, so that equivalent requests share a file.

import Media
import PictureWorker
import Text

/// Parameters of a thumbnail: size, how the picture fills it, canvas, filters and quality.
public struct ThumbnailShape: Hashable, Sendable {
    public enum Mode: Int, CaseIterable, Sendable {
        /// Exactly the size, distorted if necessary.
        case stretch
        /// Exactly the size, cropped.
        case fill
        /// Exactly the size, the whole picture centered on a canvas.
        case pad
        /// The whole picture, no larger than the size.
        case fit
    }

    /// Values for parameters that a request omits.
    public struct Defaults: Hashable, Sendable {
        /// Pixels.
        public let width: Int
        public let height: Int
        public let mode: Mode

        public init(width: Int = 258, height: Int = 258, mode: Mode = .fill) {
            (self.width, self.height, self.mode) = (width, height, mode)
        }
    }

    /// Pixels; 0 is computed from the other side and the picture's aspect ratio. Never both 0.
    public let width: Int
    public let height: Int
    public let mode: Mode
    /// The part that is kept when `fill` crops.
    public let anchor: ThumbnailAnchor
    /// Canvas and filters.
    public let finish: ThumbnailFinish
    /// 1...100.
    public let quality: Int

    /// Maximum pixels of a requested side; larger values are reduced to it.
    public static let longestWish = 2048

    /// Qualities that are made; a request gets the nearest one.
    public static let qualities = [10, 25, 40, 50, 60, 70, 75, 80, 85, 90, 95, 100]

    static let defaultQuality = 90

    /// Parses query parameters, by name; absent ones take the default.
    public init(_ text: (String) -> String? = { _ in nil }, defaults: Defaults = Defaults()) {
        (width, height) = ThumbnailShape.sides(WishedNumber(text("w")).magnitude, WishedNumber(text("h")).magnitude, defaults)
        quality = WishedNumber(text("q")).value.map { ThumbnailShape.nearestQuality(max(0, $0)) } ?? ThumbnailShape.defaultQuality
        mode = WishedNumber(text("zc")).value.map(ThumbnailShape.mode) ?? defaults.mode
        anchor = mode == .fill ? ThumbnailAnchor(text("a") ?? "") : .middle
        finish = ThumbnailFinish(text, showsCanvas: mode == .pad)
    }

    /// From explicit values.
    init(width: Int, height: Int, mode: Mode, anchor: ThumbnailAnchor = .middle) {
        (self.width, self.height, self.mode, self.anchor) = (width, height, mode, anchor)
        (finish, quality) = (.plain, ThumbnailShape.defaultQuality)
    }

    /// Whether it costs little after decoding.
    var isModest: Bool { finish.filters.isEmpty && max(width, height) <= 512 }

    /// The file name of the thumbnail, unique for each shape.
    public func cacheName(_ fileExtension: String) -> String {
        KeptName.text(size: KeptName.size(width, height), quality: quality, mode: mode.rawValue, marks: anchor.mark + finish.mark,
                      fileExtension: fileExtension)
    }

    private static func sides(_ width: Int, _ height: Int, _ defaults: Defaults) -> (Int, Int) {
        guard width > 0 || height > 0 else { return (defaults.width, defaults.height) }
        return (min(width, longestWish), min(height, longestWish))
    }

    /// If two are equally near, the higher one.
    private static func nearestQuality(_ wish: Int) -> Int {
        qualities.reduce(qualities[0]) { abs($1 - wish) <= abs($0 - wish) ? $1 : $0 }
    }

    /// As in TimThumb: negative values stretch, values beyond its list fill.
    private static func mode(_ wish: Int) -> Mode {
        wish < 0 ? .stretch : Mode(rawValue: wish) ?? .fill
    }
}

/// A number parsed as PHP does, from the start of a text: "50abc" is 50, "abc" and "" have none.
struct WishedNumber {
    let value: Int?

    init(_ text: String?) {
        let trimmed = text.map { $0.utf8.drop { $0 == 0x20 || (0x09...0x0D).contains($0) } } ?? "".utf8.dropFirst(0)
        let isNegative = trimmed.first == UInt8(ascii: "-")
        let unsigned = isNegative || trimmed.first == UInt8(ascii: "+") ? trimmed.dropFirst() : trimmed
        // Nine digits are more than any valid side, and the product of two such numbers does not overflow.
        let digits = unsigned.prefix(while: \.isDigit).drop { $0 == UInt8(ascii: "0") }
        let hasDigits = unsigned.first?.isDigit ?? false
        let number = digits.count > 9 ? 999_999_999 : digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        value = hasDigits ? (isNegative ? -number : number) : nil
    }

    /// 0 if there is no number.
    var magnitude: Int { abs(value ?? 0) }
}
