// A group of settings: see NamingSettings.swift.

/// The kind of watermark.
public enum WatermarkKind: String, CaseIterable, Sendable {
    case off, text, picture
}

/// The watermark on new pictures.
public struct WatermarkSettings: Sendable {
    public var kind = WatermarkKind.off
    public var text = ""
    public var color = MarkColor(red: 255, green: 0, blue: 0)
    /// Pixels.
    public var size = 20
    /// The absolute path of a file; empty for the system's font.
    public var font = ""
    /// The absolute path of a file.
    public var picture = ""
    /// 1 to 9 row by row, 0 for a random one.
    public var position = 9

    public init() {}
}
