// What pixels take of the machine's memory, and who refused it where there was none.

import Glibc

/// Memory for pixels.
public enum PixelMemory {
    /// What ImageMagick keeps of a pixel: four channels of 16 bits.
    public static let bytesOfOnePixel = 8

    /// Whether so much memory is to be had within the limit of the address space, and the machine refuses it all the same: no overcommitment,
    /// a limit of the service on its data, less memory and swap than that. Only pages that can be written are asked of the machine.
    public static func isRefusedByTheMachine(_ bytes: Int) -> Bool {
        guard bytes > 0, let room = mmap(nil, bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), room != MAP_FAILED else { return false }
        defer { munmap(room, bytes) }
        return mprotect(room, bytes, PROT_READ | PROT_WRITE) != 0
    }
}
