// Where an error is, as editors count.

extension JSONRefusal {
    /// Line and column of the error, both from 1 on; a column is a Unicode scalar. A line ends with LF, which may follow a CR.
    ///
    /// - Parameter text: the whole text that was refused.
    public func place(in text: UnsafeRawBufferPointer) -> (line: Int, column: Int) {
        let before = text.prefix(max(0, min(offset, text.count)))
        let lastLine = before[(before.lastIndex(of: 0x0A).map { $0 + 1 } ?? before.startIndex)...]
        return (line: 1 + before.count { $0 == 0x0A }, column: 1 + lastLine.count { $0 & 0xC0 != 0x80 })
    }
}
