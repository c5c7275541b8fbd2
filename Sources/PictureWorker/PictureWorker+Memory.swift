// What the operator has to know of the memory for pictures: what there is, what may be taken, and what a picture needs.

extension PictureWorker {
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
