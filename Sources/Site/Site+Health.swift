// What programs that watch the site ask every few seconds: whether it could take an upload now. Everything is opened anew, because a process
// that opened it before would not notice that a disk was unmounted, or a file put in its place.

import Disk
import HTTP
import Settings

extension Site {
    /// Checks the database, and that the folders of the data can be written and have room. It takes about a millisecond, and leaves nothing.
    ///
    /// - Throws: the error of what fails; `Problem` 507 if too little space is free.
    public func requireHealth() throws {
        try SiteSchema.require(data)
        try Site.requireRoom(in: data.uploads, try settings.leastFreeBytes)
        try Site.requireRoom(in: data.run, ByteCount.megabyte)
    }

    private static func requireRoom(in path: String, _ least: Int) throws {
        let folder = try Folder(path)
        let free = try folder.freeBytes()
        guard free >= least else {
            throw Problem.noSpace(because: "\(path) has \(free) bytes of free space, and \(least) are needed: free some there")
        }
        _ = try Draft(in: folder)
    }
}
