// Recorders in browsers and phones write fragmented movies. Their movie header was written before the first frame and states no
// duration, so the duration is read from the last fragments.

/// The `moof` boxes after a movie header (ISO/IEC 14496-12, 8.8).
struct ISOFragments {
    let file: ISOMovieFile
    /// Ticks per second, by track.
    let timescales: [Int: Int]
    /// Default sample duration in ticks for fragments that state none, by track.
    let defaults: [Int: Int]

    /// Fragments of different tracks may alternate, so the last few are read.
    private static let lastOnes = 8

    /// Seconds to the end of the last fragment; nil if fragments do not state it, are damaged or too many.
    ///
    /// - Parameter isWhole: whether playback starts at time 0; otherwise it starts with the first fragment.
    func seconds(from offset: Int, isWhole: Bool) -> Double? {
        guard let fragments = try? boxes(from: offset), let first = fragments.first else { return nil }
        guard let begin = try? times(of: first).map(\.lowerBound).min() else { return nil }
        let start = isWhole ? 0 : begin
        let ends = fragments.suffix(ISOFragments.lastOnes).compactMap { try? times(of: $0).map(\.upperBound).max() }
        return ends.max().flatMap { VideoClaims.seconds($0 - start, per: 1) }
    }

    /// Stops at the first bytes that are not a box.
    private func boxes(from offset: Int) throws -> [ISOBox] {
        var found: [ISOBox] = []
        var boxes = ISOBoxes(file.reader, in: offset..<file.reader.size, limit: VideoBudget.items)
        while let box = try? boxes.next(clips: true) {
            try file.budget.take()
            if box.type == "moof" { found.append(box) }
        }
        return found
    }

    /// The time range in seconds of each track of a fragment; tracks without a start time are left out.
    private func times(of moof: ISOBox) throws -> [ClosedRange<Double>] {
        var spans: [ClosedRange<Double>] = []
        try file.forEach(in: moof.range) { box in
            if box.type == "traf", let span = try span(of: box) { spans.append(span) }
        }
        return spans
    }

    private func span(of traf: ISOBox) throws -> ClosedRange<Double>? {
        var track = 0
        var perSample = 0
        var start: Double?
        var ticks = 0.0
        try file.forEach(in: traf.range) { box in
            switch box.type {
            case "tfhd":
                track = try file.number32(box, at: 4)
                perSample = try defaultDuration(box) ?? defaults[track] ?? 0
            case "tfdt": start = try file.time(box, at: 4, isLong: file.version(box) == 1)
            case "trun": ticks += try length(of: box, perSample: perSample)
            default: break
            }
        }
        guard let start, let timescale = timescales[track], timescale > 0 else { return nil }
        return start / Double(timescale)...(start + ticks) / Double(timescale)
    }

    /// From a `tfhd`; flags 1 and 2 mean that a 64-bit and a 32-bit field precede it.
    private func defaultDuration(_ tfhd: ISOBox) throws -> Int? {
        let flags = try file.flags(tfhd)
        guard flags & 0x8 != 0 else { return nil }
        return try file.number32(tfhd, at: 8 + (flags & 0x1 != 0 ? 8 : 0) + (flags & 0x2 != 0 ? 4 : 0))
    }

    /// Total ticks of all samples of a run.
    private func length(of trun: ISOBox, perSample: Int) throws -> Double {
        let flags = try file.flags(trun)
        let count = try file.number32(trun, at: 4)
        guard flags & 0x100 != 0 else { return Double(count) * Double(perSample) }
        try file.budget.take(samples: count)
        let fields = [0x100, 0x200, 0x400, 0x800].count { flags & $0 != 0 }
        let first = 8 + (flags & 0x1 != 0 ? 4 : 0) + (flags & 0x4 != 0 ? 4 : 0)
        return try (0..<count).reduce(0) { try $0 + Double(file.number32(trun, at: first + $1 * fields * 4)) }
    }
}
