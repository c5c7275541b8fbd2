// Keys, tokens and links are copied out of pages, mails and documents, and what stands invisibly around them comes along. A configuration
// file that was saved on Windows ends each line in CR LF, and begins with a byte order mark.

extension String {
    /// Without white space of any script and without invisible characters at both ends: blanks, no-break and full-width ones, line ends, byte
    /// order marks, zero-width characters, direction marks (Unicode 15: White_Space, Default_Ignorable_Code_Point). Nothing inside changes.
    ///
    /// U+FFFD counts too: HTTP libraries send a no-break space in a header as one byte of Latin-1, which is no UTF-8.
    public var pasted: String {
        let scalars = unicodeScalars
        guard let first = scalars.firstIndex(where: \.isVisiblePart), let last = scalars.lastIndex(where: \.isVisiblePart) else { return "" }
        return String(scalars[first...last])
    }

    /// Whether nothing is seen of it: it has only what `pasted` leaves out, or characters that Unicode calls visible and fonts leave empty: the
    /// blank pattern of Braille, marks of annotations, and the null notehead.
    public var showsNothing: Bool {
        unicodeScalars.allSatisfy { !$0.isVisiblePart || [0x2800, 0xFFF9, 0xFFFA, 0xFFFB, 0x1D159].contains($0.value) }
    }
}

extension Unicode.Scalar {
    fileprivate var isVisiblePart: Bool {
        if isASCII { return !properties.isWhitespace }
        return value != 0xFFFD && !properties.isWhitespace && !properties.isDefaultIgnorableCodePoint
    }
}
