// What becomes of jobs, in a few words that can be counted.

import Disk

/// How a job for the picture worker ended.
public enum PictureOutcome: String, CaseIterable, Sendable {
    case done, refused
    case tooLarge = "too_large"
    case timedOut = "timed_out"
    case crashed, busy, interrupted, full, broken
    case badMark = "bad_mark"

    init(_ failure: PictureFailure) {
        self = switch failure {
        case .refused: .refused
        case .tooLarge: .tooLarge
        case .timedOut: .timedOut
        case .crashed: .crashed
        case .busy, .resting: .busy
        case .interrupted: .interrupted
        case .full: .full
        case .broken: .broken
        case .badMark: .badMark
        }
    }
}

/// What those who count jobs are told.
public enum PictureEvent: Sendable {
    case ended(PictureOutcome)
    /// A job waited so long for its slot, which it may have got.
    case waited(microseconds: Int)
}

/// Who has or wants a slot at the moment.
public struct PictureQueue: Sendable {
    public let slots: Int
    public let busy: Int
    /// The purposes for which at least one job waits.
    public let waiting: Set<PictureDemand>
}

extension PictureWorker {
    /// - Throws: `DiskError`.
    public func queue() throws -> PictureQueue { try openEnvironment().slots.queue }
}

extension Slots {
    fileprivate var queue: PictureQueue {
        PictureQueue(slots: count, busy: (0..<count).filter { isHeld("\($0)") }.count,
                     waiting: Set(PictureDemand.allCases.filter { isHeld("front-\($0)") }))
    }

    private func isHeld(_ name: String) -> Bool { Lock.isHeld("\(folder.path)/\(name)") }
}
