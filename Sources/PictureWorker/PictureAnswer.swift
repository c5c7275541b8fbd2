// The worker says how it went in one line on its standard output and, for what may not be faked by a line, in its exit code.

import Confinement

/// The end of one job, as the `picture` executable reports it.
public enum PictureAnswer: Hashable, Sendable {
    /// Pixels of what was made or looked at; nil where the content does not say.
    case done(width: Int?, height: Int?)
    /// The self-test went well, within these layers.
    case confined(ConfinementLayers)
    case refused(String)
    case tooLarge(String)
    /// The worker does not trust its own set-up, and touched no picture.
    case broken(String)
    /// The command line is none of ours.
    case unknownJob
    /// The picture is good; what was to be put upon it is not.
    case badMark(String)
    /// No space for what was made.
    case full(String)
    /// The machine had no memory, though the worker's limits would have allowed it.
    case noMemory(String)
    /// The source could not be read or the target not be written, for want of anything but space.
    case diskFailed(String)

    /// Pixels of what was made or looked at.
    var size: (width: Int?, height: Int?) { if case .done(let width, let height) = self { (width, height) } else { (nil, nil) } }

    /// The exit code; far from 1, which libraries exit with by themselves, and from 127, the loader's.
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

    /// What stands on the line: two numbers, 0 for unknown, or layers, or a reason.
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

    /// nil when code and line do not belong together, as after a crash.
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
