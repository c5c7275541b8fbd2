// Links of a page to the files it speaks of. Those to this site begin with its path, so that they work under each of its names;
// those that visitors copy are whole.

import HTML
import Media
import MediaStore
import Paths
import Settings
import Site

extension Settings {
    /// Where pictures are given out in answers of the old forms; the site's own address where the operator named none.
    var pictureBases: [BaseURL] {
        naming.pictureBases.isEmpty ? [baseURL] : naming.pictureBases
    }
}

/// Addresses of files.
public struct PictureLinks: Sendable {
    private let settings: Settings
    private let here: Links

    public init(_ settings: Settings) {
        self.settings = settings
        here = Links(onPagesOf: settings)
    }

    /// The file's address as visitors copy it.
    public func picture(_ path: StoredPath) -> String {
        let base = settings.pictureBases[0].text
        return settings.hiding.hidesPath ? "\(base)/\(path.encoded)" : Links(base: base, uploads: here.uploads).file(path)
    }

    public func details(_ path: StoredPath) -> String { here.details(of: path) }

    public func download(_ path: StoredPath) -> String { here.download(of: path) }

    /// What a form of the gallery names the file by.
    public func parameter(_ path: StoredPath) -> String { here.uploads + path.text }

    /// The form that deletes.
    public var deletion: String { here.address(.formDeletion) }

    /// Where a file is reported, when the operator wants that.
    public func report(_ path: StoredPath) -> WebAddress? {
        guard let address = WebAddress(settings.pages.reportURL) else { return nil }
        guard address.text.hasPrefix("http") || address.text.hasPrefix("/") else { return address }
        return WebAddress(address.text + "?Website1=" + picture(path))
    }

    /// A small picture of a file: its thumbnail, the file itself where it is one that browsers show and none is made of it, or
    /// the word for what it is.
    public func image(of file: StoredFile) -> Markup {
        guard file.type.isDecodable || file.type == .svg || file.type == .ico else {
            return "<span class=\"kind\">\(file.type.fileExtension)</span>"
        }
        let isThumbnail = file.type.isDecodable && settings.thumbnails.mode != .original
        let address = isThumbnail ? here.thumbnail(of: file.path) : picture(file.path)
        return """
            <img src="\(address)" alt="\(file.path.name)" loading="lazy" width="\(settings.thumbnails.width)" \
            height="\(settings.thumbnails.height)">
            """
    }
}
