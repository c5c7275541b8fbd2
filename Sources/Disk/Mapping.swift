// A document that is scanned, or a picture that is decoded, is looked at from everywhere at once; the kernel maps it, and takes its
// pages back when memory is short, because they are on disk already.

import Glibc

/// The bytes of a file in memory (mmap(2)); they outlive the descriptor and go with their owner.
public final class Mapping {
    public let bytes: UnsafeRawBufferPointer

    /// - Parameters:
    ///   - descriptor: of a regular file.
    ///   - size: bytes that it has; none are mapped for 0.
    ///   - isSequential: whether it is read from front to back, so that the kernel reads ahead.
    /// - Throws: `DiskError`; `.code` ENOMEM where this process has no room for it.
    public init(_ descriptor: Int32, size: Int, isSequential: Bool = true, path: String) throws {
        guard size > 0 else { bytes = UnsafeRawBufferPointer(start: nil, count: 0); return }
        guard let start = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED else { throw DiskError("map", path) }
        if isSequential { madvise(start, size, MADV_SEQUENTIAL) }
        bytes = UnsafeRawBufferPointer(start: start, count: size)
    }

    deinit { if let start = bytes.baseAddress { munmap(UnsafeMutableRawPointer(mutating: start), bytes.count) } }
}

extension Draft {
    /// The bytes written so far.
    public func map() throws -> Mapping { try Mapping(descriptor, size: size, path: "a temporary file") }
}

extension File {
    public func map() throws -> Mapping { try Mapping(descriptor, size: size, path: path) }
}
