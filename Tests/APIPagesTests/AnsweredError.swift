// What the services behind the API refuse, and which operations answer with it. Each switch names every case, so that a new one does not
// compile before it is said here who answers it.

@testable import Accounts
import APIPages
import Database
import Disk
import Glibc
import HTTP
import JSONText
import Media
import MediaStore
import PictureWorker
import Responder
import ResumableStore
import Site
import SyncAPI
import SyncStore
import UploadAPI
import UploadPipeline

/// An error of a service.
protocol AnsweredError: Error {
    /// Each case once.
    static var samples: [Self] { get }
    /// The ids of the operations that answer with it.
    var operations: Set<String> { get }
}

enum AnsweredErrors {
    static let ofUploads: [any AnsweredError] = ResumableRefusal.samples + UploadKeyRefusal.samples
    static let ofSync: [any AnsweredError] = SyncError.samples

    static let all: [any AnsweredError] = ofUploads + ofSync + [
        JSONRefusal.samples as [any AnsweredError], UploadRefusal.samples, QuotaExceeded.samples, InvalidExpiry.samples, MediaRefusal.samples, PictureFailure.samples, DiskError.samples,
        DatabaseError.samples, OtherSchema.samples, AccessError.samples,
    ].flatMap { $0 }
}

/// Ids of operations.
enum Operations {
    static let all = Set(APIOperation.all.map(\.id))
    /// Those that store a file under the rules of the v1 API. (A refused one is told again to whoever asks for the upload's offset.)
    static let storing: Set = ["uploadFile", "createUpload", "getUploadOffset", "continueUpload"]
    /// Those of an upload that exists. POST can stand for any of their methods.
    static let continuing: Set = ["createUpload", "getUploadOffset", "continueUpload", "removeUpload"]
    static let resumable = continuing.union(["getUploadOutcome"])
    /// Those with a JSON body.
    static let writing: Set = ["pushJSON", "changeDevice", "resolveConflict"]
}

extension ResumableRefusal: AnsweredError {
    static let samples: [ResumableRefusal] = [
        .unknown, .ended, .inUse, .tooMany(limit: 16), .tooMuch(limit: 1), .tooLong, .otherSum, .otherUpload,
    ]

    var operations: Set<String> {
        switch self {
        case .unknown, .ended: Operations.resumable
        case .inUse: Operations.continuing
        case .tooMany, .tooMuch, .otherUpload: ["createUpload"]
        case .tooLong, .otherSum: ["createUpload", "continueUpload"]
        }
    }
}

extension UploadKeyRefusal: AnsweredError {
    static let samples: [UploadKeyRefusal] = [.inUse, .otherUpload, .fileDeleted]

    var operations: Set<String> {
        switch self {
        case .otherUpload: Operations.storing.union(["uploadWithToken"])
        case .inUse, .fileDeleted: Operations.storing.union(["uploadWithToken", "getUploadOutcome"])
        }
    }
}

extension SyncError: AnsweredError {
    static let samples: [SyncError] = [
        .noFile(deleted: true), .noVersion(.unknown), .noVersion(.deleted), .noVersion(.expired), .noConflict, .noDevice,
        .invalid("base_version"),
        .notTheHead(version: 1, hash: nil, isPrecondition: true), .notTheHead(version: 1, hash: nil, isPrecondition: false), .alreadyResolved,
        .keyReused, .busy, .contentVanished, .tooLarge, .damaged("content"),
    ]

    var operations: Set<String> {
        switch self {
        case .noFile: ["pullJSON", "deleteJSON", "listVersions", "getVersion"]
        case .noVersion: ["pushJSON", "pullJSON", "getVersion", "resolveConflict"]
        case .noConflict, .alreadyResolved: ["resolveConflict"]
        case .noDevice: ["changeDevice"]
        case .invalid: ["pushJSON", "resolveConflict"]
        case .notTheHead(_, _, let isPrecondition): isPrecondition ? ["pushJSON", "deleteJSON"] : ["pushJSON"]
        case .keyReused: ["pushJSON"]
        case .tooLarge: Operations.writing
        case .busy, .contentVanished: ["pushJSON", "resolveConflict"]
        case .damaged: ["pushJSON", "pullJSON", "getVersion", "resolveConflict"]
        }
    }
}

extension JSONRefusal: AnsweredError {
    static let samples = [JSONRefusal(.empty, at: 0)]

    var operations: Set<String> { Operations.writing }
}

