// Resumable uploads. The last bytes run the ordinary pipeline. If a process is killed there, or the error is a temporary one, the bytes stay,
// and whatever request comes next tries again: so HEAD tells the full length only once the file is stored, and a client that sees it may rely
// on that.

import Accounts
import Disk
import HTTP
import JSONText
import MediaStore
import ResumableStore
import Responder
import Site
import Text

/// Carries out a request of the tus protocol.
public final class TusService {
    private let visit: Visit
    private let store: ResumableStore
    /// Messages for the log.
    public private(set) var remarks: [String] = []

    /// Seconds that HEAD waits for a request that stores the file.
    private static let patience = 20
    /// Seconds that it waits for one that receives bytes.
    private static let shortPatience = 2
    /// How many of the largest files one sender's unfinished uploads may hold: the three that the page sends at a time, and one that it has
    /// begun and tries again later.
    private static let filesAtOnce = 4

    public init(_ visit: Visit) { (self.visit, store) = (visit, visit.site.resumable) }

    /// - Throws: `Problem`, `ResumableRefusal`, temporary errors of the pipeline.
    public func carryOut(_ form: TusForm) throws -> TusOutcome {
        if case .describe = form { return .description(largest: try visit.settings.largestUpload) }
        let caller = try visit.caller()
        try caller.require(.upload)
        switch form {
        case .describe: return .description(largest: try visit.settings.largestUpload)
        case .create(let new, let hasBody, let checksum): return try create(new, hasBody: hasBody, checksum, caller)
        case .tellOffset(let id): return try tellOffset(id, caller)
        case .append(let id, let offset, let checksum): return try append(id, offset, checksum, caller)
        case .remove(let id): return try remove(id, caller)
        case .tellOutcome(let id): return .outcome(try outcome(id, caller))
        }
    }

    private func create(_ new: NewUpload, hasBody: Bool, _ checksum: Checksum?, _ caller: Caller) throws -> TusOutcome {
        let id = store.id(for: try visit.idempotencyKey, of: caller.sender)
        let (turn, lock, rules) = (try visit.turn(of: caller), try store.lock(id), try DialectUpload(visit, caller, new, id))
        defer { withExtendedLifetime((turn, lock)) {} }
        do {
            var upload = try store.begin(id, new, of: caller.sender, quota: quota(of: caller),
                                         byteLimit: visit.settings.largestUpload * TusService.filesAtOnce) {
                try rules.admit()
                try visit.count(.upload, of: caller)
                try visit.uploadService.requireSpace(for: store.missingBytes() + new.length)
            }
            if hasBody { try upload.offset == 0 ? receiveFirst(&upload, checksum, rules) : requireSame(upload, rules) }
            return upload.refusal.map(TusOutcome.refused) ?? .created(id, upload)
        } catch let refusal as FinalRefusal {
            return .refused(ResumableUpload.Refusal(refusal.answer))
        }
    }

    /// A client whose first bytes are refused does not learn the address, so that nothing may stay.
    private func receiveFirst(_ upload: inout ResumableUpload, _ checksum: Checksum?, _ rules: DialectUpload) throws {
        do {
            try receive(&upload, checksum, rules)
        } catch let refusal as ResumableRefusal {
            try store.remove(upload)
            throw refusal
        }
    }

    /// First bytes that come again under an Idempotency-Key must be those that are there. Of a stored file only all bytes can be compared.
    private func requireSame(_ upload: ResumableUpload, _ rules: DialectUpload) throws {
        if upload.state == .receiving {
            guard try store.holds(upload, visit.request.body.read) else { throw ResumableRefusal.otherUpload }
        } else if upload.state == .stored, visit.request.contentLength == upload.new.length {
            let sha256 = try ResumableStore.sha256(of: visit.request.body.read)
            _ = try visit.site.store.claim(rules.key, named: upload.new.name, sentSHA256: sha256, expiring: upload.new.expiry)
        }
    }

    private func quota(of caller: Caller) throws -> String { try caller.accountID.map { "account \($0)" } ?? visit.address.network }

