// The tree of a document, built for merging only: flat nodes that point into the text, 32 bytes each.

/// A document's values as nodes over its minified text.
public final class JSONTree {
    public let text: HeldText
    /// The tree of a minified text; nil when it has more than `nodeLimit` values; throws JSONRefusal when it is not minified JSON.
    public static func build(_ text: HeldText, nodeLimit: Int) throws -> JSONTree? { fatalError() }
    init(text: HeldText) { self.text = text }
}
