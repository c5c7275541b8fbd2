// Encoding: eight bits per channel, RGB or gray, no metadata except a color profile that matters.

internal import CMagickWand
import Media

extension Picture {
    /// Removes all metadata except the color profile.
    public func strip() throws {
        let profile = profileBytes
        try check(MagickStripImage(wand), "strip")
        // Stripping also sets the list of chunks that the PNG encoder omits, with iCCP in it. The new list has neither iCCP nor zTXt:
        // without any of the three text chunks ImageMagick 6 writes no profile either.
        MagickDeleteImageArtifact(wand, "png:exclude-chunk")
        MagickSetImageArtifact(wand, "png:exclude-chunk", "bKGD,caNv,cHRM,eXIf,gAMA,iTXt,pHYs,sRGB,tEXt,zCCP,date")
        if !profile.isEmpty { try check(MagickSetImageProfile(wand, "icc", profile, profile.count), "keep colour profile") }
        removeProperties()
    }

    /// EXIF fields and comments are kept as properties, which the PNG encoder would write as text, GPS positions too.
    private func removeProperties() {
        var count = 0
        guard let names = MagickGetImageProperties(wand, "*", &count) else { return }
        defer { MagickRelinquishMemory(names) }
        for number in 0..<count {
            MagickDeleteImageProperty(wand, names[number])
            MagickRelinquishMemory(names[number])
        }
    }

    /// Sets output format and encoder options.
    func prepare(for type: MediaType, quality: Int, effort: Int?, sparingMemory: Bool) throws {
        guard let format = Picture.format(of: type) else { throw ImagingError(.refused, "\(type) is not encoded here") }
        // The format prefix of the input file name would also set the output format.
        MagickSetFilename(wand, "")
        MagickSetImageFilename(wand, "")
        try check(MagickSetImageFormat(wand, format), "set format")
        try check(MagickSetImageDepth(wand, 8), "set depth")
        // The PNG encoder reads the wand's quality, not the picture's.
        let quality = type == .png ? pngQuality(effort ?? 5) : quality
        try check(MagickSetCompressionQuality(wand, quality), "set quality")
        try check(MagickSetImageCompressionQuality(wand, quality), "set picture's quality")
        if type == .jpeg {
            let colors = ColorSampling(quality: quality, pixels: width * height)
            MagickSetOption(wand, "jpeg:sampling-factor", colors == .full ? "1x1,1x1,1x1" : "2x2,1x1,1x1")
        }
        if type == .webp { limitWebP(method: effort ?? 4, sparingMemory: sparingMemory) }
    }

    /// ImageMagick's quality number: compression level times 10, plus 5 for adaptive filters. Level 7 takes three times as long as 5
    /// for 4 % of the size; level 2 keeps 50 megapixels within the CPU time limit.
    private func pngQuality(_ effort: Int) -> Int { min(effort, isLarge ? 2 : 9) * 10 + 5 }

    private var isLarge: Bool { width * height > 12_000_000 }

    /// With its usual method, 4, the WebP encoder spends 13 s of CPU time on 50 megapixels instead of 2, for 6 % of the size. Its first
    /// partition is limited to half a megabyte, which a large picture exceeds without this option. Unless it spares memory it keeps its
    /// analysis of each block.
    private func limitWebP(method: Int, sparingMemory: Bool) {
        if sparingMemory { MagickSetOption(wand, "webp:low-memory", "true") }
        // Methods above 4 take much longer; what a worker may take of CPU time is limited.
        MagickSetOption(wand, "webp:method", "\(min(method, isLarge ? 2 : width * height > 4_000_000 ? 4 : 6))")
        if isLarge { MagickSetOption(wand, "webp:partition-limit", "50") }
    }

    static func signature(of type: MediaType) -> [UInt8] {
        switch type {
        case .jpeg: [0xFF, 0xD8, 0xFF]
        case .png: [0x89, 0x50, 0x4E, 0x47]
        case .gif: Array("GIF8".utf8)
        case .webp: Array("RIFF".utf8)
        default: Array("BM".utf8)
        }
    }
}
