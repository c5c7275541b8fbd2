// A document that is scanned is looked at from everywhere at once; the kernel maps it, and takes its pages back when memory
// is short, because they are on disk already.

import Glibc

extension Draft {
    /// The bytes written so far, mapped into memory; they outlive the draft.
    ///
    /// - Returns: the bytes, and what must be called once when nobody looks at them any more.
    public func map() throws -> (bytes: UnsafeRawBufferPointer, release: () -> Void) {
        guard size > 0 else { return (UnsafeRawBufferPointer(start: nil, count: 0), {}) }
        let length = size
        guard let start = mmap(nil, length, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED else {
            throw DiskError("map", "a temporary file")
        }
        madvise(start, length, MADV_SEQUENTIAL)
        return (UnsafeRawBufferPointer(start: start, count: length), { munmap(start, length) })
    }
}
