// The common frame of all pages: head, navigation, one style sheet. Pages contain no inline scripts or styles, so that the
// Content-Security-Policy can forbid both.

/// A page of the site.
public struct HTMLPage: Sendable {
    public let siteName: String
    /// Path prefix of the site: "/pictures", or empty.
    public let prefix: String
    public let heading: String
    /// Navigation links in the page header.
    public let navigation: [(title: String, address: String)]
    /// File names relative to the prefix.
    public let scripts: [String]
    public let content: Markup

    public init(of siteName: String, at prefix: String, _ heading: String, navigation: [(title: String, address: String)] = [],
                scripts: [String] = [], content: Markup) {
        self.siteName = siteName
        self.prefix = prefix
        self.heading = heading
        self.navigation = navigation
        self.scripts = scripts
        self.content = content
    }

    /// The whole document.
    public var document: Markup {
        """
        <!DOCTYPE html>
        <html lang="zh-CN">
        <head>
        <meta charset="utf-8">
        <title>\(heading) - \(siteName)</title>
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <link rel="stylesheet" href="\(prefix)/site.css">
        \(scripts.map { "<script src=\"\(prefix)/\($0)\" defer></script>\n" as Markup })</head>
        <body>
        <header>
        <a class="site" href="\(prefix)/">\(siteName)</a>
        <nav aria-label="网站">
        \(navigation.map { "<a href=\"\($0.address)\">\($0.title)</a>\n" as Markup })</nav>
        </header>
        <main>
        <h1>\(heading)</h1>
        \(content)
        </main>
        </body>
        </html>

        """
    }
}
