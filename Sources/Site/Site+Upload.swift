// The two ends of an upload that need the whole site: the form as it streams in, and the file as it is kept.

import Accounts
import Disk
import HTTP
import Media
import MediaStore
import Settings
import Text
import UploadPipeline

extension Site {
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
                          because: "\(data.uploads) has less free space than the setting minimum_free_bytes "
                            + "(\(ByteCount.print(settings.minimumFreeBytes))). Free space there (`imagebed gc` removes what is old), or lower it")
        }
        return FileReceiver(sizeLimit: settings.largestUpload, wantsMD5: wantsMD5, newDraft: { [uploads] in try Draft(in: uploads) })
    }

    /// Publishes what the pipeline made and records it for the caller; writes down and counts the sender as the settings want it.
    ///
    /// - Parameters:
    ///   - way: how it came, in the log: the number of a token, or "web".
    ///   - dailyLimit: what the sender's address may send a day, nil for any number.
    /// - Throws: `DailyLimitReached`.
    public func keep(_ candidate: Candidate, for caller: Caller, sentBy request: Request, _ settings: Settings,
                     at placement: Placement = .unguessable, way: String? = nil, dailyLimit: Int? = nil) throws -> KeptFile {
        let new = NewFile(facts: candidate.facts, originalName: candidate.originalName, sha256: candidate.sha256,
                          sentSHA256: candidate.sentSHA256)
        let address = request.clientAddress(settings)
        let sender = settings.senders.isRecorded
            ? Sender(address, request, way: way ?? caller.keyID.map(String.init) ?? "web") : nil
        let counts = settings.senders.dailyLimit > 0
        if counts, try !store.countUpload(from: address.network, limit: dailyLimit) { throw DailyLimitReached() }
        do {
            return try store.keep(candidate.draft, as: new, owner: caller.accountID, key: caller.keyID,
                                  deduplicates: settings.deduplicate && caller.accountID != nil, at: placement, from: sender)
        } catch {
            if counts { try? store.uncountUpload(from: address.network) }
            throw error
        }
    }
}

/// The sender's address has sent as many files today as it may.
public struct DailyLimitReached: Error {}

extension Request {
    /// Who sent this, as far as the settings say who may tell.
    public func clientAddress(_ settings: Settings) -> IPAddress {
        clientAddress(trusting: AddressList(settings.senders.trustedProxies))
    }
}

extension Sender {
    /// Characters of a program's name that are kept.
    private static let userAgentLimit = 1000

    init(_ address: IPAddress, _ request: Request, way: String) {
        self.init(address: address.description, port: request.parameters["REMOTE_PORT"].flatMap { Int($0) },
                  userAgent: String((request.header("User-Agent") ?? "").prefix(Sender.userAgentLimit)), way: way)
    }
}
