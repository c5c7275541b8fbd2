// A job is passed to the worker as keywords and decimal numbers on the command line. Encoding and decoding are
// in one file, so that the two programs stay consistent; no client-supplied text is ever an argument.

import Media
import Text

/// A job for the `picture` executable.
public enum PictureJob: Hashable, Sendable {
    /// Verify that ImageMagick works under our policy.
    case selfTest
    case thumbnail(PictureClaims, ThumbnailGeometry, ThumbnailFinish, quality: Int)
    case convert(PictureClaims, to: PictureVersion)
    /// Measure a mark.
    case measure(Mark)
    /// Check for active and external content, and read the size.
    case svg
    /// The same, and write the document without metadata; nothing if it has none.
    case cleanSVG

    /// The command line, without the program name.
    public var arguments: [String] {
        switch self {
        case .selfTest:
            return ["self-test"]
        case .thumbnail(let claims, let geometry, let finish, let quality):
            let numbers = PictureJob.numbers(geometry.cut) + PictureJob.numbers(geometry.scaled)
                + [geometry.width, geometry.height, quality] + finish.numbers
            return ["thumbnail"] + claims.words + numbers.map { String($0) }
        case .convert(let claims, let version):
            return ["convert"] + claims.words + version.words
        case .measure(let mark):
            return ["measure"] + mark.words
        case .svg:
            return ["svg"]
        case .cleanSVG:
            return ["clean-svg"]
        }
    }

    /// The picture to decode.
    public var claims: PictureClaims? {
        switch self {
        case .thumbnail(let claims, _, _, _), .convert(let claims, _): claims
        case .selfTest, .measure, .svg, .cleanSVG: nil
        }
    }

    /// Whether it inspects a vector graphic, for which ImageMagick is not needed.
    public var isVector: Bool { self == .svg || self == .cleanSVG }

    /// Whether it writes a file.
    public var hasTarget: Bool { claims != nil || self == .cleanSVG }

    /// The mark to apply or measure.
    public var mark: Mark? {
        switch self {
        case .convert(_, let version): version.mark
        case .measure(let mark): mark
        case .selfTest, .thumbnail, .svg, .cleanSVG: nil
        }
    }

    /// The types that are decoded or encoded.
    public var types: Set<MediaType> {
        var types = Set(MediaType.allCases.filter { self == .selfTest && $0.isDecodable })
        if let claims { types.insert(claims.type) }
        if case .convert(_, let version) = self { types.insert(version.type) }
        switch mark {
        case .picture(let claims, _): types.insert(claims.type)
        // Text is measured on a PNG of one pixel.
        case .text: types.insert(.png)
        case nil: break
        }
        return types
    }

    /// The descriptor of a file that is opened again by name.
    public var font: Int32? { if case .text = mark { Mark.fontDescriptor } else { nil } }

    /// Parses a command line; nil if invalid.
    public init?(arguments: [String]) {
        switch (arguments.first, arguments.count) {
        case ("self-test", 1):
            self = .selfTest
        case ("svg", 1):
            self = .svg
        case ("clean-svg", 1):
            self = .cleanSVG
        case ("thumbnail", (5 + 11)...):
            let numbers = arguments[5...].compactMap(PictureJob.number)
            guard let claims = PictureClaims(words: arguments[1...4]), numbers.count == arguments.count - 5,
                let finish = ThumbnailFinish(numbers: numbers[11...]) else { return nil }
            self = .thumbnail(claims, PictureJob.geometry(numbers), finish, quality: numbers[10])
        case ("convert", 13...):
            guard let claims = PictureClaims(words: arguments[1...4]), let version = PictureVersion(words: arguments[5...]) else { return nil }
            self = .convert(claims, to: version)
        case ("measure", 2...):
            guard let mark = Mark(words: arguments[1...]) else { return nil }
            self = .measure(mark)
        default:
            return nil
        }
    }

    private static func numbers(_ area: ThumbnailGeometry.Rectangle) -> [Int] {
        [area.left, area.top, area.width, area.height]
    }

    private static func geometry(_ numbers: [Int]) -> ThumbnailGeometry {
        ThumbnailGeometry(
            cut: .init(left: numbers[0], top: numbers[1], width: numbers[2], height: numbers[3]),
            scaled: .init(left: numbers[4], top: numbers[5], width: numbers[6], height: numbers[7]),
            width: numbers[8], height: numbers[9])
    }

    /// Only digits, and few enough that sums and products of two cannot overflow.
    static func number(_ word: String) -> Int? { Int(digits: word, in: 0...999_999_999) }
}

/// Type and size of a picture according to its headers: the worker decodes it as this type and rejects any other size.
public struct PictureClaims: Hashable, Sendable {
    public let type: MediaType
    /// Pixels, after orientation.
    public let width: Int
    public let height: Int
    /// EXIF, 1...8.
    public let orientation: Int

    /// nil if the type is not decoded or the headers state no size.
    public init?(_ facts: MediaFacts) {
        guard facts.isDecodable, let width = facts.width, let height = facts.height, width > 0, height > 0 else {
            return nil
        }
        (type, self.width, self.height, orientation) = (facts.type, width, height, facts.orientation)
    }

    init?(words: ArraySlice<String>) {
        let numbers = words.dropFirst().compactMap(PictureJob.number)
        guard let word = words.first, let type = MediaType(rawValue: word), numbers.count == 3 else { return nil }
        self.init(MediaFacts(type: type, width: numbers[0], height: numbers[1], orientation: numbers[2]))
    }

    var words: [String] { [type.rawValue, String(width), String(height), String(orientation)] }

    /// Whether the orientation swaps width and height.
    public var isTurned: Bool { (5...8).contains(orientation) }
}
