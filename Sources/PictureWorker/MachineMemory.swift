// The memory available to this process: the machine's, or the limit of its control group. Swap is not counted: decoding into swap
// takes longer than the deadline.

import Process

/// The memory of the machine and of the control groups around this process (cgroups(7), both versions).
struct MachineMemory {
    /// Prefix of all paths, for tests.
    var root = ""

    /// Bytes; nil if unknown.
    var total: Int? { ([installed] + limits).compactMap { $0 }.min() }

    /// Bytes for all picture workers together; the rest is for the web server, the responders and the system.
    var forPictures: Int { MachineMemory.share(of: total ?? 512 << 20) }

    static func share(of total: Int) -> Int { max(MemoryNeed.leastBudget, total / 8 * 7 - (64 << 20)) }

    private var installed: Int? {
        let line = lines("/proc/meminfo").first { $0.hasPrefix("MemTotal:") }
        return line.flatMap { $0.split(separator: " ").dropFirst().first }.flatMap { Int($0) }.map { $0 << 10 }
    }

    private var limits: [Int?] {
        lines("/proc/self/mountinfo").flatMap { line -> [Int?] in
            // proc(5): the fourth field is the root of the mount within the hierarchy, the fifth the mount point; after " - " follow
            // the file system type, source and options.
            let fields = line.split(separator: " ").map(String.init)
            guard let dash = fields.firstIndex(of: "-"), dash > 4, fields.count > dash + 3 else { return [] }
            let isFirst = fields[dash + 1] == "cgroup" && fields[dash + 3].split(separator: ",").contains("memory")
            guard isFirst || fields[dash + 1] == "cgroup2" else { return [] }
            guard let group = group(isFirst) else { return [] }
            return limits(of: below(fields[3], group), in: fields[4], isFirst ? "memory.limit_in_bytes" : "memory.max")
        }
    }

    /// This process's group: "4:memory:/path" in version 1, "0::/path" in version 2.
    private func group(_ isFirst: Bool) -> String? {
        for line in lines("/proc/self/cgroup") {
            let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
            guard fields.count == 3 else { continue }
            if isFirst ? fields[1].split(separator: ",").contains("memory") : fields[1].isEmpty { return fields[2] }
        }
        return nil
    }

    /// In a container the root of the mount is its own group.
    private func below(_ start: String, _ group: String) -> String {
        if start == "/" { return group }
        return group == start || group.hasPrefix(start + "/") ? String(group.dropFirst(start.count)) : ""
    }

    /// The limits of the group and of its ancestors.
    private func limits(of group: String, in mount: String, _ file: String) -> [Int?] {
        var names = group.split(separator: "/")
        var found: [Int?] = []
        while true {
            let folder = ([Substring(mount)] + names).joined(separator: "/")
            found.append(lines("\(folder)/\(file)").first.flatMap { Int($0) })
            if names.popLast() == nil { return found }
        }
    }

    private func lines(_ path: String) -> [String] {
        let text = SystemFile.text(root + path, limit: 65_536) ?? ""
        return text.split(separator: "\n").map(String.init)
    }
}
