// The checks of `imagebed doctor` that need an open site.

import Administration
import Disk
import EasyImages
import MediaStore
import PictureWorker
import Settings
import Site
import SQLite

extension Doctor {
    /// SQLite's integrity check. (A server checks its pages itself.)
    static let checkDatabase: @Sendable (Site) throws -> [Finding] = { site in
        guard let file = site.database as? Connection else {
            let faults = ClusterCheck.findings(site.data).filter { $0.level != .ok }
            return faults.isEmpty ? [.ok("database", "\(try DatabasePlace(of: site.data)) is as imagebed cluster check wants it")] : faults
        }
        let complaints = try file.complaints(atMost: 5)
        guard complaints.isEmpty else {
            return [.problem("database", "\(site.data.database) is damaged: \(complaints.joined(separator: "; "))",
                             advice: "stop the site, keep a copy of the file, restore it from a backup, and run imagebed setup --restored")]
        }
        return [.ok("database", "\(site.data.database) is sound")]
    }

    /// Rows that were written by other means than `imagebed settings set`.
    static let checkStoredSettings: @Sendable (Site) throws -> [Finding] = { site in
        let rows = try site.storedSettings
        let problems = Settings.problems(in: rows).map { error -> Finding in
            switch error {
            case .unknownKey(let key):
                .warning("settings", "this version does not know the stored setting \(key)", advice: "leave it for the version that wrote it")
            case .noAddress(let key, _):
                .problem("settings", "\(error); it matches nobody, the other entries count", advice: "imagebed settings set \(key) 'ENTRY,ENTRY'")
            case .noNetwork(let key, _):
                .problem("settings", "\(error); its log and its limits take the visitors behind it for one, the other entries count",
                         advice: "imagebed settings set \(key) 'ENTRY,ENTRY'")
            case .tooManyAddresses(let key, _):
                .problem("settings", "\(error), and every request is slow with so many",
                         advice: "imagebed settings set \(key) 'ENTRY,ENTRY': networks need fewer")
            case .ownFolder(let key, _, _), .programFolder(let key, _, _): .problem("settings", "\(error)", advice: "imagebed settings set \(key) /i/")
            case .notAllowed:
                .problem("settings", "\(error); the value of a new site counts instead", advice: "imagebed settings set KEY VALUE")
            }
        }
        return problems.isEmpty ? [.ok("settings", "\(rows.count) differ from those of a new site or were set to them")] : problems
    }

    /// A base URL that only this machine can resolve makes links useless for others.
    static let checkBaseURL: @Sendable (Site) throws -> [Finding] = { site in
        let address = try site.settings.baseURL
        guard try site.storedSettings["base_url"] != nil else {
            return [.warning("base_url", "it was never set: links in answers start with \(address)",
                             advice: "imagebed settings set base_url https://YOUR.SITE")]
        }
        if let installed = InstalledSite.here, installed.data == site.data.path, installed.prefix != address.pathPrefix {
            return [.warning("base_url", "links in answers start with \(address), and the site was installed below \(installed.prefix)/",
                             advice: "imagebed settings set base_url \(address.origin)\(installed.prefix), unless a proxy in front changes paths")]
        }
        return [.ok("base_url", address.text)]
    }

    static let checkTimeZone: @Sendable (Site) throws -> [Finding] = { site in
        let zone = try site.settings.timeZone
        guard TimeZoneFile.exists(zone) else {
            return [.problem("time_zone", "\(TimeZoneFile.path(zone)) is missing, so times are UTC", advice: "install tzdata")]
        }
        return [.ok("time_zone", zone.isEmpty ? "the system's" : zone)]
    }

    static let checkFreeSpace: @Sendable (Site) throws -> [Finding] = { site in
        let free = try site.uploads.freeBytes()
        let floor = try site.settings.leastFreeBytes
        guard free >= floor else {
            return [.problem("free space", "\(free >> 20) MB are left, uploads are refused below \(ByteCount.print(floor))",
                             advice: "make room: imagebed gc --recycle-days 0 empties the recycle bin and the cache of thumbnails")]
        }
        let (near, overflow) = floor.multipliedReportingOverflow(by: 4)
        guard !overflow, free >= near else {
            return [.warning("free space", "\(free >> 20) MB are left",
                             advice: "make room before uploads are refused at \(ByteCount.print(floor))")]
        }
        return [.ok("free space", "\(free >> 20) MB")]
    }

