// MP4, M4V and QuickTime: a tree of boxes; `moov` describes the movie (ISO/IEC 14496-12). It may follow many gigabytes
// of `mdat`, which are skipped by their size and never read.

import Media
import Text

/// Reads the movie box of an ISO base media file.
enum ISOBaseMedia {
    /// Size after rotation, and duration of the movie; the caller has detected the type from the brands.
    ///
    /// - Parameter requiresWhole: rejects a file that ends within a box.
    /// - Throws: `MediaRefusal` if there is no movie box or no video track, or if boxes are inconsistent.
    static func read(_ source: some ByteSource, type: MediaType, requiresWhole: Bool) throws -> MediaFacts {
        let file = ISOMovieFile(source)
        if requiresWhole { try file.checkEnd() }
        guard let moov = try file.movieBox() else { throw ByteReader.damaged("no movie box") }
        var movie = ISOMovie()
        try movie.read(moov, of: file)
        if movie.isCompressed { return MediaFacts(type: type) }
        guard let track = movie.videoTrack else { throw ByteReader.damaged("no video track") }
        let duration = try movie.duration(in: file, from: moov.end)
        return VideoClaims.facts(type, track.size, isTurned: track.isTurned != movie.isTurned, duration: duration)
    }
}

/// The file as a sequence of boxes, each of which counts against the budget.
struct ISOMovieFile {
    let reader: ByteReader
    let budget = VideoBudget()

    init(_ source: some ByteSource) {
        reader = ByteReader(source, capacity: 4_096)
    }

    /// The first `moov` at the top level; nil if there is none.
    func movieBox() throws -> ISOBox? {
        var boxes = ISOBoxes(reader, in: 0..<reader.size, limit: VideoBudget.items)
        while let box = try boxes.next(clips: true) {
            try budget.take()
            if box.type == "moov" { return box }
        }
        return nil
    }

    /// Boxes whose end is checked; a day of fragments has fewer.
    private static let mostChecked = 200_000

    /// Boxes at the top level; anything else there follows the last box of the file, and is no part of it.
    private static let topLevel: Set<FourCC> = [
        "ftyp", "styp", "moov", "moof", "mdat", "meta", "free", "skip", "wide", "udta", "uuid", "sidx", "mfra", "pnot", "emsg", "prft",
    ]

    /// - Throws: `MediaRefusal` if a box at the top level runs past the end of the file: its end was not sent.
    func checkEnd() throws {
        var boxes = ISOBoxes(reader, in: 0..<reader.size, limit: ISOMovieFile.mostChecked + 1)
        for _ in 0..<ISOMovieFile.mostChecked {
            guard let box = try boxes.next(clips: true), ISOMovieFile.topLevel.contains(box.type) else { return }
            guard try box.end < reader.size || !isCut(box) else { throw ByteReader.damaged("the file ends within its box \(box.type)") }
        }
    }

    /// Whether the last box states more bytes than there are; a size of 0 means all of them (4.2).
    private func isCut(_ box: ISOBox) throws -> Bool {
        let length = try reader.big32(at: box.start)
        guard length == 1 else { return length > reader.size - box.start }
        return try reader.big64(at: box.start + 8) > UInt64(reader.size - box.start)
    }

    /// Calls `body` with each box in a range.
    func forEach(in range: Range<Int>, _ body: (ISOBox) throws -> Void) throws {
        var boxes = ISOBoxes(reader, in: range, limit: VideoBudget.items)
        while let box = try boxes.next() {
            try budget.take()
            try body(box)
        }
    }

    /// The offset of a field, which must lie within the box.
    func field(_ box: ISOBox, at offset: Int, _ length: Int) throws -> Int {
        guard offset + length <= box.end - box.payload else { throw ByteReader.damaged("box \(box.type) ends early") }
        return box.payload + offset
    }

    func number32(_ box: ISOBox, at offset: Int) throws -> Int { try reader.big32(at: field(box, at: offset, 4)) }
    func number64(_ box: ISOBox, at offset: Int) throws -> UInt64 { try reader.big64(at: field(box, at: offset, 8)) }

