// The file types that can be stored. The type is detected from the content (MediaHeader), never from the client's file name, so that a
// script called .jpg is not stored.

/// Whether a stored file is shown as a picture or a video.
public enum MediaKind: String, CaseIterable, Sendable {
    case image, video
}

/// A supported content type; the raw value is stored in databases and settings and must not change.
public enum MediaType: String, CaseIterable, Sendable {
    case jpeg, png, gif, webp, bmp, svg, avif, heic, tiff, ico, tga
    case mp4, mov, m4v, webm, mkv, avi, wmv

    public var kind: MediaKind {
        switch self {
        case .jpeg, .png, .gif, .webp, .bmp, .svg, .avif, .heic, .tiff, .ico, .tga: .image
        case .mp4, .mov, .m4v, .webm, .mkv, .avi, .wmv: .video
        }
    }

    /// The extension of stored files, without the dot.
    public var fileExtension: String {
        self == .jpeg ? "jpg" : rawValue
    }

    /// All extensions that clients use for this type, lower case; the first is that of stored files.
    public var fileExtensions: [String] {
        switch self {
        case .jpeg: ["jpg", "jpeg", "jfif", "jpe"]
        case .heic: ["heic", "heif"]
        case .tiff: ["tiff", "tif"]
        default: [rawValue]
        }
    }

    /// The registered media type, or the one that web servers commonly use.
    public var mime: String {
        switch self {
        case .jpeg: "image/jpeg"
        case .png: "image/png"
        case .gif: "image/gif"
        case .webp: "image/webp"
        case .bmp: "image/bmp"
        case .svg: "image/svg+xml"
        case .avif: "image/avif"
        case .heic: "image/heic"
        case .tiff: "image/tiff"
        case .ico: "image/x-icon"
        case .tga: "image/x-tga"
        case .mp4: "video/mp4"
        case .mov: "video/quicktime"
        case .m4v: "video/x-m4v"
        case .webm: "video/webm"
        case .mkv: "video/x-matroska"
        case .avi: "video/x-msvideo"
        case .wmv: "video/x-ms-wmv"
        }
    }

    /// Whether the picture worker decodes it; other types are stored unchanged and get no raster thumbnail.
    public var isDecodable: Bool {
        switch self {
        case .jpeg, .png, .gif, .webp, .bmp: true
        default: false
        }
    }

    /// Whether pictures of this type may have transparency; only for decodable types.
    public var isTransparent: Bool { self != .jpeg && self != .bmp }

    /// The type of an extension (without the dot, in either case); nil if unsupported.
    public init?(fileExtension: String) {
        let wanted = fileExtension.lowercased()
        guard let type = MediaType.allCases.first(where: { $0.fileExtensions.contains(wanted) }) else { return nil }
        self = type
    }

    /// The type of a media type such as "image/png", in either case; nil if unsupported.
    public init?(mime: String) {
        let wanted = mime.lowercased()
        guard let type = MediaType.allCases.first(where: { $0.mime == wanted }) else { return nil }
        self = type
    }
}
