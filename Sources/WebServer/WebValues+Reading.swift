// The file of values is read with the rights of the user who writes it: whatever it is replaced by (a link, a pipe, a file without an
// end), root reads nothing that this user could not read, and cannot be blocked.

import Disk
import Process
import Settings
import Site

extension WebValues {
    /// Reads the values written by the site's user.
    ///
    /// - Parameter user: the user whose rights are taken for it; nil for those of this process.
    /// - Throws: `WebServerError.values`; `DiskError` if this process cannot take the user's rights.
    init(of data: DataFolder, as user: User?) throws {
        let bytes = try user.map { try $0.does { try WebValues.bytes(data) } } ?? WebValues.bytes(data)
        do { self = try WebValues(reading: bytes) } catch { throw WebServerError.values(path: data.webValues, because: "\(error)") }
    }

    /// Removes configuration files that earlier versions wrote there, once the web server does not include them any more.
    public static func removeFormerFiles(of data: DataFolder, as user: User?) throws {
        func remove() throws {
            let folder = try data.openWeb()
            for name in ["limits", "tree", "thumbnails"] {
                for server in ["nginx", "apache"] { try folder.remove("\(name).\(server).conf") }
            }
        }
        if let user { try user.does(remove) } else { try remove() }
    }

    private static func bytes(_ data: DataFolder) throws -> [UInt8] {
        do {
            let folder = try data.openWeb()
            // Removed first, so that a later change creates it again. (If it stayed, systemd would start the service again and again.)
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
