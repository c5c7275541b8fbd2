// Videos are stored unchanged and never decoded, so a wrong claim in a header cannot harm a decoder; but parsing must take bounded time,
// and implausible values must not be displayed. Both limits apply to every container format.

import Media

/// Limits how many boxes, elements, chunks or objects of one video are read, at any nesting level.
///
/// Each costs about two reads of 512 bytes, so this limits reads and bytes too. A real movie has under 200 before
/// its last track, and a fragmented one two per fragment.
final class VideoBudget {
    static let items = 4_096

    /// Maximum samples of movie fragments whose durations are summed; ten minutes have fewer.
    static let samples = 65_536

    private let limit: Int
    private(set) var left: Int
    private var samplesLeft = VideoBudget.samples

    init(items: Int = VideoBudget.items) { (limit, left) = (items, items) }

    /// Counts one item; throws when the budget is used up.
    func take() throws {
        guard left > 0 else {
            throw MediaRefusal(.tooLarge("containerItems"), because: "more than \(limit) items in the headers")
        }
        left -= 1
    }

    /// Counts samples of a fragment; throws when the budget is used up.
    func take(samples: Int) throws {
        guard samples <= samplesLeft else { throw ByteReader.damaged("over \(VideoBudget.samples) samples to add up") }
        samplesLeft -= samples
    }
}

/// Converts header values to facts; implausible values count as not stated.
enum VideoClaims {
    /// Ten years: a longer duration is damage, or a placeholder for "unknown".
    private static let longest = 10.0 * 366 * 86_400
    /// The largest pixel dimension that containers store (16 bits), or use in practice.
    private static let widest = 65_535

    /// Seconds from units and units per second; nil for zero, implausible and infinite values.
    static func seconds(_ units: Double, per second: Double) -> Double? {
        let seconds = units / second
        return seconds > 0 && seconds <= longest ? seconds : nil
    }

    /// Facts of a video; `isTurned` swaps width and height.
    static func facts(_ type: MediaType, _ size: VideoSize?, isTurned: Bool = false, duration: Double?) -> MediaFacts {
        guard let size, (1...widest).contains(size.width), (1...widest).contains(size.height) else {
            return MediaFacts(type: type, duration: duration)
        }
        let shown = isTurned ? VideoSize(width: size.height, height: size.width) : size
        return MediaFacts(type: type, width: shown.width, height: shown.height, duration: duration)
    }
}

/// Size of a video's frames in pixels, as stored.
struct VideoSize: Hashable {
    var width: Int
    var height: Int

    var isStated: Bool { width > 0 && height > 0 }
}
