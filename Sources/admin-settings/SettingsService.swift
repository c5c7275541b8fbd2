// Changes settings as a form wishes: all or none, and none that somebody else has changed since the form was made.

import Accounts
import Administration
import JSONText
import Responder
import Settings
import Site
import UploadPipeline

struct SettingsService {
    private let visit: Visit
    private let account: Account
    private var administration: Administration { Administration(visit.site) }

    init(_ visit: Visit, _ account: Account) { (self.visit, self.account) = (visit, account) }

    func carryOut(_ form: SettingsForm) throws -> SettingsOutcome {
        switch form {
        case .look(_, let saved): .looked(try state(visit.settings), saved)
        case .save(_, let entries): try save(entries.filter(\.isChanged))
        case .preview: .previewed(try preview())
        }
    }

    private func preview() throws -> [UInt8]? {
        do {
            return try visit.site.watermarkSample(visit.settings)
        } catch let failure as WatermarkFailure {
            // `imagebed doctor` and the next upload tell of it too.
            Log.fail("\(failure)", from: "admin-settings")
            return nil
        }
    }

    private func state(_ settings: Settings) throws -> SettingsState {
        SettingsState(settings, webServerWaits: administration.webServerWaits)
    }

    private func save(_ entries: [SettingEntry]) throws -> SettingsOutcome {
        let settings = try visit.settings
        var refused = try state(settings), changes: [SettingChange] = []
        for entry in entries {
            let key = entry.declaration.key
            refused.entered[key] = entry.text
            do {
                let change = try SettingChange(key, entry.text)
                guard change.value != entry.declaration.value(in: settings) else { continue }
                changes.append(change)
                if entry.hasMoved(in: settings) { refused.moved.insert(key) }
                if try change.isRisky(in: settings), !entry.isSure { refused.asked.insert(key) }
            } catch {
                guard let fault = SettingFault(error) else { throw error }
                refused.faults[key] = fault
            }
        }
        if let failure = watermarkFailure(settings, changes) { refused.faults["watermark"] = .watermark(failure) }
        return refused.isRefused ? .refused(refused) : try make(changes, of: entries, settings)
    }

    private func make(_ changes: [SettingChange], of entries: [SettingEntry], _ former: Settings) throws -> SettingsOutcome {
        guard !changes.isEmpty else { return .saved(SavedSettings([])) }
        let keys = Set(changes.map(\.key)), wished = entries.filter { keys.contains($0.declaration.key) }
        do {
            try administration.change(changes) { settings in
                guard !wished.contains(where: { $0.hasMoved(in: settings) }) else { throw Moved() }
            }
        } catch is Moved {
            return .refused(try moved(entries, wished))
        }
        for change in changes { tell(change, former) }
        return .saved(SavedSettings(changes.map(\.key)))
    }

    /// Somebody else changed a setting after this request had read them all.
    private struct Moved: Error {}

    private func moved(_ entries: [SettingEntry], _ wished: [SettingEntry]) throws -> SettingsState {
        let now = try visit.site.settings
        var refused = try state(now)
        for entry in entries { refused.entered[entry.declaration.key] = entry.text }
        refused.moved = Set(wished.filter { $0.hasMoved(in: now) }.map(\.declaration.key))
        return refused
    }

    /// Why the watermark of the new settings cannot be drawn. With it every upload would fail.
    private func watermarkFailure(_ former: Settings, _ changes: [SettingChange]) -> String? {
        guard changes.contains(where: { Settings.declaration(of: $0.key)?.group == .watermark }) else { return nil }
        var settings = former
        for change in changes { try? Settings.declaration(of: change.key)?.read(change.value, into: &settings) }
        do {
            _ = try visit.site.tryWatermark(settings)
            return nil
        } catch let failure as WatermarkFailure {
            return "\(failure.setting): \(failure.because)"
        } catch {
            // The machine has no place for a picture now: that says nothing of the watermark.
            return nil
        }
    }

    private func tell(_ change: SettingChange, _ former: Settings) {
        let old = Settings.declaration(of: change.key)?.value(in: former) ?? ""
        Log.tell([
            ("setting", .string(change.key)), ("account", .string(account.name)), ("address", .string((try? visit.address.description) ?? "")),
            ("old", .string(logged(old, change.key))), ("new", .string(logged(change.value, change.key))),
        ], from: "admin-settings")
    }

    private func logged(_ value: String, _ key: String) -> String {
        Settings.secretKeys.contains(key) ? value.isEmpty ? "" : "…" : value.count > 200 ? value.prefix(200) + "…" : value
    }
}

extension SettingChange {
    fileprivate func isRisky(in settings: Settings) throws -> Bool {
        var wished = settings
        try Settings.declaration(of: key)?.read(value, into: &wished)
        return settings.isRisky(key, in: wished)
    }
}
