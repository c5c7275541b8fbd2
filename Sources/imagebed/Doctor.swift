// `imagebed doctor`: looks at everything that a site needs and can lose. It changes nothing; each finding says what to do.

import Disk
import JSONText
import Site

let doctorCommand = Command(
    "doctor", "Look for what is wrong with the site, and say what to do.",
    details: "Ends with 1 when there is a problem; warnings alone end with 0. Nothing is changed.", options: [.json]
) { invocation in
    let data = invocation.data
    try ServiceUser.become(ownerOf: data)
    let findings = examine(data)
    if invocation.wantsJSON {
        Output.json(.array(findings.map(\.json)))
    } else {
        for finding in findings { Output.lines(finding.text) }
    }
    guard !findings.contains(where: { $0.level == .problem }) else { throw CommandFailure(.failed, "") }
}

/// What can be looked at without opening the site, and then what cannot.
private let checksOfFiles = [checkFolders, checkSecret, checkModes, checkExecutables, checkTakeover]
private let checksOfSite = [
    checkDatabase, checkStoredSettings, checkBaseURL, checkTimeZone, checkWebServer, checkFreeSpace, checkAdmins, checkPasswords, checkHideKey,
    checkViewLog, checkPictureWorker, checkWatermark,
]

private func examine(_ data: DataFolder) -> [Finding] {
    let setup = "imagebed setup --data \(data.path)"
    if let refusal = FileSystem.refusal(at: data.path) ?? FileSystem.refusal(at: data.database) {
        let isClosed = FileSystem.refusal(at: data.database)?.isForbidden == true
        return [.problem("site", "\(refusal.path): \(refusal.reason)",
                         advice: isClosed ? "run this as root" : "\(setup) makes a site; --data names another")]
    }
    let findings = checksOfFiles.flatMap { $0(data) }
    do {
        let site = try Site(data: data)
        return findings + checksOfSite.flatMap { check in
            do {
                return try check(site)
            } catch {
                return [.problem("site", CommandFailure(explaining: error).message,
                                 advice: "\(setup) makes what is missing; what is damaged has to come from a backup")]
            }
        }
    } catch {
        let advice = findings.contains { $0.level == .problem } ? "mend what is told above first"
            : "\(setup) makes what is missing; what is damaged has to come from a backup"
        return findings + [.problem("site", "it does not open: \(CommandFailure(explaining: error).message)", advice: advice)]
    }
}
