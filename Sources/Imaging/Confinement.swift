// Before the first byte of a picture is looked at, the process gives up what a decoder does not need. It does so itself,
// because posix_spawn(3) can set none of it; and a limit set here holds for whatever the decoder is talked into.

internal import CMagickWand
import Glibc

/// What one picture may cost, and what its process may not do.
public enum Confinement {
    /// Bytes of address space: 50 megapixels of progressive JPEG need 480 MB, a WebP that claims 16383 x 16383 needs 1.2 GB
    /// and more.
    static let addressSpace: rlim_t = 1_536 << 20
    /// Bytes of one written file: an uncompressed thumbnail of the largest size has 16 MB.
    static let fileSize: rlim_t = 64 << 20
    /// Descriptors; coder modules and configuration files are open one at a time.
    static let descriptors: rlim_t = 32

    /// Takes effect at once and for good.
    ///
    /// - Parameters:
    ///   - kept: descriptors below this number stay open.
    ///   - processorTime: seconds; the slowest honest 50 megapixels take 3.
    /// - Throws: `ImagingError`, kind `.broken`.
    public static func enter(keepingDescriptorsBelow kept: Int32, processorTime: Int) throws {
        guard imagebed_close_from(UInt32(kept)) == 0 else {
            throw ImagingError(.broken, "close_range: \(String(cString: strerror(errno)))")
        }
        try limitResources(rlim_t(processorTime))
        guard imagebed_drop_privileges() == 0, imagebed_refuse_system_calls() == 0 else {
            throw ImagingError(.broken, "prctl: \(String(cString: strerror(errno)))")
        }
    }

    private static func limitResources(_ processorTime: rlim_t) throws {
        let limits: [(__rlimit_resource, rlim_t)] = [
            (RLIMIT_AS, addressSpace), (RLIMIT_CPU, processorTime), (RLIMIT_FSIZE, fileSize),
            (RLIMIT_NOFILE, descriptors), (RLIMIT_CORE, 0), (__RLIMIT_NPROC, 0),
        ]
        for (resource, most) in limits {
            var present = rlimit()
            getrlimit(Int32(resource.rawValue), &present)
            // The soft limit on time is told by SIGXCPU; at the hard one the kernel kills without a word.
            let bound = min(most, present.rlim_max)
            var limit = rlimit(rlim_cur: bound, rlim_max: resource == RLIMIT_CPU ? min(most + 1, present.rlim_max) : bound)
            guard setrlimit(Int32(resource.rawValue), &limit) == 0 else {
                throw ImagingError(.broken, "setrlimit \(resource.rawValue): \(String(cString: strerror(errno)))")
            }
        }
        // Too many bytes are then an error of write(2), which can be told, instead of a signal.
        signal(SIGXFSZ, SIG_IGN)
    }

    /// From now on no file may have more bytes than that, nor more than before.
    static func limitFileSize(to most: Int) {
        var present = rlimit()
        getrlimit(Int32(RLIMIT_FSIZE.rawValue), &present)
        var limit = rlimit(rlim_cur: min(rlim_t(max(0, most)), present.rlim_cur), rlim_max: present.rlim_max)
        setrlimit(Int32(RLIMIT_FSIZE.rawValue), &limit)
    }

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
