// A recording whose header was written before its end was known, as browsers make them, states no duration: it is the time of the last block
// (RFC 9559, 10). The last cluster is searched for from the end, so that as few bytes are read of a long recording as of a short one.

import Media

/// The end of a Matroska segment.
struct MatroskaTail {
    private let reader: ByteReader
    private let segment: Range<Int>

    /// Browsers begin a cluster at least every 32 s.
    private static let mostBytes = 16 << 20
    private static let mostBlocks = 20_000
    /// Bytes that are searched at a time.
    private static let step = 2_048
    private static let clusterName: [UInt8] = [0x1F, 0x43, 0xB6, 0x75]

    private enum Name {
        static let timestamp = 0xE7, simpleBlock = 0xA3, group = 0xA0, block = 0xA1
    }

    init(_ reader: ByteReader, in segment: Range<Int>) { (self.reader, self.segment) = (reader, segment) }

    /// In units of the segment; nil if no cluster is near the end.
    func lastTime() throws -> Int? {
        var end = min(segment.upperBound, reader.size)
        let limit = max(segment.lowerBound, end - MatroskaTail.mostBytes)
        while end > limit {
            let start = max(limit, end - MatroskaTail.step)
            // A name that lies across the border is found in the next piece.
            let piece = Array(try reader.bytes(at: start, min(end + 3, reader.size) - start))
            for place in piece.indices.reversed() where piece[place...].starts(with: MatroskaTail.clusterName) {
                if let time = try time(ofClusterAt: start + place) { return time }
            }
            end = start
        }
        return nil
    }

    /// The last time in a cluster; nil if it is none, such as four bytes of a picture.
    private func time(ofClusterAt offset: Int) throws -> Int? {
        let file = EBMLFile(reader, items: MatroskaTail.mostBlocks)
        guard let cluster = try? file.element(at: offset, within: segment.upperBound, clips: true) else { return nil }
        var (time, last) = (nil as Int?, nil as Int?)
        var next = cluster.payload
        while let element = try? file.element(at: next, within: cluster.end, clips: true) {
            next = element.end
            switch element.identifier {
            case Name.timestamp where time == nil: time = try file.unsigned(element)
            case Name.simpleBlock: last = try max(last ?? 0, relativeTime(of: element))
            case Name.group:
                guard let block = try? file.element(at: element.payload, within: element.end), block.identifier == Name.block else { break }
                last = try max(last ?? 0, relativeTime(of: block))
            default: break
            }
            // The time is the first element of a cluster, but for a checksum.
            guard time != nil || next - cluster.payload < 64 else { return nil }
        }
        return time.flatMap { $0.addingReportingOverflow(last ?? 0).overflow ? nil : $0 + (last ?? 0) }
    }

    /// The two bytes behind the track's number (RFC 9559, 10.1); 0 if it lies before its cluster or is cut off.
    private func relativeTime(of block: EBMLElement) throws -> Int {
        let head = try reader.piece(at: block.payload, atLeast: min(10, block.range.count), atMost: 10)
        guard let first = head.first, first != 0, head.count >= first.leadingZeroBitCount + 3 else { return 0 }
        return max(0, Int(Int16(truncatingIfNeeded: head.big16(first.leadingZeroBitCount + 1))))
    }
}
