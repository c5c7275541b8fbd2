// Sizes as pages write them; htdocs/assets/text.js writes the same. (EasyImages' way, which scripts parse, is SizeText.)

/// A number of bytes for people.
public enum ByteText {
    /// "50 MB", "1.4 MB", "999 B": at least two digits, in units of 1,024.
    public static func format(_ bytes: Int) -> String {
        var (value, unit) = (Double(bytes), 0)
        while value >= 1_000, unit < units.count - 1 { (value, unit) = (value / 1_024, unit + 1) }
        let tenths = Int((value * 10).rounded())
        let isShort = unit > 0 && value < 10 && tenths % 10 != 0
        return (isShort ? "\(tenths / 10).\(tenths % 10)" : "\(Int(value.rounded()))") + " " + units[unit]
    }

    private static let units = ["B", "KB", "MB", "GB", "TB"]
}
