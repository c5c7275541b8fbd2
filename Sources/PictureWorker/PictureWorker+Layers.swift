// The confinement layers depend on how the worker is started: under a systemd service with a system call filter, or from a terminal.
// Services record the layers of their worker, so that `imagebed doctor` can report them.

import Confinement
import Disk

extension PictureWorker {
    private static let fileOfLayers = "confinement"

    /// Records the result of a service's self-test.
    ///
    /// - Throws: `DiskError`.
    public func remember(_ layers: ConfinementLayers) throws {
        try WorkerEnvironment.write(layers.words.joined(separator: " ") + "\n", as: PictureWorker.fileOfLayers, in: Folder(runFolder))
    }

    /// The most recently recorded layers; nil if there are none.
    public var rememberedLayers: ConfinementLayers? {
        guard let bytes = try? Folder(runFolder).bytes(of: PictureWorker.fileOfLayers, limit: 100) else { return nil }
        return ConfinementLayers(words: String(decoding: bytes, as: UTF8.self).split { $0.isWhitespace })
    }

    /// Deletes a recorded refusal, when the services are about to be installed again with other permissions.
    ///
    /// - Throws: `DiskError`.
    public func forgetRefusal() throws {
        guard case .refused = rememberedLayers?.landlock else { return }
        try Folder(runFolder).remove(PictureWorker.fileOfLayers)
    }
}
