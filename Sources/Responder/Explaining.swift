// The one place where errors of the services become answers. What the client hears is a message of the contract; what
// happened goes to the log.

import Database
import Disk
import HTTP
import Media
import PictureWorker
import SQLite

extension Problem {
    init(explaining error: any Error, failure: String) {
        switch error {
        case let problem as Problem: self = problem
        case let error as any ProblemConvertible: self = error.problem
        case let refusal as MediaRefusal: self = Problem(.badRequest, says: refusal.says, because: refusal.because)
        case let error as PictureFailure: self = Problem(error, failure: failure)
        case let error as DiskError where error.kind == .full: self = .noSpace(because: "\(error). \(Problem.makeRoom)")
        case let error as DiskError where error.kind == .held: self = .tryLater(because: "\(error)")
        case let error as DatabaseError where error.kind == .full: self = .noSpace(because: "\(error). \(Problem.makeRoom)")
        case let error as DatabaseError where error.kind == .busy: self = .tryLater(because: "\(error)")
        case let error as SchemaTooOld: self = .tryLater(because: "\(error): migrate it with 'sudo imagebed setup'")
        case let error as SchemaTooNew: self = .tryLater(because: "\(error)")
        default: self = Problem(.internalServerError, says: failure, because: "\(error)")
        }
    }

    private init(_ error: PictureFailure, failure: String) {
        switch error {
        case .busy, .interrupted, .resting: self = .tryLater(because: error.because, seconds: error.retryAfter ?? 5)
        case .full: self = .noSpace(because: error.because)
        case .broken, .badMark: self = Problem(.internalServerError, says: failure, because: error.because)
        case .refused, .tooLarge, .timedOut, .crashed: self = Problem(.badRequest, says: error.says, because: error.because)
        }
    }

    private static let makeRoom = "Free space on the file system of the data folder (`imagebed gc --recycle-days 0` empties the recycle bin)"

    static func noSpace(because: String) -> Problem {
        Problem(.insufficientStorage, says: "Insufficient storage", because: because)
    }

    static func tryLater(because: String, seconds: Int = 5) -> Problem {
        Problem(.serviceUnavailable, says: "Server busy", because: because, headers: [("Retry-After", "\(seconds)")])
    }
}
