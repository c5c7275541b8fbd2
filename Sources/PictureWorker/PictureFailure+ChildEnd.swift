// Classifies the end of a worker process: the picture, the machine or the installation is the cause. External causes must not be
// attributed to the picture: a picture marked unreadable because memory ran out would stay so for a day.

import Disk
import Glibc

extension ChildEnd {
    /// Signals that a process causes itself, SIGSYS by a forbidden system call; all others are sent from outside.
    private static let ownSignals: Set<Int32> = [SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGSYS]

    /// The worker's answer.
    ///
    /// - Throws: `PictureFailure` for any other end.
    func answer(to job: PictureJob) throws -> PictureAnswer {
        let word = job.arguments[0]
        switch manner {
        case .outOfTime:
            throw PictureFailure.timedOut(because: "\(word): killed at its deadline")
        case .killed(SIGXCPU):
            throw PictureFailure.timedOut(because: "\(word): all its processor time used")
        case .killed(let signal):
            guard ChildEnd.ownSignals.contains(signal) else { throw PictureFailure(word, killedBy: signal) }
            throw PictureFailure.crashed(because: "\(word): signal \(signal) \(line)")
        // The exit code of the dynamic loader; its message ends with the text of strerror(3).
        case .exited(127) where line.hasSuffix("Cannot allocate memory"):
            throw PictureFailure(noMemory: "\(word) did not start: \(line)")
        case .exited(127):
            throw PictureFailure.broken(because: "\(word) did not start: \(line)")
        case .exited(let code):
            guard let answer = PictureAnswer(code: code, line: line) else {
                throw PictureFailure.crashed(because: "\(word): exit code \(code) \(line)")
            }
            if let failure = ChildEnd.failure(answer, word) { throw failure }
            return answer
        }
    }

    private static func failure(_ answer: PictureAnswer, _ word: String) -> PictureFailure? {
        switch answer {
        case .done, .confined: nil
        case .refused(let because): PictureFailure.refused(because: "\(word): \(because)")
        case .tooLarge(let because): PictureFailure.tooLarge(because: "\(word): \(because)")
        case .broken(let because): PictureFailure.broken(because: "\(word): \(because)")
        case .badMark(let because): PictureFailure.badMark(because: "\(word): \(because)")
        case .full(let because): PictureFailure(fullDisk: "\(word): \(because)")
        case .noMemory(let because): PictureFailure(noMemory: "\(word): \(because)")
        case .diskFailed(let because): PictureFailure.interrupted(because: "\(word): \(because). Look after the disk (journalctl -k)")
        case .unknownJob: PictureFailure.broken(because: "\(word): another version of \(word) is installed")
        }
    }

    /// The first line, only printable ASCII: it may quote the picture.
    private var line: String {
        String(decoding: output.prefix { $0 != 0x0A }.prefix(300).filter { (0x20..<0x7F).contains($0) }, as: UTF8.self)
    }
}

extension PictureFailure {
    init(_ word: String, killedBy signal: Int32) {
        guard signal == SIGKILL else {
            self = .busy(because: "\(word): the picture worker was ended by signal \(signal) from outside, as when the service stops; "
                + "nothing is wrong with the picture, and the next request tries it again")
            return
        }
        self.init(noMemory: "\(word): the picture worker was killed from outside (signal 9), as the kernel does when memory runs out "
            + "(journalctl -k tells)")
    }

    init(noMemory because: String) {
        self = .interrupted(because: "\(because). Give the machine or the service's cgroup more memory, or lower picture_memory or decode_max_pixels")
    }

    init(fullDisk because: String) {
        self = .full(because: "\(because). Free space on the file system of the data folder (`imagebed gc` removes old thumbnails)")
    }

    /// An error in the worker's own folders.
    init(_ error: DiskError) {
        switch error.kind {
        case .full: self.init(fullDisk: error.description)
        case .held: self = .busy(because: error.description)
        default: self = .broken(because: error.description)
        }
    }

    /// A child that could not be started, because of the machine or of the installation.
    init(_ error: SpawnError) {
        switch error.code {
        case ENOMEM: self = .busy(because: "\(error.because). Give the machine or the service's cgroup more memory")
        case EAGAIN, ENFILE:
            self = .busy(because: "\(error.because). The service or the machine has no process or no open file left: look at "
                + "what else runs, at TasksMax= of the unit and at fs.file-max")
        default: self = .broken(because: error.because)
        }
    }
}
