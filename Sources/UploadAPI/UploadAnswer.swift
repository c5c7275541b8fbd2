// A resumable upload follows the rules of the dialect that its client chose, and ends in that dialect's answer.

import Accounts
import Disk
import EasyImagesAPI
import HTTP
import JSONText
import MediaStore
import ResumableStore
import Settings
import Site
import UploadPipeline

/// The final answer about a file: the JSON of its dialect.
struct UploadAnswer {
    /// 200 if the file is stored.
    let status: Status
    let members: [(String, JSONValue)]
    /// Messages for the log.
    var remarks: [String] = []

    var isStored: Bool { status == .ok }
}

extension UploadAnswer {
    init(_ reply: UploadReply) { self.init(status: .ok, members: reply.members, remarks: reply.remarks) }

    /// In the old form the code stands in the body; here the status tells a refusal too, because the protocol's clients look at nothing else.
    init(_ outcome: FormOutcome, _ settings: Settings) {
        let reply = FormReply(outcome, settings)
        self.init(status: reply.isAccepted ? .ok : outcome.isOverQuota ? .forbidden : .badRequest, members: reply.members, remarks: reply.remarks)
    }

    init(_ problem: Problem) { self.init(status: problem.status, members: problem.members) }
}

/// A file whose client was told that it will not be stored.
struct FinalRefusal: Error {
    let answer: UploadAnswer
}

/// One resumable upload under the rules of its dialect.
struct DialectUpload {
    let visit: Visit
    let caller: Caller
    let new: NewUpload
    /// Under which the file is recorded: the upload's own id, so that what a killed process has stored is found again.
    let key: UploadKey

    init(_ visit: Visit, _ caller: Caller, _ new: NewUpload, _ id: UploadID) throws {
        (self.visit, self.caller, self.new, key) = (visit, caller, new, try visit.uploadKey(of: caller, for: id))
    }

    private var form: FormUpload { get throws { try FormUpload(resumed: new.name, nil, visit, caller, key, new.expiry) } }

    /// The checks before the first byte.
    ///
    /// - Throws: `FinalRefusal`.
    func admit() throws {
        switch new.dialect {
        case .app:
            guard let refusal = try form.refusal(ofLength: new.length) else { return }
            throw FinalRefusal(answer: UploadAnswer(refusal, try visit.settings))
        case .v1:
            let limit = try visit.settings.largestUpload
            guard new.length <= limit else {
                throw Problem(.contentTooLarge, says: "File too large", detail: UploadRefusal.detail(size: new.length, limit: limit))
            }
            try visit.uploadService.requireRoom(for: new.length, of: caller)
        }
    }

    /// The checks that the first bytes allow.
    ///
    /// - Throws: `FinalRefusal`; other errors than the file's.
    func check(beginning draft: Draft) throws {
        do {
            try visit.uploadService.check(beginning: draft, named: new.name, length: new.length, isEasyImages: new.dialect == .app)
        } catch {
            throw try FinalRefusal(answer: refusal(for: error))
        }
    }

    private func refusal(for error: any Error) throws -> UploadAnswer {
        if new.dialect == .app { return UploadAnswer(try form.refusal(for: error), try visit.settings) }
        let problem = Problem(error, failure: "")
        guard problem.isFinal else { throw error }
        return UploadAnswer(problem)
    }

    /// Stores the complete file, unless that was done before.
    ///
    /// - Throws: temporary errors, after which it can be tried again.
    func store(_ draft: Draft) throws -> UploadAnswer {
        switch new.dialect {
        case .app:
            let file = try ReceivedFile(draft, named: new.name, wantsMD5: visit.settings.senders.checksBlockedMD5)
            return UploadAnswer(try FormUpload(resumed: new.name, file, visit, caller, key, new.expiry).carryOut(), try visit.settings)
        case .v1:
            do {
                let file = try ReceivedFile(draft, named: new.name, wantsMD5: false)
                return UploadAnswer(UploadReply(try visit.uploadService.take(file, for: caller, under: key, expiring: new.expiry), try visit.links))
            } catch {
                return try refusal(for: error)
            }
        }
    }

    /// The answer about the stored file; nil if none is recorded.
    ///
    /// - Throws: `UploadKeyRefusal.fileDeleted`.
    func storedAnswer() throws -> UploadAnswer? {
        switch new.dialect {
        case .app: try form.storedBefore().map { UploadAnswer($0, try visit.settings) }
        case .v1: try visit.uploadService.upload(storedUnder: key).map { UploadAnswer(UploadReply($0, try visit.links)) }
        }
    }
}

extension Problem {
    /// Whether the same file would be refused again.
    fileprivate var isFinal: Bool { [400, 403, 410, 413, 422].contains(status.code) }
}
