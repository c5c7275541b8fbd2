// The sandbox of the picture decoder, in two steps: first limits are set; then, after everything needed is loaded, access to all else is
// closed, before the first byte of a picture is read. The process does this itself, because posix_spawn(3) can set none of
// it.

internal import CConfinement
import Glibc

/// Permanently reduces what a process may do.
public enum Confinement {
    /// Denies other processes of the same user access to the memory of this process, and disables core dumps. exec(3) undoes it, and so
    /// may setuid(2): every program of ours calls it at start.
    public static func hideMemory() { _ = imagebed_hide_memory() }

    /// The first step: closes inherited descriptors, drops privileges, limits resources.
    ///
    /// - Parameters:
    ///   - kept: descriptors below this number stay open.
    ///   - processorTime: seconds of CPU time.
    /// - Throws: `ConfinementError`.
    public static func limit(keepingDescriptorsBelow kept: Int32, processorTime: Int) throws {
        guard imagebed_close_from(UInt32(kept)) == 0 else { throw ConfinementError("close_range", code: errno) }
        try ResourceLimits.enter(processorTime: processorTime)
        guard imagebed_drop_privileges() == 0 else { throw ConfinementError("prctl", code: errno) }
    }

    /// The second step: denies all paths, other processes, the network, and system calls that decoders do not need.
    ///
    /// - Parameters:
    ///   - kept: as in the first step.
    ///   - target: the only descriptor besides standard output and error that may be written to; nil for none.
    ///   - readable: an open file that the library may open again through /proc/self/fd; nil for none.
    /// - Throws: `ConfinementError`. A missing Landlock is not an error, but reported in the layers.
    public static func close(keepingDescriptorsBelow kept: Int32, target: Int32?, readable: Int32? = nil) throws -> ConfinementLayers {
        let layers = ConfinementLayers(landlock: try enterLandlock(readable), isMemoryHidden: imagebed_is_memory_hidden(),
                                       hasNoNewPrivileges: imagebed_has_dropped_privileges())
        guard imagebed_refuse_system_calls(target ?? -1, kept, readable != nil) == 0 else {
            throw ConfinementError("prctl(PR_SET_SECCOMP)", code: errno)
        }
        // Verify once that the filter works.
        guard socket(AF_UNIX, SOCK_STREAM_TYPE, 0) < 0, errno == ENOSYS else {
            throw ConfinementError("the filter of system calls lets a socket through", code: 0)
        }
        return layers
    }

    private static let SOCK_STREAM_TYPE = Int32(SOCK_STREAM.rawValue)

    private static func enterLandlock(_ readable: Int32?) throws -> ConfinementLayers.Landlock {
        let version = imagebed_landlock_version()
        guard version > 0 else { return errno == ENOSYS || errno == EOPNOTSUPP ? .missing : .refused(code: errno) }
        guard imagebed_landlock_enter(version, readable ?? -1) == 0 else { return .refused(code: errno) }
        // Verify Landlock too, on a folder that everyone may read.
        guard open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC) < 0, errno == EACCES else {
            throw ConfinementError("Landlock \(version) lets a folder be opened", code: 0)
        }
        return .active(version: Int(version))
    }
}

/// A process could not be confined, and must exit.
public struct ConfinementError: Error, CustomStringConvertible {
    public let description: String

    init(_ operation: String, code: Int32) {
        description = code == 0 ? operation : "\(operation): \(String(cString: strerror(code)))"
    }
}
