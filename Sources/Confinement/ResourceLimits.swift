// Resource limits of a decoder, whatever its input makes it do (getrlimit(2)).

import Glibc

/// Limits for one picture.
public enum ResourceLimits {
    /// Bytes of address space: 50 megapixels of progressive JPEG need 480 MB; a WebP that claims 16383 x 16383 needs 1.2 GB
    /// and more.
    private static let addressSpace: rlim_t = 1_536 << 20
    /// Bytes of it that a picture may need, besides programs, libraries and the mapped file.
    public static let memory = 1_200 << 20
    /// Bytes of one written file: an uncompressed thumbnail of the largest size has 16 MB.
    private static let fileSize: rlim_t = 64 << 20
    /// Descriptors; coder modules and configuration files are open one at a time.
    private static let descriptors: rlim_t = 32

    /// - Parameter processorTime: seconds; the slowest ordinary picture of 50 megapixels takes 3.
    static func enter(processorTime: Int) throws {
        let limits: [(__rlimit_resource, rlim_t)] = [
            (RLIMIT_AS, addressSpace), (RLIMIT_CPU, rlim_t(processorTime)), (RLIMIT_FSIZE, fileSize),
            (RLIMIT_NOFILE, descriptors), (RLIMIT_CORE, 0), (__RLIMIT_NPROC, 0),
        ]
        for (resource, most) in limits {
            var present = rlimit()
            getrlimit(Int32(resource.rawValue), &present)
            // At the soft limit the kernel sends SIGXCPU, which identifies the cause; at the hard limit SIGKILL.
            let bound = min(most, present.rlim_max)
            var limit = rlimit(rlim_cur: bound, rlim_max: resource == RLIMIT_CPU ? min(most + 1, present.rlim_max) : bound)
            guard setrlimit(Int32(resource.rawValue), &limit) == 0 else {
                throw ConfinementError("setrlimit \(resource.rawValue)", code: errno)
            }
        }
        // Without the signal a file that is too large makes write(2) fail, which can be reported.
        signal(SIGXFSZ, SIG_IGN)
    }

    /// Limits the size of written files further; it cannot be raised again. Works in a confined process too.
    public static func limitFileSize(to most: Int) {
        var present = rlimit()
        getrlimit(Int32(RLIMIT_FSIZE.rawValue), &present)
        var limit = rlimit(rlim_cur: min(rlim_t(max(0, most)), present.rlim_cur), rlim_max: present.rlim_max)
        setrlimit(Int32(RLIMIT_FSIZE.rawValue), &limit)
    }
}
