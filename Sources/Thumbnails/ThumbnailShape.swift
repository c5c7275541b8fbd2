// Anybody may ask for any thumbnail, so what may be asked for is a short list: a wish is read mildly and rounded to it, or
// else the cache could be filled with a picture of every size there is.

/// How large a thumbnail is to be, how it fills that space, and how well it is encoded.
public struct ThumbnailShape: Hashable, Sendable {
    public enum Mode: Int, CaseIterable, Sendable {
        /// Exactly the size, distorted if need be.
        case stretch
        /// Exactly the size, what hangs over is cut off on both sides.
        case fill
        /// Exactly the size, the whole picture in its middle.
        case pad
        /// The whole picture, no larger than the size.
        case fit
    }

    /// Pixels; 0 lets the other side and the picture's shape decide. Never both 0.
    public let width: Int
    public let height: Int
    public let mode: Mode
    /// 1...100.
    public let quality: Int
    /// Whether the wish named this shape, with nothing rounded or misread.
    public let isCanonical: Bool

    /// Sides that are made, in pixels; a wish gets the next larger one.
    public static let sides = [
        16, 32, 48, 64, 80, 96, 100, 120, 128, 150, 160, 180, 200, 240, 250, 256, 258, 300, 320, 350, 360, 400, 480, 500, 512,
        600, 640, 720, 750, 768, 800, 900, 960, 1000, 1024, 1080, 1200, 1280, 1440, 1600, 1920, 2048,
    ]

    /// Qualities that are made; a wish gets the nearest one.
    public static let qualities = [10, 25, 40, 50, 60, 70, 75, 80, 85, 90, 95, 100]

    static let defaultSide = 258
    static let defaultQuality = 90
    static let defaultMode = Mode.fill

    /// The shape that the query's texts `w`, `h`, `q` and `zc` ask for; absent ones take the default.
    public init(w: String? = nil, h: String? = nil, q: String? = nil, zc: String? = nil) {
        let wide = WishedNumber(w), high = WishedNumber(h), fine = WishedNumber(q), zoom = WishedNumber(zc)
        let sides = ThumbnailShape.sides(wide.magnitude, high.magnitude)
        (width, height) = sides
        quality = fine.value.map { ThumbnailShape.nearestQuality(max(0, $0)) } ?? ThumbnailShape.defaultQuality
        mode = zoom.value.map(ThumbnailShape.mode) ?? ThumbnailShape.defaultMode
        isCanonical = wide.names(width) && high.names(height) && fine.names(quality) && zoom.names(mode.rawValue)
    }

    /// A shape as given, for rules that are to be looked at without the rounding.
    init(width: Int, height: Int, mode: Mode, quality: Int = defaultQuality) {
        (self.width, self.height, self.mode, self.quality) = (width, height, mode, quality)
        isCanonical = false
    }

    /// The file name of the thumbnail: every shape has one of its own.
    public func cacheName(_ fileExtension: String) -> String {
        "w\(width)h\(height)q\(quality)z\(mode.rawValue).\(fileExtension)"
    }

    private static func sides(_ width: Int, _ height: Int) -> (Int, Int) {
        guard width > 0 || height > 0 else { return (defaultSide, defaultSide) }
        return (roundedUp(width), roundedUp(height))
    }

    private static func roundedUp(_ side: Int) -> Int {
        guard side > 0 else { return 0 }
        return sides.first { $0 >= side } ?? sides[sides.count - 1]
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
    private let text: String?

    init(_ text: String?) {
        self.text = text
        let trimmed = text.map { $0.utf8.drop { $0 == 0x20 || (0x09...0x0D).contains($0) } } ?? "".utf8.dropFirst(0)
        let isNegative = trimmed.first == UInt8(ascii: "-")
        let unsigned = isNegative || trimmed.first == UInt8(ascii: "+") ? trimmed.dropFirst() : trimmed
        // Nine digits are more than any side, and a product of two such numbers still fits.
        let digits = unsigned.prefix { (0x30...0x39).contains($0) }.drop { $0 == 0x30 }
        let hasDigits = unsigned.first.map { (0x30...0x39).contains($0) } ?? false
        let number = digits.count > 9 ? 999_999_999 : digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        value = hasDigits ? (isNegative ? -number : number) : nil
    }

    /// 0 when there is no number.
    var magnitude: Int { abs(value ?? 0) }

    /// Whether the text was absent, or exactly this number.
    func names(_ number: Int) -> Bool { text == nil || text == String(number) }
}
