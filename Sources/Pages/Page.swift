// What one page adds to the frame that all have in common.

import HTML
import Words

/// A page without its frame.
public struct Page: Sendable {
    let heading: String
    /// nil for pages that are answers alone, such as errors: no link leads to them.
    let address: PageAddress?
    let content: Markup
    /// File names of the modules that it needs beside `page.js`.
    public var modules: [String] = []
    /// Groups of texts that its scripts need.
    public var scriptWords: [any WordGroup] = []
    public var pictures = PictureSources.own
    /// See `ContentPolicy`.
    public var allowsStyles = false

    public init(_ heading: String, at address: PageAddress?, content: Markup) {
        (self.heading, self.address, self.content) = (heading, address, content)
    }
}
