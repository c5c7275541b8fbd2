// How the replaced program named new files, after the operator's choice (`imgName`). Names made from the time were guessable
// there; here they have the same look, but what stood for the time in a digest is joined by random bytes.

import Compression
import Crypto
import Settings
import Text
import Time

/// The body of a new file's name, without an extension.
public struct NewName: Sendable {
    /// Milliseconds and below come from here.
    let microseconds: Int
    let date: DateText
    let random: [UInt8]

    /// - Parameters:
    ///   - microseconds: since 1970.
    ///   - random: 32 bytes.
    public init(microseconds: Int, date: DateText, random: [UInt8]) {
        self.microseconds = microseconds
        self.date = date
        self.random = random
    }

    /// For a file that comes now.
    public static func now() -> NewName {
        let moment = Now.microseconds
        return NewName(microseconds: moment, date: .local(moment / 1_000_000), random: RandomBytes.make(32))
    }

    /// - Parameters:
    ///   - source: the sender's name without its extension.
    ///   - suffix: what stands behind it, such as "-7".
    ///   - lengthLimit: bytes.
    /// - Returns: clean, and never empty: a source of which nothing is left is named as with the style `short`.
    public func body(_ style: NameStyle, source: String, suffix: String = "", lengthLimit: Int) -> String {
        let made = FileNameBody.cleaned(text(style, source: source) + suffix, lengthLimit: lengthLimit)
        return made.isEmpty ? FileNameBody.cleaned(short + suffix, lengthLimit: lengthLimit) : made
    }

    /// The text before it is cleaned.
    func text(_ style: NameStyle, source: String) -> String {
        switch style {
        case .short: short
        case .source: source
        case .date: date.format("His")
        case .unix: "\(microseconds / 1_000_000)"
        case .crc32: "\(CRC32.checksum(seed))"
        case .uniqid: uniqid
        case .snowflake: snowflake
        case .md5: digest
        case .sha1: Hexadecimal.encode(SHA1.hash(seed))
        case .uuid: NewName.grouped(digest)
        case .guid: guid
        }
    }

    private var seed: [UInt8] { Array("\(microseconds)".utf8) + random }
    private var digest: String { Hexadecimal.encode(MD5.hash(seed)) }

    /// The number `His` and a random one of 1001…9999 in base 36.
    private var short: String { String(Int("\(date.format("His"))\(1001 + number % 8999)") ?? 0, radix: 36) }

    /// Thirteen digits of seconds and microseconds as PHP's uniqid() has them.
    private var uniqid: String {
        let fraction = String(microseconds % 1_000_000, radix: 16)
        return "1" + String(microseconds / 1_000_000, radix: 16) + String(repeating: "0", count: 5 - fraction.count) + fraction
    }

    /// 41 bits of milliseconds from an epoch of its own, the machine 1, twelve random bits.
    private var snowflake: String {
        "\((1_099_511_627_775 + microseconds / 1000 - 1_479_533_469_598) << 22 | 1 << 12 | number % 4096)"
    }

    /// Version 4 (RFC 9562, section 5.4), in capitals.
    private var guid: String {
        var bytes = Array(random.prefix(16))
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        return NewName.grouped(Hexadecimal.encode(bytes)).uppercased()
    }

    private var number: Int { random.suffix(4).reduce(0) { $0 << 8 | Int($1) } }

    private static func grouped(_ digits: String) -> String {
        var rest = digits[...]
        return [8, 4, 4, 4, 12].map { length in
            defer { rest = rest.dropFirst(length) }
            return String(rest.prefix(length))
        }.joined(separator: "-")
    }
}
