// The addresses in answers of the old forms: their own pages, and pictures under a host of the operator's choice. Paths stand in
// them as they are, not percent-encoded, as clients of the replaced program know them.

import Settings

/// URLs of a kept file.
struct FormLinks {
    let settings: Settings

    private var base: String { settings.baseURL.text }

    /// The picture, or a link that hides where it lies.
    func picture(_ upload: KeptUpload) -> String {
        if let token = upload.hideToken { return base + "/app/hide.php?key=" + token }
        return pictureBase + (settings.hiding.hidesPath ? "/" : settings.naming.uploadsPath) + upload.file.path.text
    }

    /// The small picture: one that was made at the upload, else one that is made when it is asked for.
    func thumbnail(_ upload: KeptUpload) -> String {
        if let place = upload.smallPicture { return base + settings.naming.uploadsPath + place.text }
        return base + "/app/thumb.php?img=" + settings.naming.uploadsPath + upload.file.path.text
    }

    /// The delete link, for whoever may have it.
    func deletion(_ upload: KeptUpload) -> String {
        upload.deleteToken.map { base + "/app/del.php?hash=" + $0 } ?? "Admin closed user delete"
    }

    /// One of those that the operator lists, at random.
    private var pictureBase: String { settings.naming.pictureBases.randomElement()?.text ?? base }
}
