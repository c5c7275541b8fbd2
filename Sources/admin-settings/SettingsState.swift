// What the settings page shows.

import Administration
import Settings

/// Why a value was refused.
enum SettingFault {
    case notAllowed
    case noAddress(String)
    case noNetwork(String)
    case tooManyAddresses(Int)
    case unknownZone(String)
    case ownFolder(String)
    case programFolder(String)
    /// With the reason, which is English.
    case watermark(String)

    /// nil for errors that are not about a value.
    init?(_ error: any Error) {
        switch error {
        case SettingError.notAllowed: self = .notAllowed
        case SettingError.noAddress(_, let entry): self = .noAddress(entry)
        case SettingError.noNetwork(_, let entry): self = .noNetwork(entry)
        case SettingError.tooManyAddresses(_, let count): self = .tooManyAddresses(count)
        case SettingError.ownFolder(_, _, let folder): self = .ownFolder(folder)
        case SettingError.programFolder(_, _, let folder): self = .programFolder(folder)
        case let zone as UnknownTimeZone: self = .unknownZone(zone.name)
        default: return nil
        }
    }
}

/// The settings, with what a form that was refused holds.
struct SettingsState {
    let settings: Settings
    /// What was entered instead of the value, by key.
    var entered: [String: String] = [:]
    var faults: [String: SettingFault] = [:]
    /// The keys of entered settings that somebody else has changed meanwhile.
    var moved: Set<String> = []
    /// The keys of entered settings that may lock somebody out, and are not known to be meant.
    var asked: Set<String> = []
    /// Whether the web server has yet to take values.
    let webServerWaits: Bool
    /// The keys of texts whose scripts do not run.
    let idleScripts: Set<String>

    init(_ settings: Settings, webServerWaits: Bool) {
        (self.settings, self.webServerWaits, idleScripts) = (settings, webServerWaits, Set(settings.textsWithIdleScripts))
    }

    var isRefused: Bool { !faults.isEmpty || !moved.isEmpty || !asked.isEmpty }
}

enum SettingsOutcome {
    case looked(SettingsState, SavedSettings?)
    case saved(SavedSettings)
    case refused(SettingsState)
    /// A JPEG; nil if there is no watermark, or it cannot be drawn.
    case previewed([UInt8]?)
}
