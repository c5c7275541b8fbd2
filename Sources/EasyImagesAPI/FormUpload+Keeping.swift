// The path and name of a file from the old forms, and what is stored with it.

import Accounts
import EasyImages
import Media
import MediaStore
import Settings
import Site
import Time
import UploadPipeline

extension FormUpload {
    /// Publishes the prepared file and inserts its row.
    func keep() throws -> KeptFile {
        guard let candidate else { throw FormRefusal.says(204, FormRefusal.noFile) }
        do {
            return try refuseInvalidExpiry {
                try refuseOverQuota {
                    try visit.uploadService.keep(candidate, for: caller, at: placement(of: candidate), way: tokenNumber.map(String.init),
                                                 dailyLimit: dailyLimit, expiring: expiry, under: claim)
                }
            }
        } catch is DailyLimitReached {
            throw FormRefusal.dailyLimit(settings.senders.dailyLimit)
        }
    }

    private func placement(of candidate: Candidate) -> Placement {
        let name = candidate.originalName
        let suffix = settings.naming.withTokenID ? tokenNumber.map { "-\($0)" } ?? "" : ""
        // Leaves space for the dot, the extension and the number after a name that is taken.
        let body = NewName.now().body(settings.naming.style, source: name.withoutExtension, suffix: suffix, lengthLimit: 240)
        return .named(folder: folder, body: body, fileExtension: fileExtension(of: candidate))
    }

    /// By date, or a folder of the token, the user or the administrators.
    private var folder: String {
        let naming = settings.naming
        let date = DateText.local(Now.seconds)
        let own: String? = if let tokenNumber {
            naming.folderByToken ? "\(tokenNumber)" : nil
        } else if let account {
            account.role == .admin ? (naming.folderOfAdmin ? naming.adminFolder : nil) : (naming.folderByUser ? account.name : nil)
        } else {
            nil
        }
        guard let own, let folder = DateFolder.folder(named: own, at: date) else {
            return DateFolder.folder(naming.folderFormat, at: date)
        }
        return folder
    }

    /// The extension of the content's type; the client's spelling if it denotes that type, and `jpeg` for pictures converted to JPEG.
    private func fileExtension(of candidate: Candidate) -> String {
        let type = candidate.facts.type
        if candidate.isConverted { return type == .jpeg ? "jpeg" : type.fileExtension }
        let sent = candidate.originalName.fileExtension
        return type.fileExtensions.contains(sent) ? sent : type.fileExtension
    }
}
