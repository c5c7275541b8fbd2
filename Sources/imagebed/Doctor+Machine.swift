// The checks of `imagebed doctor` of the machine below the site: its clock, and its memory.

import Disk
import MediaStore
import PictureWorker
import Settings
import Site
import Time

extension Doctor {
    /// Seconds by which clocks may differ.
    private static let tolerance = 120

    /// A clock is wrong if it is before what has happened.
    static let checkClock: @Sendable (Site) throws -> [Finding] = { site in
        let mend = "sudo timedatectl set-ntp true, or sudo date -s"
        let newest = try site.store.files(FileSelection(), atMost: 1).first?.createdAt ?? 0
        let built = FileStatus(at: "\(Site.folderOfThisProgram)/imagebed")?.modified ?? 0
        for (what, moment) in [("the newest file was uploaded", newest), ("this program was built", built)] where moment > Now.seconds + tolerance {
            return [.problem("clock", "it is \(SiteTime.now.text) here, before \(what) (\(SiteTime(moment).text))", advice: mend)]
        }
        return [.ok("clock", SiteTime.now.text)]
    }

    /// What the answer says is the time of the web server, or of a proxy on another machine.
    static let checkClockOfAnswer: @Sendable (Round) throws -> [Finding] = { round in
        guard let there = HTTPDate.seconds(try round.greeting.get().date) else { return [] }
        let ahead = Now.seconds - there
        guard abs(ahead) > tolerance else { return [.ok("web clock", "as that of the web server at \(round.host)")] }
        return [.problem("web clock", "it is \(abs(ahead)) s \(ahead > 0 ? "after" : "before") that of the web server at \(round.host)",
                         advice: "sudo timedatectl set-ntp true, on the machine whose clock is wrong")]
    }

    static let checkMemory: @Sendable (Site) throws -> [Finding] = { site in
        let settings = try site.settings
        guard let machine = PictureWorker.machineMemory else { return [.ok("memory", "this machine does not tell how much it has")] }
        let share = PictureWorker.shareOfMachine, budget = settings.pictureMemory > 0 ? settings.pictureMemory : share
        guard budget <= max(share, machine / 10 * 9) else {
            return [.problem("memory", "picture_memory lets pictures take \(budget >> 20) MB, and this machine has \(machine >> 20) MB: the kernel would "
                + "end programs", advice: "imagebed settings set picture_memory 0 takes a share of what there is")]
        }
        let need = PictureWorker.need(ofPixels: settings.decodeMaxPixels)
        guard need > budget else { return [.ok("memory", "\(machine >> 20) MB, of which pictures take \(budget >> 20) MB at most")] }
        let fitting = max(1_000_000, PictureWorker.pixels(within: budget) / 1_000_000 * 1_000_000)
        return [.warning("memory", "a picture of \(settings.decodeMaxPixels / 1_000_000) megapixels (decode_max_pixels) may need \(need >> 20) MB, and "
            + "all pictures together get \(budget >> 20) MB of this machine's \(machine >> 20): there is no slot for it, its thumbnail is answered with 503",
            advice: "imagebed settings set decode_max_pixels \(fitting), or more memory")]
    }
}
