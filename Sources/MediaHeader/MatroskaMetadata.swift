// Matroska and WebM: seek heads and cues hold offsets, so nothing may move. An element is turned into a `Void` of the same length, and a text
// that must be there into an empty one (RFC 9559, 5.1; RFC 8794, 11.3.2).

import Media
import Text

/// Finds the metadata of a Matroska file.
struct MatroskaMetadata {
    private enum Name {
        static let void = 0xEC, checksum = 0xBF, segment = 0x1853_8067, cluster = 0x1F43_B675
        static let info = 0x1549_A966, tracks = 0x1654_AE6B, tags = 0x1254_C367, attachments = 0x1941_A469
        static let trackEntry = 0xAE, attachedFile = 0x61A7, fileMimeType = 0x4660
        /// Texts about the recording, or its programs, that are blanked: title, both programs, three file names, the name of a track.
        static let texts: Set<Int> = [0x7BA9, 0x4D80, 0x5741, 0x7384, 0x3C83AB, 0x3E83BB, 0x536E]
        /// Date, and the identifiers of this and the neighboring segments.
        static let identifiers: Set<Int> = [0x4461, 0x73A4, 0x3CB923, 0x3EB923, 0x4444]
    }

    /// An hour of a live recording, whose clusters state no size, has about 250,000 elements at the level of clusters.
    private static let mostElements = 1_000_000

    private let file: EBMLFile
    private var found: [VideoMetadata.Patch] = []

    /// - Throws: `MediaRefusal` if the elements cannot be parsed up to the end.
    static func patches(_ source: some ByteSource) throws -> [VideoMetadata.Patch] {
        var metadata = MatroskaMetadata(file: EBMLFile(source, items: mostElements))
        var offset = 0
        while let element = try metadata.file.element(at: offset, within: metadata.file.reader.size, clips: true) {
            if element.identifier == Name.segment { try metadata.search(element.range) }
            offset = element.end
        }
        return metadata.found
    }

    private init(file: EBMLFile) { self.file = file }

    private mutating func search(_ segment: Range<Int>) throws {
        var offset = segment.lowerBound
        while let element = try file.element(at: offset, within: segment.upperBound, clips: true) {
            switch element.identifier {
            case Name.tags: void(offset..<element.end)
            case Name.info, Name.tracks, Name.attachments: try searchInside(element)
            default: break
            }
            // A cluster of unknown size is not skipped: its children are read as if they were the segment's.
            offset = element.identifier == Name.cluster && element.isUnknownSize ? element.payload : element.end
        }
    }

    private mutating func searchInside(_ parent: EBMLElement) throws {
        let before = found.count
        var (offset, checksum) = (parent.payload, nil as Range<Int>?)
        while let element = try file.element(at: offset, within: parent.end) {
            let range = offset..<element.end
            offset = element.end
            switch element.identifier {
            case Name.checksum: checksum = range
            case Name.trackEntry: try searchInside(element)
            case Name.attachedFile: if try !isFont(element) { void(range) }
            case _ where Name.texts.contains(element.identifier):
                found.append(.init(offset: element.payload, length: element.range.count, replacement: []))
            case _ where Name.identifiers.contains(element.identifier): void(range)
            default: break
            }
        }
        // It is wrong now.
        if found.count > before, let checksum { void(checksum) }
    }

    /// Subtitles are drawn with attached fonts.
    private func isFont(_ attachment: EBMLElement) throws -> Bool {
        var type = ""
        try file.forEach(in: attachment.range) { if $0.identifier == Name.fileMimeType { type = try file.text($0) } }
        return ["font/", "application/x-truetype-font", "application/x-font", "application/vnd.ms-opentype"].contains(where: type.hasPrefix)
    }

    /// An element of two bytes or more becomes a `Void` of the same length.
    private mutating func void(_ range: Range<Int>) {
        let id = UInt8(Name.void)
        let rest = range.count - 9
        let head = rest < 0 ? [id, UInt8(0x80 | (range.count - 2))]
            : [id, 1] + [48, 40, 32, 24, 16, 8, 0].map { UInt8(truncatingIfNeeded: rest >> $0) }
        found.append(.init(offset: range.lowerBound, length: range.count, replacement: head))
    }
}
