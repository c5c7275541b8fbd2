// Failed attempts are recorded as empty files next to the thumbnails; name and time say everything. They are ignored if the
// picture is newer.

import Disk
import PictureWorker
import Time

extension Thumbnails {
    /// The picture could not be decoded; followed by a thumbnail's name: this one was too expensive.
    static let unreadable = "unreadable"
    /// Seconds before such an attempt is repeated.
    static let unreadableSeconds = 86_400

    /// Followed by a number: the machine interrupted the job, which says nothing about the picture. After so many times within an hour the
    /// picture is not tried for that long, because it may exhaust the machine.
    static let interrupted = "interrupted"
    static let mostInterruptions = 3
    static let rest = 3600

    /// Whether a file in a picture's folder marks the whole picture, not one of its thumbnails.
    static func isAboutThePicture(_ name: String) -> Bool { name == unreadable || name.hasPrefix(interrupted) }

    /// Whether a file of that name and age in seconds is an expired mark.
    static func isForgiven(_ name: String, age: Int) -> Bool {
        name.hasPrefix(unreadable) && age > unreadableSeconds || name.hasPrefix(interrupted) && age > rest
    }

    func isMarked(_ folder: Folder, _ name: String, _ source: File) throws -> Bool {
        try secondsLeft(folder, name, source, of: Thumbnails.unreadableSeconds) > 0
    }

    /// Records a failure; on a full disk nothing is recorded, and the next request tries again.
    func mark(_ folder: Folder, _ name: String) throws {
        do {
            try makeRoom(in: folder, for: name)
            try Draft(in: folder).publish(as: name, in: folder, isDurable: false)
        } catch let error as DiskError where error.kind == .full || error.kind == .exists {}
    }

    /// - Throws: `PictureFailure.resting` if jobs for this picture were interrupted too often.
    func letRest(_ folder: Folder, _ wish: Wish) throws {
        let last = "\(Thumbnails.interrupted)-\(Thumbnails.mostInterruptions)"
        let seconds = try secondsLeft(folder, last, wish.source, of: Thumbnails.rest)
        guard seconds > 0 else { return }
        throw PictureFailure.resting(seconds: seconds, because: "thumbnail: \(wish.path.text) was broken off \(Thumbnails.mostInterruptions) "
            + "times by want of memory or space (earlier lines tell) and is not tried for \(seconds) s; to try it at once, remove "
            + "\(folder.path)/\(Thumbnails.interrupted)-*")
    }

    /// Records an interruption under the first free or expired number. Its own errors, as on a full disk, must not hide the original one.
    func countInterruption(_ folder: Folder, _ source: File) {
        let names = (1...Thumbnails.mostInterruptions).map { "\(Thumbnails.interrupted)-\($0)" }
        for name in names where (try? secondsLeft(folder, name, source, of: Thumbnails.rest)) == 0 {
            return (try? mark(folder, name)) ?? ()
        }
    }

    /// Seconds until a mark expires; 0 if there is none or the picture is newer.
    private func secondsLeft(_ folder: Folder, _ name: String, _ source: File, of term: Int) throws -> Int {
        guard let marker = try existing(folder, name), marker.modified >= source.modified else { return 0 }
        return max(0, min(term, marker.modified + term - Now.seconds))
    }
}
