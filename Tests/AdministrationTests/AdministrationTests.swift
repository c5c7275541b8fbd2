import Administration
import Disk
import Settings
import Site
import TestSupport
import Testing

@Suite struct AdministrationTests {
    let temporary = TemporaryFolder()
    let site: Site

    init() throws {
        let data = DataFolder(temporary.path)
        try data.create()
        try SiteSchema.update(data)
        site = try Site(data: data)
        try Administration(site).writeWebValues()
    }

    private func values() throws -> String? {
        try Folder(site.data.web).bytes(of: DataFolder.valuesName, limit: WebValues.limit).map { String(decoding: $0, as: UTF8.self) }
    }

    @Test func theWebServerIsToldWhatItFollows() throws {
        let (administration, before) = (Administration(site), try values())
        #expect(try !administration.change([SettingChange("gallery_size", "7")]) && values() == before)
        #expect(try administration.change([SettingChange("gallery_size", "8"), SettingChange("hsts_seconds", "300")]))
        #expect(try values() == WebValues(site.settings).text && values()?.contains("hsts_seconds 300\n") == true)
        #expect(try !administration.change([SettingChange("hsts_seconds", "300")]))
        #expect(try site.settings.pages.gallerySize == 8)
    }

    private static func refusal(of zone: String) -> String {
        do { return try SettingChange("time_zone", zone).value } catch { return "\(error)" }
    }

    @Test func aChangeIsCheckedBefore() throws {
        #expect(throws: SettingError.unknownKey("nothing")) { try SettingChange("nothing", "1") }
        #expect(throws: SettingError.self) { try SettingChange("hsts_seconds", "-1") }
        #expect(throws: UnknownTimeZone.self) { try SettingChange("time_zone", "Europe/Nowhere") }
        #expect(throws: UnknownTimeZone.self) { try SettingChange("time_zone", "Europe") }
        // Other files of the tz database are no zones.
        for name in ["leapseconds", "tzdata.zi", "zone.tab", "zone1970.tab", "iso3166.tab", "leap-seconds.list"] {
            #expect(throws: (any Error).self) { try SettingChange("time_zone", name) }
        }
        #expect(Self.refusal(of: "leapseconds") == "time_zone cannot be leapseconds: /usr/share/zoneinfo/leapseconds is no time zone (timedatectl list-timezones)")
        #expect(Self.refusal(of: "Europe/Nowhere") == "time_zone cannot be Europe/Nowhere: there is no /usr/share/zoneinfo/Europe/Nowhere (package tzdata)")
        for name in ["", "UTC", "Etc/GMT+8", "Asia/Shanghai", "Europe/Berlin"] { #expect(try SettingChange("time_zone", name).value == name) }
        #expect(throws: SettingError.noAddress(key: "trusted_proxies", entry: "proxy")) { try SettingChange("trusted_proxies", "::1,proxy") }
        #expect(try SettingChange("address_list", "::1, 192.0.2.*").value == "::1, 192.0.2.*")
        #expect(try SettingChange("image_max_bytes", "104857600").value == "100MB")
    }
}
