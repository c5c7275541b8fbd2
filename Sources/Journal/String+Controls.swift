// Text in a database or a folder may come from anyone: on a terminal or in a log it must not contain control sequences or newlines.

extension String {
    /// Escapes line ends, terminal controls (C0, DEL, C1) and direction marks as `\u001b`, which JSON parsers decode to the same
    /// text.
    public var withoutControls: String { escaped { _ in false } }

    /// Like `withoutControls`, for multi-line text.
    public var withoutControlsButNewline: String { escaped { $0 == "\n" } }

    private func escaped(butNot isMeant: (Unicode.Scalar) -> Bool) -> String {
        guard unicodeScalars.contains(where: { $0.steers && !isMeant($0) }) else { return self }
        return unicodeScalars.reduce(into: "") { text, scalar in
            if scalar.steers && !isMeant(scalar) { text += scalar.escape } else { text.unicodeScalars.append(scalar) }
        }
    }
}

extension Unicode.Scalar {
    fileprivate var steers: Bool {
        switch properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        default: properties.isBidiControl
        }
    }

    /// None of them is beyond U+FFFF.
    fileprivate var escape: String {
        let digits = String(value, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
}
