// Sizes as people write them. A megabyte is 1,048,576 bytes, as in nginx's own `50m`.

import Text

/// Numbers of bytes in text: "50MB", "52428800".
public enum ByteCount {
    public static let kilobyte = 1 << 10
    public static let megabyte = 1 << 20
    public static let gigabyte = 1 << 30

    private static let units: [(name: String, size: Int)] = [("GB", gigabyte), ("MB", megabyte), ("KB", kilobyte)]

    /// The number of bytes, or nil if the text is invalid: units KB MB GB (also K, M, G, KiB …), any letter case, one space allowed.
    public static func parse(_ text: String) -> Int? {
        let digits = text.utf8.prefix(while: \.isDigit)
        guard let number = Int(String(decoding: digits, as: UTF8.self)),
              let unit = unit(named: String(decoding: text.utf8.dropFirst(digits.count), as: UTF8.self)) else { return nil }
        let (bytes, overflow) = number.multipliedReportingOverflow(by: unit)
        return overflow ? nil : bytes
    }

    private static func unit(named text: String) -> Int? {
        let name = (text.hasPrefix(" ") ? String(text.dropFirst()) : text).uppercased()
        if name.isEmpty { return text.isEmpty ? 1 : nil }
        if name == "B" { return 1 }
        return units.first { [$0.name, String($0.name.prefix(1)), "\($0.name.prefix(1))IB"].contains(name) }?.size
    }

    /// The shortest exact form: "50MB", "1536KB", "1000".
    public static func print(_ bytes: Int) -> String {
        guard bytes > 0, let unit = units.first(where: { bytes % $0.size == 0 }) else { return "\(bytes)" }
        return "\(bytes / unit.size)\(unit.name)"
    }
}
