// The memory for pixels, and whether the process or the machine refused it.

import Glibc

/// Memory for pixels.
public enum PixelMemory {
    /// ImageMagick's size of a pixel: four channels of 16 bits.
    public static let bytesOfOnePixel = 8

    /// Whether so much memory fits into the address space limit, but the machine refuses it: overcommit is disabled, the service has a data
    /// limit, or memory and swap are insufficient. The test maps writable pages, which alone count for the machine.
    public static func isRefusedByTheMachine(_ bytes: Int) -> Bool {
        guard bytes > 0, let room = mmap(nil, bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), room != MAP_FAILED else { return false }
        defer { munmap(room, bytes) }
        return mprotect(room, bytes, PROT_READ | PROT_WRITE) != 0
    }
}
