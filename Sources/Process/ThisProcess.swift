import Glibc

/// The process itself, and the machine that it runs on.
public enum ThisProcess {
    /// Processors that this machine has running.
    public static var processors: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

    /// The most bytes of memory that this process ever had (getrusage(2)).
    public static var largestMemory: Int {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss * 1024
    }

    /// What others may not do with files and folders that are made from here on (umask(2)).
    public static func closeNewFiles(to mask: UInt32) { umask(mask) }

    /// Signals that web servers understand.
    public enum Signal: Sendable { case user1 }

    public static func signal(_ process: Int32, _ signal: Signal) {
        switch signal {
        case .user1: kill(process, SIGUSR1)
        }
    }

    public static func end(_ code: Int32) -> Never { exit(code) }
}
