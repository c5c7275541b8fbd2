// The checks of `imagebed doctor`, which are defined in Doctor+TOPIC.swift.

import Disk
import Site

enum Doctor {
    /// Checks that do not need an open site, then those that do.
    private static let checksOfFiles = [checkFolders, checkSecret, checkModes, checkExecutables, checkTakeover]
    private static let checksOfSite = [
        checkDatabase, checkStoredSettings, checkBaseURL, checkTimeZone, checkWebServer, checkVisitors, checkFreeSpace, checkAdmins, checkPasswords,
        checkHideKey, checkDefaultToken, checkDays, checkOperatorTexts, checkViewLog, checkPictureWorker, checkWatermark,
    ]

    /// - Parameter place: of this site, if it replaced another one.
    static func examine(_ data: DataFolder, _ place: ReplacedSite?) -> [Finding] {
        let setup = "imagebed setup --data \(data.path)"
        if let refusal = FileSystem.refusal(at: data.path) ?? FileSystem.refusal(at: data.database) {
            let isClosed = FileSystem.refusal(at: data.database)?.isForbidden == true
            return [.problem("site", "\(refusal.path): \(refusal.reason)",
                             advice: isClosed ? "run this as root" : "\(setup) makes a site; --data names another")]
        }
        let findings = checksOfFiles.flatMap { $0(data) } + (place.map(check) ?? [])
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
}
