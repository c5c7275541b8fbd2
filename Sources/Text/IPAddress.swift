// Addresses are compared as numbers, because one address has many spellings: no spelling may get around an allow or deny list.

import Glibc

/// An IPv4 or IPv6 address (RFC 4291, section 2.2). An IPv4-mapped IPv6 address (::ffff:192.0.2.5) is stored as IPv4.
public struct IPAddress: Hashable, Sendable, CustomStringConvertible {
    /// 4 or 16 bytes.
    public let bytes: [UInt8]

    /// Used where the client's address is unknown.
    public static let unknown = IPAddress(bytes: [0, 0, 0, 0])

    private init(bytes: [UInt8]) { self.bytes = bytes }

    /// nil unless the whole text is an address that inet_pton(3) accepts. IPv4 is four decimal numbers without leading zeros, because
    /// some programs read those as octal.
    public init?(_ text: some StringProtocol) {
        // inet_pton stops at a NUL.
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

    /// As in RFC 5952, except that the first run of zeros is shortened, which need not be the longest.
    public var description: String {
        guard !isIPv4 else { return bytes.map(String.init).joined(separator: ".") }
        let groups = stride(from: 0, to: 16, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
        guard let gap = groups.indices.dropLast().first(where: { groups[$0] == 0 && groups[$0 + 1] == 0 }) else {
            return IPAddress.text(groups[...])
        }
        let end = groups[gap...].firstIndex { $0 != 0 } ?? groups.endIndex
        return "\(IPAddress.text(groups[..<gap]))::\(IPAddress.text(groups[end...]))"
    }

    /// The part that one household or machine controls: an IPv4 address, or the /64 of an IPv6 address (RFC 4291, section 2.5.1), whose
    /// other bits the holder can choose freely. For rate limits.
    public var network: String {
        isIPv4 ? description : "\(IPAddress(bytes: bytes.prefix(8) + [UInt8](repeating: 0, count: 8)))/64"
    }

    /// Whether the first `length` bits equal those of another address of the same family.
    public func shares(_ length: Int, bitsWith other: IPAddress) -> Bool {
        guard bytes.count == other.bytes.count, length <= bytes.count * 8 else { return false }
        let whole = length / 8, rest = length % 8
        guard bytes.prefix(whole) == other.bytes.prefix(whole) else { return false }
        return rest == 0 || (bytes[whole] ^ other.bytes[whole]) >> UInt8(8 - rest) == 0
    }

    /// The address with all bits after the first `length` zero, as networks are written; nil if it has fewer bits.
    public func masked(to length: Int) -> IPAddress? {
        guard (0...bytes.count * 8).contains(length) else { return nil }
        return IPAddress(bytes: bytes.enumerated().map { index, byte in
            byte & UInt8(truncatingIfNeeded: 0xFF00 >> min(max(length - 8 * index, 0), 8))
        })
    }

    /// Whether it is never that of a host on the internet: loopback, private, shared or link-local (RFC 6890).
    public var isLocal: Bool { IPAddress.localNetworks.contains { shares($0.length, bitsWith: $0.address) } }

    private static let localNetworks = [
        ("127.0.0.0", 8), ("10.0.0.0", 8), ("172.16.0.0", 12), ("192.168.0.0", 16), ("169.254.0.0", 16), ("100.64.0.0", 10), ("::1", 128),
        ("fc00::", 7), ("fe80::", 10),
    ].compactMap { text, length in IPAddress(text).map { (address: $0, length: length) } }

    private static func text(_ groups: ArraySlice<UInt16>) -> String {
        groups.map { String($0, radix: 16) }.joined(separator: ":")
    }
}
