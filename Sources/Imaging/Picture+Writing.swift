// Pictures are written through a stream on the open file, not through memory: the encoded picture need not fit there, and
// the encoder stops as soon as the file becomes too large.

internal import CMagickWand
import Confinement
import Glibc
import Media

extension Picture {
    /// Encodes the picture into an empty file.
    ///
    /// - Parameters:
    ///   - quality: 1...100, for JPEG and WebP.
    ///   - effort: for PNG the compression level of zlib, 0...9, for WebP libwebp's method, 0...6; both reduced for large
    ///     pictures. nil for the usual ones, 5 and 4.
    ///   - sparingMemory: whether the WebP encoder may take half as long again to do without up to 23 bytes of memory per pixel.
    ///   - target: descriptor open for reading and writing.
    ///   - limit: maximum bytes of the result.
    /// - Returns: false, with the file empty, if the result would be larger than `limit`.
    /// - Throws: `ImagingError`.
    public func write(
        as type: MediaType, quality: Int, effort: Int? = nil, sparingMemory: Bool = false, into target: Int32, limit: Int? = nil
    ) throws -> Bool {
        try prepare(for: type, quality: quality, effort: effort, sparingMemory: sparingMemory)
        let stream = try OutputStream(target, limit: limit)
        let isEncoded = MagickWriteImageFile(wand, stream.file)
        guard try stream.finish() else { return false }
        try check(isEncoded, "encode \(type.rawValue.uppercased())")
        var start = [UInt8](repeating: 0, count: 4)
        guard pread(target, &start, 4, 0) == 4, start.starts(with: Picture.signature(of: type)) else {
            throw ImagingError(.refused, "encoding \(type.rawValue.uppercased()) gave something else")
        }
        return true
    }
}

/// A stdio stream for the encoder; the kernel enforces the file size limit.
private final class OutputStream {
    let file: UnsafeMutablePointer<FILE>
    private let target: Int32
    private let limit: Int?

    init(_ target: Int32, limit: Int?) throws {
        let own = dup(target)
        guard own >= 0, let file = fdopen(own, "wb") else { throw ImagingError(.diskFailed, "open a stream: \(String(cString: strerror(errno)))") }
        setvbuf(file, nil, _IOFBF, 65_536)
        (self.file, self.target, self.limit) = (file, target, limit)
        if let limit { ResourceLimits.limitFileSize(to: limit) }
    }

    deinit { fclose(file) }

    /// - Returns: whether everything was written; false only if the limit was reached.
    func finish() throws -> Bool {
        let isFlushed = fflush(file) == 0
        guard !isFlushed || ferror(file) != 0 else { return true }
        let code = whyNothingMoreFits()
        if code == EFBIG, limit != nil, ftruncate(target, 0) == 0 { return false }
        throw ImagingError(writing: "the picture", code: code)
    }

    /// The encoder discards errno. The incomplete file is useless, so another write to it can find the reason.
    private func whyNothingMoreFits() -> Int32 {
        let zeros = [UInt8](repeating: 0, count: 65_536)
        lseek(target, 0, SEEK_END)
        for _ in 0..<64 where write(target, zeros, zeros.count) < 0 && errno != EINTR { return errno }
        return EIO
    }
}
