// The worker reports its result as an exit code and one line on standard output; the code is authoritative.

import Confinement

/// The result of one job, as the `picture` executable reports it.
public enum PictureAnswer: Hashable, Sendable {
    /// Size in pixels of the output, or of the inspected picture; nil if the content does not state it.
    case done(width: Int?, height: Int?)
    /// The self-test succeeded, with these layers active.
    case confined(ConfinementLayers)
    case refused(String)
    case tooLarge(String)
    /// The self-test or confinement failed; no picture was read.
    case broken(String)
    /// The command line is invalid.
    case unknownJob
    /// The mark cannot be applied; the picture is fine.
    case badMark(String)
    /// No space left for the output.
    case full(String)
    /// The machine was out of memory, although the worker's limits would have allowed the job.
    case noMemory(String)
    /// Reading the source or writing the target failed for another reason than a full disk.
    case diskFailed(String)

    /// Size in pixels, if the job succeeded.
    var size: (width: Int?, height: Int?) { if case .done(let width, let height) = self { (width, height) } else { (nil, nil) } }

    /// The exit code; none is near 1, which libraries use themselves, or 127, the dynamic loader's.
    public var code: Int32 {
        switch self {
        case .done, .confined: 0
        case .refused: 70
        case .tooLarge: 71
        case .broken: 72
        case .unknownJob: 73
        case .badMark: 74
        case .full: 75
        case .noMemory: 76
        case .diskFailed: 77
        }
    }

    /// The output line: width and height (0 for unknown), the layers, or the reason.
    public var line: String {
        switch self {
        case .done(let width, let height): "\(width ?? 0) \(height ?? 0)"
        case .confined(let layers): layers.words.joined(separator: " ")
        case .refused(let because), .tooLarge(let because), .broken(let because), .badMark(let because), .full(let because),
            .noMemory(let because), .diskFailed(let because):
            because
        case .unknownJob: "unknown job"
        }
    }

    /// nil if code and line do not match, as after a crash.
    public init?(code: Int32, line: String) {
        switch code {
        case 0 where line.hasPrefix("layers"):
            guard let layers = ConfinementLayers(words: line.split(separator: " ")) else { return nil }
            self = .confined(layers)
        case 0:
            let numbers = line.split(separator: " ").compactMap { PictureJob.number(String($0)) }
            guard numbers.count == 2 else { return nil }
            self = .done(width: numbers[0] == 0 ? nil : numbers[0], height: numbers[1] == 0 ? nil : numbers[1])
        case 70: self = .refused(line)
        case 71: self = .tooLarge(line)
        case 72: self = .broken(line)
        case 73: self = .unknownJob
        case 74: self = .badMark(line)
        case 75: self = .full(line)
        case 76: self = .noMemory(line)
        case 77: self = .diskFailed(line)
        default: return nil
        }
    }
}
