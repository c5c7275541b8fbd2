// What one page adds to the frame that all have in common.

import HTML
import Words

/// A page without its frame.
public struct Page: Sendable {
    /// The box around heading and content.
    public enum Layout: Sendable {
        /// None: as wide as pages get.
        case wide
        /// A form of a few fields in the middle.
        case form
        /// A message in the middle.
        case message
        /// The same beside EasyImages' 404 picture: a file that is not there.
        case missingFile
    }

    let heading: String
    /// nil for pages that are answers alone, such as errors: no link leads to them.
    let address: PageAddress?
    let content: Markup
    public var layout = Layout.wide
    /// Which of the pages with the operator's HTML it is, if it is one.
    public var publicPage: PublicPage?
    /// Further elements of the head, such as those for previews of links.
    public var head: Markup?
    /// File names of the modules that it needs beside `page.js`.
    public var modules: [String] = []
    /// Groups of texts that its scripts need.
    public var scriptWords: [any WordGroup] = []
    public var pictures = PictureSources.own
    /// Seconds in which no password may be sent, after too many. page.js keeps the buttons of such forms shut until they are over.
    public var retryAfter: Int?

    public init(_ heading: String, at address: PageAddress?, content: Markup) {
        (self.heading, self.address, self.content) = (heading, address, content)
    }
}
