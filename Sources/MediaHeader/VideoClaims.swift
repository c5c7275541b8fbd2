// Videos are stored as they are and never decoded, so a header's strange claim harms nobody; but it must not cost time
// here, and nonsense must not reach a page. Both bounds stand in this file and hold for every container.

import Media

/// How many boxes, elements, chunks or objects of one video are looked at, however they nest.
///
/// Each costs reads of 512 bytes, two as a rule, so that this bounds reads and bytes too. A real movie has under 200 before
/// its last track, and a fragmented one two for each fragment.
final class VideoBudget {
    static let items = 4_096

    /// How many samples of movie fragments have their duration added up; ten minutes have fewer.
    static let samples = 65_536

    private(set) var left = VideoBudget.items
    private var samplesLeft = VideoBudget.samples

    /// Counts one item.
    func take() throws {
        guard left > 0 else {
            throw MediaRefusal(.tooLarge("containerItems"), because: "more than \(VideoBudget.items) items in the headers")
        }
        left -= 1
    }

    /// Counts samples of a fragment.
    func take(samples: Int) throws {
        guard samples <= samplesLeft else { throw ByteReader.damaged("over \(VideoBudget.samples) samples to add up") }
        samplesLeft -= samples
    }
}

/// Numbers of a header, believed where they make sense; the others count as not stated.
enum VideoClaims {
    /// Ten years: what exceeds it is damage, or a number that stands for none.
    private static let longest = 10.0 * 366 * 86_400
    /// The widest field of any container for pixels is 16 bits, or is not filled beyond that.
    private static let widest = 65_535

    /// Seconds out of units and units per second; nil for nothing, nonsense and infinity.
    static func seconds(_ units: Double, per second: Double) -> Double? {
        let seconds = units / second
        return seconds > 0 && seconds <= longest ? seconds : nil
    }

    /// Facts of a video that shows `size` after a turn by a quarter if `isTurned`.
    static func facts(_ type: MediaType, _ size: VideoSize?, isTurned: Bool = false, duration: Double?) -> MediaFacts {
        guard let size, (1...widest).contains(size.width), (1...widest).contains(size.height) else {
            return MediaFacts(type: type, duration: duration)
        }
        let shown = isTurned ? VideoSize(width: size.height, height: size.width) : size
        return MediaFacts(type: type, width: shown.width, height: shown.height, duration: duration)
    }
}

/// Pixels of a video's frames as they are stored.
struct VideoSize: Hashable {
    var width: Int
    var height: Int

    var isStated: Bool { width > 0 && height > 0 }
}
