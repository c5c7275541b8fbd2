// The two ends of an upload that need the whole house: the form as it streams in, and the file as it is kept.

import Accounts
import Disk
import HTTP
import Media
import MediaStore
import Settings
import UploadPipeline

extension House {
    /// Reads an upload form; its file goes to the disk of its destination while it comes.
    ///
    /// - Throws: `Problem`: no space left, a malformed form, a file over every limit.
    public func receive(_ request: Request, _ settings: Settings) throws -> UploadForm {
        try UploadForm(request, receiver(settings))
    }

    /// What takes files of a form to the disk of their destination.
    ///
    /// - Throws: `Problem`: no space left.
    public func receiver(_ settings: Settings, wantsMD5: Bool = false) throws -> FileReceiver {
        guard try uploads.freeBytes() >= settings.minimumFreeBytes else {
            throw Problem(.insufficientStorage, says: "Insufficient storage",
                          because: "\(data.uploads) has less free space than the setting minimum_free_bytes")
        }
        return FileReceiver(sizeLimit: settings.largestUpload, wantsMD5: wantsMD5, newDraft: { [uploads] in try Draft(in: uploads) })
    }

    /// Publishes what the pipeline made and records it for the caller.
    public func keep(_ candidate: Candidate, for caller: Caller, _ settings: Settings, at placement: Placement = .unguessable,
                     from sender: Sender? = nil) throws -> KeptFile {
        let new = NewFile(facts: candidate.facts, originalName: candidate.originalName, sha256: candidate.sha256,
                          sentSHA256: candidate.sentSHA256)
        return try store.keep(candidate.draft, as: new, owner: caller.accountID,
                              deduplicates: settings.deduplicate && caller.accountID != nil, at: placement, from: sender)
    }
}
