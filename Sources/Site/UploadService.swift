// The steps of an upload that need several services: receiving to disk, the pipeline, and storing.

import Accounts
import Disk
import HTTP
import Media
import MediaStore
import Settings
import UploadPipeline

/// Handles the uploads of one request with that request's settings.
public struct UploadService {
    let visit: Visit
    private let settings: Settings

    fileprivate init(_ visit: Visit) throws { (self.visit, settings) = (visit, try visit.settings) }

    private var uploads: Folder { visit.site.uploads }

    /// Writes the files of a form to the file system of their destination.
    ///
    /// - Throws: `Problem` if the disk is full.
    public func receiver(wantsMD5: Bool = false) throws -> FileReceiver {
        guard try uploads.freeBytes() >= settings.minimumFreeBytes else {
            throw Problem.noSpace(because: "\(visit.site.data.uploads) has less free space than the setting minimum_free_bytes "
                + "(\(ByteCount.print(settings.minimumFreeBytes))). Free space there (`imagebed gc` removes what is old), or lower it")
        }
        return FileReceiver(sizeLimit: settings.largestUpload, wantsMD5: wantsMD5, newDraft: { [uploads] in try Draft(in: uploads) })
    }

    /// The received file after all steps of the pipeline.
    ///
    /// - Parameter isEasyImages: for the old forms, which convert as EasyImages did.
    /// - Throws: as `UploadPipeline.prepare`.
    public func prepare(_ received: ReceivedFile, isEasyImages: Bool = false) throws -> Candidate {
        let rules = UploadRules(settings, isEasyImages: isEasyImages)
        return try UploadPipeline(rules: rules, worker: visit.site.worker, newDraft: { [uploads] in try Draft(in: uploads) }).prepare(received)
    }

    /// Processes a received file and stores it for the caller, unless the request repeats one that did.
    ///
    /// - Throws: as `claim`, `prepare` and `keep`.
    public func take(_ received: ReceivedFile, for caller: Caller) throws -> Upload {
        let claim = try claim(received, for: caller)
        if let earlier = claim?.earlier { return upload(earlier) }
        let candidate = try prepare(received)
        return upload(try keep(candidate, for: caller, under: claim), remarks: candidate.remarks)
    }

    private func upload(_ kept: KeptFile, remarks: [String] = []) -> Upload {
        Upload(kept, deleteToken: kept.isSendersOwn ? visit.site.store.deleteToken(of: kept.file) : nil, remarks: remarks)
    }

    /// Publishes a processed file and inserts its row; logs and counts the sender as the settings require.
    ///
    /// - Parameters:
    ///   - way: for the log: the number of a token, or "web".
    ///   - dailyLimit: maximum uploads a day from the sender's address, nil for no limit.
    ///   - claim: the request's key, nil for none.
    /// - Throws: `DailyLimitReached`.
    public func keep(_ candidate: Candidate, for caller: Caller, at placement: Placement = .unguessable, way: String? = nil,
                     dailyLimit: Int? = nil, under claim: UploadClaim?) throws -> KeptFile {
        let new = NewFile(facts: candidate.facts, originalName: candidate.originalName, sha256: candidate.sha256,
                          sentSHA256: candidate.sentSHA256)
        let (store, network) = (visit.site.store, try visit.address.network)
        let sender = try settings.senders.isRecorded ? Sender(visit, way: way ?? caller.keyID.map(String.init) ?? "web") : nil
        let counts = settings.senders.dailyLimit > 0
        if counts, try !store.countUpload(from: network, limit: dailyLimit) { throw DailyLimitReached() }
        do {
            return try store.keep(candidate.draft, as: new, owner: caller.accountID, key: caller.keyID,
                                  deduplicates: settings.deduplicate && caller.accountID != nil, at: placement, from: sender,
                                  under: claim)
        } catch {
            if counts { try? store.uncountUpload(from: network) }
            throw error
        }
    }
}

/// The result of an upload.
public struct Upload: Sendable {
    public let file: StoredFile
    public let isDuplicate: Bool
    /// The token of the file's delete link; nil if the uploader may not have it.
    public let deleteToken: String?
    /// Messages for the operator's log.
    public let remarks: [String]

    fileprivate init(_ kept: KeptFile, deleteToken: String?, remarks: [String]) {
        (file, isDuplicate) = (kept.file, kept.isDuplicate)
        (self.deleteToken, self.remarks) = (deleteToken, remarks)
    }
}

extension Visit {
    public var uploads: UploadService { get throws { try UploadService(self) } }
}

/// The limit of uploads a day from the sender's address is reached.
public struct DailyLimitReached: Error {}

extension Sender {
    /// Maximum characters of a user agent that are stored.
    private static let userAgentLimit = 1000

    init(_ visit: Visit, way: String) throws {
        self.init(address: try visit.address.description, port: visit.request.parameters["REMOTE_PORT"].flatMap { Int($0) },
                  userAgent: String((visit.request.header("User-Agent") ?? "").prefix(Sender.userAgentLimit)), way: way)
    }
}
