// Which parts of JPEG, PNG, GIF and WebP files are metadata.

import Media

extension StrippingPlan {
    /// Removes EXIF, XMP, Photoshop blocks, comments, previews and everything after the end; keeps an orientation.
    static func jpeg(_ reader: ByteReader, _ limits: MediaLimits) throws -> StrippingPlan {
        var plan = StrippingPlan()
        var walk = JPEGSegments(reader)
        var (done, count, hasOrientation, hasScan, isOver) = (2, 0, false, false, false)
        try plan.keep(0..<2)
        while let segment = try walk.next() {
            count += 1
            try limits.check(count, "jpegSegments", limits.jpegSegments)
            // Bytes between two segments are entropy-coded data; before the first scan they have no meaning.
            try hasScan ? plan.keep(done..<segment.start) : plan.drop(done..<segment.start)
            let range = segment.start..<segment.end
            done = range.upperBound
            if segment.code == JPEGSegments.startOfScan { hasScan = true }
            isOver = segment.code == JPEGSegments.endOfImage
            if segment.code == 0xE1, !hasOrientation, let found = try JPEGReader.orientation(reader, segment) {
                hasOrientation = true
                try plan.replace(range, reader, with: found == 1 ? [] : orientationSegment(found))
            } else if segment.code == JPEGSegments.app0, try begins(reader, segment, "JFIF\0") {
                try plan.replaceJFIF(segment, reader)
            } else if try isMetadata(reader, segment) {
                plan.drop(range)
            } else {
                try plan.keep(range)
            }
        }
        try isOver ? plan.drop(done..<reader.size) : plan.keep(done..<reader.size)
        return plan
    }

    /// Comments, and application segments other than the color profile and Adobe's color transform.
    private static func isMetadata(_ reader: ByteReader, _ segment: JPEGSegment) throws -> Bool {
        switch segment.code {
        case 0xE2: try !begins(reader, segment, "ICC_PROFILE\0")
        case 0xEE: try !begins(reader, segment, "Adobe")
        case JPEGSegments.app0...JPEGSegments.app15, JPEGSegments.comment: true
        default: false
        }
    }

    private static func begins(_ reader: ByteReader, _ segment: JPEGSegment, _ text: StaticString) throws -> Bool {
        try reader.bytes(at: segment.payload.lowerBound, min(segment.payload.count, 16)).holds(text)
    }

    /// Keeps the JFIF segment, but removes the thumbnail that may follow its 14 bytes.
    private mutating func replaceJFIF(_ segment: JPEGSegment, _ reader: ByteReader) throws {
        let range = segment.start..<segment.end
        guard segment.payload.count > 14 else { return try keep(range) }
        let head = try reader.bytes(at: segment.payload.lowerBound, 12)
        try replace(range, reader, with: [0xFF, 0xE0, 0x00, 0x10] + head + [0, 0])
    }

    private static func orientationSegment(_ orientation: Int) -> [UInt8] {
        let payload = Array("Exif\0\0".utf8) + EXIF.block(orientation: orientation)
        return [0xFF, 0xE1, 0x00, UInt8(truncatingIfNeeded: payload.count + 2)] + payload
    }
}

extension StrippingPlan {
    /// Removes texts, time, EXIF and everything after IEND; keeps an orientation.
    static func png(_ reader: ByteReader) throws -> StrippingPlan {
        let metadata: Set<FourCC> = ["tEXt", "zTXt", "iTXt", "tIME", "eXIf"]
        var plan = StrippingPlan()
        var walk = PNGChunks(reader)
        var hasOrientation = false
        try plan.keep(0..<PNGChunks.signatureLength)
        while let chunk = try walk.next() {
            let range = chunk.start..<chunk.end
            if chunk.type == "eXIf", !hasOrientation {
                hasOrientation = true
                let orientation = try EXIF.orientation(reader, in: chunk.payload)
                try plan.replace(range, reader, with: orientation == 1 ? [] : orientationChunk(orientation))
            } else if metadata.contains(chunk.type) {
                plan.drop(range)
            } else {
                try plan.keep(range)
            }
        }
        // Keep the remaining part of the picture of a truncated file.
        let rest = walk.end..<reader.size
        try walk.beginsData() ? plan.keep(rest) : plan.drop(rest)
        return plan
    }

