// The links of a file as texts to paste elsewhere. htdocs/assets/formats.js writes the same texts in a browser.

import HTML
import Settings
import Text

/// The addresses of a stored file, and its name.
public struct FileLinks: Sendable {
    let url: String
    let name: String
    let thumbnail: String?
    let deletion: String?
    let isVideo: Bool

    /// - Parameters:
    ///   - name: as its sender called it.
    ///   - deletion: nil for those who may not delete it by a link.
    public init(url: String, name: String, thumbnail: String? = nil, deletion: String? = nil, isVideo: Bool) {
        (self.url, self.name, self.thumbnail, self.deletion, self.isVideo) = (url, name, thumbnail, deletion, isVideo)
    }

    /// nil where there is no such link.
    public func text(_ format: LinkFormat) -> String? {
        switch format {
        case .link: url
        case .markdown: "\(isVideo ? "" : "!")[\(markdownName)](\(url.encoding("()<>\\ \t")))"
        case .bbcode: "[\(bbcodeTag)]\(url.encoding("[] \t"))[/\(bbcodeTag)]"
        case .html: html.text
        case .thumbnail: isVideo ? url : thumbnail ?? url
        case .delete: deletion
        }
    }

    private var bbcodeTag: String { isVideo ? "video" : "img" }

    /// What would end the text, begin code or HTML, or be an entity (CommonMark, section 2.4); "|" ends a cell of a table.
    private var markdownName: String { name.map { "\\[]`*<&|".contains($0) ? "\\\($0)" : String($0) }.joined() }

    private var html: Markup {
        isVideo ? "<video src=\"\(url)\" title=\"\(name)\" controls></video>" : "<img src=\"\(url)\" alt=\"\(name)\">"
    }
}

extension String {
    /// The same with these ASCII characters percent-encoded.
    fileprivate func encoding(_ characters: String) -> String { PercentCoding.encode(self) { !characters.utf8.contains($0) } }
}
