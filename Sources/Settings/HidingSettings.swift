// A group of settings: see NamingSettings.swift.

/// Addresses that do not show where a file lies.
public struct HidingSettings: Sendable {
    public var hidesLinks = false
    /// The secret of hidden links that the replaced program gave out.
    public var oldKey = ""
    public var hidesPath = false

    public init() {}
}
