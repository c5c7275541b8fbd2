// Samples of requests. Those of the replaced page are kept letter by letter, because programs in the wild were written from them; only the
// site's address is this site's, and those with jQuery tell the errors that its own handlers get. Their words for people are holes, which are filled in the page's language.

import Text
import Words

/// A program, or a piece of a page, that sends a request.
public struct APISample: Sendable {
    public enum Kind: String, CaseIterable, Sendable {
        case curl = "cURL", html = "HTML", javascript = "JavaScript", jquery = "jQuery", python = "Python"
    }

    public let kind: Kind
    private let text: String

    init(_ kind: Kind, _ text: String) { (self.kind, self.text) = (kind, text) }

    /// The sample for a site.
    ///
    /// - Parameter base: the site's address.
    public func text(base: String, _ words: APISampleWords) -> String {
        words.entries.reduce(text.replacing("{base}", with: base)) { text, entry in text.replacing("{\(entry.name)}", with: entry.text) }
    }

    /// The samples of an operation, in the order of `Kind`; several of one kind are parts of one text.
    static func of(_ operation: APIOperation) -> [APISample] { all[operation.id] ?? [] }

    private static let all = files.merging(sync) { one, _ in one }.merging(resumable) { one, _ in one }
}

extension APIOperation {
    public var samples: [APISample] { APISample.of(self) }
}
