// Settings are imported only once, because they may be changed here afterwards, unless an option requests it again.

import Administration
import EasyImages
import Settings
import Site

enum SettingsStep {
    /// - Throws: `TakeoverError` if the site has no usable address.
    static func check(_ oldSite: OldSite, _ options: ImportOptions) throws {
        guard options.baseURL == nil, oldSite.config.addresses().first?.adjustment != nil else { return }
        throw TakeoverError("the setting domain, \"\(oldSite.config.value("domain").string)\", is no address such as "
            + "https://img.example.org: name the site's with --base-url")
    }

    /// The settings to import; a time zone that this machine does not know is not imported.
    static func taken(_ oldSite: OldSite, _ options: ImportOptions) -> [OldConfig.Taken] {
        let all = oldSite.config.addresses(baseURL: options.baseURL) + oldSite.config.settings(root: oldSite.root)
        return all.map { each in
            guard each.key == "time_zone", !TimeZoneFile.exists(each.value) else { return each }
            return each.adjusted(to: "", because: "it was \"\(each.value)\", which this machine does not know (package tzdata)")
        }
    }
}

extension SiteImport {
    func takeSettings() throws {
        let known = Set(OldSetting.all.map(\.key))
        let keys = oldSite.config.array.items.map(\.key.description)
        let now = try site.settings
        let taken = SettingsStep.taken(oldSite, options)
        report.settings.taken = taken
        report.settings.isTaken = options.takesSettings || !kept.hasSettings
        report.settings.unknown = keys.filter { !known.contains($0) }
        report.settings.missing = OldSetting.all.map(\.key).filter { !oldSite.config.has($0) }
        report.settings.kept = OldSetting.all.filter { oldSite.config.has($0.key) }.compactMap {
            if case .kept = $0.use { $0.key } else { nil }
        }
        guard report.settings.isTaken else {
            report.settings.different = taken.filter { Settings.declaration(of: $0.key)?.value(in: now) != $0.value }.map(\.key)
            return
        }
        guard !options.isRehearsal else { return }
        try Administration(site).change(taken.map { try SettingChange($0.key, $0.value) })
    }
}
