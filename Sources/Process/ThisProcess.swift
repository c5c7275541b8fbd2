import Glibc

/// The process itself, and the machine that it runs on.
public enum ThisProcess {
    /// Processors that this machine has running.
    public static var processors: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

    /// What others may not do with files and folders that are made from here on (umask(2)).
    public static func closeNewFiles(to mask: UInt32) { umask(mask) }

    public static func end(_ code: Int32) -> Never { exit(code) }
}
