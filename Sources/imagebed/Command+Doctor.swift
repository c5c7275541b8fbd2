// `imagebed doctor`: checks a site without changing anything in it; each finding names a remedy. What it found last is kept for the page of
// statistics.

import Disk
import JSONText
import Site

extension Command {
    static let doctor = Command(
        "doctor", "Look for what is wrong with the site, and say what to do.",
        details: "Ends with 1 when there is a problem; warnings alone end with 0. Nothing is repaired. The page of statistics shows "
            + "what was found last.", options: [.json]
    ) { invocation in
        let data = invocation.data
        let place = ReplacedSite(data.path)
        try ServiceUser.become(ownerOf: data)
        let findings = Doctor.examine(data, place)
        keep(findings, in: data)
        if invocation.wantsJSON {
            Output.json(.array(findings.map(\.json)))
        } else {
            for finding in findings { Output.lines(finding.text) }
        }
        guard !findings.contains(where: { $0.level == .problem }) else { throw CommandFailure(.failed, "") }
    }
}

/// (Who may not write there, or finds the disk full, gets the findings all the same.)
private func keep(_ findings: [Finding], in data: DataFolder) {
    guard FileSystem.exists(data.database) else { return }
    try? Diagnosis.keep(findings.compactMap(\.notice), in: data)
}
