// What the worker finds on disk: slots to take turns, a policy for ImageMagick, and a scratch folder that it hardly uses.

import Disk

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
        if (try? folder.bytes(of: name, limit: wanted.count)) == wanted { return }
        try folder.replace(name, with: wanted, mode: 0o644)
    }
}
