// The color of a watermark's text, in the format of EasyImages' settings page.

/// "rgba(255,0,0,0.5)": red, green, blue and opacity.
public struct MarkColor: Sendable, Equatable {
    /// 0 to 255.
    public let red: Int
    public let green: Int
    public let blue: Int
    /// Thousandths.
    public let opacity: Int

    /// nil for anything but `rgba(…)` with four numbers, or `rgb(…)` with three.
    public init?(_ text: String) {
        let words = text.lowercased().filter { $0 != " " }
        guard words.hasSuffix(")"), let open = words.firstIndex(of: "(") else { return nil }
        let parts = words[words.index(after: open)...].dropLast().split(separator: ",", omittingEmptySubsequences: false)
        switch (words[..<open], parts.count) {
        case ("rgba", 4): break
        case ("rgb", 3): break
        default: return nil
        }
        let colors = parts.prefix(3).compactMap { Int($0) }
        guard colors.count == 3, colors.allSatisfy((0...255).contains) else { return nil }
        var opacity = 1000
        if let part = parts.dropFirst(3).first {
            guard let number = Double(part), (0...1).contains(number) else { return nil }
            opacity = Int((number * 1000).rounded())
        }
        (red, green, blue, self.opacity) = (colors[0], colors[1], colors[2], opacity)
    }

    /// An opaque color.
    public init(red: Int, green: Int, blue: Int) {
        (self.red, self.green, self.blue, opacity) = (red, green, blue, 1000)
    }

    public var text: String {
        let part = opacity % 1000 == 0 ? "\(opacity / 1000)" : "0." + MarkColor.decimals(opacity)
        return "rgba(\(red),\(green),\(blue),\(part))"
    }

    private static func decimals(_ thousandths: Int) -> String {
        var digits = String(String(thousandths + 1000).dropFirst())
        while digits.hasSuffix("0") { digits.removeLast() }
        return digits
    }
}
