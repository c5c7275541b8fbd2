// The client hears the published words, the log the reason.

import Testing

@testable import Media

@Suite struct MediaRefusalTests {
    @Test(arguments: [
        (MediaRefusal.Reason.notRecognised, "Invalid file type"), (.damaged, "Invalid file type"),
        (.tooLarge("jpegScans"), "File too large"),
    ])
    func clientsHearOnlyPublishedMessages(_ reason: MediaRefusal.Reason, _ says: String) {
        #expect(MediaRefusal(reason, because: "byte 7").says == says)
        #expect(MediaRefusal(reason, because: "byte 7").description == "\(says): byte 7")
    }
}
