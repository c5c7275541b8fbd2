// The addresses in answers of the old forms: their own pages, and pictures under a host of the operator's choice. Paths stand in
// them as they are, not percent-encoded, as clients of the replaced program know them.

import Settings
import Site

/// URLs of a kept file.
struct FormLinks {
    let settings: Settings

    private var links: Links { Links(settings) }

    /// The picture, or a link that hides where it lies.
    func picture(_ upload: KeptUpload) -> String {
        if let token = upload.hideToken { return links.hiddenPicture(token: token) }
        return Links(base: pictureBase, uploads: settings.hiding.hidesPath ? "/" : links.uploads).formFile(upload.file.path)
    }

    /// The small picture: one that was made at the upload, else one that is made when it is asked for.
    func thumbnail(_ upload: KeptUpload) -> String {
        if let place = upload.smallPicture { return links.formFile(place) }
        return links.formThumbnail(of: upload.file.path)
    }

    /// The delete link, for whoever may have it.
    func deletion(_ upload: KeptUpload) -> String {
        upload.deleteToken.map(links.formDeletion) ?? "Admin closed user delete"
    }

    /// One of those that the operator lists, at random.
    private var pictureBase: String { settings.naming.pictureBases.randomElement()?.text ?? links.base }
}
