// Matroska and WebM (RFC 9559): an EBML header with the document type, then one segment. Info and Tracks usually come
// first; if not, the seek head gives their offsets, or the preceding clusters are skipped.

import Media
import Text

/// Reads the metadata at the start of a Matroska segment.
struct Matroska {
    private let file: EBMLFile
    private var segment = 0..<0
    private var tracks: [Track] = []
    private var scale = 1_000_000
    private var length: Double?
    private var hasInfo = false
    private var hasTracks = false
    /// Offsets of Info and Tracks from the seek heads.
    private var hints: [Int] = []
    private var visited: Set<Int> = []

    /// Identifiers as in RFC 9559 and RFC 8794.
    private enum Name {
        static let ebml = 0x1A45_DFA3, documentType = 0x4282, segment = 0x1853_8067
        static let seekHead = 0x114D_9B74, seek = 0x4DBB, seekIdentifier = 0x53AB, seekPosition = 0x53AC
        static let info = 0x1549_A966, timestampScale = 0x2A_D7B1, duration = 0x4489
        static let tracks = 0x1654_AE6B, cluster = 0x1F43_B675
    }

    /// Size in stored pixels (ffprobe's width and height) and duration; the document type decides between WebM and MKV.
    ///
    /// - Throws: `MediaRefusal` if there is no segment or no video track, or if elements are inconsistent.
    static func read(_ source: some ByteSource) throws -> MediaFacts {
        var reader = Matroska(EBMLFile(source))
        return try reader.facts()
    }

    private init(_ file: EBMLFile) {
        self.file = file
    }

    private mutating func facts() throws -> MediaFacts {
        let type = try readHeader()
        try readSegment()
        guard hasTracks else { throw ByteReader.damaged("no tracks") }
        let videos = tracks.filter(\.isVideo)
        guard let track = videos.first(where: { $0.isEnabled && $0.size.isStated }) ?? videos.first else {
            throw ByteReader.damaged("no video track")
        }
        let units = try length ?? MatroskaTail(file.reader, in: segment).lastTime().map { Double($0) }
        let seconds = units.flatMap { VideoClaims.seconds($0 * Double(scale), per: 1e9) }
        return VideoClaims.facts(type, track.size, isTurned: track.isTurned, duration: seconds)
    }

    private mutating func readHeader() throws -> MediaType {
        let size = file.reader.size
        guard let header = try file.element(at: 0, within: size), header.identifier == Name.ebml else {
            throw ByteReader.damaged("no EBML header")
        }
        var document = ""
        try file.forEach(in: header.range) { if $0.identifier == Name.documentType { document = try file.text($0) } }
        guard let type = ["webm": MediaType.webm, "matroska": .mkv][document] else {
            throw ByteReader.damaged("EBML document that is neither webm nor matroska")
        }
        var offset = header.end
        while let element = try file.element(at: offset, within: size, clips: true) {
            if element.identifier == Name.segment {
                segment = element.range
                return type
            }
            offset = element.end
        }
        throw ByteReader.damaged("no segment")
    }

    private var isDone: Bool { hasInfo && hasTracks }
}

/// The segment's children.
extension Matroska {
    /// Reads up to the first cluster, then at the offsets from the seek heads, then after the clusters.
    private mutating func readSegment() throws {
        var offset = segment.lowerBound
        var isAhead = true
        while !isDone, let element = try childOrEnd(at: offset) {
            if element.identifier == Name.cluster, isAhead {
                isAhead = false
                try followHints()
            }
            try take(element, at: offset)
            // A cluster of unknown size is not skipped: its children are read as if they were the segment's.
            offset = element.identifier == Name.cluster && element.isUnknownSize ? element.payload : element.end
        }
        try followHints()
    }

    /// After the tracks are known, a truncated or endless file is accepted; it then has no duration.
    private func childOrEnd(at offset: Int) throws -> EBMLElement? {
        do {
            return try file.element(at: offset, within: segment.upperBound, clips: true)
        } catch where hasTracks {
            return nil
        }
    }

    /// Seek positions are only hints: a wrong one is not an error.
    private mutating func followHints() throws {
        while !isDone, let offset = hints.popLast() {
            guard let element = try? file.element(at: offset, within: segment.upperBound) else { continue }
            try take(element, at: offset)
        }
    }

    private mutating func take(_ element: EBMLElement, at offset: Int) throws {
        guard !element.isUnknownSize else { return }
        switch element.identifier {
        case Name.info where !hasInfo: try readInfo(element)
        case Name.tracks where !hasTracks: try readTracks(element)
        case Name.seekHead where visited.insert(offset).inserted: try readSeekHead(element)
        default: break
        }
    }

    private mutating func readInfo(_ info: EBMLElement) throws {
        hasInfo = true
        try file.forEach(in: info.range) { element in
            switch element.identifier {
            case Name.timestampScale: scale = try file.unsigned(element)
            case Name.duration: length = try file.float(element)
            default: break
            }
        }
    }

    private mutating func readTracks(_ element: EBMLElement) throws {
        hasTracks = true
        try file.forEach(in: element.range) { entry in
            if entry.identifier == Track.Name.entry { tracks.append(try Track(entry, of: file)) }
        }
    }

    /// Positions are relative to the segment's payload (RFC 9559, 16).
    private mutating func readSeekHead(_ head: EBMLElement) throws {
        try file.forEach(in: head.range) { seek in
            guard seek.identifier == Name.seek else { return }
            var target = 0
            var position = Int.max
            try file.forEach(in: seek.range) { element in
                switch element.identifier {
                case Name.seekIdentifier: target = try file.unsigned(element)
                case Name.seekPosition: position = try file.unsigned(element)
                default: break
                }
            }
            guard [Name.info, Name.tracks, Name.seekHead].contains(target), position < segment.count else { return }
            hints.append(segment.lowerBound + position)
        }
    }
}

/// One track entry.
extension Matroska {
    private struct Track {
        private(set) var isVideo = false
        private(set) var isEnabled = true
        private(set) var isTurned = false
        private(set) var size = VideoSize(width: 0, height: 0)

        enum Name {
            static let entry = 0xAE, type = 0x83, isEnabled = 0xB9, video = 0xE0
            static let pixelWidth = 0xB0, pixelHeight = 0xBA, projection = 0x7670, roll = 0x7675
        }

        init(_ entry: EBMLElement, of file: EBMLFile) throws {
            try file.forEach(in: entry.range) { element in
                switch element.identifier {
                case Name.type: isVideo = try file.unsigned(element) == 1
                case Name.isEnabled: isEnabled = try file.unsigned(element) != 0
                case Name.video: try readVideo(element, of: file)
                default: break
                }
            }
        }

        private mutating func readVideo(_ video: EBMLElement, of file: EBMLFile) throws {
            try file.forEach(in: video.range) { element in
                switch element.identifier {
                case Name.pixelWidth: size.width = try file.unsigned(element)
                case Name.pixelHeight: size.height = try file.unsigned(element)
                case Name.projection: try readProjection(element, of: file)
                default: break
                }
            }
        }

        /// Roll in degrees: players rotate the picture, and 90 or 270 swap width and height.
        private mutating func readProjection(_ projection: EBMLElement, of file: EBMLFile) throws {
            try file.forEach(in: projection.range) { element in
                guard element.identifier == Name.roll else { return }
                let roll = try file.float(element).magnitude
                isTurned = (45..<135).contains(roll) || (225..<315).contains(roll)
            }
        }
    }
}
