// Lists of IP addresses as operators write them: single ones, networks, EasyImages' wildcards.

/// Addresses with commas between them: "192.0.2.7", "192.0.*.*", "192.0.2.0/24", "2001:db8::/32".
public struct AddressList: Sendable {
    private let entries: [AddressEntry]

    /// The most entries that a list may have.
    public static let countLimit = 4000

    /// Invalid entries match nothing.
    public init(_ text: String) { entries = AddressList.words(of: text).compactMap(AddressEntry.init) }

    /// What stands between commas and white space, valid or not.
    public static func words(of text: String) -> [String] {
        text.utf8.split { $0 == UInt8(ascii: ",") || $0 <= 0x20 }.map { String(Substring($0)) }
    }

    public func contains(_ address: IPAddress) -> Bool { entries.contains { $0.contains(address) } }

    /// The entries as other programs write networks: "192.0.2.7", "192.0.2.0/24". One that they cannot write is left out: a wildcard that
    /// stands for part of a number, or before one.
    public var networks: [String] { entries.compactMap(\.network) }
}

/// One entry of a list.
public enum AddressEntry: Sendable {
    case single(IPAddress)
    /// The first `length` bits count.
    case network(IPAddress, length: Int)
    /// An IPv4 address in which each `*` stands for one or more digits.
    case pattern([UInt8])

    /// nil for what is none of them, and for a pattern that no address can match.
    public init?(_ word: String) {
        if let address = IPAddress(word) {
            self = .single(address)
        } else if let network = AddressEntry.network(word) {
            self = network
        } else if AddressEntry.isPattern(word) {
            self = .pattern(Array(word.utf8))
        } else {
            return nil
        }
    }

    /// As other programs write it; nil if they cannot: see `AddressList.networks`.
    public var network: String? {
        switch self {
        case .single(let address): address.description
        case .network(let address, let length): address.masked(to: length).map { "\($0)/\(length)" }
        case .pattern(let pattern): AddressEntry.network(of: pattern)
        }
    }

    /// "192.0.0.0/16" for "192.0.*.*".
    private static func network(of pattern: [UInt8]) -> String? {
        let parts = pattern.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
        let known = parts.prefix { $0 != "*" }
        guard parts.count == 4, parts[known.endIndex...].allSatisfy({ $0 == "*" }) else { return nil }
        let zeros = Array(repeating: "0", count: 4 - known.count)
        return IPAddress((known + zeros).joined(separator: ".")).map { "\($0)/\(known.count * 8)" }
    }

    func contains(_ address: IPAddress) -> Bool {
        switch self {
        case .single(let other): address == other
        case .network(let other, let length): address.shares(length, bitsWith: other)
        case .pattern(let pattern): address.isIPv4 && AddressEntry.matches(Array(address.description.utf8)[...], pattern[...])
        }
    }

    private static func network(_ word: String) -> AddressEntry? {
        let parts = word.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let address = IPAddress(parts[0]), let written = Int(digits: parts[1], in: 0...128) else { return nil }
        // ::ffff:192.0.2.0/120 is 192.0.2.0/24.
        let length = address.isIPv4 && parts[0].contains(":") ? written - 96 : written
        return (0...address.bytes.count * 8).contains(length) ? .network(address, length: length) : nil
    }

    private static func isPattern(_ word: String) -> Bool {
        let parts = word.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.allSatisfy(isPatternPart)
    }

    /// A number from 0 to 255, of which `*` may stand for some digits.
    private static func isPatternPart(_ part: Substring) -> Bool {
        guard part.utf8.contains(star) else { return Int(digits: part, in: 0...255).map { "\($0)" == part } ?? false }
        let digits = part.utf8.filter(\.isDigit)
        return part.utf8.count <= 8 && part.utf8.allSatisfy { $0 == star || $0.isDigit } && digits.count <= 2 && !part.hasPrefix("0")
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
