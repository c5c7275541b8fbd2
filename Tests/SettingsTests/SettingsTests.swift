import Settings
import Testing

@Suite struct SettingsTests {
    @Test func aNewSite() {
        let settings = Settings()
        #expect(settings.imageMaxBytes == 52_428_800 && settings.videoMaxBytes == 52_428_800)
        #expect(settings.convertFormat == .off && !settings.anonymousUpload && settings.publicList)
        #expect(settings.recycleDays == 30)
        #expect(settings.forms.registration == .closed && !settings.operatorTexts.runsScripts && settings.looks.defaultLanguage == .automatic)
    }

    @Test func storedRowsReplaceTheInitialValues() {
        let rows = ["base_url": "https://img.example.org/p", "image_max_bytes": "1MB"]
        let settings = Settings(stored: rows)
        #expect(settings.baseURL.text == "https://img.example.org/p")
        #expect(settings.imageMaxBytes == 1_048_576)
        #expect(Settings.problems(in: rows).isEmpty)
    }

    @Test func whatCannotBeIsPassedOverAndNamed() {
        let rows = ["recycle_days": "soon", "convert_quality": "90", "key_of_a_later_version": "x"]
        let settings = Settings(stored: rows)
        #expect(settings.recycleDays == 30 && settings.convertQuality == 90)
        #expect(Settings.problems(in: rows) == [
            .notAllowed(key: "recycle_days", value: "soon", allowed: "a whole number from 0 to 3650"),
            .unknownKey("key_of_a_later_version"),
        ])
    }

    /// A former version took anything. The list goes on keeping out whom it names rightly.
    @Test func onlyTheWrongEntriesOfAStoredListDoNotCount() {
        let rows = ["address_list": "192.0.2.7, everybody", "trusted_proxies": String(repeating: "::1,", count: 1000)]
        let settings = Settings(stored: rows)
        #expect(settings.senders.addressList == "192.0.2.7, everybody" && settings.senders.trustedProxies.hasPrefix("::1,"))
        #expect(Settings.problems(in: rows) == [.noAddress(key: "address_list", entry: "everybody")])
    }

    @Test(arguments: [("1MB", "20MB", true, 21), ("1MB", "20MB", false, 2), ("30MB", "20MB", true, 31)])
    func theBodyLimitFollowsTheLargestFile(image: String, video: String, takesVideo: Bool, megabytes: Int) {
        let settings = Settings(stored: [
            "image_max_bytes": image, "video_max_bytes": video, "video_upload": takesVideo ? "on" : "off",
        ])
        #expect(settings.largestBody == megabytes << 20)
    }
}
