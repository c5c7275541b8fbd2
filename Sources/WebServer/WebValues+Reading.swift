// The file of values is read with the rights of the user who writes it: whatever they have put in its place, a link, a pipe or a
// file without an end, shows root nothing that they could not see, and keeps root from nothing.

import Disk
import Process
import Settings
import Site

extension WebValues {
    /// The values of a site as its own user has written them.
    ///
    /// - Parameter user: whose rights root takes for it; nil for those of this process.
    /// - Throws: `WebServerError.values`; `DiskError` where this process cannot take that user's rights.
    init(of data: DataFolder, as user: User?) throws {
        let bytes = try user.map { try $0.does { try WebValues.bytes(data) } } ?? WebValues.bytes(data)
        do { self = try WebValues(reading: bytes) } catch { throw WebServerError.values(path: data.webValues, because: "\(error)") }
    }

    /// Removes what former versions wrote there as configuration, once the web server does not include it any more.
    public static func removeFormerFiles(of data: DataFolder, as user: User?) throws {
        func remove() throws {
            let folder = try Folder(data.path).folder("web")
            for name in ["limits", "tree", "thumbnails"] {
                for server in ["nginx", "apache"] { try folder.remove("\(name).\(server).conf") }
            }
        }
        if let user { try user.does(remove) } else { try remove() }
    }

    private static func bytes(_ data: DataFolder) throws -> [UInt8] {
        do {
            let folder = try Folder(data.path).folder("web")
            // First, so that a change after this makes it again. (What stays there would have systemd begin anew for ever.)
            try folder.clear(DataFolder.changedValuesName)
            if let bytes = try folder.bytes(of: DataFolder.valuesName, limit: limit) { return bytes }
        } catch let error as DiskError where error.isTooLarge {
            throw WebServerError.values(path: data.webValues, because: "\(WebValuesError.tooLarge)")
        } catch let error as DiskError {
            throw WebServerError.values(path: data.webValues, because: "\(error)")
        }
        throw WebServerError.values(path: data.webValues, because: "it is no regular file")
    }
}
