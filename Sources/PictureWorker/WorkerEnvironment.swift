// Files that the worker needs: slots, a policy for ImageMagick, and a scratch folder that it rarely uses.

import Disk

/// The picture worker's folders in the run folder, and the environment variables that point to them.
struct WorkerEnvironment {
    let slots: Slots
    /// Environment of the worker. Nothing is inherited: with HOME set, ImageMagick would also load a policy from there.
    let variables: [String]
    /// Bytes that picture workers may use on this machine.
    let memory = MachineMemory().forPictures

    init(runFolder: String, slots count: Int) throws {
        let run = try Folder(runFolder)
        slots = Slots(folder: try run.folder("slots", creates: true), count: count)
        let policy = try run.folder("policy", creates: true)
        let scratch = try run.folder("scratch", creates: true)
        try WorkerEnvironment.write(Policy.text, as: Policy.fileName, in: policy)
        variables = [
            "MAGICK_CONFIGURE_PATH=\(policy.path)", "MAGICK_TEMPORARY_PATH=\(scratch.path)", "OMP_NUM_THREADS=1",
            "GLIBC_TUNABLES=\(WorkerEnvironment.allocator)",
        ]
    }

    /// How glibc gets memory from the kernel (its manual, "Memory Allocation Tunables"; other libraries ignore it): in huge pages. A picture
    /// is copied with each step, and every page that is new costs a fault. Other tunables only take more memory.
    private static let allocator = "glibc.malloc.hugetlb=1"

    /// Writes a small file atomically unless it is up to date: ImageMagick silently ignores a missing or truncated policy.
    static func write(_ text: String, as name: String, in folder: Folder) throws {
        let wanted = Array(text.utf8)
        if (try? folder.bytes(of: name, limit: wanted.count)) == wanted { return }
        try folder.replace(name, with: wanted, mode: 0o644)
    }
}
