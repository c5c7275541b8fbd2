// AVI: a RIFF file whose first list, `hdrl`, contains the main header and one list per stream (Microsoft's AVI RIFF File
// Reference; OpenDML extensions of 1996 for files over a gigabyte). Nothing after `hdrl` is read.

import Media
import Text

/// Reads the header list of an AVI file.
struct AVI {
    private let reader: ByteReader
    private let budget = VideoBudget()
    private var microsecondsPerFrame = 0
    /// In the first RIFF chunk only.
    private var frames = 0
    /// In the whole file, from the OpenDML header if there is one.
    private var allFrames = 0
    private var main = VideoSize(width: 0, height: 0)
    private var streams: [Stream] = []

    /// A chunk, or a list with the list's name.
    private struct Chunk {
        let name: FourCC
        let range: Range<Int>
        /// Whether it extends beyond the end of its parent.
        let isCut: Bool
    }

    /// The contents of a stream list.
    private struct Stream {
        var kind: FourCC = "    "
        var length = 0
        var scale = 0
        var rate = 0
        var size = VideoSize(width: 0, height: 0)

        /// `iavs` is DV with interleaved sound.
        var isVideo: Bool { kind == "vids" || kind == "iavs" }
    }

    /// Width, height and duration of the first video stream.
    ///
    /// - Throws: `MediaRefusal` if there is no header list or no video stream, or if the file ends within the list.
    static func read(_ source: some ByteSource) throws -> MediaFacts {
        var avi = AVI(reader: ByteReader(source, capacity: 4_096))
        return try avi.facts()
    }

    private init(reader: ByteReader) {
        self.reader = reader
    }

    private mutating func facts() throws -> MediaFacts {
        guard reader.size >= 12, try reader.name(at: 0) == "RIFF", try reader.name(at: 8) == "AVI " else {
            throw ByteReader.damaged("no AVI file")
        }
        try readHeader(headerList())
        guard let video = streams.first(where: \.isVideo) else { throw ByteReader.damaged("no video stream") }
        return VideoClaims.facts(.avi, video.size.isStated ? video.size : main, duration: seconds(of: video))
    }

    /// Some OpenDML writers store only the frames of the first RIFF chunk in the stream header: the larger count is right.
    private func seconds(of video: Stream) -> Double? {
        let count = Double(max(video.length, allFrames))
        return VideoClaims.seconds(count * Double(video.scale), per: Double(video.rate))
            ?? VideoClaims.seconds(Double(max(frames, allFrames)) * Double(microsecondsPerFrame), per: 1e6)
    }
}

/// Chunks: a name, a little-endian size, the payload, and padding to an even size.
extension AVI {
    /// A chunk may be cut off by the end of its parent: skipping it is allowed, reading beyond the end is an error.
    private func forEach(in range: Range<Int>, _ body: (Chunk) throws -> Bool) throws {
        var offset = range.lowerBound
        while range.upperBound - offset >= 8 {
            try budget.take()
            let name = try reader.name(at: offset)
            let length = try reader.little32(at: offset + 4)
            let payload = offset + 8
            let end = min(payload + length, range.upperBound)
            let isList = name == "LIST" && end - payload >= 4
            let chunk = Chunk(
                name: isList ? try reader.name(at: payload) : name, range: (isList ? payload + 4 : payload)..<end,
                isCut: length > end - payload)
            guard try body(chunk) else { return }
            offset = payload + length + length % 2
        }
    }

    private func headerList() throws -> Range<Int> {
        var found: Chunk?
        try forEach(in: 12..<reader.size) { chunk in
            if chunk.name == "hdrl" { found = chunk }
            return found == nil
        }
        guard let found, !found.isCut else { throw ByteReader.damaged("no whole header list") }
        return found.range
    }

    /// A 32-bit number within a chunk.
    private func field(_ chunk: Chunk, at offset: Int) throws -> Int {
        guard chunk.range.count >= offset + 4 else { throw ByteReader.damaged("chunk \(chunk.name) ends early") }
        return try reader.little32(at: chunk.range.lowerBound + offset)
    }
}

/// The header list.
extension AVI {
    private mutating func readHeader(_ range: Range<Int>) throws {
        try forEach(in: range) { chunk in
            switch chunk.name {
            case "avih":
                microsecondsPerFrame = try field(chunk, at: 0)
                frames = try field(chunk, at: 16)
                main = VideoSize(width: try field(chunk, at: 32), height: try field(chunk, at: 36))
            case "strl": streams.append(try stream(chunk.range))
            case "odml": try readExtension(chunk.range)
            default: break
            }
            return true
        }
    }

    private mutating func readExtension(_ range: Range<Int>) throws {
        try forEach(in: range) { chunk in
            if chunk.name == "dmlh" { allFrames = try field(chunk, at: 0) }
            return true
        }
    }

    private func stream(_ range: Range<Int>) throws -> Stream {
        var stream = Stream()
        try forEach(in: range) { chunk in
            switch chunk.name {
            case "strh": try readStreamHeader(chunk, into: &stream)
            case "strf" where stream.kind == "vids": stream.size = try bitmapSize(chunk)
            default: break
            }
            return true
        }
        return stream
    }

    private func readStreamHeader(_ chunk: Chunk, into stream: inout Stream) throws {
        stream.kind = FourCC(Int(UInt32(truncatingIfNeeded: try field(chunk, at: 0)).byteSwapped))
        stream.scale = try field(chunk, at: 20)
        stream.rate = try field(chunk, at: 24)
        stream.length = try field(chunk, at: 32)
    }

    /// The size in a BITMAPINFOHEADER; a negative height means that rows are stored top to bottom.
    private func bitmapSize(_ chunk: Chunk) throws -> VideoSize {
        let height = Int32(truncatingIfNeeded: try field(chunk, at: 8))
        return VideoSize(width: try field(chunk, at: 4), height: Int(height.magnitude))
    }
}
