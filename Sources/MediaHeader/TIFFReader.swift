// TIFF is stored unchanged: only the size and orientation in the first directory are read.

import Media

struct TIFFReader {
    private static let widthTag = 0x0100, heightTag = 0x0101

    private let reader: ByteReader
    private let limits: MediaLimits

    init(_ reader: ByteReader, _ limits: MediaLimits) {
        self.reader = reader
        self.limits = limits
    }

    /// - Throws: `MediaRefusal`.
    func read() throws -> MediaFacts {
        guard let directory = try TIFFDirectory(reader, in: 0..<reader.size, limit: limits.tiffEntries),
            let width = try directory.value(TIFFReader.widthTag), let height = try directory.value(TIFFReader.heightTag)
        else { throw ByteReader.damaged("TIFF without a size in its first directory") }
        try limits.check(width: width, height: height, of: "TIFF")
        let orientation = try directory.value(EXIF.orientationTag) ?? 1
        return MediaFacts(type: .tiff, storedWidth: width, storedHeight: height, orientation: orientation)
    }
}
