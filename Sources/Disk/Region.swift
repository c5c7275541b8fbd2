// Bytes that are looked at from everywhere at once, such as a document that is scanned: in memory while they are few, in an
// unpublished file that the kernel maps once they are many. Whoever reads them does not notice which.

import Glibc

/// Bytes at one place in memory, valid as long as their owner lives.
public final class Region {
    public let bytes: UnsafeRawBufferPointer
    private let isMapped: Bool

    /// A copy of `bytes`.
    public init(_ bytes: [UInt8]) {
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: max(bytes.count, 1), alignment: 16)
        copy.copyBytes(from: bytes)
        self.bytes = UnsafeRawBufferPointer(rebasing: copy[..<bytes.count])
        isMapped = false
    }

    /// The first `size` bytes of an open file, which must stay that long.
    init(mapping descriptor: Int32, size: Int, path: String) throws {
        guard let start = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED else {
            throw DiskError("map", path)
        }
        madvise(start, size, MADV_SEQUENTIAL)
        bytes = UnsafeRawBufferPointer(start: start, count: size)
        isMapped = true
    }

    deinit {
        if isMapped { munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count) } else { bytes.deallocate() }
    }
}

/// Collects bytes whose number is not known yet.
public final class Spool {
    private var few: [UInt8] = []
    private var draft: Draft?
    private let newDraft: () throws -> Draft

    /// Up to so many bytes stay in memory.
    public static let memoryLimit = 131_072

    /// - Parameter newDraft: where they go when they are more.
    public init(newDraft: @escaping () throws -> Draft) { self.newDraft = newDraft }

    public var size: Int { draft?.size ?? few.count }

    /// Appends bytes.
    public func write(_ bytes: UnsafeRawBufferPointer) throws {
        if let draft { return try draft.write(bytes) }
        guard few.count + bytes.count > Spool.memoryLimit else { return few.append(contentsOf: bytes) }
        let draft = try newDraft()
        try few.withUnsafeBytes { try draft.write($0) }
        try draft.write(bytes)
        few = []
        self.draft = draft
    }

    /// All bytes; nothing may be written afterwards.
    public func region() throws -> Region {
        guard let draft else { return Region(few) }
        return try Region(mapping: draft.descriptor, size: draft.size, path: "a temporary file")
    }
}
