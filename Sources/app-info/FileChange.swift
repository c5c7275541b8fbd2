// What the forms of the details page ask for: another name, or another file.

import Accounts
import HTTP
import Media
import Pages
import Site
import UploadPipeline

/// A change of a file.
enum FileChange {
    /// As it was entered.
    case rename(String)
    /// nil without a file.
    case replace(ReceivedPart?)

    /// - Throws: `Problem` 403 for a form of another site, 400 for one that this page does not have; if the disk is full.
    init(_ visit: Visit) throws {
        guard visit.request.contentType.hasPrefix("multipart/") else {
            let form = try visit.ownForm()
            guard form.first("action") == "rename" else { throw Problem(.badRequest, says: "Unknown action") }
            self = .rename(form.all("name").last ?? "")
            return
        }
        self = .replace(try FileChange.file(visit))
    }

    /// The file of a form, written to the file system of its destination while it is received.
    private static func file(_ visit: Visit) throws -> ReceivedPart? {
        let reader = try MultipartReader(contentType: visit.request.contentType, body: visit.request.body)
        let receiver = try visit.uploadService.receiver(wantsMD5: visit.settings.senders.checksBlockedMD5)
        var (file, token) = (ReceivedPart?.none, String?.none)
        while let part = try reader.nextPart() {
            if let sent = part.fileName {
                // A chooser in which nothing was chosen sends a part without a name.
                guard part.name == "file", !sent.isEmpty, file == nil else { continue }
                file = try receiver.receive(named: ClientName(bytes: sent), from: reader)
            } else if part.name == FormToken.field {
                token = try reader.readField()
            } else {
                _ = try reader.readField()
            }
        }
        guard try visit.credentials.isOwnForm(csrfToken: token) else { throw Problem(.forbidden, says: "The form was not sent by a page of this site") }
        return file
    }
}