    /// The default key of EasyImages is public, so links made with it do not hide anything.
    static let checkHideKey: @Sendable (Site) throws -> [Finding] = { site in
        guard try site.settings.hiding.oldKey == PublicSecrets.hideKey else { return [] }
        return [.warning("hide_key", "everybody knows it, so anybody can make hidden links of EasyImages' kind; they show recorded files alone",
                         advice: "imagebed settings set hide_key '' when no such links are in use any more")]
    }

    /// What triggers counted against a count of all rows.
    static let checkDays: @Sendable (Site) throws -> [Finding] = { site in
        for derived in Derived.allCases where try !site.store.isComplete(derived) {
            return [.warning("index", "not complete: the \(derived.label); search, months or statistics do not know all files",
                             advice: "imagebed index; imagebed tally does it too, little by little")]
        }
        guard let wrong = try site.store.wrongDays(), let first = wrong.first else { return [.ok("index", "names and days are complete")] }
        return [.problem("index", "the numbers of \(wrong.count) days are wrong, the first is \(first.text)", advice: "imagebed index --rebuild")]
    }

    /// Scripts in the operator's texts are left out of pages without a word to the visitor.
    static let checkOperatorTexts: @Sendable (Site) throws -> [Finding] = { site in
        let keys = try site.settings.textsWithIdleScripts
        guard !keys.isEmpty else { return [] }
        return [.warning("operator texts", "scripts in \(keys.joined(separator: ", ")) do not run while operator_scripts is off",
                         advice: "take them out, or imagebed settings set operator_scripts on: they could then do all that a visitor or an administrator can")]
    }

    /// Without a readable log no views are counted.
    static let checkViewLog: @Sendable (Site) throws -> [Finding] = { site in
        if let refusal = FileSystem.refusal(of: .read, at: site.data.viewLog) {
            let isOwn = site.data.viewLog == site.data.ownViewLog
            return [.warning("view log", "\(site.data.viewLog): \(refusal.reason)",
                             advice: isOwn ? "give it to the service's user, with mode 644, and reload the web server" : "run install.sh again")]
        }
        return [.ok("view log", site.data.viewLog)]
    }

    /// Runs the picture worker's self-test, including its policy.
    static let checkPictureWorker: @Sendable (Site) throws -> [Finding] = { site in
        do {
            let layers = try site.worker.selfTest()
            return [.ok("pictures", "the picture worker reads pictures and refuses what its policy forbids"),
                    confinement(layers, ofServices: site.worker.rememberedLayers)]
        } catch {
            let advice = "if it names a file below \(site.data.run), give that to the service's user; otherwise install the site's programs and "
                + "ImageMagick's libraries again"
            return [.untried("pictures", error) ?? .problem("pictures", "\(error)", advice: advice)]
        }
    }

    /// A watermark that cannot be drawn makes all uploads of pictures fail.
    static let checkWatermark: @Sendable (Site) throws -> [Finding] = { site in
        do {
            guard let trial = try site.tryWatermark(site.settings) else { return [.ok("watermark", "nothing is put upon pictures")] }
            if trial.lacksCharacters {
                return [.warning("watermark", "no installed font has the characters of watermark_text",
                                 advice: "apt install fonts-noto-cjk, or imagebed settings set watermark_font /PATH/OF/A.ttf")]
            }
            return [.ok("watermark", "\(trial.width) x \(trial.height) pixels; smaller pictures stay unmarked")]
        } catch {
            return [.untried("watermark", error) ?? .problem("watermark", "\(error)", advice: "mend the setting, or imagebed settings set watermark off")]
        }
    }
}

extension Finding {
    /// A check that could not run for lack of memory or space says nothing about the site.
    fileprivate static func untried(_ subject: String, _ error: any Error) -> Finding? {
        guard let failure = error as? PictureFailure, failure.retryAfter != nil else { return nil }
        return .warning(subject, "not tried: \(failure.because)", advice: "do that if it lasts, and ask the doctor again")
    }
}
