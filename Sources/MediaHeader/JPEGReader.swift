// JPEG: frame size, number of scans and EXIF orientation. Scans are counted because the decoder processes the whole picture for each:
// a file of 106 KB with 800 scans keeps it busy for 12 seconds.

import Media

struct JPEGReader {
    private let reader: ByteReader
    private let limits: MediaLimits
    private var size: (width: Int, height: Int)?
    private var orientation: Int?
    private var isRGB = true
    private var isProgressive = false
    private var coefficientBytes = 0
    private var scans = 0
    private var segments = 0

    init(_ reader: ByteReader, _ limits: MediaLimits) {
        self.reader = reader
        self.limits = limits
    }

    /// - Throws: `MediaRefusal`. A file without an end marker is accepted, as by every decoder, if a scan has begun.
    consuming func read() throws -> MediaFacts {
        var walk = JPEGSegments(reader)
        while let segment = try walk.next() {
            segments += 1
            try limits.check(segments, "jpegSegments", limits.jpegSegments)
            try look(at: segment)
        }
        return try facts()
    }

    /// The same, but reads only what precedes the first scan.
    consuming func glance() throws -> MediaFacts {
        var walk = JPEGSegments(reader)
        while scans == 0, let segment = try walk.next() {
            segments += 1
            try limits.check(segments, "jpegSegments", limits.jpegSegments)
            try look(at: segment)
        }
        return try facts()
    }

    private func facts() throws -> MediaFacts {
        guard let size, scans > 0 else { throw ByteReader.damaged("JPEG without a frame or without a scan") }
        var facts = MediaFacts(type: .jpeg, storedWidth: size.width, storedHeight: size.height, orientation: orientation ?? 1)
        (facts.isRGB, facts.isProgressive) = (isRGB, isProgressive)
        if isProgressive { facts.coefficientBytes = coefficientBytes }
        return facts
    }

    private mutating func look(at segment: JPEGSegment) throws {
        switch segment.code {
        case 0xC0, 0xC1, 0xC2:
            try readFrame(segment.payload)
            isProgressive = segment.code == 0xC2
        case 0xC3, 0xC5...0xC7, 0xC8, 0xC9...0xCB, 0xCD...0xCF:
            throw ByteReader.damaged("JPEG of unsupported process \(segment.code & 0x0F)")
        case JPEGSegments.startOfImage: throw ByteReader.damaged("JPEG that starts twice")
        case JPEGSegments.startOfScan:
            guard size != nil else { throw ByteReader.damaged("JPEG scan before its frame") }
            scans += 1
            try limits.check(scans, "jpegScans", limits.jpegScans)
        case 0xE1 where orientation == nil: orientation = try JPEGReader.orientation(reader, segment)
        default: break
        }
    }

    /// Frame header (T.81, B.2.2): precision, lines, samples per line, components.
    private mutating func readFrame(_ payload: Range<Int>) throws {
        guard size == nil else { throw ByteReader.damaged("JPEG with a second frame") }
        guard payload.count >= 9 else { throw ByteReader.damaged("JPEG frame header of \(payload.count) bytes") }
        let header = try reader.bytes(at: payload.lowerBound, 6)
        let (precision, height, width, components) = (header[0], header.big16(1), header.big16(3), Int(header[5]))
        guard precision == 8, [1, 3, 4].contains(components), payload.count == 6 + 3 * components else {
            throw ByteReader.damaged("JPEG of \(precision) bits, \(components) components")
        }
        try limits.check(width: width, height: height, of: "JPEG")
        size = (width, height)
        isRGB = components == 3
        coefficientBytes = try coefficientBytes(width, height, reader.bytes(at: payload.lowerBound + 6, 3 * components))
    }

    /// Two bytes for each coefficient, in whole units of all components (T.81, A.2): what libjpeg keeps of a progressive picture.
    private func coefficientBytes(_ width: Int, _ height: Int, _ components: UnsafeRawBufferPointer) -> Int {
        let factors = stride(from: 1, to: components.count, by: 3).map { (Int(components[$0] >> 4), Int(components[$0] & 15)) }
        let (across, down) = (max(1, factors.map(\.0).max() ?? 1), max(1, factors.map(\.1).max() ?? 1))
        let units = ((width + 8 * across - 1) / (8 * across)) * ((height + 8 * down - 1) / (8 * down))
        return units * factors.reduce(0) { $0 + $1.0 * $1.1 } * 64 * 2
    }

    /// The orientation in an APP1 segment; nil if the segment is not EXIF.
    static func orientation(_ reader: ByteReader, _ segment: JPEGSegment) throws -> Int? {
        guard segment.payload.count >= 6,
            try reader.bytes(at: segment.payload.lowerBound, 6).elementsEqual("Exif\0\0".utf8)
        else { return nil }
        return try EXIF.orientation(reader, in: segment.payload.lowerBound + 6..<segment.payload.upperBound)
    }
}
