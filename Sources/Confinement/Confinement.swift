// What stands between a decoder that a picture has taken over and everything else. It goes in two steps: the limits come first, then all
// that is needed is loaded, and then the way to everything else is closed, before the first byte of a picture is looked at. The process
// does so itself, because posix_spawn(3) can set none of it.

internal import CConfinement
import Glibc

/// What a process gives up for good.
public enum Confinement {
    /// Keeps whoever has the same user out of the memory of this process, and it out of core dumps. exec(3) undoes it, and so may
    /// setuid(2): every program of ours does it at its start.
    public static func hideMemory() { _ = imagebed_hide_memory() }

    /// The first step: what is inherited but not needed is closed, privileges and resources are bounded.
    ///
    /// - Parameters:
    ///   - kept: descriptors below this number stay open.
    ///   - processorTime: seconds.
    /// - Throws: `ConfinementError`.
    public static func limit(keepingDescriptorsBelow kept: Int32, processorTime: Int) throws {
        guard imagebed_close_from(UInt32(kept)) == 0 else { throw ConfinementError("close_range", code: errno) }
        try ResourceLimits.enter(processorTime: processorTime)
        guard imagebed_drop_privileges() == 0 else { throw ConfinementError("prctl", code: errno) }
    }

    /// The second step: no path, no other process, no network, and no system call that decoders do not make.
    ///
    /// - Parameters:
    ///   - kept: the number of the first step.
    ///   - target: the only one of them, beside standard output and error, that may be written to; nil for none.
    ///   - readable: an open file that the library may open once more, by its name below /proc/self/fd; nil for none.
    /// - Throws: `ConfinementError`; Landlock alone may be missing, which the layers tell.
    public static func close(keepingDescriptorsBelow kept: Int32, target: Int32?, readable: Int32? = nil) throws -> ConfinementLayers {
        let layers = ConfinementLayers(landlock: try enterLandlock(readable), isMemoryHidden: imagebed_is_memory_hidden(),
                                       hasNoNewPrivileges: imagebed_has_dropped_privileges())
        guard imagebed_refuse_system_calls(target ?? -1, kept, readable != nil) == 0 else {
            throw ConfinementError("prctl(PR_SET_SECCOMP)", code: errno)
        }
        // Asked once, so that it is never only believed.
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
        // The same here: a folder that everybody may look into.
        guard open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC) < 0, errno == EACCES else {
            throw ConfinementError("Landlock \(version) lets a folder be opened", code: 0)
        }
        return .active(version: Int(version))
    }
}

/// A process could not be confined, and must not go on.
public struct ConfinementError: Error, CustomStringConvertible {
    public let description: String

    init(_ operation: String, code: Int32) {
        description = code == 0 ? operation : "\(operation): \(String(cString: strerror(code)))"
    }
}
