// Decides from settings and headers alone how one picture is to be changed, so that an ordinary upload never starts the
// picture worker; the changes are made in one pass.

import Media
import PictureWorker

/// Target type of conversions.
public struct Conversion: Hashable, Sendable {
    public var type: MediaType
    /// Whether a result that is larger than the original is kept too.
    public var keepsLarger: Bool
    /// EasyImages' rules: a file whose client name ends in `.webp` stays; with `keepsLarger` one of the target type is re-encoded.
    public var isEasyImages: Bool

    public init(type: MediaType, keepsLarger: Bool = false, isEasyImages: Bool = false) {
        (self.type, self.keepsLarger, self.isEasyImages) = (type, keepsLarger, isEasyImages)
    }

    func applies(to type: MediaType, named name: ClientName) -> Bool {
        guard isEasyImages else { return type != self.type }
        return name.fileExtension != MediaType.webp.fileExtension && (type != self.type || keepsLarger)
    }
}

/// Changes that settings require for decodable, still pictures.
public struct PictureWishes: Hashable, Sendable {
    public var conversion: Conversion?
    /// 1...100: the quality of conversions and of rotated pictures.
    public var quality: Int
    /// libwebp's method, 0...6.
    public var method: Int
    /// Percent of both sides.
    public var scale: Int
    /// Whether a JPEG with an EXIF rotation is stored upright.
    public var uprights: Bool

    /// Minimum quality of pictures that are only scaled or marked: there the aim is not a smaller file.
    static let plainQuality = 80

    public init(conversion: Conversion? = nil, quality: Int = 80, method: Int = PictureVersion.usualMethod, scale: Int = 100, uprights: Bool = false) {
        (self.conversion, self.quality, self.method, self.scale, self.uprights) = (conversion, quality, method, scale, uprights)
    }
}

/// The changes to one picture.
struct PicturePlan: Hashable {
    let version: PictureVersion
    let isConverted: Bool
    /// Whether the original is kept if it is smaller.
    let keepsSmaller: Bool
    /// Names of the settings that require the changes, except for the mark; for messages.
    let settings: String

    /// nil if the picture is stored unchanged.
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
            width: scaled.0, height: scaled.1, mark: mark, isWantedUnmarked: isWantedUnmarked, method: wishes.method)
    }
}

extension MediaFacts {
    /// Size in pixels of a decodable, still picture; nil for any other.
    var stillSize: (width: Int, height: Int)? {
        guard isDecodable, !isAnimated, let width, let height else { return nil }
        return (width, height)
    }
}
