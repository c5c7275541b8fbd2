// The picture is mapped, not copied: decoders read it in place.

import Glibc
import Imaging

/// The bytes of a regular file; they go with their owner.
final class SourceBytes {
    private let bytes: UnsafeRawBufferPointer

    init(_ descriptor: Int32) throws {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > 0 else {
            throw ImagingError(.refused, "no picture on descriptor \(descriptor)")
        }
        let count = Int(status.st_size)
        guard let start = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED else {
            throw ImagingError(.tooLarge, "map \(count) bytes: \(String(cString: strerror(errno)))")
        }
        bytes = UnsafeRawBufferPointer(start: start, count: count)
    }

    func read<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try withExtendedLifetime(self) { try body(bytes) }
    }

    deinit { munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress!), bytes.count) }
}
