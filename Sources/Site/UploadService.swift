// The steps of an upload that need several services: receiving to disk, the pipeline, and storing.

import Accounts
import Disk
import HTTP
import Media
import MediaStore
import Settings
import Time
import UploadPipeline

/// Handles the uploads of one request with that request's settings.
public struct UploadService {
    private let visit: Visit
    private let settings: Settings

    fileprivate init(_ visit: Visit) throws { (self.visit, settings) = (visit, try visit.settings) }

    private var uploads: Folder { visit.site.uploads }

    /// How many files one form may hold. Each is an open draft until it is stored, so fewer are taken at once than the setting may allow to
    /// scripts, which send them one by one.
    public var fileLimit: Int { min(settings.looks.batchFiles, 100) }

    /// Seconds after which no further file of a form is begun: the web server waits a minute for the answer.
    private static let patience = 40.0

    /// Writes the files of a form to the file system of their destination.
    ///
    /// - Throws: `Problem` if the disk is full.
    public func receiver(wantsMD5: Bool = false) throws -> FileReceiver {
        try requireSpace()
        return FileReceiver(sizeLimit: settings.largestUpload, wantsMD5: wantsMD5, newDraft: { [uploads] in try Draft(in: uploads) })
    }

    /// - Parameter bytes: what is to be written besides what is free according to the settings.
    /// - Throws: `Problem` if the disk is full.
    public func requireSpace(for bytes: Int = 0) throws {
        guard try uploads.freeBytes() - bytes >= settings.minimumFreeBytes else {
            throw Problem.noSpace(because: "\(visit.site.data.uploads) has less free space than the setting minimum_free_bytes "
                + "(\(ByteCount.print(settings.minimumFreeBytes)))\(bytes > 0 ? " and \(bytes) bytes of unfinished uploads" : ""). "
                + "Free space there (`imagebed gc` removes what is old), or lower it")
        }
    }

    /// The received file after all steps of the pipeline.
    ///
    /// - Parameter isEasyImages: for the old forms, which convert as EasyImages did.
    /// - Throws: as `UploadPipeline.prepare`.
    public func prepare(_ received: ReceivedFile, isEasyImages: Bool = false) throws -> Candidate {
        try pipeline(isEasyImages).prepare(received)
    }

    /// Rejects a file of which only the beginning is there, if it will not be accepted.
    ///
    /// - Parameter length: bytes of the whole file.
    /// - Throws: as `UploadPipeline.check`.
    public func check(beginning: Draft, named name: ClientName, length: Int, isEasyImages: Bool) throws {
        try pipeline(isEasyImages).check(beginning: beginning, named: name, length: length)
    }

    private func pipeline(_ isEasyImages: Bool) -> UploadPipeline {
        visit.site.pipeline(UploadRules(settings, isEasyImages: isEasyImages))
    }

    /// Claims a client's key for a received file; nil without a key.
    ///
    /// A request is at work once it has been received, not from its first byte on: the rest of one whose connection broke would block the
    /// retry until somebody notices.
    ///
    /// - Throws: `UploadKeyRefusal`.
    public func claim(_ received: ReceivedFile, under key: UploadKey?, expiring expiry: Expiry? = nil) throws -> UploadClaim? {
        try key.map { try visit.site.store.claim($0, named: received.originalName, sentSHA256: received.sha256, expiring: expiry) }
    }

    /// What was stored under a key; nil if nothing was.
    ///
    /// - Throws: `UploadKeyRefusal.fileDeleted`.
    public func upload(storedUnder key: UploadKey) throws -> Upload? { try visit.site.store.stored(under: key).map { upload($0) } }

    /// Checks that a file fits into its sender's quota as it was sent; as it is stored it is checked when that is done.
    ///
    /// - Throws: `QuotaExceeded`.
    public func requireRoom(for bytes: Int, of caller: Caller) throws { try visit.site.store.requireRoom(of: caller.accountID, for: bytes) }

    /// Processes a received file and stores it for the caller, unless it was stored under this key before.
    ///
    /// - Throws: as `claim`, `prepare` and `keep`.
    public func take(_ received: ReceivedFile, for caller: Caller, under key: UploadKey?, expiring expiry: Expiry? = nil) throws -> Upload {
        try take(received, for: caller, under: claim(received, under: key, expiring: expiry), expiry)
    }

