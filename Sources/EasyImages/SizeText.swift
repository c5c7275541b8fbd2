// Sizes formatted as in EasyImages' logs and answers, which scripts parse.

import Text

/// A size in bytes as text: "1023bytes", "5.36KB".
public enum SizeText {
    /// The unit changes above, not at, a power of 1024; two decimals, without trailing zeros.
    public static func format(_ bytes: Int) -> String {
        guard let (unit, name) = units.first(where: { bytes > $0.size }) else { return "\(bytes)bytes" }
        let hundredths = Int((Double(bytes) / Double(unit) * 100).rounded())
        let whole = hundredths / 100, rest = hundredths % 100
        if rest == 0 { return "\(whole)\(name)" }
        return "\(whole).\(rest % 10 == 0 ? "\(rest / 10)" : rest.padded(to: 2))\(name)"
    }

    private static let units = [(size: 1 << 30, name: "GB"), (size: 1 << 20, name: "MB"), (size: 1 << 10, name: "KB")]
}