extension UploadRefusal: AnsweredError {
    static let samples: [UploadRefusal] = [
        .videoDisabled, .overSize(2, limit: 1), .tooWide(2, limit: 1), .tooNarrow(1, limit: 2), .tooHigh(2, limit: 1), .tooLow(1, limit: 2),
        .activeGraphic(because: "a script"), .complexGraphic(because: "svg: SVG of 2 bytes, at most 1"), .complexGraphic(because: "svg: nested over 64 deep"),
        .keptMetadata(because: "a note"),
    ]

    var operations: Set<String> {
        switch self {
        case .videoDisabled, .overSize, .tooWide, .tooNarrow, .tooHigh, .tooLow, .activeGraphic, .complexGraphic, .keptMetadata: Operations.storing
        }
    }
}

extension QuotaExceeded: AnsweredError {
    static let samples: [QuotaExceeded] = [.files(used: 1, limit: 1), .bytes(used: 1, more: 2, limit: 2)]

    var operations: Set<String> {
        switch self {
        case .files, .bytes: Operations.storing
        }
    }
}

extension InvalidExpiry: AnsweredError {
    static let samples = [InvalidExpiry(text: "soon")]

    var operations: Set<String> { Operations.storing }
}

extension MediaRefusal: AnsweredError {
    static let samples = [Reason.notRecognised, .damaged, .tooLarge("jpegScans"), .tooLarge("maximumSide")].map { MediaRefusal($0, because: "a byte") }

    var operations: Set<String> {
        switch reason {
        case .notRecognised, .damaged, .tooLarge: Operations.storing
        }
    }
}

extension PictureFailure: AnsweredError {
    static let samples: [PictureFailure] = [
        .refused(because: ""), .tooLarge(because: ""), .timedOut(because: ""), .crashed(because: ""), .busy(because: ""),
        .interrupted(because: ""), .full(because: ""), .resting(seconds: 9, because: ""), .broken(because: ""), .badMark(because: ""),
    ]

    var operations: Set<String> {
        switch self {
        case .refused, .tooLarge, .timedOut, .crashed: Operations.storing
        case .busy, .interrupted, .full, .resting, .broken: Operations.storing.union(["uploadWithToken", "getThumbnail"])
        case .badMark: Operations.storing.union(["uploadWithToken"])
        }
    }
}

extension DiskError: AnsweredError {
    static let samples = [
        DiskError("write", "a", code: ENOSPC), DiskError("link", "a", code: EEXIST), DiskError("open", "a", code: ENOENT),
        DiskError("lock", "a", code: ETIMEDOUT), DiskError("read", "a", code: EIO),
    ]

    var operations: Set<String> {
        switch kind {
        case .full, .exists, .missing, .held, .other: Operations.all
        }
    }
}

extension DatabaseError: AnsweredError {
    static let samples = [
        Kind.busy, .full, .constraint, .unavailable, .unknownOutcome, .readOnly, .moving, .corrupt, .other,
    ].map { DatabaseError($0, message: "", description: "") }

    var operations: Set<String> {
        switch kind {
        case .busy, .full, .constraint, .unavailable, .unknownOutcome, .readOnly, .moving, .corrupt, .other: Operations.all
        }
    }
}

extension OtherSchema: AnsweredError {
    static let samples = [OtherSchema(found: 1, needed: 2), OtherSchema(found: 2, needed: 1)]

    var operations: Set<String> { Operations.all }
}

/// What is wrong with a key or a session.
struct AccessError: AnsweredError, ProblemConvertible {
    let answer: Problem
    let operations: Set<String>

    func problem(failure: String) -> Problem { answer }

    static let samples = APIAccess.allCases.flatMap { access -> [AccessError] in
        let operations = Set(APIOperation.all.filter { $0.access == access }.map(\.id))
        return switch access {
        // A list asks for a key only where it shows the caller's own files.
        case .anyone, .token, .read: []
        case .upload: refusals(.upload, operations)
        case .json: refusals(.json, operations)
        case .metrics: refusals(.metrics, operations)
        }
    } + refusals(.read, ["listFiles"]) + [AccessError(answer: AccessRefusal.invalidKey, operations: ["getStatistics"])]

    private static func refusals(_ scope: Scope, _ operations: Set<String>) -> [AccessError] {
        [AccessRefusal.loginRequired, AccessRefusal.invalidKey, AccessRefusal.lacks(scope)].map { AccessError(answer: $0, operations: operations) }
    }
}
