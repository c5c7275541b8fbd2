// All secrets come from the kernel's random number generator. There is no fallback: without it the program stops.

internal import CCrypto
import Glibc

public enum RandomBytes {
    /// `count` bytes from getrandom(2).
    public static func make(_ count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let got = getrandom(buffer.baseAddress! + filled, count - filled, 0)
                if got < 0 && errno == EINTR { continue }
                precondition(got > 0, "getrandom(2) gives no bytes")
                filled += got
            }
        }
    }
}
