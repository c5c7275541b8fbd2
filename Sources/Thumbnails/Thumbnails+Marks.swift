// What is remembered of attempts that failed: empty files beside the thumbnails, whose names and times say it all. They count as long
// as the picture is not newer.

import Disk
import PictureWorker
import Time

extension Thumbnails {
    /// The picture could not be decoded; with a thumbnail's name behind it: that one was too much work.
    static let unreadable = "unreadable"
    /// Seconds for which that is not tried again.
    static let unreadableSeconds = 86_400

    /// With a number behind: the machine broke off the work, which says nothing of the picture. After so many times within an hour the
    /// picture rests that long, because it may be what brings the machine down.
    static let interrupted = "interrupted"
    static let mostInterruptions = 3
    static let rest = 3600

    /// Whether a file of a picture's folder is a mark of the whole picture, not one of its thumbnails.
    static func isAboutThePicture(_ name: String) -> Bool { name == unreadable || name.hasPrefix(interrupted) }

    /// Whether a file of that name and age in seconds is a mark that counts no more.
    static func isForgiven(_ name: String, age: Int) -> Bool {
        name.hasPrefix(unreadable) && age > unreadableSeconds || name.hasPrefix(interrupted) && age > rest
    }

    func isMarked(_ folder: Folder, _ name: String, _ source: File) throws -> Bool {
        try secondsLeft(folder, name, source, of: Thumbnails.unreadableSeconds) > 0
    }

    /// Remembers what failed; on a full disk it is forgotten, and tried again.
    func mark(_ folder: Folder, _ name: String) throws {
        do {
            try makeRoom(in: folder, for: name)
            try Draft(in: folder).publish(as: name, in: folder, isDurable: false)
        } catch let error as DiskError where error.kind == .full || error.kind == .exists {}
    }

    /// - Throws: `PictureFailure.resting` when the machine failed at this picture too often.
    func letRest(_ folder: Folder, _ wish: Wish) throws {
        let last = "\(Thumbnails.interrupted)-\(Thumbnails.mostInterruptions)"
        let seconds = try secondsLeft(folder, last, wish.source, of: Thumbnails.rest)
        guard seconds > 0 else { return }
        throw PictureFailure.resting(seconds: seconds, because: "thumbnail: \(wish.path.text) was broken off \(Thumbnails.mostInterruptions) "
            + "times by want of memory or space (earlier lines tell) and is not tried for \(seconds) s; to try it at once, remove "
            + "\(folder.path)/\(Thumbnails.interrupted)-*")
    }

    /// Takes the first number that is free or forgiven. That it fails, as on a full disk, must not hide why it was to be counted.
    func countInterruption(_ folder: Folder, _ source: File) {
        let names = (1...Thumbnails.mostInterruptions).map { "\(Thumbnails.interrupted)-\($0)" }
        for name in names where (try? secondsLeft(folder, name, source, of: Thumbnails.rest)) == 0 {
            return (try? mark(folder, name)) ?? ()
        }
    }

    /// Seconds for which a mark still counts; 0 when it is not there or the picture is newer.
    private func secondsLeft(_ folder: Folder, _ name: String, _ source: File, of term: Int) throws -> Int {
        guard let marker = try existing(folder, name), marker.modified >= source.modified else { return 0 }
        return max(0, min(term, marker.modified + term - Now.seconds))
    }
}
