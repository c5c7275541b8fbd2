// Addresses are compared as numbers, so that no spelling of one gets past a list (IPv6 has many, and one of them is IPv4).

import Text

/// An IPv4 or IPv6 address (RFC 4291, section 2.2); an IPv6 one that stands for an IPv4 one (::ffff:192.0.2.5) is that one.
public struct IPAddress: Hashable, Sendable, CustomStringConvertible {
    /// 4 or 16 bytes.
    public let bytes: [UInt8]

    /// What stands for a sender whose address nobody told.
    public static let unknown = IPAddress(bytes: [0, 0, 0, 0])

    private init(bytes: [UInt8]) { self.bytes = bytes }

    /// nil unless the text is an address and nothing else.
    public init?(_ text: some StringProtocol) {
        guard text.utf8.count <= 45 else { return nil }
        if let four = IPAddress.four(text) {
            bytes = four
        } else if let sixteen = IPAddress.sixteen(text) {
            let isMapped = sixteen.prefix(10).allSatisfy { $0 == 0 } && sixteen[10] == 0xFF && sixteen[11] == 0xFF
            bytes = isMapped ? Array(sixteen.suffix(4)) : sixteen
        } else {
            return nil
        }
    }

    public var isIPv4: Bool { bytes.count == 4 }

    /// As RFC 5952 writes it, but for the longest run of zeros: the first one is shortened.
    public var description: String {
        guard !isIPv4 else { return bytes.map(String.init).joined(separator: ".") }
        let groups = stride(from: 0, to: 16, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
        guard let gap = groups.indices.dropLast().first(where: { groups[$0] == 0 && groups[$0 + 1] == 0 }) else {
            return IPAddress.text(groups[...])
        }
        let end = groups[gap...].firstIndex { $0 != 0 } ?? groups.endIndex
        return "\(IPAddress.text(groups[..<gap]))::\(IPAddress.text(groups[end...]))"
    }

    /// What one household or machine has to itself: an IPv4 address, the /64 of an IPv6 one (RFC 4291, section 2.5.1), whose
    /// holder can change the rest at will.
    public var network: String {
        isIPv4 ? description : "\(IPAddress(bytes: bytes.prefix(8) + [UInt8](repeating: 0, count: 8)))/64"
    }

    /// Whether the first `length` bits are those of another address of the same family.
    func shares(_ length: Int, bitsWith other: IPAddress) -> Bool {
        guard bytes.count == other.bytes.count, length <= bytes.count * 8 else { return false }
        let whole = length / 8, rest = length % 8
        guard bytes.prefix(whole) == other.bytes.prefix(whole) else { return false }
        return rest == 0 || (bytes[whole] ^ other.bytes[whole]) >> UInt8(8 - rest) == 0
    }

    private static func text(_ groups: ArraySlice<UInt16>) -> String {
        groups.map { String($0, radix: 16) }.joined(separator: ":")
    }

    /// Four decimal numbers; leading zeros are refused, because some programs read them as octal.
    private static func four(_ text: some StringProtocol) -> [UInt8]? {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bytes: [UInt8] = []
        for part in parts {
            guard (1...3).contains(part.count), part.count == 1 || part.first != UInt8(ascii: "0"),
                  part.allSatisfy({ (0x30...0x39).contains($0) }), let value = UInt8(String(decoding: Array(part), as: UTF8.self))
            else { return nil }
            bytes.append(value)
        }
        return bytes
    }

    private static func sixteen(_ text: some StringProtocol) -> [UInt8]? {
        let text = String(text)
        guard let gap = firstGap(of: text) else {
            let whole = groups(text[...])
            return whole?.count == 16 ? whole : nil
        }
        guard let front = groups(text[..<gap.lowerBound]), let back = groups(text[gap.upperBound...]),
              front.count + back.count <= 14 else { return nil }
        return front + [UInt8](repeating: 0, count: 16 - front.count - back.count) + back
    }

    private static func firstGap(of text: String) -> Range<String.Index>? {
        text.indices.dropLast().first { text[$0] == ":" && text[text.index(after: $0)] == ":" }
            .map { $0..<text.index($0, offsetBy: 2) }
    }

    /// Groups of one to four digits, the last two of which may be an IPv4 address.
    private static func groups(_ text: Substring) -> [UInt8]? {
        if text.isEmpty { return [] }
        var bytes: [UInt8] = []
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        for (number, part) in parts.enumerated() {
            if number == parts.count - 1, let four = four(part) {
                bytes += four
            } else if (1...4).contains(part.utf8.count), part.utf8.allSatisfy(isHexadecimal), let value = UInt16(part, radix: 16) {
                bytes += [UInt8(value >> 8), UInt8(value & 0xFF)]
            } else {
                return nil
            }
        }
        return bytes
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool { byte.isHexDigit }
}