    /// A request whose connection broke may still be writing down what arrived of it. Its end is waited for, so that the client neither sends
    /// that again nor is refused with 409 or 423 after having sent much.
    private func tellOffset(_ id: UploadID, _ caller: Caller) throws -> TusOutcome {
        var upload = try store.upload(id, of: caller.sender)
        if upload.state == .receiving {
            do {
                let lock = try store.lock(id, patience: upload.isComplete ? TusService.patience : TusService.shortPatience)
                try withExtendedLifetime(lock) {
                    upload = try store.upload(id, of: caller.sender)
                    try finish(&upload, DialectUpload(visit, caller, upload.new, id))
                }
            } catch ResumableRefusal.inUse {
                upload = try store.upload(id, of: caller.sender)
                if upload.isComplete { throw ResumableRefusal.inUse }
            }
        }
        return upload.refusal.map(TusOutcome.refused) ?? .offset(upload)
    }

    private func append(_ id: UploadID, _ offset: Int, _ checksum: Checksum?, _ caller: Caller) throws -> TusOutcome {
        _ = try store.upload(id, of: caller.sender)
        let turn = try visit.turn(of: caller)
        try visit.count(.piece, of: caller)
        let lock = try store.lock(id)
        return try withExtendedLifetime((turn, lock)) {
            var upload = try store.upload(id, of: caller.sender)
            if let refusal = upload.refusal { return .refused(refusal) }
            guard offset == upload.offset else {
                throw Problem(.conflict, says: "Upload-Offset is not \(upload.offset)",
                              detail: "Upload-Offset is \(offset.grouped), but \(upload.offset.grouped) bytes are there; go on from there.",
                              headers: [("Upload-Offset", "\(upload.offset)")])
            }
            try receive(&upload, checksum, DialectUpload(visit, caller, upload.new, id))
            return upload.refusal.map(TusOutcome.refused) ?? .appended(upload)
        }
    }

    /// Appends the request's body, and stores the file if it is complete then.
    private func receive(_ upload: inout ResumableUpload, _ checksum: Checksum?, _ rules: DialectUpload) throws {
        let length = visit.request.contentLength
        guard length ?? 0 <= upload.new.length - upload.offset else { throw ResumableRefusal.tooLong }
        if upload.state == .receiving, length != 0 {
            try visit.uploadService.requireSpace(for: length ?? 0)
            let draft = try store.draft(of: upload)
            do {
                try store.receive(&upload, into: draft, checksum, from: visit.request.body.read, check: rules.check)
            } catch let refusal as FinalRefusal {
                return try store.settle(&upload, refusal: ResumableUpload.Refusal(refusal.answer))
            }
        }
        try finish(&upload, rules)
    }

    private func finish(_ upload: inout ResumableUpload, _ rules: DialectUpload) throws {
        guard upload.isComplete else { return }
        let answer = try rules.store(store.draft(of: upload))
        remarks += answer.remarks
        try store.settle(&upload, refusal: answer.isStored ? nil : ResumableUpload.Refusal(answer))
    }

    private func remove(_ id: UploadID, _ caller: Caller) throws -> TusOutcome {
        _ = try store.upload(id, of: caller.sender)
        let lock = try store.lock(id)
        try withExtendedLifetime(lock) { try store.remove(store.upload(id, of: caller.sender)) }
        return .removed
    }

    private func outcome(_ id: UploadID, _ caller: Caller) throws -> TusOutcome.Progress {
        var upload = try store.upload(id, of: caller.sender)
        let rules = try DialectUpload(visit, caller, upload.new, id)
        if upload.isComplete {
            do {
                let lock = try store.lock(id)
                try withExtendedLifetime(lock) {
                    upload = try store.upload(id, of: caller.sender)
                    try finish(&upload, rules)
                }
            } catch ResumableRefusal.inUse {
                return .processing(upload)
            }
        }
        if let refusal = upload.refusal { return .refused(refusal) }
        guard upload.state == .stored else { return .receiving(upload) }
        guard let answer = try rules.storedAnswer() else { throw ResumableRefusal.ended }
        return .stored(answer.members)
    }
}

extension ResumableUpload.Refusal {
    init(_ answer: UploadAnswer) {
        self.init(status: answer.status.code, answer: String(decoding: JSONValue.object(answer.members).bytes, as: UTF8.self))
    }
}
