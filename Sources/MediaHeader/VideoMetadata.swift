// Phones write the recording location into the movie header of MP4 and QuickTime files. Sample tables contain absolute
// offsets, so nothing may move: such boxes are renamed to `free`, which players ignore, and zeroed. Other containers likewise
// (MatroskaMetadata.swift and its neighbours).

import Media
import Text

/// Finds the metadata that must be overwritten so that a video does not reveal where it was recorded.
public enum VideoMetadata {
    /// Bytes to write at an offset, in place; the length of the file does not change.
    public struct Patch: Hashable, Sendable {
        public let offset: Int
        /// Total bytes: the replacement, then zeros.
        public let length: Int
        public let replacement: [UInt8]
    }

    /// The patches, in file order, that blank the metadata of a video: titles, dates, programs, devices, positions, attached pictures.
    ///
    /// Empty if there is nothing to blank.
    ///
    /// - Throws: `MediaRefusal` if the file cannot be searched completely; errors of the source.
    public static func patches(of source: some ByteSource, _ type: MediaType) throws -> [Patch] {
        let found = switch type {
        case .mp4, .mov, .m4v: try blankLocations(source)
        case .webm, .mkv: try MatroskaMetadata.patches(source)
        case .avi: try AVIMetadata.patches(source)
        case .wmv: try ASFMetadata.patches(source)
        default: [Patch]()
        }
        let reader = ByteReader(source)
        return try found.sorted { $0.offset < $1.offset }.filter { patch in
            try !patch.replacement.isEmpty || !StrippingPlan.consists(patch.offset..<patch.offset + patch.length, reader, of: 0)
        }
    }

    /// The patches, in file order, that blank user data and metadata of an MP4, MOV or M4V movie and its tracks, and XMP:
    /// coordinates as QuickTime, iTunes and 3GPP write them, and also device, dates, title and comments.
    ///
    /// Empty if there is nothing to blank. Positions that a camera records as a track of samples stay.
    ///
    /// - Throws: `MediaRefusal` if the boxes cannot be parsed; errors of the source.
    public static func blankLocations(_ source: some ByteSource) throws -> [Patch] {
        let file = ISOMovieFile(source)
        var found: [ISOBox] = []
        // The limit allows for a day of fragments: a file that cannot be searched completely must not pass as clean.
        var boxes = ISOBoxes(file.reader, in: 0..<file.reader.size, limit: MediaLimits().containerItems)
        while let box = try boxes.next(clips: true) {
            if box.type == "moov" { try search(box, of: file, into: &found) }
            if try holdsXMP(box, file.reader) || box.type == "meta" { found.append(box) }
        }
        return found.flatMap(patches)
    }

    private static func search(_ parent: ISOBox, of file: ISOMovieFile, into found: inout [ISOBox]) throws {
        try file.forEach(in: parent.range) { box in
            switch box.type {
            case "udta", "meta": found.append(box)
            case "uuid" where try holdsXMP(box, file.reader): found.append(box)
            case "trak" where parent.type == "moov": try search(box, of: file, into: &found)
            default: break
            }
        }
    }

    /// The UUID of an XMP box (XMP specification part 3, 1.2.7).
    private static func holdsXMP(_ box: ISOBox, _ reader: ByteReader) throws -> Bool {
        guard box.type == "uuid" else { return false }
        return try reader.big64(at: box.payload - 16) == 0xBE7A_CFCB_97A9_42E8
            && reader.big64(at: box.payload - 8) == 0x9C71_9994_91E3_AFAC
    }

    /// The name follows the size; the UUID of a `uuid` box is part of its content once it is renamed.
    private static func patches(_ box: ISOBox) -> [Patch] {
        let content = box.type == "uuid" ? box.payload - 16 : box.payload
        let name = Patch(offset: box.start + 4, length: 4, replacement: Array("free".utf8))
        return content < box.end ? [name, Patch(offset: content, length: box.end - content, replacement: [])] : [name]
    }
}

extension StrippingPlan {
    /// The same patches as a stripping plan.
    static func video(_ reader: ByteReader, _ type: MediaType) throws -> StrippingPlan {
        var plan = StrippingPlan()
        var done = 0
        for patch in try VideoMetadata.patches(of: reader.source, type) {
            guard patch.offset >= done else { throw ByteReader.damaged("metadata of a video that lie within each other") }
            try plan.keep(done..<patch.offset)
            done = patch.offset + patch.length
            let head = patch.offset..<patch.offset + patch.replacement.count
            try plan.replace(head, reader, with: patch.replacement)
            if head.upperBound < done { try plan.blank(head.upperBound..<done, reader, with: 0) }
        }
        try plan.keep(done..<reader.size)
        return plan
    }
}