    /// The version of a full box, its first byte.
    func version(_ box: ISOBox) throws -> Int { try reader.byte(at: field(box, at: 0, 4)) }

    /// The flags of a full box.
    func flags(_ box: ISOBox) throws -> Int { try number32(box, at: 0) & 0xFF_FFFF }

    /// A time of 32 or 64 bits; nil for all ones, which means "unknown" (14496-12, 8.2.2.3).
    func time(_ box: ISOBox, at offset: Int, isLong: Bool) throws -> Double? {
        if isLong {
            let value = try number64(box, at: offset)
            return value == .max ? nil : Double(value)
        }
        let value = try number32(box, at: offset)
        return value == 0xFFFF_FFFF ? nil : Double(value)
    }

    /// Whether a transformation matrix rotates by 90 or 270 degrees: the diagonal of its a, b, c, d is then smaller.
    func turnsByQuarter(_ box: ISOBox, at offset: Int) throws -> Bool {
        let part = { (index: Int) in Int32(truncatingIfNeeded: try number32(box, at: offset + index)).magnitude }
        return try part(4) > part(0) && part(12) > part(16)
    }
}

/// The contents of the movie box.
struct ISOMovie {
    private var timescale = 0
    private var length: Double?
    private var fragmentedLength: Double?
    private(set) var isTurned = false
    /// Whether the movie is a compressed `cmov` (QuickTime of the 1990s), which is not parsed.
    private(set) var isCompressed = false
    private var tracks: [ISOTrack] = []
    /// Default sample duration in ticks for fragments that state none, by track; nil if the movie has no fragments.
    private var fragmentDefaults: [Int: Int]?

    /// The first enabled video track that has a size, or the best alternative.
    var videoTrack: ISOTrack? {
        let videos = tracks.filter(\.isVideo)
        return videos.first { $0.isEnabled && $0.size.isStated } ?? videos.first { $0.size.isStated } ?? videos.first
    }

    mutating func read(_ moov: ISOBox, of file: ISOMovieFile) throws {
        try file.forEach(in: moov.range) { box in
            switch box.type {
            case "mvhd": try readHeader(box, of: file)
            case "trak": tracks.append(try ISOTrack(box, of: file))
            case "mvex": try readExtension(box, of: file)
            case "cmov": isCompressed = true
            default: break
            }
        }
    }

    private mutating func readHeader(_ box: ISOBox, of file: ISOMovieFile) throws {
        let isLong = try file.version(box) == 1
        timescale = try file.number32(box, at: isLong ? 20 : 12)
        length = try file.time(box, at: isLong ? 24 : 16, isLong: isLong)
        isTurned = try file.turnsByQuarter(box, at: isLong ? 48 : 36)
    }

    private mutating func readExtension(_ mvex: ISOBox, of file: ISOMovieFile) throws {
        var defaults: [Int: Int] = [:]
        try file.forEach(in: mvex.range) { box in
            switch box.type {
            case "mehd": fragmentedLength = try file.time(box, at: 4, isLong: file.version(box) == 1)
            case "trex": defaults[try file.number32(box, at: 4)] = try file.number32(box, at: 12)
            default: break
            }
        }
        fragmentDefaults = defaults
    }

    /// Seconds: from the movie header, the end of the last fragment, or the longest track; nil if none is stated.
    func duration(in file: ISOMovieFile, from offset: Int) throws -> Double? {
        let perSecond = Double(timescale)
        if let whole = fragmentedLength.flatMap({ VideoClaims.seconds($0, per: perSecond) }) { return whole }
        if let fragmentDefaults {
            let fragments = ISOFragments(file: file, timescales: timescales, defaults: fragmentDefaults)
            let inHeader = length ?? 0
            let seconds = fragments.seconds(from: offset, isWhole: inHeader > 0)
            if let seconds { return max(seconds, VideoClaims.seconds(inHeader, per: perSecond) ?? 0) }
        }
        return length.flatMap { VideoClaims.seconds($0, per: perSecond) } ?? tracks.compactMap(\.duration).max()
    }

    private var timescales: [Int: Int] {
        Dictionary(tracks.map { ($0.identifier, $0.timescale) }, uniquingKeysWith: { first, _ in first })
    }
}
