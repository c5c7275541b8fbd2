// A vector graphic without its metadata.

import Disk
import Imaging
import MediaHeader
import PictureWorker
import SVG
import Text

extension SourceBytes {
    /// Writes the document without metadata, or nothing if it has none.
    ///
    /// - Returns: the size in pixels that it states.
    /// - Throws: `SVGRefusal`, `ImagingError`.
    func cleanSVG(into target: Int32) throws -> (width: Int?, height: Int?) {
        try read { bytes in
            let size = try SVGInspection.inspect(bytes)
            if let cleaned = try SVGInspection.withoutMetadata(bytes, clean: SourceBytes.clean) {
                _ = try cleaned.withUnsafeBytes { try SVGInspection.inspect($0) }
                try SourceBytes.write(cleaned, to: target)
            }
            return size
        }
    }

    private static func write(_ bytes: [UInt8], to target: Int32) throws {
        do { try bytes.withUnsafeBytes { try Transfer.write($0, to: target, path: "the graphic") } } catch let error as DiskError {
            throw ImagingError(error.kind == .full ? .full : .diskFailed, error.description)
        }
    }

    private static func clean(_ picture: [UInt8]) throws -> [UInt8]? {
        var cleaned: [UInt8] = []
        return try MetadataStripper.strip(MemorySource(picture)) { cleaned += $0 } ? cleaned : nil
    }
}
