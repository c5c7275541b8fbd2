// A group of settings: see NamingSettings.swift.

/// What is put upon a picture.
public enum WatermarkKind: String, CaseIterable, Sendable {
    case off, text, picture
}

/// The mark on new pictures.
public struct WatermarkSettings: Sendable {
    public var kind = WatermarkKind.off
    public var text = ""
    public var color = MarkColor(red: 255, green: 0, blue: 0)
    /// Pixels.
    public var size = 20
    /// A file's absolute path; empty for the system's font.
    public var font = ""
    /// A file's absolute path.
    public var picture = ""
    /// 1 to 9 by rows, 0 for a random one.
    public var position = 9

    public init() {}
}
