// The form of the upload page as browsers send it without scripts, and as an operating system sends it that shares files with the site
// (share target, W3C Web Share Target).

import Accounts
import HTTP
import Media
import Site
import Time
import UploadPipeline

struct HomeForm {
    struct File {
        let part: ReceivedPart
        let name: ClientName
    }

    let files: [File]
    /// Files beyond the limit, of which nothing is kept.
    let surplus: Int
    /// Of the page that sent it; nil if something else did.
    let once: FormOnce?
    /// When the files are to be gone, as it was sent.
    let expires: String?

    /// Parts of the form: browsers may send many more files than are taken, which is told then.
    private static let partLimit = 2_000

    /// Reads the form; its files are written to the file system of their destination while they are received.
    ///
    /// - Throws: `Problem` if the form was not sent by a page of this site, if the disk is full, or the form is malformed.
    init(_ visit: Visit) throws {
        let isSignedIn = try visit.account != nil
        guard try visit.credentials.source != .foreignPage else { throw HomeForm.foreign }
        var limits = MultipartLimits()
        limits.parts = HomeForm.partLimit
        let reader = try MultipartReader(contentType: visit.request.contentType, body: visit.request.body, limits: limits)
        let service = try visit.uploadService
        let (receiver, limit) = (try service.receiver(wantsMD5: visit.settings.senders.checksBlockedMD5), service.fileLimit)
        var (files, surplus, token, once, expires) = ([File](), 0, String?.none, FormOnce?.none, String?.none)
        while let part = try reader.nextPart() {
            if let sent = part.fileName {
                // A chooser in which nothing was chosen sends a part without a name.
                guard part.name == "file", !sent.isEmpty else { continue }
                guard files.count < limit else {
                    surplus += 1
                    continue
                }
                let name = ClientName(bytes: sent)
                files.append(File(part: try receiver.receive(named: name, from: reader), name: name))
            } else if part.name == FormToken.field {
                token = try reader.readField()
            } else if part.name == UploadForm.onceField {
                once = FormOnce(try reader.readField())
            } else if part.name == Expiry.field {
                expires = try reader.readField()
            } else {
                _ = try reader.readField()
            }
        }
        guard try !isSignedIn || visit.credentials.isOwnForm(csrfToken: token) else { throw HomeForm.foreign }
        (self.files, self.surplus, self.once, self.expires) = (files, surplus, once, expires)
    }

    private static let foreign = Problem(.forbidden, says: "The form was not sent by a page of this site")
}
