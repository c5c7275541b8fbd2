// The CAPTCHA of the login page: four letters, rotated, distorted and crossed out. A specialized program can read it; the rate limit is
// what stops guessing. It is drawn here pixel by pixel because responders do not link an image library.

import Crypto
import Glibc

/// A text and its image.
public struct Captcha: Sendable {
    public let text: String
    /// The image as a PNG file.
    public let picture: [UInt8]

    /// Pixels.
    public static let width = 305
    public static let height = 54

    /// - Parameter random: at least `randomLength` random bytes.
    public init(random: [UInt8] = RandomBytes.make(Captcha.randomLength)) throws {
        var random = Dice(random)
        let letters = Array(CaptchaFont.letters)
        let chosen = (0..<Captcha.letterCount).map { _ in letters[random.number(below: letters.count)] }
        text = String(chosen)
        var canvas = Canvas(width: Captcha.width, height: Captcha.height, shade: 0xC8)
        for (index, letter) in chosen.enumerated() { Captcha.draw(letter, index, on: &canvas, &random) }
        for _ in 0..<2 { Captcha.cross(&canvas, &random) }
        for _ in 0..<Captcha.dustCount {
            let (x, y) = (random.number(below: Captcha.width), random.number(below: Captcha.height))
            canvas.set(x, y, UInt8(0x40 + random.number(below: 0x80)))
        }
        picture = try canvas.png()
    }

    static let letterCount = 4
    static let dustCount = 500
    /// Two bytes for each random decision.
    public static let randomLength = 2 * (4 + 4 * 5 + 2 * 5 + 3 * dustCount)

    /// Each pixel of the image is mapped back to a pixel of the letter before rotation and distortion.
    private static func draw(_ letter: Character, _ index: Int, on canvas: inout Canvas, _ random: inout Dice) {
        let scale = 5.8 + random.fraction() * 0.8
        let angle = (random.fraction() - 0.5) * 0.7
        let bend = random.fraction() * 2 * Double.pi
        let slot = Double(width) / Double(letterCount)
        let center = (x: slot * (Double(index) + 0.5) + (random.fraction() - 0.5) * 18, y: Double(height) / 2)
        let shade = UInt8(0x10 + random.number(below: 0x40))
        let (cosine, sine) = (cos(angle), sin(angle))
        for y in 0..<height {
            for x in max(0, Int(center.x - slot / 2))..<min(width, Int(center.x + slot / 2)) {
                let (right, down) = (Double(x) - center.x + 2 * sin(Double(y) / 8 + bend), Double(y) - center.y)
                let column = ((right * cosine + down * sine) / scale + Double(CaptchaFont.width) / 2).rounded(.down)
                let row = ((down * cosine - right * sine) / scale + Double(CaptchaFont.height) / 2).rounded(.down)
                if CaptchaFont.hasInk(letter, Int(column), Int(row)) { canvas.set(x, y, shade) }
            }
        }
    }

    /// A wavy line from side to side.
    private static func cross(_ canvas: inout Canvas, _ random: inout Dice) {
        let (start, rise) = (random.fraction() * Double(height), (random.fraction() - 0.5) * 0.2)
        let (swing, length, phase) = (3 + random.fraction() * 8, 15 + random.fraction() * 25, random.fraction() * 6)
        for x in 0..<width {
            let y = Int((start + rise * Double(x) + swing * sin(Double(x) / length + phase)).rounded())
            canvas.set(x, y, 0x38)
        }
    }
}

/// Random numbers from a fixed buffer of random bytes, which is reused when it is exhausted.
struct Dice {
    private let bytes: [UInt8]
    private var next = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Two bytes, so that small ranges are almost uniformly distributed.
    private mutating func pair() -> Int {
        defer { next = (next + 2) % (bytes.count - 1) }
        return Int(bytes[next]) << 8 | Int(bytes[next + 1])
    }

    mutating func number(below limit: Int) -> Int { pair() % limit }

    /// 0 to 1.
    mutating func fraction() -> Double { Double(pair()) / 65_535 }
}
