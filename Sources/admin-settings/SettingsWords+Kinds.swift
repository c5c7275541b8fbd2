// What a setting may be, in the words of the page.

import Settings
import Text
import Words

extension SettingsWords {
    /// nil where the control has no other choice.
    func allowed(_ declaration: Declaration, _ texts: SettingTexts) -> String? {
        switch declaration.kind {
        case .bool, .choice: nil
        case .bytes(let range): size(ByteCount.print(range.lowerBound), ByteCount.print(range.upperBound))
        case .integer(let range): integer(range.lowerBound, range.upperBound)
        case .text(let limit): line(limit)
        case .optionalText(let limit): text(limit)
        case .folderURL: folder
        case .timeZone: zone
        case .url: url
        case .urls: urls
        case .color: color
        case .addresses(let limit): addresses(limit, AddressList.countLimit)
        }
    }

    /// A value as the page writes it, long ones shortened.
    func shown(_ value: String, of declaration: Declaration, _ texts: SettingTexts) -> String {
        switch declaration.kind {
        case .bool: value == "on" ? on : off
        case .choice: texts.name(of: value, of: declaration.key)
        default: value.isEmpty ? empty : value.count > 200 ? value.prefix(200) + "…" : value
        }
    }

    /// Why a value was refused, with the limit.
    func text(of fault: SettingFault, _ declaration: Declaration, _ texts: SettingTexts) -> String {
        switch fault {
        case .notAllowed: notAllowed(allowed(declaration, texts) ?? choice(words(of: declaration.kind)))
        case .noAddress(let entry): noAddress(entry)
        case .noNetwork(let entry): noNetwork(entry)
        case .tooManyAddresses(let count): tooManyAddresses(count, AddressList.countLimit)
        case .unknownZone(let zone): unknownZone(zone)
        case .ownFolder(let folder): ownFolder(folder)
        case .programFolder(let folder): programFolder(folder)
        case .watermark(let reason): watermarkFails(reason)
        }
    }

    private func words(of kind: SettingKind) -> String {
        if case .choice(let words) = kind { words.joined(separator: ", ") } else { "on, off" }
    }
}
