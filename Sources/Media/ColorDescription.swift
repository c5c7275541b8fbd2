// What a file says of its colors in numbers, instead of a color profile.

/// Primaries, white and transfer function of stored RGB values.
public struct ColorDescription: Hashable, Sendable {
    /// Chromaticity coordinates (CIE 1931).
    public struct Point: Hashable, Sendable {
        public let x: Double
        public let y: Double

        public init(_ x: Double, _ y: Double) { (self.x, self.y) = (x, y) }
    }

    /// How a stored value becomes light.
    public enum Transfer: Hashable, Sendable {
        /// IEC 61966-2-1.
        case sRGB
        /// ITU-R BT.709, BT.601 and BT.2020 alike.
        case video
        /// A power function; 1 is linear light.
        case power(Double)
        /// SMPTE ST 2084, and hybrid log-gamma, of ITU-R BT.2100.
        case perceptualQuantizer, hybridLogGamma
    }

    public let red: Point
    public let green: Point
    public let blue: Point
    public let white: Point
    public let transfer: Transfer

    public static let daylight = Point(0.3127, 0.3290)

    public init(red: Point, green: Point, blue: Point, white: Point = daylight, transfer: Transfer) {
        (self.red, self.green, self.blue, self.white, self.transfer) = (red, green, blue, white, transfer)
    }

    /// The primaries of sRGB and BT.709.
    public init(_ transfer: Transfer) {
        self.init(red: Point(0.64, 0.33), green: Point(0.30, 0.60), blue: Point(0.15, 0.06), transfer: transfer)
    }

    /// With primaries and transfer function by their code points (ITU-T H.273, tables 2 and 3); nil for one that is reserved or rare.
    public init?(primaries: Int, transfer: Int) {
        guard let transfer = Transfer(code: transfer) else { return nil }
        switch primaries {
        case 1: self.init(transfer)
        case 5: self.init(red: Point(0.64, 0.33), green: Point(0.29, 0.60), blue: Point(0.15, 0.06), transfer: transfer)
        case 6, 7: self.init(red: Point(0.630, 0.340), green: Point(0.310, 0.595), blue: Point(0.155, 0.070), transfer: transfer)
        case 9: self.init(red: Point(0.708, 0.292), green: Point(0.170, 0.797), blue: Point(0.131, 0.046), transfer: transfer)
        case 11:
            self.init(red: Point(0.680, 0.320), green: Point(0.265, 0.690), blue: Point(0.150, 0.060), white: Point(0.314, 0.351),
                      transfer: transfer)
        case 12: self.init(red: Point(0.680, 0.320), green: Point(0.265, 0.690), blue: Point(0.150, 0.060), transfer: transfer)
        default: return nil
        }
    }

    /// Whether viewers that know nothing of colors show it right.
    public var isPlain: Bool { self == ColorDescription(.sRGB) }
}

extension ColorDescription.Transfer {
    init?(code: Int) {
        switch code {
        case 1, 6, 14, 15: self = .video
        case 4: self = .power(2.2)
        case 5: self = .power(2.8)
        case 8: self = .power(1)
        case 13: self = .sRGB
        case 16: self = .perceptualQuantizer
        case 18: self = .hybridLogGamma
        default: return nil
        }
    }
}
