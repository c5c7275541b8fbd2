// The buckets of all addresses, keys and accounts, in a file of a fixed size that all processes map: counting is a comparison and an exchange
// of one word, without a lock, a system call or a row, and so without a sync more for an upload. Nothing here has to survive a power failure:
// who gains from a lost number has gained an hour's worth at most.
//
// The table is a set-associative one. A subject has eight places; where all are others', it takes that of the bucket that will be full first,
// so that floods of new addresses drive out those who took least, and never who has reached a limit.

import Disk

/// Buckets by the hash of their subject.
final class RateTable {
    private let words: SharedNumbers

    /// Another layout needs another name.
    static let fileName = "limits-1"
    private static let ways = 8
    private static let sets = 1 << 16
    /// A word is the rest of the hash, and when the bucket is full: 34 years in milliseconds.
    private static let timeBits: UInt64 = 40
    /// No bucket takes longer to be full, in milliseconds.
    static let longestWindow = 3_600_000
    /// Other processes may write between reading and writing; after so many times in a row one is let through.
    private static let tries = 100

    /// - Throws: `DiskError`.
    init(in folder: Folder) throws {
        words = try SharedNumbers(RateTable.fileName, count: RateTable.sets * RateTable.ways, in: folder)
    }

    /// Takes one from a bucket.
    ///
    /// - Parameters:
    ///   - subject: a hash that nobody outside can compute, so that nobody can choose whose places to share.
    ///   - now: milliseconds, not negative, of a clock that all processes share.
    ///   - isTrial: whether nothing is taken.
    /// - Returns: milliseconds to wait; 0 if there was one.
    func take(_ subject: UInt64, _ limit: RateLimit, at now: Int, isTrial: Bool = false) -> Int {
        for _ in 0..<RateTable.tries {
            let (place, seen) = place(of: subject, at: now)
            switch limit.decide(RateTable.tag(of: seen) == RateTable.tag(for: subject) ? RateTable.time(of: seen) : 0, at: now) {
            case .refused(let wait): return wait
            case .taken(let fullAt):
                if isTrial || words.replace(seen, with: RateTable.word(subject, fullAt), at: place) { return 0 }
            }
        }
        return 0
    }

    /// The subject's place, or the one that it may take, and what is there.
    private func place(of subject: UInt64, at now: Int) -> (place: Int, word: UInt64) {
        let first = Int(subject >> (64 - 16)) * RateTable.ways
        let found = (first..<first + RateTable.ways).map { (place: $0, word: words[$0]) }
        if let own = found.first(where: { RateTable.tag(of: $0.word) == RateTable.tag(for: subject) }) { return own }
        return found.min { RateTable.rank($0.word, at: now) < RateTable.rank($1.word, at: now) } ?? found[0]
    }

    /// How far a bucket is from being full; one that is full, or of a clock before the machine was started anew, is nobody's.
    private static func rank(_ word: UInt64, at now: Int) -> Int {
        let missing = time(of: word) - now
        return missing > longestWindow ? 0 : max(0, missing)
    }

    private static func time(of word: UInt64) -> Int { Int(word & (1 << timeBits - 1)) }
    private static func tag(of word: UInt64) -> UInt64 { word >> timeBits }
    /// Never 0, which an empty place has.
    private static func tag(for subject: UInt64) -> UInt64 { max(1, subject & (1 << (64 - timeBits) - 1)) }
    private static func word(_ subject: UInt64, _ fullAt: Int) -> UInt64 {
        tag(for: subject) << timeBits | UInt64(max(0, fullAt)) & (1 << timeBits - 1)
    }
}
