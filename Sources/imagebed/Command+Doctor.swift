// `imagebed doctor`: checks a site, tries what its users do, and names a remedy with each finding.

import Disk
import JSONText
import Site

private let watch = Option("--watch", nil, "for a timer: write each problem to the journal once, and end with 0; leaves out what takes long")
private let list = Option("--list", nil, "show what is checked and what mends it, and check nothing")

extension Command {
    static let doctor = Command(
        "doctor", "Look for what is wrong with the site, and say what to do.",
        details: """
            Tries what users do, through base_url as visitors reach it, with an account of its own: uploads, fetches and deletes a picture, makes
            its thumbnail, pushes a JSON file, sends a body as large as the settings allow. All of that is removed again, the account, its key and
            the counts of uploads too. What stays: lines in the web server's logs, numbers that no file, key or account will have, the folder
            of this month, a daily_limit that counted one upload of this machine.

            The page of statistics shows what was found last. Ends with 1 when there is a problem; warnings alone end with 0.
            """,
        options: [watch, list, .json], comesByItself: true
    ) { invocation in
        if invocation.has(list) { return show(Doctor.table, asJSON: invocation.wantsJSON) }
        try refuseDuringUpgrade(invocation)
        let patient = Patient(invocation.data)
        try ServiceUser.become(ownerOf: patient.data)
        let findings = Doctor.examine(patient, leavesOutHeavy: invocation.has(watch))
        keep(findings, in: patient.data)
        if invocation.has(watch) { return try tell(findings, of: patient.data) }
        if invocation.wantsJSON {
            Output.json(.array(findings.map(\.json)))
        } else {
            for finding in findings { Output.lines(finding.text) }
        }
        guard !findings.contains(where: { $0.level == .problem }) else { throw CommandFailure(.failed, "") }
    }
}

/// Programs, units and database do not belong together until an installation ends: what would be found is no fault.
private func refuseDuringUpgrade(_ invocation: Invocation) throws {
    guard Upgrade.isAtWork else { return }
    let (code, next) = invocation.has(watch) ? (ExitCode.done, "the next run looks again") : (.failed, "run this again when it has ended")
    throw CommandFailure(code, "an installation is still at work, and nothing was looked at: \(next)")
}

/// (Who may not write there, or finds the disk full, gets the findings all the same.)
private func keep(_ findings: [Finding], in data: DataFolder) {
    guard FileSystem.exists(data.mark) else { return }
    try? Diagnosis.keep(findings.compactMap(\.notice), in: data)
}

private func tell(_ findings: [Finding], of data: DataFolder) throws {
    let (new, well) = try DoctorWatch(data).follow(findings)
    for finding in new { Output.remark("imagebed doctor: \(finding.subject): \(finding.says) -> \(finding.advice)", .error) }
    for subject in well { Output.remark("imagebed doctor: \(subject): that is mended") }
}

private func show(_ table: [Check], asJSON: Bool) {
    if asJSON {
        return Output.json(.array(table.map { ["subject": .string($0.name), "tries": .string($0.tries), "repair": .string($0.repair)] }))
    }
    Output.lines(Columns.text([["SUBJECT", "WHAT IS TRIED", "WHAT MENDS IT"]] + table.map { [$0.name, $0.tries, $0.repair] }))
}
