// The settings by which an administrator can lock out everybody, or lose many files: pages ask before they change one so.

extension Settings {
    public static let keysWithRisks = keysThatMayLockOut.union(keysThatDelete)
    private static let keysThatMayLockOut: Set<String> = ["base_url", "hsts_seconds", "trusted_proxies"]
    /// Their values are limits, and 0 is none.
    public static let keysThatDelete: Set<String> = ["anonymous_retention_days", "anonymous_retention_files", "anonymous_retention_bytes"]

    /// Whether something may be lost by a change of a setting to its value in other settings: by a limit that deletes if it is narrower.
    public func isRisky(_ key: String, in wished: Settings) -> Bool {
        let (now, then) = (anonymousRetention, wished.anonymousRetention)
        return switch key {
        case "anonymous_retention_days": Settings.isNarrower(then.days, than: now.days)
        case "anonymous_retention_files": Settings.isNarrower(then.files, than: now.files)
        case "anonymous_retention_bytes": Settings.isNarrower(then.bytes, than: now.bytes)
        default: Settings.keysWithRisks.contains(key)
        }
    }

    private static func isNarrower(_ limit: Int, than former: Int) -> Bool { limit > 0 && (former == 0 || limit < former) }
}
