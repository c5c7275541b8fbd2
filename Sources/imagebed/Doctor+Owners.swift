// The check of `imagebed doctor` of every folder and a sample of files: whether the service's user can work with them, the web server can
// read them, and nobody else can write them.

import Disk
import Process
import Site

extension Doctor {
    static let checkOwners: @Sendable (DataFolder) -> [Finding] = { data in
        var walk = OwnerWalk()
        for folder in [data.uploads, data.recycleBin, data.thumbnails, data.json, data.pieces] where FileSystem.exists(folder) {
            walk.enter(folder, isServed: folder == data.uploads || folder == data.thumbnails)
        }
        let seen = "\(walk.folders) folders and \(walk.files) files"
        guard !walk.faults.isEmpty else { return [.ok("owners", "\(seen) are as they have to be")] }
        let told = walk.faults.prefix(OwnerWalk.told).map { Finding.problem("owners", "\($0.path): \($0.says)", advice: $0.repair) }
        guard walk.faults.count > told.count else { return told }
        return told + [.problem("owners", "and \(walk.faults.count - told.count) more of \(seen)", advice: Remedy(data).giveFolder)]
    }
}

/// Goes through folders; what is below one that is closed is not looked at.
private struct OwnerWalk {
    struct Fault {
        let path, says, repair: String
    }

    /// How many faults are told one by one.
    static let told = 5
    private static let mostFolders = 20_000, mostFiles = 5_000, filesOfFolder = 20, deepest = 12

    private(set) var faults: [Fault] = []
    private(set) var folders = 0
    private(set) var files = 0
    private let user = ServiceUser.name(of: User.currentID)

    mutating func enter(_ path: String, isServed: Bool, depth: Int = 0) {
        guard folders < OwnerWalk.mostFolders, depth <= OwnerWalk.deepest, let status = FileStatus(at: path) else { return }
        folders += 1
        if let refusal = FileSystem.refusal(of: [.read, .write, .enter], at: path) {
            return add(path, "the service's user, \(user), may not write there (\(refusal.reason))", "sudo chown -R \(user): \(path) && sudo chmod u+rwx\(isServed ? ",a+x" : "") \(path)")
        }
        look(path, status, isServed, readable: 0o011)
        guard let entries = try? Folder(path).listing() else { return }
        var left = OwnerWalk.filesOfFolder
        for entry in entries {
            guard let name = entry.name else { continue }
            switch entry.kind {
            case .folder: enter("\(path)/\(name)", isServed: isServed && !name.hasPrefix("."), depth: depth + 1)
            case .file where left > 0 && files < OwnerWalk.mostFiles:
                left -= 1
                lookAtFile("\(path)/\(name)", isServed)
            default: continue
            }
        }
    }

    private mutating func lookAtFile(_ path: String, _ isServed: Bool) {
        guard let status = FileStatus(at: path, followsLink: false) else { return }
        files += 1
        if let refusal = FileSystem.refusal(of: .read, at: path) {
            return add(path, "the service's user, \(user), may not read it (\(refusal.reason))", "sudo chown \(user): \(path) && sudo chmod u+rw\(isServed ? ",a+r" : "") \(path)")
        }
        look(path, status, isServed, readable: 0o044)
    }

    /// - Parameter readable: the bits of which the web server needs one.
    private mutating func look(_ path: String, _ status: FileStatus, _ isServed: Bool, readable: UInt32) {
        // (A folder of everybody's with the sticky bit is meant.)
        if status.permissions & 0o1002 == 0o002 { add(path, "everybody on this machine may write it", "sudo chmod o-w \(path)") }
        if isServed, status.permissions & readable == 0 { add(path, "the web server may not read it", "sudo chmod a+r\(status.kind == .folder ? "x" : "") \(path)") }
    }

    private mutating func add(_ path: String, _ says: String, _ repair: String) { faults.append(Fault(path: path, says: says, repair: repair)) }
}
