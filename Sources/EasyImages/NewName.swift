// EasyImages' naming styles for new files (`imgName`). Its time-based names could be guessed;
// these look the same, but digests of the time also include random bytes.

import Compression
import Crypto
import Settings
import Text
import Time

/// The name of a new file, without an extension.
public struct NewName: Sendable {
    /// Source of the milliseconds and microseconds in names.
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

    /// For a file received now.
    public static func now() -> NewName {
        let moment = Now.microseconds
        return NewName(microseconds: moment, date: .local(moment / 1_000_000), random: RandomBytes.make(32))
    }

    /// - Parameters:
    ///   - source: the client's file name without its extension.
    ///   - suffix: appended to the name, such as "-7".
    ///   - lengthLimit: bytes.
    /// - Returns: a cleaned, non-empty name; if cleaning removes everything, a name in the style `short`.
    public func body(_ style: NameStyle, source: String, suffix: String = "", lengthLimit: Int) -> String {
        let made = FileNameBody.cleaned(text(style, source: source) + suffix, lengthLimit: lengthLimit)
        return made.isEmpty ? FileNameBody.cleaned(short + suffix, lengthLimit: lengthLimit) : made
    }

    /// The name before cleaning.
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

    /// `His` and a random number of 1001…9999, concatenated and written in base 36.
    private var short: String { String(Int("\(date.format("His"))\(1001 + number % 8999)") ?? 0, radix: 36) }

    /// Thirteen hexadecimal digits of seconds and microseconds, as from PHP's uniqid().
    private var uniqid: String {
        let fraction = String(microseconds % 1_000_000, radix: 16)
        return "1" + String(microseconds / 1_000_000, radix: 16) + String(repeating: "0", count: 5 - fraction.count) + fraction
    }

    /// 41 bits of milliseconds since its own epoch, machine number 1, twelve random bits.
    private var snowflake: String {
        "\((1_099_511_627_775 + microseconds / 1000 - 1_479_533_469_598) << 22 | 1 << 12 | number % 4096)"
    }

    /// Version 4 (RFC 9562, section 5.4), in upper case.
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
