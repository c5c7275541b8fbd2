// What the operator has to know of the memory for pictures: what there is, what may be taken, and what a picture needs.

import Confinement

extension PictureWorker {
    /// The version, encoded without sparing memory where as many of its kind as there are slots fit into the budget together. Above
    /// 12 megapixels that is never tried: the budget is shared with pictures that need their part of it.
    func quickest(_ version: PictureVersion, _ need: MemoryNeed) throws -> PictureVersion {
        var version = version
        version.sparesMemory = false
        let environment = try openEnvironment()
        let most = try min(budget(environment) / environment.slots.count, ResourceLimits.memory)
        version.sparesMemory = version.width * version.height > 12_000_000 || need.conversion(to: version) > most
        return version
    }

    /// Bytes of memory of this machine, or of the control group around this process if that has fewer; nil if unknown.
    public static var machineMemory: Int? { MachineMemory().total }

    /// What all workers together take of it where the settings name no number.
    public static var shareOfMachine: Int { MachineMemory().forPictures }

    /// Bytes that a job needs for a picture of so many pixels that cannot be decoded at a reduced size, at most.
    public static func need(ofPixels pixels: Int) -> Int { MemoryNeed.ofAnyJob + bytesOfPixel * pixels }

    /// The most pixels of a picture that so many bytes are enough for.
    public static func pixels(within bytes: Int) -> Int { max(0, bytes - MemoryNeed.ofAnyJob) / bytesOfPixel }

    /// ImageMagick's largest pixel (MemoryNeed.swift).
    private static let bytesOfPixel = 10
}
