// The picture is mapped, not copied: decoders read it in place. A read error of the disk then raises SIGBUS, which must
// not be reported as a crash of the decoder.

import Disk
import Glibc
import Imaging
import Media
import MediaHeader
import PictureWorker
import Text

/// The bytes of a regular file, mapped until deinit.
final class SourceBytes: ByteSource {
    private let mapping: Mapping
    fileprivate var bytes: UnsafeRawBufferPointer { mapping.bytes }

    init(_ descriptor: Int32) throws {
        guard let status = FileStatus(of: descriptor), status.kind == .file, status.size > 0 else {
            throw ImagingError(.refused, "no picture on descriptor \(descriptor)")
        }
        do { mapping = try Mapping(descriptor, size: status.size, isSequential: false, path: "a picture") } catch let error as DiskError {
            throw ImagingError(error.isOfMemory ? .tooLarge : .diskFailed, "map \(status.size) bytes: \(error.reason)")
        }
        let start = UInt(bitPattern: bytes.baseAddress)
        SourceBytes.watch(start..<start + UInt(bytes.count))
    }

    /// The mapping being read, for the signal handler; a picture mark and its picture are read one after the other.
    private nonisolated(unsafe) static var watched: Range<UInt> = 0..<0
    private static let lost = PictureAnswer.diskFailed("a part of the picture could not be read from the disk")
    private nonisolated(unsafe) static var message: [UInt8] = []

    /// Distinguishes unreadable pages from other bus errors; the handler calls only async-signal-safe functions (signal-safety(7)).
    private static func watch(_ pages: Range<UInt>) {
        (watched, message) = (pages, Array((lost.line + "\n").utf8))
        var action = sigaction()
        action.sa_flags = Int32(SA_SIGINFO)
        action.__sigaction_handler.sa_sigaction = { _, info, _ in
            // Returning repeats the access, which then kills the process.
            guard let address = info.map({ UInt(bitPattern: $0.pointee._sifields._sigfault.si_addr) }), SourceBytes.watched.contains(address)
            else { return _ = signal(SIGBUS, SIG_DFL) }
            SourceBytes.message.withUnsafeBytes { _ = Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            _exit(PictureAnswer.diskFailed("").code)
        }
        sigaction(SIGBUS, &action, nil)
    }

    func read<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try withExtendedLifetime(self) { try body(bytes) }
    }
}

extension SourceBytes {
    var size: Int { bytes.count }

    func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) -> Int {
        guard offset >= 0, offset < size else { return 0 }
        let part = bytes[offset..<min(size, offset + buffer.count)]
        buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: part))
        return part.count
    }

    /// Decodes the picture with these claims, passing only as many bytes as such a picture needs.
    ///
    /// - Throws: `ImagingError`.
    func picture(_ claims: PictureClaims, enough: (width: Int, height: Int)? = nil) throws -> Picture {
        let stored = claims.isTurned ? (claims.height, claims.width) : (claims.width, claims.height)
        let end = try PictureExtent.end(self, claims.type)
        let picture = try read {
            try Picture(UnsafeRawBufferPointer(rebasing: $0[..<end]), type: claims.type, width: stored.0, height: stored.1, enough: enough)
        }
        if try PictureColors.hasFalseAlpha(self, claims.type) { try picture.dropAlpha() }
        if let colors = try PictureColors.read(self, claims.type) { try picture.assume(colors) }
        return picture
    }
}
