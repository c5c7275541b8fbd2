// A request body is cut where its members begin and end; nothing of it is built, so that 50 MB of `content` cost no memory.

/// The members of a request object by name, as byte ranges of its text; valid while the text is.
public struct JSONObjectSlices {
    /// One member's value.
    public struct Member {
        let text: UnsafeRawBufferPointer
        /// Byte offsets of the value in the request text; a string's include its quotes.
        public let range: Range<Int>
        public let kind: JSONKind
        /// The value's bytes.
        public var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: text[range]) }
        /// The text of a string, nil for any other kind.
        public var string: String? { fatalError() }
        /// The value of a number without fraction and exponent, nil for any other value.
        public var int: Int? { fatalError() }
        /// The value of `true` or `false`, nil for any other value.
        public var bool: Bool? { fatalError() }
    }

    /// More members than any request has.
    public static let memberLimit = 1000

    /// Checks the whole text (as JSONMinifier does; a member's value may be as deep as a document) and notes its members; when
    /// the member called `minified` is there and no string, its minified form goes to `sink` in the same pass.
    /// Throws JSONRefusal (after any number of pieces) or what `sink` throws.
    public init(
        _ text: UnsafeRawBufferPointer, minifying minified: String? = nil,
        into sink: (UnsafeRawBufferPointer) throws -> Void = { _ in }
    ) throws { fatalError() }

    /// The member of that name (compared as bytes after unescaping), nil when there is none.
    public subscript(name: String) -> Member? { fatalError() }
}
