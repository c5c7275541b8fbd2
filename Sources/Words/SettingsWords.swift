// The settings page: what is around the settings, whose own texts are `SettingTexts`.

/// Texts of the settings page.
public struct SettingsWords: WordGroup {
    public let heading: String
    public let groups: String
    public let search: String
    public let save: String
    public let reset: String
    public let saved: String
    let savedCount: Template
    let refusedCount: Template
    let movedCount: Template
    let theirs: Template
    let askedCount: Template
    let askToChange: Template
    public let riskOfAddress: String
    public let riskOfHTTPS: String
    public let riskOfProxies: String
    public let riskOfRetention: String
    public let undo: String
    public let sure: String
    let presetText: Template
    public let empty: String
    public let on: String
    public let off: String
    let commandLineOnlyText: Template
    public let onlyThere: String
    let longText: Template
    public let change: String
    public let ownPage: String
    public let preview: String
    public let allSettings: String
    public let followsTheWebServer: String
    public let webServerWaits: String
    public let idleScripts: String
    let watermarkFails: Template
    let integer: Template
    let size: Template
    let line: Template
    let text: Template
    public let folder: String
    public let zone: String
    public let url: String
    public let urls: String
    public let color: String
    let addresses: Template
    let choice: Template
    let noAddress: Template
    let noNetwork: Template
    let tooManyAddresses: Template
    let unknownZone: Template
    let ownFolder: Template
    let programFolder: Template
    let notAllowedText: Template
    public let site: String
    public let uploads: String
    public let pictures: String
    public let watermark: String
    public let storage: String
    public let thumbnails: String
    public let names: String
    public let hiding: String
    public let forms: String
    public let senders: String
    public let limits: String
    public let pages: String
    public let looks: String
    public let operatorTexts: String

    public func saved(_ count: Int) -> String { savedCount.filled(["count": "\(count)"]) }
    public func refused(_ count: Int) -> String { refusedCount.filled(["count": "\(count)"]) }
    public func moved(_ count: Int) -> String { movedCount.filled(["count": "\(count)"]) }
    public func asked(_ count: Int) -> String { askedCount.filled(["count": "\(count)"]) }
    public func ask(toChange name: String) -> String { askToChange.filled(["name": name]) }
    public func theirs(_ value: String) -> String { theirs.filled(["value": value]) }
    public func preset(_ value: String) -> String { presetText.filled(["value": value]) }
    public func commandLineOnly(_ key: String) -> String { commandLineOnlyText.filled(["key": key]) }
    public func long(_ bytes: String) -> String { longText.filled(["size": bytes]) }
    public func watermarkFails(_ reason: String) -> String { watermarkFails.filled(["reason": reason]) }
    public func integer(_ from: Int, _ to: Int) -> String { integer.filled(["from": "\(from)", "to": "\(to)"]) }
    public func size(_ from: String, _ to: String) -> String { size.filled(["from": from, "to": to]) }
    public func line(_ limit: Int) -> String { line.filled(["limit": "\(limit)"]) }
    public func text(_ limit: Int) -> String { text.filled(["limit": "\(limit)"]) }
    public func addresses(_ limit: Int, _ count: Int) -> String { addresses.filled(["limit": "\(limit)", "count": "\(count)"]) }
    public func choice(_ words: String) -> String { choice.filled(["words": words]) }
    public func noAddress(_ entry: String) -> String { noAddress.filled(["entry": entry]) }
    public func noNetwork(_ entry: String) -> String { noNetwork.filled(["entry": entry]) }
    public func tooManyAddresses(_ count: Int, _ limit: Int) -> String { tooManyAddresses.filled(["count": "\(count)", "limit": "\(limit)"]) }
    public func unknownZone(_ zone: String) -> String { unknownZone.filled(["zone": zone]) }
    public func ownFolder(_ folder: String) -> String { ownFolder.filled(["folder": folder]) }
    public func programFolder(_ folder: String) -> String { programFolder.filled(["folder": folder]) }
    public func notAllowed(_ allowed: String) -> String { notAllowedText.filled(["allowed": allowed]) }
}
