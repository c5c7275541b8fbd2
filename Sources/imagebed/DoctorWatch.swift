// What `imagebed doctor --watch` has told already: a problem is written to the journal once, and again when it is another one.

import Disk
import Journal
import Site

struct DoctorWatch {
    private static let name = "doctor-told"
    private static let limit = 1 << 20

    private let folder: Folder

    /// (Nothing in this folder has to survive a restart of the machine: what is wrong then is told again.)
    init(_ data: DataFolder) throws { folder = try Folder(data.run) }

    /// What changed since the last time, and remembers it.
    ///
    /// - Returns: problems that were not told yet, and subjects that have none any more.
    func follow(_ findings: [Finding]) throws -> (new: [Finding], well: [String]) {
        let former = Set(try lines())
        let problems = findings.filter { $0.level == .problem }
        let present = Set(problems.map(line))
        if present != former { try folder.replace(DoctorWatch.name, with: Array(present.sorted().joined(separator: "\n").utf8), mode: 0o600) }
        let ill = Set(present.map(subject)), untried = Set(findings.filter { $0.level == .skipped }.map(\.subject))
        return (problems.filter { !former.contains(line($0)) }, Set(former.map(subject)).subtracting(ill).subtracting(untried).sorted())
    }

    private func lines() throws -> [String] {
        let bytes = try folder.bytes(of: DoctorWatch.name, limit: DoctorWatch.limit) ?? []
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    /// Numbers are left out: seconds and megabytes change all the time.
    private func line(_ finding: Finding) -> String {
        "\(finding.subject): \(finding.says)".withoutControls.split { $0.isNumber }.joined(separator: "#")
    }

    private func subject(_ line: String) -> String { String(line.prefix { $0 != ":" }) }
}
