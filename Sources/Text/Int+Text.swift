// Numbers in texts that others wrote. What `Int` itself reads may begin with a sign, a plus too.

extension Int {
    /// A number within bounds; nil for every other text.
    public init?(_ text: some StringProtocol, in bounds: ClosedRange<Int>) {
        guard let number = Int(text), bounds.contains(number) else { return nil }
        self = number
    }

    /// The same of digits alone.
    public init?(digits text: some StringProtocol, in bounds: ClosedRange<Int>) {
        guard text.utf8.allSatisfy(\.isDigit) else { return nil }
        self.init(text, in: bounds)
    }

    /// Any whole number; one that is too large for an integer is the largest, or the least.
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
