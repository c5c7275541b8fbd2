// A group of settings: see NamingSettings.swift.

/// The target of `thumb` in a response.
public enum ThumbnailMode: String, CaseIterable, Sendable {
    case original, ondemand, upload
}

/// How a picture is fitted if its aspect ratio differs from the thumbnail's.
public enum ThumbnailFit: String, CaseIterable, Sendable {
    case crop, stretch
}

public struct ThumbnailSettings: Sendable {
    public var mode = ThumbnailMode.ondemand
    /// Pixels.
    public var width = 258
    public var height = 258
    public var fit = ThumbnailFit.crop

    public init() {}
}
