// The URLs in responses of the old forms. Those of pictures begin with a base URL from the settings. As in EasyImages, stored paths are not
// percent-encoded.

import Settings
import Site

/// URLs of a stored file.
public struct FormLinks {
    private let settings: Settings

    public init(_ settings: Settings) { self.settings = settings }

    private var links: Links { Links(settings) }

    /// The picture's URL, or a link that does not show its path.
    public func picture(_ upload: KeptUpload) -> String {
        if let token = upload.hideToken { return links.hiddenPicture(token: token) }
        return Links(base: upload.pictureBase, uploadsPath: settings.hiding.hidesPath ? "/" : links.uploadsPath).formFile(upload.file.path)
    }

    /// The URL of the thumbnail that was made at the upload, or else of one that is generated on request.
    public func thumbnail(_ upload: KeptUpload) -> String {
        if let place = upload.smallPicture { return links.formFile(place) }
        return links.formThumbnail(of: upload.file.path)
    }

    /// The delete link; nil if the uploader may not have it.
    public func deletion(_ upload: KeptUpload) -> String? { upload.deleteToken.map(links.formDeletion) }
}
