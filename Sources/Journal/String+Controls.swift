// Names and other texts in a database or a folder are anybody's: on a terminal or in a log they may neither steer it nor begin a line.

extension String {
    /// The text with what ends a line, steers a terminal (C0, DEL, C1) or turns the direction of writing as `\u001b`, which JSON reads
    /// as the same text.
    public var withoutControls: String { escaped { _ in false } }

    /// As `withoutControls`, of a text whose lines are meant.
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
