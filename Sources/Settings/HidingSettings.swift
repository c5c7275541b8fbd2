// A group of settings: see NamingSettings.swift.

/// Links that do not show the path of a file.
public struct HidingSettings: Sendable {
    public var hidesLinks = false
    /// The secret of hidden links that EasyImages generated.
    public var oldKey = ""
    public var hidesPath = false

    public init() {}
}
