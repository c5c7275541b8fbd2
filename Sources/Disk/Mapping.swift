// Documents and pictures are read at many offsets at once, so they are mapped; the kernel can drop pages of a mapping when memory is
// short, because they are on disk.

import Glibc

/// The mapped bytes of a file (mmap(2)), which stay valid after the descriptor is closed; unmapped on deinit.
public final class Mapping {
    public let bytes: UnsafeRawBufferPointer

    /// - Parameters:
    ///   - descriptor: of a regular file.
    ///   - size: of the file; for 0 nothing is mapped.
    ///   - isSequential: whether it is read from front to back, so that the kernel reads ahead.
    /// - Throws: `DiskError`; `.code` is ENOMEM if the address space or memory is insufficient.
    public init(_ descriptor: Int32, size: Int, isSequential: Bool = true, path: String) throws {
        guard size > 0 else { bytes = UnsafeRawBufferPointer(start: nil, count: 0); return }
        guard let start = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED else { throw DiskError("map", path) }
        if isSequential { madvise(start, size, MADV_SEQUENTIAL) }
        bytes = UnsafeRawBufferPointer(start: start, count: size)
    }

    deinit { if let start = bytes.baseAddress { munmap(UnsafeMutableRawPointer(mutating: start), bytes.count) } }
}

extension Draft {
    /// Maps the bytes written so far.
    public func map() throws -> Mapping { try Mapping(descriptor, size: size, path: "a temporary file") }
}

extension File {
    public func map() throws -> Mapping { try Mapping(descriptor, size: size, path: path) }
}
