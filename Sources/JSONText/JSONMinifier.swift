// One pass that says whether a text is JSON and hands out its minified form: the only thing that happens to most documents.

public enum JSONMinifier {
    /// How deep arrays and objects may be nested; what JSONSerialization allows as well.
    public static let depthLimit = 512

    /// Checks the text by RFC 8259 and hands its bytes without the white space outside strings to `sink`, in order and in big
    /// pieces, which are valid only inside the call; throws JSONRefusal (after any number of pieces) or what `sink` throws.
    @discardableResult
    public static func minify(
        _ text: UnsafeRawBufferPointer, into sink: (UnsafeRawBufferPointer) throws -> Void
    ) throws -> JSONKind {
        fatalError()
    }

    /// The minified form as one array.
    public static func minified(_ text: UnsafeRawBufferPointer) throws -> [UInt8] {
        var result: [UInt8] = []
        try minify(text) { result.append(contentsOf: $0) }
        return result
    }
}
