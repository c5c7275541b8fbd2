// The file of values is read with the rights of the user who writes it: whatever they have put in its place, a link, a pipe or a
// file without an end, shows root nothing that they could not see, and keeps root from nothing.

import Disk
import Glibc
import Settings
import Site

extension WebValues {
    /// The values of a site as its own user has written them.
    ///
    /// - Parameter user: whose rights root takes for it; nil for those of this process.
    /// - Throws: `WebServerError.values`; `DiskError` where this process cannot take that user's rights.
    init(of data: DataFolder, as user: SiteUser?) throws {
        let bytes = try user.map { try $0.does { try WebValues.bytes(data) } } ?? WebValues.bytes(data)
        do { self = try WebValues(reading: bytes) } catch { throw WebServerError.values(path: data.webValues, because: "\(error)") }
    }

    /// Removes what former versions wrote there as configuration, once the web server does not include it any more.
    public static func removeFormerFiles(of data: DataFolder, as user: SiteUser?) throws {
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
        } catch let error as DiskError where error.code == EFBIG {
            throw WebServerError.values(path: data.webValues, because: "\(WebValuesError.tooLarge)")
        } catch let error as DiskError {
            throw WebServerError.values(path: data.webValues, because: "\(error)")
        }
        throw WebServerError.values(path: data.webValues, because: "it is no regular file")
    }
}

/// Who writes the values, where that is not this process's user.
public struct SiteUser: Sendable {
    let id: uid_t
    let group: gid_t

    public init(id: uid_t, group: gid_t) { (self.id, self.group) = (id, group) }

    /// Does something with this user's rights, and has root's again afterwards.
    fileprivate func does<Value>(_ body: () throws -> Value) throws -> Value {
        var own = group
        var former = [gid_t](repeating: 0, count: Int(max(0, getgroups(0, nil))))
        guard getgroups(Int32(former.count), &former) >= 0, setgroups(1, &own) == 0, setegid(own) == 0, seteuid(id) == 0 else {
            throw DiskError("take the rights of user", "\(id)")
        }
        // A file system of the user's own might never answer: the process then ends.
        alarm(30)
        defer {
            alarm(0)
            guard seteuid(0) == 0, setegid(0) == 0, setgroups(former.count, &former) == 0 else { abort() }
        }
        return try body()
    }
}
