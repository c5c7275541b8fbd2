// An SVG is a program as much as a picture. It is read once by libxml2, as a stream of events and without a tree, and
// refused when it holds anything that acts or reaches out. What passes is stored as it came; the web server's headers
// (sandbox, nosniff) are the second fence, because a list of what is dangerous is never complete.

/// Reads a vector graphic and tells its size.
public struct SVGInspection {
    /// Bytes: hand-made and exported graphics have well under 1 MB, except with pictures embedded.
    public static let maximumBytes = 2 << 20
    /// Elements within each other: editors nest groups about 20 deep, and renderers recurse.
    public static let maximumDepth = 64

    /// Loads what reading of any encoding needs; after that no file is opened.
    public static func prepare() { EventReader.loadEncodings(ContentRules.encodings) }

    /// The size in pixels that the graphic gives itself, nil where it gives none.
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

/// What is remembered of a document while its events pass by.
struct DocumentState {
    private var depth = 0
    private var style: [UInt8]?
    /// That of the root element, once it was seen.
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
