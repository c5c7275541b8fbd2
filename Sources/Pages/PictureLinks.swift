// Links of a page to files. Those for this page are relative to the host, so that they work under each of the site's names; those that
// visitors copy are absolute.

import HTML
import Media
import MediaStore
import Paths
import Settings
import Site

extension Settings {
    /// The base URLs of pictures in responses of the old forms; the site's own if none is configured.
    var pictureBases: [BaseURL] {
        naming.pictureBases.isEmpty ? [baseURL] : naming.pictureBases
    }
}

/// URLs of files.
public struct PictureLinks: Sendable {
    private let settings: Settings
    private let here: Links

    public init(_ settings: Settings) {
        self.settings = settings
        here = Links(onPagesOf: settings)
    }

    /// The file's absolute URL, for visitors to copy.
    public func picture(_ path: StoredPath) -> String {
        let base = settings.pictureBases[0].text
        return settings.hiding.hidesPath ? "\(base)/\(path.encoded)" : Links(base: base, uploadsPath: here.uploadsPath).file(path)
    }

    /// The absolute URL of its thumbnail; nil for a file that gets none.
    public func thumbnail(of file: StoredFile) -> String? {
        let isThumbnail = file.type.isDecodable && settings.thumbnails.mode != .original
        return isThumbnail ? Links(settings).thumbnail(of: file.path) + version(of: file, after: "&") : nil
    }

    /// What is added to addresses of a file that was replaced, so that browsers fetch it instead of showing what they have kept; empty for others.
    ///
    /// - Parameter mark: "?" after an address without a query, else "&".
    public func version(of file: StoredFile, after mark: String = "?") -> String { file.version == 0 ? "" : "\(mark)v=\(file.version)" }

    public func details(_ path: StoredPath) -> String { here.details(of: path) }

    public func download(_ path: StoredPath) -> String { here.download(of: path) }

    /// The file's identifier in the gallery's forms.
    public func parameter(_ path: StoredPath) -> String { here.uploadsPath + path.text }

    /// The URL of the delete form.
    public var deletion: String { here.address(.formDeletion) }

    /// Where a file can be reported, if the operator configured that.
    public func report(_ path: StoredPath) -> WebAddress? {
        guard let address = WebAddress(settings.pages.reportURL) else { return nil }
        guard address.text.hasPrefix("http") || address.text.hasPrefix("/") else { return address }
        return WebAddress(address.text + "?Website1=" + picture(path))
    }

    /// A preview of a file: its thumbnail, or the file itself if browsers display it and it gets no thumbnail, or the name of its type.
    public func image(of file: StoredFile) -> Markup {
        guard file.type.isDecodable || file.type == .svg || file.type == .ico else {
            return "<span class=\"kind\">\(file.type.fileExtension)</span>"
        }
        let isThumbnail = file.type.isDecodable && settings.thumbnails.mode != .original
        let address = isThumbnail ? here.thumbnail(of: file.path) + version(of: file, after: "&") : picture(file.path) + version(of: file)
        return """
            <img src="\(address)" alt="\(file.shownName)" loading="lazy" width="\(settings.thumbnails.width)" \
            height="\(settings.thumbnails.height)">
            """
    }
}
