// The limits of the group `limits` of the settings, one for each.

import Settings
import Text

/// How much one address, key or account may ask of the site. The raw value is the setting's key.
public enum FairUseLimit: String, CaseIterable, Sendable {
    case anonymousUploads = "anonymous_uploads_per_hour"
    case anonymousPieces = "anonymous_pieces_per_minute"
    case anonymousAtOnce = "anonymous_uploads_at_once"
    case keyUploads = "key_uploads_per_hour"
    case keyPieces = "key_pieces_per_minute"
    case keyAtOnce = "key_uploads_at_once"
    case keyPushes = "key_pushes_per_minute"
    case thumbnails = "thumbnails_per_minute"
    case signIns = "sign_in_attempts_per_minute"

    /// 0 for no limit.
    func value(in limits: LimitSettings) -> Int {
        switch self {
        case .anonymousUploads: limits.anonymousUploads
        case .anonymousPieces: limits.anonymousPieces
        case .anonymousAtOnce: limits.anonymousAtOnce
        case .keyUploads: limits.keyUploads
        case .keyPieces: limits.keyPieces
        case .keyAtOnce: limits.keyAtOnce
        case .keyPushes: limits.keyPushes
        case .thumbnails: limits.thumbnails
        case .signIns: limits.signIns
        }
    }

    /// Milliseconds.
    var window: Int {
        switch self {
        case .anonymousUploads, .keyUploads: 3_600_000
        default: 60_000
        }
    }

    /// The limit in words, for the client.
    func rule(_ value: Int) -> String {
        switch self {
        case .anonymousUploads: "\(RuleText.visitor)\(value.grouped) files an hour"
        case .anonymousPieces: "\(RuleText.visitor)\(value.grouped) further pieces of files a minute"
        case .anonymousAtOnce: "\(RuleText.visitor)\(value.grouped) uploads at once"
        case .keyUploads: "\(RuleText.key)\(value.grouped) files an hour"
        case .keyPieces: "\(RuleText.key)\(value.grouped) further pieces of files a minute"
        case .keyAtOnce: "\(RuleText.key)\(value.grouped) uploads at once"
        case .keyPushes: "\(RuleText.key)\(value.grouped) pushes a minute"
        case .thumbnails: "From one address this site takes requests for \(value.grouped) new thumbnails a minute"
        case .signIns: "From one address this site takes \(value.grouped) wrong passwords a minute"
        }
    }
}

private enum RuleText {
    static let visitor = "From one address without an account or a key this site takes "
    static let key = "With one key, or from one account, this site takes "
}

/// Whose use is limited.
public enum FairUseSubject: Sendable, CustomStringConvertible {
    /// - Parameter network: an IPv4 address, or the /64 of an IPv6 address.
    case network(String)
    case key(Int)
    case account(Int)

    /// For the log.
    public var description: String {
        switch self {
        case .network(let network): "the address \(network)"
        case .key(let id): "the key with the id \(id)"
        case .account(let id): "the account with the id \(id)"
        }
    }
}
