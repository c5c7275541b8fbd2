// Clients write Content-Type and Content-Disposition in many ways; this is the only parser for them.

/// A header value with parameters, `value; name=token; name="quoted"`, parsed leniently: spaces may be missing.
struct HeaderValue {
    let value: String
    private var parameters: [(name: String, value: [UInt8])] = []

    init(_ bytes: [UInt8]) {
        var rest = bytes[...]
        value = HeaderValue.text(HeaderValue.take(&rest, until: UInt8(ascii: ";")))
        while !rest.isEmpty {
            rest = rest.dropFirst()
            let name = HeaderValue.text(HeaderValue.take(&rest, until: UInt8(ascii: "="), or: UInt8(ascii: ";"))).lowercased()
            guard rest.first == UInt8(ascii: "=") else { continue }
            rest = rest.dropFirst()
            parameters.append((name, HeaderValue.takeValue(&rest)))
        }
    }

    /// The values of all parameters of that name (lower case).
    func all(_ name: String) -> [[UInt8]] { parameters.filter { $0.name == name }.map(\.value) }

    private static func takeValue(_ rest: inout ArraySlice<UInt8>) -> [UInt8] {
        rest = rest.drop(while: isBlank)
        guard rest.first == UInt8(ascii: "\"") else { return trimmed(take(&rest, until: UInt8(ascii: ";"))) }
        rest = rest.dropFirst()
        var value: [UInt8] = []
        while let byte = rest.popFirst(), byte != UInt8(ascii: "\"") {
            // Only \" is an escape: old browsers send Windows paths with single backslashes.
            if byte == UInt8(ascii: "\\"), rest.first == UInt8(ascii: "\""), rest.dropFirst().contains(UInt8(ascii: "\"")) {
                value.append(rest.removeFirst())
            } else {
                value.append(byte)
            }
        }
        _ = take(&rest, until: UInt8(ascii: ";"))
        return value
    }

    private static func take(_ rest: inout ArraySlice<UInt8>, until end: UInt8, or other: UInt8? = nil) -> ArraySlice<UInt8> {
        let taken = rest.prefix { $0 != end && $0 != other }
        rest = rest[taken.endIndex...]
        return taken
    }

    static func text(_ bytes: some BidirectionalCollection<UInt8>) -> String { String(decoding: trimmed(bytes), as: UTF8.self) }

    /// Without surrounding white space.
    static func trimmed(_ bytes: some BidirectionalCollection<UInt8>) -> [UInt8] {
        guard let last = bytes.lastIndex(where: { !isBlank($0) }) else { return [] }
        return Array(bytes[...last].drop(while: isBlank))
    }

    static func isBlank(_ byte: UInt8) -> Bool { byte == 9 || byte == 32 }
}
