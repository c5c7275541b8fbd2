// A group of settings: see NamingSettings.swift.

/// Who may not upload, the limit of visitors by day, and what is logged about uploads.
public struct SenderSettings: Sendable {
    public var checksAddresses = false
    public var addressList = ""
    public var addressListAllows = false
    public var trustedProxies = ""
    public var dailyLimit = 0
    public var checksBlockedMD5 = false
    public var blockedMD5 = ""
    public var isRecorded = false
    public var signInDays = 400

    public init() {}
}
