// Layers depend on who starts the worker: a service that systemd keeps from some system calls, or somebody at a terminal. Services write
// down how their worker was confined, for the doctor, which is none of them.

import Confinement
import Disk

extension PictureWorker {
    private static let fileOfLayers = "confinement"

    /// Writes down what a service's self-test told.
    ///
    /// - Throws: `DiskError`.
    public func remember(_ layers: ConfinementLayers) throws {
        try WorkerEnvironment.write(layers.words.joined(separator: " ") + "\n", as: PictureWorker.fileOfLayers, in: Folder(runFolder))
    }

    /// What the service that wrote last had; nil when none has.
    public var rememberedLayers: ConfinementLayers? {
        guard let bytes = try? Folder(runFolder).bytes(of: PictureWorker.fileOfLayers, limit: 100) else { return nil }
        return ConfinementLayers(words: String(decoding: bytes, as: UTF8.self).split { $0.isWhitespace })
    }

    /// What was refused may be allowed from now on: the services are about to be installed anew.
    ///
    /// - Throws: `DiskError`.
    public func forgetRefusal() throws {
        guard case .refused = rememberedLayers?.landlock else { return }
        try Folder(runFolder).remove(PictureWorker.fileOfLayers)
    }
}
