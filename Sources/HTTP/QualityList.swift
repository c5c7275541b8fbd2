// Accept and Accept-Language: values with a weight each (RFC 9110, section 12.4.2).

/// The values of such a header, those that the client likes best first.
public struct QualityList: Sendable {
    /// Without those of weight 0, which the client refuses; in lower case.
    public let values: [String]

    /// Bytes; the rest of a longer header is ignored, and so are further values.
    static let lengthLimit = 2_000
    static let valueLimit = 50

    public init(_ header: String) {
        let items = header.utf8.prefix(QualityList.lengthLimit).split(separator: UInt8(ascii: ",")).prefix(QualityList.valueLimit)
        let weighted = items.compactMap { item -> (value: String, weight: Int)? in
            let parts = item.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map { HeaderValue.text($0).lowercased() }
            guard let value = parts.first, !value.isEmpty else { return nil }
            guard let written = parts.dropFirst().first(where: { $0.hasPrefix("q=") }) else { return (value, 1_000) }
            return QualityList.thousandths(written.dropFirst(2)).map { (value, $0) }
        }
        values = weighted.enumerated().filter { $0.element.weight > 0 }
            .sorted { ($1.element.weight, $0.offset) < ($0.element.weight, $1.offset) }.map(\.element.value)
    }

    /// "0.8" is 800; nil for anything that is no weight.
    private static func thousandths(_ text: Substring) -> Int? {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first, whole == "0" || whole == "1" else { return nil }
        let fraction = parts.count > 1 ? parts[1] : ""
        guard fraction.utf8.count <= 3, fraction.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        let digits = Int(fraction + String(repeating: "0", count: 3 - fraction.utf8.count)) ?? 0
        return min(1_000, (whole == "1" ? 1_000 : 0) + digits)
    }
}

extension Request {
    /// Whether the client names HTML among what it takes, as browsers do when they open a page; scripts send `*/*` or JSON.
    public var isForPage: Bool { QualityList(header("Accept") ?? "").values.contains("text/html") }
}
