// The web servers that write to a log, found by the files that they have open: whoever started them, and wherever their pid file is.

import Disk
import PictureWorker
import Process
import Site

enum WebServerProcess {
    /// Has the master processes of this process' user that have one of the files open take the file that has its name now: nginx by
    /// SIGUSR1, Apache by a graceful restart, which ends nobody's download.
    ///
    /// - Parameter data: the site whose log it is.
    /// - Returns: whether there is one.
    static func reopenLogs(_ files: [FileIdentity], of data: DataFolder) -> Bool {
        guard !files.isEmpty else { return false }
        let found = all().filter { hasOpen($0.number, files) }
        for process in found where !found.contains(where: { $0.number == process.parent }) {
            // (Apache ends when its configuration is faulty.)
            if process.name == "nginx" || isSound(apacheOf: data) { ThisProcess.signal(process.number, .user1) }
        }
        return !found.isEmpty
    }

    private typealias Process = (number: Int32, parent: Int32, name: String)

    private static func all() -> [Process] {
        let programs = programs
        return numbers(in: "/proc").compactMap { number in
            guard let name = programs[executable(of: number)] else { return nil }
            let lines = (SystemFile.text("/proc/\(number)/status", limit: 16_384) ?? "").split(separator: "\n")
            func values(_ key: String) -> [Substring] {
                lines.first { $0.hasPrefix(key + ":") }?.dropFirst(key.count + 1).split(whereSeparator: { " \t".contains($0) }) ?? []
            }
            // (All four: a program that has another user's rights was started by somebody else.)
            guard values("Uid") == Array(repeating: "\(User.currentID)", count: 4) else { return nil }
            return (number, values("PPid").first.flatMap { Int32($0) } ?? 0, name)
        }
    }

    /// The web servers' programs by their real paths. A process has any name and any words that it likes, its program only what was started.
    private static var programs: [String: String] {
        var found: [String: String] = [:]
        for name in ["nginx", "apache2"] {
            for folder in ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin"] {
                if let path = try? FileSystem.resolve("\(folder)/\(name)") { found[path] = name }
            }
        }
        return found
    }

    /// (A program that an upgrade has replaced runs on, and proc(5) then adds a word to its path.)
    private static func executable(of process: Int32) -> String {
        let path = FileSystem.linkTarget(of: "/proc/\(process)/exe") ?? ""
        let deleted = " (deleted)"
        return path.hasSuffix(deleted) ? String(path.dropLast(deleted.count)) : path
    }

    private static func hasOpen(_ process: Int32, _ files: [FileIdentity]) -> Bool {
        numbers(in: "/proc/\(process)/fd").contains { number in
            FileStatus(at: "/proc/\(process)/fd/\(number)").map { files.contains($0.identity) } ?? false
        }
    }

    /// Whether Apache takes its configuration: Debian's, or that of `install.sh run` where nobody else may have written it.
    private static func isSound(apacheOf data: DataFolder) -> Bool {
        let isOwn = data.viewLog == data.ownViewLog && ServiceUser.owner(of: data) == nil
        let own = ["-t", "-f", "\(WebServerPlace.ofRun(data, "apache").folder)/run.conf"]
        let test = Child(
            executable: isOwn ? "/usr/sbin/apache2" : "/usr/sbin/apache2ctl", arguments: isOwn ? own : ["-t"],
            environment: ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8"], descriptors: [], deadline: 60)
        guard let end = try? test.run() else { return false }
        if end.manner == .exited(0) { return true }
        Output.remark("Apache still writes to a log that was put aside: " + String(decoding: end.output, as: UTF8.self), .error)
        return false
    }

    private static func numbers(in folder: String) -> [Int32] { ((try? Folder(folder).entries()) ?? []).compactMap { Int32($0) } }
}
