// Pixel filters of old thumbnail links (TimThumb's `f` and `s`, PHP's imagefilter). Each number is bounded, because it becomes part of a
// cache file name and of a command line.

/// One filter operation.
public enum PixelFilter: Hashable, Sendable {
    case negate, grayscale
    /// -255...255, added to each color.
    case brightness(Int)
    /// -100...100; negative numbers increase contrast, as in PHP.
    case contrast(Int)
    /// -255...255 added to each color; -127...127 for alpha, where higher is more transparent.
    case colorize(red: Int, green: Int, blue: Int, alpha: Int)
    case edges, emboss, gaussianBlur, selectiveBlur, meanRemoval
    /// -100...100; lower is smoother.
    case smooth(Int)
    /// One pass of TimThumb's sharpening.
    case sharpen

    /// The filter of this number (1...11 as in TimThumb) with these arguments; missing ones are 0, out-of-range ones are clamped.
    /// nil for an unknown number.
    public init?(number: Int, arguments: [Int]) {
        func argument(_ place: Int, _ bound: Int) -> Int {
            place < arguments.count ? min(max(arguments[place], -bound), bound) : 0
        }
        switch number {
        case 1: self = .negate
        case 2: self = .grayscale
        case 3: self = .brightness(argument(0, 255))
        case 4: self = .contrast(argument(0, 100))
        case 5:
            self = .colorize(red: argument(0, 255), green: argument(1, 255), blue: argument(2, 255), alpha: argument(3, 127))
        case 6: self = .edges
        case 7: self = .emboss
        case 8: self = .gaussianBlur
        case 9: self = .selectiveBlur
        case 10: self = .meanRemoval
        case 11: self = .smooth(argument(0, 100))
        case 12: self = .sharpen
        default: return nil
        }
    }

    /// The values from which `init(number:arguments:)` makes the same filter.
    public var numbers: (number: Int, arguments: [Int]) {
        switch self {
        case .negate: (1, [])
        case .grayscale: (2, [])
        case .brightness(let change): (3, [change])
        case .contrast(let change): (4, [change])
        case .colorize(let red, let green, let blue, let alpha): (5, [red, green, blue, alpha])
        case .edges: (6, [])
        case .emboss: (7, [])
        case .gaussianBlur: (8, [])
        case .selectiveBlur: (9, [])
        case .meanRemoval: (10, [])
        case .smooth(let weight): (11, [weight])
        case .sharpen: (12, [])
        }
    }

    /// Maximum number of filters for one picture.
    public static let mostOfOnePicture = 4
}
