// The addresses in answers of the old forms: their own pages, and pictures under a host of the operator's choice. Paths stand in
// them as they are, not percent-encoded, as clients of the replaced program know them.

import Media
import MediaStore
import Settings
import Site

/// URLs of a kept file.
struct FormLinks {
    let settings: Settings
    let site: Site
    /// Takes what the operator should know.
    let remark: (String) -> Void

    private var base: String { settings.baseURL.text }

    /// The picture, or a link that hides where it lies.
    func picture(_ file: StoredFile) -> String {
        if settings.hiding.hidesLinks { return base + "/app/hide.php?key=" + site.store.hideToken(of: file) }
        return pictureBase + (settings.hiding.hidesPath ? "/" : settings.naming.uploadsPath) + file.path.text
    }

    /// The small picture: one that is made now where the settings say so, else one that is made when it is asked for.
    func thumbnail(_ file: StoredFile) -> String {
        if settings.thumbnails.mode == .upload, let place = madeNow(file) { return base + settings.naming.uploadsPath + place.text }
        return base + "/app/thumb.php?img=" + settings.naming.uploadsPath + file.path.text
    }

    /// The upload is kept already, so what cannot be made is no reason to refuse it.
    private func madeNow(_ file: StoredFile) -> StoredPath? {
        do {
            return try site.thumbnails.makeAtUpload(of: file.path, width: settings.thumbnails.width, height: settings.thumbnails.height)
        } catch {
            remark("no thumbnail of \(file.path.text) at its upload, one is made when it is asked for: \(error)")
            return nil
        }
    }

    /// The delete link, for whoever may have it.
    func deletion(_ kept: KeptFile) -> String {
        guard settings.forms.showsDeleteLinks, kept.isSendersOwn else { return "Admin closed user delete" }
        return base + "/app/del.php?hash=" + site.store.deleteToken(of: kept.file)
    }

    /// One of those that the operator lists, at random.
    private var pictureBase: String { settings.naming.pictureBases.randomElement()?.text ?? base }
}
