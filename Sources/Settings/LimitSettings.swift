// A group of settings: see NamingSettings.swift.

/// How much one address, key or account may ask of the site; 0 for any number.
public struct LimitSettings: Sendable {
    public var anonymousUploads = 1000
    public var anonymousPieces = 6000
    public var anonymousAtOnce = 8
    public var keyUploads = 0
    public var keyPieces = 0
    public var keyAtOnce = 0
    public var keyPushes = 0
    public var thumbnails = 1200
    public var signIns = 5

    public init() {}
}
