// A group of settings: see NamingSettings.swift.

/// HTML that the operator wrote for public pages. `Pages` decides which page shows which text, and what its content may do.
public struct OperatorTextSettings: Sendable {
    public var announcement = ""
    public var notice = ""
    public var showsNotice = false
    public var head = ""
    public var bannerTop = ""
    public var bannerBottom = ""
    public var footer = ""
    /// Whether scripts in these texts and in the terms are run.
    public var runsScripts = false

    public init() {}
}
