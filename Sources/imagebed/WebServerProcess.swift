// Finds the web servers that write to a log by their open files, however they were started and wherever their pid file is.

import Disk
import PictureWorker
import Process
import Site

enum WebServerProcess {
    /// Signals the master processes of this process's user that have one of the files open to reopen their logs: nginx by SIGUSR1, Apache
    /// by
    /// a graceful restart, which interrupts no download.
    ///
    /// - Parameter data: the site whose log it is.
    /// - Returns: whether there is such a process.
    static func reopenLogs(_ files: [FileIdentity], of data: DataFolder) -> Bool {
        guard !files.isEmpty else { return false }
        let found = all().filter { hasOpen($0.number, files) }
        for process in found where !found.contains(where: { $0.number == process.parent }) {
            // (Apache would exit if its configuration were invalid.)
            if process.name == "nginx" || isSound(apacheOf: data) { ThisProcess.signal(process.number, .user1) }
        }
        return !found.isEmpty
    }

    private typealias Process = (number: Int32, parent: Int32, name: String)

    private static func all() -> [Process] {
        numbers(in: "/proc").compactMap { number in
            guard let name = program(of: number) else { return nil }
            let lines = (SystemFile.text("/proc/\(number)/status", limit: 16_384) ?? "").split(separator: "\n")
            func values(_ key: String) -> [Substring] {
                lines.first { $0.hasPrefix(key + ":") }?.dropFirst(key.count + 1).split(whereSeparator: { " \t".contains($0) }) ?? []
            }
            // (All four ids: a program with another user's rights was started by somebody else.)
            guard values("Uid") == Array(repeating: "\(User.currentID)", count: 4) else { return nil }
            return (number, values("PPid").first.flatMap { Int32($0) } ?? 0, name)
        }
    }

    /// "nginx" or "apache2", wherever a package or a panel has put that. A process can choose its name and arguments, but not its executable;
    /// and one that anybody but root can write is none.
    private static func program(of process: Int32) -> String? {
        let link = "/proc/\(process)/exe"
        // (If an upgrade replaced the executable, proc(5) appends a word to its path.)
        let name = FileSystem.linkTarget(of: link)?.split(separator: "/").last?.split(separator: " ").first.map(String.init)
        guard let name, ["nginx", "apache2"].contains(name), let file = FileStatus(at: link) else { return nil }
        return file.owner == 0 && file.permissions & 0o022 == 0 ? name : nil
    }

    private static func hasOpen(_ process: Int32, _ files: [FileIdentity]) -> Bool {
        numbers(in: "/proc/\(process)/fd").contains { number in
            FileStatus(at: "/proc/\(process)/fd/\(number)").map { files.contains($0.identity) } ?? false
        }
    }

    /// Whether Apache accepts its configuration: Debian's, or that of `install.sh run` if nobody else can have written it.
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
