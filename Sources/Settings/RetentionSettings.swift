// A group of settings: see NamingSettings.swift.

/// How much of what visitors upload without an account is kept; 0 keeps all.
public struct RetentionSettings: Sendable {
    public var days = 0
    public var files = 0
    public var bytes = 0

    public init() {}
}
