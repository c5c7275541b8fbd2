// An SVG can contain code. It is parsed once by libxml2, as a stream of events without a tree, and rejected if it contains active
// content or external references. Accepted files are stored unchanged; the web server's headers (sandbox, nosniff) are a second
// line of defense, because a list of dangerous constructs is never complete.

/// Checks a vector graphic and reads its size.
public struct SVGInspection {
    /// Bytes: hand-made and exported graphics have well under 1 MB, unless pictures are embedded.
    public static let maximumBytes = 2 << 20
    /// Nesting of elements: editors nest groups about 20 deep, and renderers recurse.
    public static let maximumDepth = 64

    /// Loads everything that parsing of any encoding needs; after that no file is opened.
    public static func prepare() { EventReader.loadEncodings(ContentRules.encodings) }

    /// The size in pixels that the root element states; nil if it states none.
    ///
    /// - Throws: `SVGRefusal`.
    public static func inspect(_ bytes: UnsafeRawBufferPointer) throws -> (width: Int?, height: Int?) {
        guard bytes.count <= maximumBytes else {
            throw SVGRefusal("SVG of \(bytes.count) bytes, at most \(maximumBytes)", isTooLarge: true)
        }
        let reader = EventReader()
        try reader.read(bytes)
        guard let size = reader.document.size else { throw SVGRefusal("no element at all") }
        return size.pixels
    }
}

/// State while a document is parsed.
struct DocumentState {
    private var depth = 0
    private var style: [UInt8]?
    /// From the root element, once it has been parsed.
    private(set) var size: SVGSize?

    mutating func start(_ element: ElementName, _ attributes: [Attribute]) throws {
        depth += 1
        guard depth <= SVGInspection.maximumDepth else { throw SVGRefusal("nested over 64 deep", isTooLarge: true) }
        try ContentRules.check(element, attributes)
        if size == nil {
            try ContentRules.checkRoot(element)
            size = SVGSize(attributes)
        }
        if element.local == "style" { style = [] }
    }

    mutating func text(_ bytes: UnsafeRawBufferPointer) {
        style?.append(contentsOf: bytes)
    }

    mutating func end(_ element: ElementName) throws {
        depth -= 1
        guard element.local == "style", let text = style else { return }
        style = nil
        try StyleText.check(text)
    }
}
