// Matches equal elements of two arrays in order: common ends, then elements that occur once on each side (patience
// diff), then a small table of the longest common subsequence. No input takes quadratic time: beyond the limits
// elements count as changed, which a merge reports.

enum SequenceMatch {
    /// Cells of one table, and of all tables of one comparison.
    private static let tableLimit = 1 << 18
    private static let allTablesLimit = 1 << 21
    /// Maximum recursion into the gaps between anchors.
    private static let levelLimit = 12

    struct Pair: Equatable {
        let one: Int
        let other: Int
    }

    private struct Gap {
        var one: Range<Int>
        var other: Range<Int>
        let level: Int
    }

    /// Pairs of equal elements, ascending on both sides.
    static func pairs(_ one: [UInt64], _ other: [UInt64]) -> [Pair] {
        var pairs: [Pair] = []
        var cells = allTablesLimit
        var gaps = [Gap(one: 0..<one.count, other: 0..<other.count, level: 0)]
        while var gap = gaps.popLast() {
            trim(&gap, one, other, &pairs)
            if gap.one.isEmpty || gap.other.isEmpty { continue }
            let anchors = gap.level < levelLimit ? anchors(gap, one, other) : []
            if anchors.isEmpty {
                let (size, overflow) = gap.one.count.multipliedReportingOverflow(by: gap.other.count)
                guard !overflow, size <= min(tableLimit, cells) else { continue }
                cells -= size
                longest(gap, one, other, &pairs)
            } else {
                pairs += anchors
                gaps += between(anchors, gap)
            }
        }
        return pairs.sorted { $0.one < $1.one }
    }

    private static func trim(_ gap: inout Gap, _ one: [UInt64], _ other: [UInt64], _ pairs: inout [Pair]) {
        var (from, otherFrom, to, otherTo) = (gap.one.lowerBound, gap.other.lowerBound, gap.one.upperBound, gap.other.upperBound)
        while from < to, otherFrom < otherTo, one[from] == other[otherFrom] {
            pairs.append(Pair(one: from, other: otherFrom))
            from += 1
            otherFrom += 1
        }
        while from < to, otherFrom < otherTo, one[to - 1] == other[otherTo - 1] {
            to -= 1
            otherTo -= 1
            pairs.append(Pair(one: to, other: otherTo))
        }
        gap.one = from..<to
        gap.other = otherFrom..<otherTo
    }

    private static func between(_ anchors: [Pair], _ gap: Gap) -> [Gap] {
        var (from, otherFrom) = (gap.one.lowerBound, gap.other.lowerBound)
        var gaps: [Gap] = []
        for anchor in anchors + [Pair(one: gap.one.upperBound, other: gap.other.upperBound)] {
            if from < anchor.one, otherFrom < anchor.other {
                gaps.append(Gap(one: from..<anchor.one, other: otherFrom..<anchor.other, level: gap.level + 1))
            }
            (from, otherFrom) = (anchor.one + 1, anchor.other + 1)
        }
        return gaps
    }

    /// The longest ascending sequence of elements that occur once on each side.
    private static func anchors(_ gap: Gap, _ one: [UInt64], _ other: [UInt64]) -> [Pair] {
        let there = unique(other, gap.other)
        let here = unique(one, gap.one)
        let candidates = gap.one.compactMap { position -> Pair? in
            guard here[one[position]] == position, let match = there[one[position]], match >= 0 else { return nil }
            return Pair(one: position, other: match)
        }
        return ascending(candidates)
    }

    /// The index of each element; -1 for those that occur more than once.
    private static func unique(_ elements: [UInt64], _ range: Range<Int>) -> [UInt64: Int] {
        var positions: [UInt64: Int] = [:]
        positions.reserveCapacity(range.count)
        for position in range where positions.updateValue(position, forKey: elements[position]) != nil {
            positions[elements[position]] = -1
        }
        return positions
    }

    /// The longest subsequence that is also ascending on the other side (patience sorting).
    private static func ascending(_ candidates: [Pair]) -> [Pair] {
        var tops: [Int] = []
        var before = [Int](repeating: -1, count: candidates.count)
        for (index, candidate) in candidates.enumerated() {
            var (low, high) = (0, tops.count)
            while low < high {
                let middle = (low + high) / 2
                if candidates[tops[middle]].other < candidate.other { low = middle + 1 } else { high = middle }
            }
            if low > 0 { before[index] = tops[low - 1] }
            if low == tops.count { tops.append(index) } else { tops[low] = index }
        }
        var result: [Pair] = []
        var index = tops.last ?? -1
        while index >= 0 {
            result.append(candidates[index])
            index = before[index]
        }
        return result.reversed()
    }

    private static func longest(_ gap: Gap, _ one: [UInt64], _ other: [UInt64], _ pairs: inout [Pair]) {
        let (rows, columns) = (gap.one.count, gap.other.count)
        var table = [UInt32](repeating: 0, count: (rows + 1) * (columns + 1))
        for row in stride(from: rows - 1, through: 0, by: -1) {
            for column in stride(from: columns - 1, through: 0, by: -1) {
                let at = row * (columns + 1) + column
                table[at] = one[gap.one.lowerBound + row] == other[gap.other.lowerBound + column]
                    ? table[at + columns + 2] + 1 : max(table[at + columns + 1], table[at + 1])
            }
        }
        var (row, column) = (0, 0)
        while row < rows, column < columns {
            let at = row * (columns + 1) + column
            if one[gap.one.lowerBound + row] == other[gap.other.lowerBound + column] {
                pairs.append(Pair(one: gap.one.lowerBound + row, other: gap.other.lowerBound + column))
                row += 1
                column += 1
            } else if table[at + columns + 1] >= table[at + 1] {
                row += 1
            } else {
                column += 1
            }
        }
    }
}
