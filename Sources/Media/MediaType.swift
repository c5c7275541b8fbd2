// The list of what may be stored. A file's type is what its content says (MediaHeader); the name a client sent decides
// nothing, so that a script called .jpg is never stored as anything.

/// What a stored file is shown as.
public enum MediaKind: String, CaseIterable, Sendable {
    case image, video
}

/// A content type that may be stored; the raw value is a stable word for databases and settings.
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

    /// Every extension clients use for this type, lower case, the one of stored files first.
    public var fileExtensions: [String] {
        switch self {
        case .jpeg: ["jpg", "jpeg", "jfif", "jpe"]
        case .heic: ["heic", "heif"]
        case .tiff: ["tiff", "tif"]
        default: [rawValue]
        }
    }

    /// The registered media type, or the one that web servers use where none is registered.
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

    /// Whether the picture worker decodes it; everything else is stored as it is and gets no raster thumbnail.
    public var isDecodable: Bool {
        switch self {
        case .jpeg, .png, .gif, .webp, .bmp: true
        default: false
        }
    }

    /// Whether pictures of this type can let show what is behind; asked of types that are decoded.
    public var isTransparent: Bool { self != .jpeg && self != .bmp }

    /// The type that an extension stands for, without the dot, in any case of letters; nil for one that is not stored.
    public init?(fileExtension: String) {
        let wanted = fileExtension.lowercased()
        guard let type = MediaType.allCases.first(where: { $0.fileExtensions.contains(wanted) }) else { return nil }
        self = type
    }

    /// The type of a media type word such as "image/png", in any case of letters; nil for one that is not stored.
    public init?(mime: String) {
        let wanted = mime.lowercased()
        guard let type = MediaType.allCases.first(where: { $0.mime == wanted }) else { return nil }
        self = type
    }
}
