// AVI: the index holds offsets, so nothing may move. Chunks that players need stay; any other, such as `INFO` lists, dates and what cameras
// write, is renamed to `JUNK` and blanked.

import Media
import Text

/// Finds the metadata of an AVI file.
struct AVIMetadata {
    private let reader: ByteReader
    private var found: [VideoMetadata.Patch] = []

    private static let top: Set<FourCC> = ["hdrl", "movi", "idx1"]
    private static let headers: Set<FourCC> = ["avih", "strl", "odml", "vedt"]
    private static let stream: Set<FourCC> = ["strh", "strf", "strd", "indx", "vprp"]

    /// - Throws: `MediaRefusal` if the chunks cannot be parsed.
    static func patches(_ source: some ByteSource) throws -> [VideoMetadata.Patch] {
        var metadata = AVIMetadata(reader: ByteReader(source))
        var parts = RIFFChunks(metadata.reader, in: 0..<source.size, limit: MediaLimits().containerItems)
        while let part = try parts.next(clips: true), part.type == "RIFF" {
            try metadata.search(part.payload.dropFirst(4), keeping: top)
        }
        return metadata.found
    }

    private init(reader: ByteReader) { self.reader = reader }

    private mutating func search(_ range: Range<Int>, keeping kept: Set<FourCC>) throws {
        var chunks = RIFFChunks(reader, in: range, limit: MediaLimits().containerItems)
        while let chunk = try chunks.next(clips: true) {
            let isList = chunk.type == "LIST" && chunk.payload.count >= 4
            let name = isList ? try reader.name(at: chunk.payload.lowerBound) : chunk.type
            switch name {
            case "hdrl" where isList && kept.contains(name): try search(chunk.payload.dropFirst(4), keeping: AVIMetadata.headers)
            case "strl" where isList && kept.contains(name): try search(chunk.payload.dropFirst(4), keeping: AVIMetadata.stream)
            case "strd": if try isOfCamera(chunk) { remove(chunk) }
            case _ where kept.contains(name): break
            default: remove(chunk)
            }
        }
    }

    /// Data of a codec stay, unless they are EXIF.
    private func isOfCamera(_ chunk: RIFFChunk) throws -> Bool {
        let names: Set<FourCC> = ["AVIF", "CASI", "Zora"]
        return try chunk.payload.count >= 4 && names.contains(reader.name(at: chunk.payload.lowerBound))
    }

    private mutating func remove(_ chunk: RIFFChunk) {
        if chunk.type != "JUNK" { found.append(.init(offset: chunk.start, length: 4, replacement: Array("JUNK".utf8))) }
        if !chunk.payload.isEmpty { found.append(.init(offset: chunk.payload.lowerBound, length: chunk.payload.count, replacement: [])) }
    }
}
