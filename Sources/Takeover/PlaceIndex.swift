// Places of log entries by the hash of their path: a sorted array, because a dictionary takes twice the memory and three times as much while
// it grows, and a site may have millions.

struct PlaceIndex {
    /// Sorted by `hash`, then `place`, once `sort()` was called. One that was taken has its place's complement.
    private var entries: [(hash: Int, place: Int)] = []
    /// How many were not taken yet.
    private(set) var count = 0

    /// Makes room, so that no growing array is ever copied. What stays empty takes no memory.
    init(upTo most: Int) { entries.reserveCapacity(most) }

    /// - Parameter place: not negative, and larger than any before: the last of a hash counts.
    mutating func append(_ hash: Int, _ place: Int) { entries.append((hash, place)) }

    /// Brings what was appended into order; `take` and `contains` need it.
    mutating func sort() {
        entries.sort { $0 < $1 }
        var kept = 0
        for index in entries.indices {
            let isLast = index + 1 == entries.count || entries[index + 1].hash != entries[index].hash
            if isLast { (entries[kept], kept) = (entries[index], kept + 1) }
        }
        entries.removeLast(entries.count - kept)
        count = kept
    }

    /// Returns the place, once.
    mutating func take(_ hash: Int) -> Int? {
        guard let index = find(hash) else { return nil }
        let place = entries[index].place
        (entries[index].place, count) = (~place, count - 1)
        return place
    }

    func contains(_ hash: Int) -> Bool { find(hash) != nil }

    private func find(_ hash: Int) -> Int? {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].hash < hash { low = middle + 1 } else { high = middle }
        }
        return low < entries.count && entries[low].hash == hash && entries[low].place >= 0 ? low : nil
    }
}
