// All changes to an uploaded picture are made in one pass: decoding and encoding are expensive, and encoding a JPEG
// twice loses quality.

import Media

/// The version to make of a picture: always upright, of this size, with this mark, in this type.
public struct PictureVersion: Hashable, Sendable {
    public var type: MediaType
    /// 1...100 for JPEG and WebP; for PNG it sets the compression effort, as in EasyImages.
    public var quality: Int
    /// Pixels, after orientation.
    public var width: Int
    public var height: Int
    public var mark: Mark?
    /// Whether to make it even if the mark does not fit; if not, nothing is written then.
    public var isWantedUnmarked: Bool
    /// libwebp's method, 0...6: the time that its encoder takes for a smaller file.
    public var method: Int
    /// Maximum bytes; a larger result is discarded. nil for no limit.
    public var sizeLimit: Int?
    /// Whether the WebP encoder takes less memory and more time: `PictureWorker` decides that, by what there is.
    public internal(set) var sparesMemory = true

    public init(type: MediaType, quality: Int, width: Int, height: Int, mark: Mark? = nil, isWantedUnmarked: Bool = true, sizeLimit: Int? = nil,
                method: Int = PictureVersion.usualMethod) {
        (self.type, self.quality, self.width, self.height) = (type, quality, width, height)
        (self.mark, self.isWantedUnmarked, self.sizeLimit) = (mark, isWantedUnmarked, sizeLimit.map { min(max($0, 1), 999_999_999) })
        self.method = method
    }

    /// libwebp's own.
    public static let usualMethod = 4
    private static let methods = 0...6
    /// Of the description in words.
    private static let count = 7

    init?(words: ArraySlice<String>) {
        let numbers = words.dropFirst().prefix(PictureVersion.count).compactMap(PictureJob.number)
        guard let word = words.first, let type = MediaType(rawValue: word), numbers.count == PictureVersion.count, numbers[1] > 0, numbers[2] > 0,
            numbers[3] <= 1, PictureVersion.methods.contains(numbers[5]), numbers[6] <= 1 else { return nil }
        let rest = words.dropFirst(1 + PictureVersion.count)
        let mark = Mark(words: rest)
        guard rest.isEmpty || mark != nil else { return nil }
        self.init(type: type, quality: numbers[0], width: numbers[1], height: numbers[2], mark: mark, isWantedUnmarked: numbers[3] == 1,
                  sizeLimit: numbers[4] == 0 ? nil : numbers[4], method: numbers[5])
        sparesMemory = numbers[6] == 1
    }

    var words: [String] {
        let numbers = [quality, width, height, isWantedUnmarked ? 1 : 0, sizeLimit ?? 0, method, sparesMemory ? 1 : 0]
        return [type.rawValue] + numbers.map { String($0) } + (mark?.words ?? [])
    }

    /// What the encoder takes: libwebp's method, or the PNG compression level, 0 to 9, by EasyImages' formula. Level 0 is never used: such
    /// files are as large as bitmaps.
    public var effort: Int { type == .webp ? method : max(1, 9 - Int((Double(quality) / 11.2).rounded())) }
}
