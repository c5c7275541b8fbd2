// What the worker finds on disk: slots to take turns, a policy for ImageMagick, and a scratch folder that it hardly uses.

import Disk
import Glibc

/// The picture worker's folders below the run folder, and the environment variables that lead it there.
struct WorkerEnvironment {
    let slots: Slots
    /// Of the process. Nothing of ours is inherited: with HOME set, ImageMagick would take a policy from there too.
    let variables: [String]
    /// Bytes that pictures may take on this machine.
    let memory = MachineMemory().forPictures

    init(runFolder: String, slots count: Int) throws {
        let run = try Folder(runFolder)
        slots = Slots(folder: try run.folder("slots", creates: true), count: count)
        let policy = try run.folder("policy", creates: true)
        let scratch = try run.folder("scratch", creates: true)
        try WorkerEnvironment.write(Policy.text, as: Policy.fileName, in: policy)
        variables = [
            "MAGICK_CONFIGURE_PATH=\(policy.path)", "MAGICK_TEMPORARY_PATH=\(scratch.path)", "OMP_NUM_THREADS=1",
        ]
    }

    /// Puts a small file in place whole, unless the same is there: a policy that is missing or half is ignored silently.
    static func write(_ text: String, as name: String, in folder: Folder) throws {
        let wanted = Array(text.utf8)
        guard try !holds(wanted, folder, name) else { return }
        let temporary = "\(folder.path)/\(name).\(getpid())"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o644)
        guard descriptor >= 0 else { throw DiskError("make", temporary) }
        let file = Descriptor(descriptor)
        guard Glibc.write(file.number, wanted, wanted.count) == wanted.count, fsync(file.number) == 0,
            rename(temporary, "\(folder.path)/\(name)") == 0
        else { throw DiskError("write", temporary) }
    }

    private static func holds(_ wanted: [UInt8], _ folder: Folder, _ name: String) throws -> Bool {
        guard let present = try? folder.file(name), present.size == wanted.count else { return false }
        var bytes = [UInt8](repeating: 0, count: wanted.count)
        let count = try bytes.withUnsafeMutableBytes { try present.read(at: 0, into: $0) }
        return count == wanted.count && bytes == wanted
    }
}
