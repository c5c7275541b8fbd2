// What leaves: eight bits a channel, RGB or grey, no metadata but a colour profile that matters, in the format asked for.

internal import CMagickWand
import Media

extension Picture {
    /// Removes everything that is not the picture; a colour profile stays when it is no larger than `limit` bytes and not
    /// sRGB, which is what a picture without profile is taken for anyway.
    public func strip(keepingProfileUpTo limit: Int) throws {
        let profile = try neutralProfile()
        try check(MagickStripImage(wand), "strip")
        // Stripping also tells the PNG encoder which chunks to leave out, and iCCP is among them. zTXt must not be: without
        // any of the three text chunks ImageMagick 6 writes no profile either.
        MagickDeleteImageArtifact(wand, "png:exclude-chunk")
        MagickSetImageArtifact(wand, "png:exclude-chunk", "bKGD,caNv,cHRM,eXIf,iTXt,pHYs,sRGB,tEXt,zCCP,date")
        if profile.count > 0, profile.count <= limit {
            try check(MagickSetImageProfile(wand, "icc", profile, profile.count), "keep colour profile")
        }
        removeProperties()
    }

    /// What was read from EXIF and comments lives on as properties, which the PNG encoder writes as text: positions too.
    private func removeProperties() {
        var count = 0
        guard let names = MagickGetImageProperties(wand, "*", &count) else { return }
        defer { MagickRelinquishMemory(names) }
        for number in 0..<count {
            MagickDeleteImageProperty(wand, names[number])
            MagickRelinquishMemory(names[number])
        }
    }

    /// The colour profile that belongs to the pixels after they were made RGB or grey; empty when there is none to keep.
    private func neutralProfile() throws -> [UInt8] {
        let space = MagickGetImageColorspace(wand)
        guard space == sRGBColorspace || space == RGBColorspace || space == GRAYColorspace || space == LinearGRAYColorspace
        else {
            try check(MagickTransformImageColorspace(wand, sRGBColorspace), "convert to sRGB")
            return []
        }
        var count = 0
        guard let bytes = MagickGetImageProfile(wand, "icc", &count) else { return [] }
        defer { MagickRelinquishMemory(bytes) }
        let profile = [UInt8](UnsafeBufferPointer(start: bytes, count: count))
        return ColourProfile.isPlainRGB(profile) ? [] : profile
    }

    /// Sets what is written from then on.
    func prepare(for type: MediaType, quality: Int, effort: Int) throws {
        guard let format = Picture.format(of: type) else { throw ImagingError(.refused, "\(type) is not encoded here") }
        // The prefix of the way in would rule the output too.
        MagickSetFilename(wand, "")
        MagickSetImageFilename(wand, "")
        try check(MagickSetImageFormat(wand, format), "set format")
        try check(MagickSetImageDepth(wand, 8), "set depth")
        // The wand's own quality too, because the PNG encoder does not look at the picture's.
        let quality = type == .png ? pngQuality(effort) : quality
        try check(MagickSetCompressionQuality(wand, quality), "set quality")
        try check(MagickSetImageCompressionQuality(wand, quality), "set picture's quality")
        if type == .jpeg { MagickSetOption(wand, "jpeg:sampling-factor", "2x2,1x1,1x1") }
        if type == .webp { spareMemoryAndTime() }
    }

    /// ImageMagick's word for a level with a filter chosen for each row. Level 7 takes three times as long as 5 for 4 % of the size;
    /// level 2 keeps 50 megapixels within the processor time of the process.
    private func pngQuality(_ effort: Int) -> Int { min(effort, isLarge ? 2 : 9) * 10 + 5 }

    private var isLarge: Bool { width * height > 12_000_000 }

    /// The encoder's default looks for the smallest file: 50 megapixels then cost 13 s of processor time instead of 2, for 6 % of the
    /// size. Its first partition holds half a megabyte at most, and a large picture fills it unless it is told to take care. Unless told
    /// so it also keeps what it found out about each block: 12 megapixels of noise then take 480 MB.
    private func spareMemoryAndTime() {
        if width * height > 4_000_000 { MagickSetOption(wand, "webp:low-memory", "true") }
        guard isLarge else { return }
        MagickSetOption(wand, "webp:method", "2")
        MagickSetOption(wand, "webp:partition-limit", "50")
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

/// ICC profiles, as far as it matters whether one can be left out.
enum ColourProfile {
    /// Whether the profile is one of the many sRGB profiles: its tags, where the description stands, say so.
    static func isPlainRGB(_ profile: [UInt8]) -> Bool {
        // ICC.1:2010, 7.2: header of 128 bytes, colour space at 16. Descriptions are ASCII in version 2, UTF-16 in 4.
        guard profile.count > 132, profile[16..<20].elementsEqual("RGB ".utf8) else { return false }
        let text = profile[132...].lazy.filter { $0 != 0 }
        let word = Array("sRGB".utf8)
        var matched = 0
        for byte in text {
            matched = byte == word[matched] ? matched + 1 : (byte == word[0] ? 1 : 0)
            if matched == word.count { return true }
        }
        return false
    }
}
