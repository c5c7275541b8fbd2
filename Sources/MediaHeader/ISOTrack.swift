// One track of an MP4 or QuickTime movie: type, size, rotation and duration.

/// The contents of a `trak` box.
struct ISOTrack {
    private(set) var identifier = 0
    private(set) var isEnabled = false
    private(set) var isTurned = false
    private(set) var timescale = 0
    private var length: Double?
    private var handler: FourCC?
    /// From the track header, with the aspect ratio applied; text and hint tracks may have a size too.
    private var shown = VideoSize(width: 0, height: 0)
    /// From the sample description: the coded pixels.
    private var coded = VideoSize(width: 0, height: 0)

    init(_ trak: ISOBox, of file: ISOMovieFile) throws {
        try file.forEach(in: trak.range) { box in
            switch box.type {
            case "tkhd": try readHeader(box, of: file)
            case "mdia": try readMedia(box, of: file)
            default: break
            }
        }
    }

    var isVideo: Bool { handler == "vide" }

    var size: VideoSize { coded.isStated ? coded : shown }

    /// Seconds, from the track's own samples.
    var duration: Double? { length.flatMap { VideoClaims.seconds($0, per: Double(timescale)) } }

    /// ISO/IEC 14496-12, 8.3.2: flag 1 is "enabled"; width and height are 16.16 fixed-point numbers after the matrix.
    private mutating func readHeader(_ box: ISOBox, of file: ISOMovieFile) throws {
        let isLong = try file.version(box) == 1
        isEnabled = try file.flags(box) & 1 != 0
        identifier = try file.number32(box, at: isLong ? 20 : 12)
        let matrix = isLong ? 52 : 40
        isTurned = try file.turnsByQuarter(box, at: matrix)
        shown = VideoSize(
            width: try file.number32(box, at: matrix + 36) >> 16, height: try file.number32(box, at: matrix + 40) >> 16)
    }

    private mutating func readMedia(_ mdia: ISOBox, of file: ISOMovieFile) throws {
        try file.forEach(in: mdia.range) { box in
            switch box.type {
            case "mdhd":
                let isLong = try file.version(box) == 1
                timescale = try file.number32(box, at: isLong ? 20 : 12)
                length = try file.time(box, at: isLong ? 24 : 16, isLong: isLong)
            case "hdlr": handler = FourCC(try file.number32(box, at: 8))
            case "minf": try readSampleTable(box, of: file)
            default: break
            }
        }
    }

    private mutating func readSampleTable(_ minf: ISOBox, of file: ISOMovieFile) throws {
        guard handler == nil || isVideo else { return }
        try file.forEach(in: minf.range) { stbl in
            guard stbl.type == "stbl" else { return }
            try file.forEach(in: stbl.range) { box in
                guard box.type == "stsd", !coded.isStated else { return }
                try readDescription(box, of: file)
            }
        }
    }

    /// From the first visual sample entry (14496-12, 12.1.3): two 16-bit numbers, 32 bytes into the entry.
    private mutating func readDescription(_ stsd: ISOBox, of file: ISOMovieFile) throws {
        guard stsd.end - stsd.payload >= 8 + 36 else { return }
        let both = try file.number32(stsd, at: 8 + 32)
        coded = VideoSize(width: both >> 16, height: both & 0xFFFF)
    }
}
