// A group of settings: see NamingSettings.swift.

/// Who may make an account.
public enum Registration: String, CaseIterable, Sendable {
    case closed, open, approval
}

/// What the old forms accept and return, and how users log in.
public struct FormSettings: Sendable {
    public var tokenUpload = true
    public var takesVideos = true
    /// Bytes; 0 sends files in one piece.
    public var chunkBytes = 0
    public var showsDeleteLinks = true
    public var loginCaptcha = false
    public var sessionDays = 14
    /// Hours without a request after which a session ends.
    public var sessionIdleHours = 72
    public var registration = Registration.closed
    public var downloadExtensions = "jpg,jpeg,png,gif,bmp,webp,ico,jfif,tif,tga,svg"

    public init() {}
}
