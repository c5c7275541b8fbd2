// WebP: canvas, frames and the size claimed by each picture chunk. The decoder allocates by the picture chunk, not
// by the canvas, so both are checked: 34 bytes of VP8L claiming 16383 x 16383 cost it 1.2 GB before it checks any limit.

import Media

/// The contents of the VP8X chunk (WebP container specification, "Extended File Format").
struct WebPCanvas {
    static let hasExif = 0x08, hasXMP = 0x04, hasAnimation = 0x02
    let flags: Int
    let width: Int
    let height: Int

    init(_ reader: ByteReader, _ payload: Range<Int>) throws {
        guard payload.count >= 10 else { throw ByteReader.damaged("WebP canvas of \(payload.count) bytes") }
        let fields = try reader.bytes(at: payload.lowerBound, 10)
        flags = Int(fields[0])
        width = fields.little24(4) + 1
        height = fields.little24(7) + 1
    }
}

struct WebPReader {
    private let reader: ByteReader
    private let limits: MediaLimits
    private var canvas: WebPCanvas?
    private var still: (width: Int, height: Int)?
    private var frames = 0
    private var orientation: Int?

    init(_ reader: ByteReader, _ limits: MediaLimits) {
        self.reader = reader
        self.limits = limits
    }

    /// The range of the chunks: after "WEBP", up to the end that the RIFF header announces.
    ///
    /// - Throws: `MediaRefusal` if the file is shorter than announced; bytes after the announced end are ignored.
    static func body(_ reader: ByteReader) throws -> Range<Int> {
        let announced = try reader.little32(at: 4)
        guard announced >= 12, announced + 8 <= reader.size + 1 else {
            throw ByteReader.damaged("WebP of \(announced) announced bytes in a file of \(reader.size)")
        }
        return 12..<min(announced + 8, reader.size)
    }

    /// - Throws: `MediaRefusal`.
    consuming func read() throws -> MediaFacts {
        var walk = RIFFChunks(reader, in: try WebPReader.body(reader), limit: limits.containerItems)
        var isFirst = true
        while let chunk = try walk.next() {
            try look(at: chunk, isFirst: isFirst)
            isFirst = false
        }
        if let canvas, canvas.flags & WebPCanvas.hasAnimation != 0 {
            guard frames > 0 else { throw ByteReader.damaged("animated WebP without a frame") }
            return facts(canvas.width, canvas.height)
        }
        guard let still else { throw ByteReader.damaged("WebP without a picture") }
        if let canvas, canvas.width != still.width || canvas.height != still.height {
            throw ByteReader.damaged("WebP whose picture does not fill its canvas")
        }
        return facts(still.width, still.height)
    }

    private func facts(_ width: Int, _ height: Int) -> MediaFacts {
        MediaFacts(
            type: .webp, storedWidth: width, storedHeight: height, orientation: orientation ?? 1, frames: max(frames, 1))
    }

    private mutating func look(at chunk: RIFFChunk, isFirst: Bool) throws {
        switch chunk.type {
        case "VP8X" where isFirst:
            let found = try WebPCanvas(reader, chunk.payload)
            try limits.check(width: found.width, height: found.height, of: "WebP canvas")
            canvas = found
        case "VP8 ", "VP8L":
            guard still == nil else { break }
            still = try pictureSize(chunk)
        case "ANMF": try readFrame(chunk.payload)
        case "EXIF" where orientation == nil: orientation = try WebPReader.orientation(reader, chunk)
        default: break
        }
    }

    /// A frame: its offset in the canvas in units of two pixels, its size, then chunks as in a still picture.
    private mutating func readFrame(_ payload: Range<Int>) throws {
        frames += 1
        try limits.check(frames, "webpFrames", limits.webpFrames)
        guard let canvas, payload.count >= 16 else { throw ByteReader.damaged("WebP frame without a canvas or header") }
        let fields = try reader.bytes(at: payload.lowerBound, 16)
        let (width, height) = (fields.little24(6) + 1, fields.little24(9) + 1)
        guard fields.little24(0) * 2 + width <= canvas.width, fields.little24(3) * 2 + height <= canvas.height else {
            throw ByteReader.damaged("WebP frame outside its canvas")
        }
        var walk = RIFFChunks(reader, in: payload.lowerBound + 16..<payload.upperBound, limit: 64)
        while let chunk = try walk.next() {
            guard chunk.type == "VP8 " || chunk.type == "VP8L" else { continue }
            guard try pictureSize(chunk) == (width, height) else { throw ByteReader.damaged("WebP frame of two sizes") }
        }
    }

    /// The size from the first bytes of the picture data: RFC 6386, 9.1 (VP8), and RFC 9649, 3.4 (VP8L).
    private func pictureSize(_ chunk: RIFFChunk) throws -> (width: Int, height: Int) {
        let size: (width: Int, height: Int)
        if chunk.type == "VP8 " {
            guard chunk.payload.count >= 10 else { throw ByteReader.damaged("VP8 data of \(chunk.payload.count) bytes") }
            let data = try reader.bytes(at: chunk.payload.lowerBound, 10)
            guard data[0] & 1 == 0, data[3] == 0x9D, data[4] == 0x01, data[5] == 0x2A else {
                throw ByteReader.damaged("VP8 data that is no key frame")
            }
            size = (data.little16(6) & 0x3FFF, data.little16(8) & 0x3FFF)
        } else {
            guard chunk.payload.count >= 5 else { throw ByteReader.damaged("VP8L data of \(chunk.payload.count) bytes") }
            let data = try reader.bytes(at: chunk.payload.lowerBound, 5)
            let bits = data.little32(1)
            guard data[0] == 0x2F, bits >> 29 == 0 else { throw ByteReader.damaged("VP8L data of an unknown version") }
            size = (bits & 0x3FFF + 1, bits >> 14 & 0x3FFF + 1)
        }
        try limits.check(width: size.width, height: size.height, of: "WebP picture")
        return size
    }

    /// EXIF orientation of an EXIF chunk; some writers put JPEG's "Exif" prefix before the structure.
    static func orientation(_ reader: ByteReader, _ chunk: RIFFChunk) throws -> Int {
        var begin = chunk.payload.lowerBound
        if chunk.payload.count >= 6, try reader.bytes(at: begin, 6).elementsEqual("Exif\0\0".utf8) { begin += 6 }
        return try EXIF.orientation(reader, in: begin..<chunk.payload.upperBound)
    }
}
