// Addresses are compared as numbers, so that no spelling of one gets past a list (IPv6 has many, and one of them is IPv4).

import Glibc

/// An IPv4 or IPv6 address (RFC 4291, section 2.2); an IPv6 one that stands for an IPv4 one (::ffff:192.0.2.5) is that one.
public struct IPAddress: Hashable, Sendable, CustomStringConvertible {
    /// 4 or 16 bytes.
    public let bytes: [UInt8]

    /// What stands for a sender whose address nobody told.
    public static let unknown = IPAddress(bytes: [0, 0, 0, 0])

    private init(bytes: [UInt8]) { self.bytes = bytes }

    /// nil unless the text is an address and nothing else, as inet_pton(3) reads one: IPv4 in four decimal numbers without leading zeros,
    /// because some programs read those as octal.
    public init?(_ text: some StringProtocol) {
        // The C library sees the text's end at a NUL.
        guard text.utf8.count <= 45, !text.utf8.contains(0) else { return nil }
        let text = String(text)
        if let four = IPAddress.bytes(of: text, AF_INET, 4) {
            bytes = four
        } else if let sixteen = IPAddress.bytes(of: text, AF_INET6, 16) {
            let isMapped = sixteen.prefix(10).allSatisfy { $0 == 0 } && sixteen[10] == 0xFF && sixteen[11] == 0xFF
            bytes = isMapped ? Array(sixteen.suffix(4)) : sixteen
        } else {
            return nil
        }
    }

    private static func bytes(of text: String, _ family: Int32, _ count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        return inet_pton(family, text, &bytes) == 1 ? bytes : nil
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
    public func shares(_ length: Int, bitsWith other: IPAddress) -> Bool {
        guard bytes.count == other.bytes.count, length <= bytes.count * 8 else { return false }
        let whole = length / 8, rest = length % 8
        guard bytes.prefix(whole) == other.bytes.prefix(whole) else { return false }
        return rest == 0 || (bytes[whole] ^ other.bytes[whole]) >> UInt8(8 - rest) == 0
    }

    private static func text(_ groups: ArraySlice<UInt16>) -> String {
        groups.map { String($0, radix: 16) }.joined(separator: ":")
    }
}
