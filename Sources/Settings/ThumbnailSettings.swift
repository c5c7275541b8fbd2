// A group of settings: see NamingSettings.swift.

/// Where an answer's `thumb` leads.
public enum ThumbnailMode: String, CaseIterable, Sendable {
    case original, ondemand, upload
}

/// What happens to a picture whose shape is not the thumbnail's.
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
