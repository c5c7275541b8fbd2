// A group of settings: see NamingSettings.swift.

/// Who may not upload, how often, and what is written down about it.
public struct SenderSettings: Sendable {
    public var checksAddresses = false
    public var addressList = ""
    public var addressListAllows = false
    public var trustedProxies = ""
    public var dailyLimit = 0
    public var checksBlockedMD5 = false
    public var blockedMD5 = ""
    public var isRecorded = false

    public init() {}
}
