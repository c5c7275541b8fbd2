// What a watermark looks like, for the settings page: drawn by the picture worker as on an upload, on a picture that is made for it.

import Disk
import Media
import PictureWorker
import Settings
import UploadPipeline

extension Site {
    /// A JPEG of `SamplePicture`'s size with the watermark of these settings, without it where it does not fit; nil if there is none.
    ///
    /// - Throws: as `tryWatermark`; `DiskError`.
    public func watermarkSample(_ settings: Settings) throws -> [UInt8]? {
        guard let watermark = Watermark(settings.watermark) else { return nil }
        let sample = try Draft(in: uploads), marked = try Draft(in: uploads), mark = try watermark.open()
        try SamplePicture.bytes.withUnsafeBytes { try sample.write($0) }
        let facts = MediaFacts(type: .bmp, width: SamplePicture.width, height: SamplePicture.height)
        let version = PictureVersion(type: .jpeg, quality: 90, width: SamplePicture.width, height: SamplePicture.height, mark: mark.mark)
        do {
            try worker.convert(sample.descriptor, from: facts, to: version, with: mark, into: marked.descriptor)
        } catch PictureFailure.badMark(let because) {
            throw WatermarkFailure(setting: watermark.setting, because: because)
        }
        try marked.measure()
        var bytes = [UInt8](repeating: 0, count: marked.size)
        let count = try bytes.withUnsafeMutableBytes { try marked.read(at: 0, into: $0) }
        return Array(bytes.prefix(count))
    }
}

/// A picture of a bright and a dark part, so that marks of any colour are seen on one of them.
public enum SamplePicture {
    /// Pixels.
    public static let width = 480
    public static let height = 320

    /// A Windows bitmap of 24 bits a pixel: BITMAPFILEHEADER, BITMAPINFOHEADER, then rows from the bottom, which 480 pixels fill to a multiple of
    /// four bytes.
    static var bytes: [UInt8] {
        let size = width * height * 3
        var bytes = Array("BM".utf8) + little(54 + size) + little(0) + little(54) + little(40) + little(width) + little(height)
        bytes += [1, 0, 24, 0] + little(0) + little(size) + little(0) + little(0) + little(0) + little(0)
        bytes.reserveCapacity(54 + size)
        for y in (0..<height).reversed() {
            for x in 0..<width { bytes += color(x, y) }
        }
        return bytes
    }

    /// Blue, green and red: a sky above a hill.
    private static func color(_ x: Int, _ y: Int) -> [UInt8] {
        let hill = 200 + (x - 170) * (x - 170) / 700
        return y < hill ? [UInt8(245 - y / 8), UInt8(200 + y / 8), UInt8(150 + y / 4)] : [UInt8(60 - y / 8), UInt8(110 - y / 8), UInt8(70 - y / 8)]
    }

    private static func little(_ number: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } }
}
