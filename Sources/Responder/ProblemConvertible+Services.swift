// HTTP responses for errors of modules that do not depend on HTTP. Clients get a documented message; details are only logged.

import Database
import Disk
import HTTP
import Media
import PictureWorker
import Site

extension MediaRefusal: ProblemConvertible {
    public func problem(failure: String) -> Problem { Problem(.badRequest, says: says, detail: detail, because: because) }
}

extension PictureFailure: ProblemConvertible {
    public func problem(failure: String) -> Problem {
        switch self {
        case .busy, .interrupted, .resting: .tryLater(because: because, seconds: retryAfter ?? 5)
        case .full: .noSpace(because: because)
        case .broken, .badMark: Problem(.internalServerError, says: failure, because: because)
        case .refused, .tooLarge, .timedOut, .crashed: Problem(.badRequest, says: says, detail: detail, because: because)
        }
    }
}

extension DiskError: ProblemConvertible {
    public func problem(failure: String) -> Problem {
        switch kind {
        case .full: .noSpace(because: "\(self). \(Problem.makeRoom)")
        case .held: .tryLater(because: "\(self)")
        case .exists, .missing, .other: Problem(.internalServerError, says: failure, because: "\(self)")
        }
    }
}

extension DatabaseError: ProblemConvertible {
    public func problem(failure: String) -> Problem {
        switch kind {
        case .full: .noSpace(because: "\(self). \(Problem.makeRoom)")
        // (What became of an unknown outcome is found out by asking again.)
        case .busy, .unavailable, .unknownOutcome: .tryLater(because: "\(self)")
        case .moving: .moving
        case .constraint, .readOnly, .corrupt, .other: Problem(.internalServerError, says: failure, because: "\(self)")
        }
    }
}

extension OtherSchema: ProblemConvertible {
    public func problem(failure: String) -> Problem { .tryLater(because: isNewer ? "\(self)" : "\(self): migrate it with 'sudo imagebed setup'") }
}

extension IncompleteDatabase: ProblemConvertible {
    public func problem(failure: String) -> Problem { .tryLater(because: "\(self)") }
}

extension Problem {
    fileprivate static let makeRoom = "Free space on the file system of the data folder (`imagebed gc --recycle-days 0` empties the recycle bin)"
}