    private static func orientationChunk(_ orientation: Int) -> [UInt8] {
        let data = EXIF.block(orientation: orientation)
        let named = Array("eXIf".utf8) + data
        return big32(data.count) + named + big32(Int(PNGChecksum.of(named)))
    }

    private static func big32(_ number: Int) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    }
}

/// The checksum of a PNG chunk: CRC-32 of ISO 3309 (PNG 3rd edition, annex D).
enum PNGChecksum {
    static func of(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(~0) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
        }
    }
}

extension StrippingPlan {
    /// Removes comments, unknown application blocks (XMP, IPTC) and everything after the trailer.
    static func gif(_ reader: ByteReader) throws -> StrippingPlan {
        var plan = StrippingPlan()
        var walk = try GIFBlocks(reader)
        var done = min(walk.start, reader.size)
        try plan.keep(0..<done)
        while let block = try walk.next() {
            // Drop zero bytes between blocks.
            try plan.keep(done..<block.range.lowerBound)
            done = block.range.upperBound
            if try isMetadata(reader, block) { plan.drop(block.range) } else { try plan.keep(block.range) }
        }
        try plan.keep(done..<walk.end)
        plan.drop(walk.end..<reader.size)
        return plan
    }

    /// Only two application blocks affect rendering: loop counts and the color profile.
    private static func isMetadata(_ reader: ByteReader, _ block: GIFBlock) throws -> Bool {
        guard case .extended(let label) = block.kind else { return false }
        guard block.isWhole else { return true }
        guard label == 0xFF else { return label == 0xFE }
        let head = try reader.bytes(at: block.range.lowerBound, min(block.range.count, 14))
        return !(head.holds("NETSCAPE2.0", at: 3) || head.holds("ANIMEXTS1.0", at: 3) || head.holds("ICCRGBG1012", at: 3))
    }
}

extension StrippingPlan {
    /// Removes EXIF, XMP and everything after the announced end, and corrects sizes and flags; keeps an orientation.
    static func webp(_ reader: ByteReader, _ limits: MediaLimits) throws -> StrippingPlan {
        let body = try WebPReader.body(reader)
        var parts = StrippingPlan()
        var walk = RIFFChunks(reader, in: body, limit: limits.containerItems)
        var canvas: RIFFChunk?
        var orientation: Int?
        while let chunk = try walk.next() {
            let range = chunk.start..<min(chunk.end, body.upperBound)
            switch chunk.type {
            case "VP8X" where canvas == nil && chunk.start == body.lowerBound && chunk.payload.count >= 10: canvas = chunk
            case "EXIF" where orientation == nil:
                let found = try WebPReader.orientation(reader, chunk)
                orientation = found
                try parts.replace(range, reader, with: found == 1 ? [] : orientationChunkRIFF(found))
            case "EXIF", "XMP ": parts.drop(range)
            default: try parts.keep(range)
            }
        }
        return try riff(reader, canvas, hasEXIF: orientation ?? 1 != 1, parts, end: body.upperBound)
    }

    /// The RIFF header with its size, the canvas chunk with its flags, then the other chunks.
    private static func riff(
        _ reader: ByteReader, _ canvas: RIFFChunk?, hasEXIF: Bool, _ parts: StrippingPlan, end: Int
    ) throws -> StrippingPlan {
        var head: [UInt8] = []
        if let canvas {
            head = try Array(reader.bytes(at: canvas.start, 8 + 10))
            let metadata = UInt8(WebPCanvas.hasExif | WebPCanvas.hasXMP)
            head[8] = head[8] & ~metadata | (hasEXIF ? UInt8(WebPCanvas.hasExif) : 0)
        }
        let canvasEnd = canvas.map { min($0.end, end) } ?? 12
        let size = canvasEnd - 8 + parts.length
        let little = [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: size >> $0) }
        var plan = StrippingPlan()
        try plan.keep(0..<4)
        try plan.replace(4..<8, reader, with: little)
        try plan.keep(8..<12)
        if let canvas {
            try plan.replace(canvas.start..<canvas.start + head.count, reader, with: head)
            try plan.keep(canvas.start + head.count..<canvasEnd)
        }
        try plan.append(parts)
        plan.drop(end..<reader.size)
        return plan
    }

    private static func orientationChunkRIFF(_ orientation: Int) -> [UInt8] {
        let data = EXIF.block(orientation: orientation)
        return Array("EXIF".utf8) + [UInt8(truncatingIfNeeded: data.count), 0, 0, 0] + data
    }
}
