// What the settings ask of one picture, as values: decided without looking at a pixel, so that an ordinary upload never starts the
// picture worker, and carried out in one pass where it does.

import Media
import PictureWorker

/// Into what pictures are converted.
public struct Conversion: Hashable, Sendable {
    public var type: MediaType
    /// Whether a result that is larger than what was sent counts too.
    public var keepsLarger: Bool
    /// As EasyImages did it: a file that its sender calls `.webp` stays as it is, one of the wanted type is encoded anew.
    public var isEasyImages: Bool

    public init(type: MediaType, keepsLarger: Bool = false, isEasyImages: Bool = false) {
        (self.type, self.keepsLarger, self.isEasyImages) = (type, keepsLarger, isEasyImages)
    }

    func applies(to type: MediaType, named name: ClientName) -> Bool {
        guard isEasyImages else { return type != self.type }
        return name.fileExtension != MediaType.webp.fileExtension && (type != self.type || keepsLarger)
    }
}

/// What settings ask of pictures that can be decoded and do not move.
public struct PictureWishes: Hashable, Sendable {
    public var conversion: Conversion?
    /// 1...100: the quality of conversions and of pictures that are turned.
    public var quality: Int
    /// Percent of both sides.
    public var scale: Int
    /// Whether a JPEG that lies on its side is stored upright.
    public var uprights: Bool

    /// The least quality of pictures that are only scaled or marked: there is no file to make smaller.
    static let plainQuality = 80

    public init(conversion: Conversion? = nil, quality: Int = 80, scale: Int = 100, uprights: Bool = false) {
        (self.conversion, self.quality, self.scale, self.uprights) = (conversion, quality, scale, uprights)
    }
}

/// What one picture becomes.
struct PicturePlan: Hashable {
    let version: PictureVersion
    let isConverted: Bool
    /// Whether what was sent is kept when it is the smaller file.
    let keepsSmaller: Bool
    /// Names of the settings that ask for it, but for the mark, for messages.
    let settings: String

    /// nil when the picture stays as it is.
    init?(_ wishes: PictureWishes, for facts: MediaFacts, named name: ClientName, mark: Mark? = nil) {
        guard let (width, height) = facts.stillSize else { return nil }
        isConverted = wishes.conversion?.applies(to: facts.type, named: name) ?? false
        let isTurned = wishes.uprights && facts.type == .jpeg && facts.orientation > 1
        let scaled = (max(1, width * wishes.scale / 100), max(1, height * wishes.scale / 100))
        let isScaled = scaled != (width, height)
        var mark = mark
        if case .picture(let claims, _) = mark, !MarkPlace.isRoom(for: (claims.width, claims.height), on: scaled) { mark = nil }
        let isWantedUnmarked = isConverted || isTurned || isScaled
        guard isWantedUnmarked || mark != nil else { return nil }
        keepsSmaller = isConverted && !isTurned && !isScaled && mark == nil && wishes.conversion?.keepsLarger == false
        settings = [(isConverted, "convert_format"), (isTurned, "upright_uploads"), (isScaled, "scale_uploads")]
            .filter(\.0).map(\.1).joined(separator: ", ")
        version = PictureVersion(
            type: isConverted ? wishes.conversion?.type ?? facts.type : facts.type,
            quality: isConverted || isTurned ? wishes.quality : max(wishes.quality, PictureWishes.plainQuality),
            width: scaled.0, height: scaled.1, mark: mark, isWantedUnmarked: isWantedUnmarked)
    }
}

extension MediaFacts {
    /// Pixels of a picture that can be decoded and does not move; nil for any other.
    var stillSize: (width: Int, height: Int)? {
        guard type.isDecodable, !isAnimated, let width, let height else { return nil }
        return (width, height)
    }
}