    private func take(_ received: ReceivedFile, for caller: Caller, under claim: UploadClaim?, _ expiry: Expiry?) throws -> Upload {
        if let earlier = claim?.earlier { return upload(earlier) }
        try requireRoom(for: received.draft.size, of: caller)
        let candidate = try prepare(received)
        return upload(try keep(candidate, for: caller, expiring: expiry, under: claim), remarks: candidate.remarks)
    }

    /// The same for the files of one form, one after the other: one that is refused or fails leaves the others alone.
    ///
    /// - Parameters:
    ///   - files: a file, or why it is refused already.
    ///   - keys: one for each file, or none.
    ///   - expiry: of all of them.
    /// - Returns: the outcome of each file.
    /// - Throws: `UploadKeyRefusal` and `LimitReached` (of uploads at once) before anything is stored: a key is that of the whole form.
    public func take(_ files: [Result<ReceivedFile, any Error>], for caller: Caller, under keys: [UploadKey], expiring expiry: Expiry?) throws
        -> [Result<Upload, any Error>] {
        let claims = try files.enumerated().map { place, file -> UploadClaim? in
            guard case .success(let received) = file, !keys.isEmpty else { return nil }
            return try claim(received, under: keys[place], expiring: expiry)
        }
        let end = Now.monotonicSeconds + UploadService.patience
        return try withExtendedLifetime(visit.turn(of: caller)) {
            zip(files, claims).enumerated().map { place, work in
                Result<Upload, any Error> {
                    guard place == 0 || Now.monotonicSeconds < end else { throw UploadService.tooSlow }
                    let file = try work.0.get()
                    if work.1?.earlier == nil { try visit.count(.upload, of: caller) }
                    return try take(file, for: caller, under: work.1, expiry)
                }
            }
        }
    }

    private static let tooSlow = Problem.tryLater(because: "the files of the form before it took over \(Int(patience)) s")

    private func upload(_ kept: KeptFile, remarks: [String] = []) -> Upload {
        Upload(kept, deleteToken: kept.isSendersOwn ? visit.site.store.deleteToken(of: kept.file) : nil, remarks: remarks)
    }

    /// Who sends this request, as it is stored with files; nil if the settings store nobody.
    ///
    /// - Parameter way: as for `keep`.
    public func sender(way: String = "web") throws -> Sender? { try settings.senders.isRecorded ? Sender(visit, way: way) : nil }

    /// Publishes a processed file and inserts its row; logs and counts the sender as the settings require.
    ///
    /// - Parameters:
    ///   - way: for the log: the number of a token, or "web".
    ///   - dailyLimit: maximum uploads a day from the sender's address, nil for no limit.
    ///   - expiry: when it is to be gone; nil if it stays.
    ///   - claim: the request's key, nil for none.
    /// - Throws: `DailyLimitReached`, `QuotaExceeded`, `InvalidExpiry`.
    public func keep(_ candidate: Candidate, for caller: Caller, at placement: Placement = .unguessable, way: String? = nil,
                     dailyLimit: Int? = nil, expiring expiry: Expiry? = nil, under claim: UploadClaim?) throws -> KeptFile {
        let new = NewFile(facts: candidate.facts, originalName: candidate.originalName, sha256: candidate.sha256,
                          sentSHA256: candidate.sentSHA256, expiresAt: try expiry?.end())
        let (store, network) = (visit.site.store, try visit.address.network)
        let sender = try sender(way: way ?? caller.keyID.map(String.init) ?? "web")
        let counts = settings.senders.dailyLimit > 0
        if counts, try !store.countUpload(from: network, limit: dailyLimit) { throw DailyLimitReached() }
        do {
            return try store.keep(candidate.draft, as: new, owner: caller.accountID, key: caller.keyID,
                                  deduplicates: settings.deduplicate && caller.accountID != nil, at: placement, from: sender,
                                  isListed: !caller.isExaminer, under: claim)
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
    public var uploadService: UploadService { get throws { try UploadService(self) } }
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
