// The web servers that write to a log, found by the files that they have open: whoever started them, and wherever their pid file is.

import Glibc

enum WebServerProcess {
    /// Has the master processes of this process' user that have one of the files open take the file that has its name now: nginx by
    /// SIGUSR1, Apache by a graceful restart, which ends nobody's download.
    ///
    /// - Returns: whether there is one.
    static func reopenLogs(of files: [stat]) -> Bool {
        guard !files.isEmpty else { return false }
        let found = all().filter { hasOpen($0.number, files) }
        for process in found where !found.contains(where: { $0.number == process.parent }) {
            if process.name == "nginx" { kill(process.number, SIGUSR1) } else { restart(process.number) }
        }
        return !found.isEmpty
    }

    private typealias Process = (number: pid_t, parent: pid_t, name: String)

    private static func all() -> [Process] {
        numbers(in: "/proc").compactMap { number in
            let lines = text("/proc/\(number)/status").split(separator: "\n")
            func values(_ key: String) -> [Substring] {
                lines.first { $0.hasPrefix(key + ":") }?.dropFirst(key.count + 1).split(whereSeparator: { " \t".contains($0) }) ?? []
            }
            // (All four: a program that has another user's rights was started by somebody else.)
            guard values("Uid") == Array(repeating: "\(geteuid())", count: 4), let name = values("Name").first, ["nginx", "apache2"].contains(name)
            else { return nil }
            return (number, values("PPid").first.flatMap { pid_t($0) } ?? 0, String(name))
        }
    }

    private static func hasOpen(_ process: pid_t, _ files: [stat]) -> Bool {
        numbers(in: "/proc/\(process)/fd").contains { number in
            var status = stat()
            guard stat("/proc/\(process)/fd/\(number)", &status) == 0 else { return false }
            return files.contains { $0.st_dev == status.st_dev && $0.st_ino == status.st_ino }
        }
    }

    /// Asks first what Apache says of its configuration, because it ends when that is faulty.
    private static func restart(_ process: pid_t) {
        let words = text("/proc/\(process)/cmdline").split(separator: "\0").map(String.init)
        // One with a configuration of its own was not started by Debian's script.
        guard let option = words.firstIndex(of: "-f"), option + 1 < words.count else {
            _ = run(["/usr/sbin/apache2ctl", "graceful"])
            return
        }
        if run(["/usr/sbin/apache2", "-t", "-f", words[option + 1]]) { kill(process, SIGUSR1) }
    }

    /// - Returns: whether it ended well.
    private static func run(_ words: [String]) -> Bool {
        var arguments = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var (child, status) = (pid_t(), Int32())
        guard posix_spawn(&child, words[0], nil, nil, &arguments, environ) == 0 else { return false }
        while waitpid(child, &status, 0) < 0 { if errno != EINTR { return false } }
        return status == 0
    }

    private static func numbers(in folder: String) -> [pid_t] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var found: [pid_t] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            if let number = pid_t(name) { found.append(number) }
        }
        return found
    }

    private static func text(_ path: String) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return "" }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 16_384)
        let count = Glibc.read(descriptor, &bytes, bytes.count)
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }
}
