// Lists of IP addresses as operators write them: single ones, EasyImages' wildcards, networks. Also determines the client's address,
// which requires a list of trusted proxies: anyone can send X-Forwarded-For.

import Text

/// Comma-separated addresses: "192.0.2.7", "192.0.*.*", "192.0.2.0/24", "2001:db8::/32".
public struct AddressList: Sendable {
    private enum Entry {
        case single(IPAddress)
        case network(IPAddress, length: Int)
        /// Each `*` stands for one or more digits.
        case pattern([UInt8])
    }

    private let entries: [Entry]

    /// White space is a separator too. Invalid entries match nothing.
    public init(_ text: String) {
        entries = text.utf8.split { $0 == UInt8(ascii: ",") || $0 <= 0x20 }
            .compactMap { AddressList.entry(String(decoding: Array($0), as: UTF8.self)) }
    }

    public func contains(_ address: IPAddress) -> Bool {
        entries.contains { entry in
            switch entry {
            case .single(let other): address == other
            case .network(let other, let length): address.shares(length, bitsWith: other)
            case .pattern(let pattern): address.isIPv4 && AddressList.matches(Array(address.description.utf8)[...], pattern[...])
            }
        }
    }

    private static func entry(_ word: String) -> Entry? {
        if let address = IPAddress(word) { return .single(address) }
        let parts = word.split(separator: "/", omittingEmptySubsequences: false)
        if parts.count == 2, let address = IPAddress(parts[0]), let length = Int(parts[1]), length >= 0 {
            return .network(address, length: length)
        }
        return word.utf8.allSatisfy({ $0 == star || $0 == UInt8(ascii: ".") || $0.isDigit }) ? .pattern(Array(word.utf8)) : nil
    }

    private static func matches(_ text: ArraySlice<UInt8>, _ pattern: ArraySlice<UInt8>) -> Bool {
        guard let first = pattern.first else { return text.isEmpty }
        guard first == star else { return text.first == first && matches(text.dropFirst(), pattern.dropFirst()) }
        // At most 15 characters, so trying all lengths is cheap.
        let digits = text.prefix(while: \.isDigit).count
        return digits > 0 && (1...digits).contains { matches(text.dropFirst($0), pattern.drop { $0 == star }) }
    }

    private static let star = UInt8(ascii: "*")
}

extension Request {
    /// The client's address: the peer, unless that is a trusted proxy; then the last entry of X-Forwarded-For that is not one.
    ///
    /// Proxies append the address that they saw, so everything to the left of the first untrusted one is unverified.
    public func clientAddress(trusting proxies: AddressList) -> IPAddress {
        guard var address = IPAddress(remoteAddress) else { return .unknown }
        let forwarded = (header("X-Forwarded-For") ?? "").utf8.suffix(4096).split(separator: UInt8(ascii: ","))
        for entry in forwarded.reversed() {
            guard proxies.contains(address), let next = Request.address(ofForwarded: HeaderValue.text(entry)) else { break }
            address = next
        }
        return address
    }

    /// Some proxies include the port: "192.0.2.7:4711", "[2001:db8::1]:4711".
    private static func address(ofForwarded text: String) -> IPAddress? {
        if let address = IPAddress(text) { return address }
        if text.hasPrefix("[") { return IPAddress(text.dropFirst().prefix { $0 != "]" }) }
        return IPAddress(text.prefix { $0 != ":" })
    }
}
