// Decimal numbers as text, and strict parsing of them in untrusted text. `Int.init` accepts a leading sign, a plus too.

extension Int {
    /// In decimal, with zeros before it up to `count` digits. Not for negative numbers.
    public func padded(to count: Int) -> String {
        let digits = "\(self)"
        let missing = count - digits.utf8.count
        return missing > 0 ? String(repeating: "0", count: missing) + digits : digits
    }

    /// In decimal, with a comma before each three digits, as English sentences have it: "52,428,800".
    public var grouped: String {
        let digits = Array("\(magnitude)".utf8)
        var text = self < 0 ? [UInt8(ascii: "-")] : []
        for (place, digit) in digits.enumerated() {
            if place > 0, (digits.count - place) % 3 == 0 { text.append(UInt8(ascii: ",")) }
            text.append(digit)
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// A number within bounds; nil for any other text.
    public init?(_ text: some StringProtocol, in bounds: ClosedRange<Int>) {
        guard let number = Int(text), bounds.contains(number) else { return nil }
        self = number
    }

    /// The same, but only digits are accepted: no sign.
    public init?(digits text: some StringProtocol, in bounds: ClosedRange<Int>) {
        guard text.utf8.allSatisfy(\.isDigit) else { return nil }
        self.init(text, in: bounds)
    }

    /// Any whole number; one out of the range of `Int` becomes `Int.max` or `Int.min`.
    public init?(saturating text: String) {
        if let number = Int(text) {
            self = number
        } else {
            let isNegative = text.hasPrefix("-")
            let digits = text.utf8.dropFirst(isNegative ? 1 : 0)
            guard !digits.isEmpty, digits.allSatisfy(\.isDigit) else { return nil }
            self = isNegative ? .min : .max
        }
    }
}
