// The client hears the published words, the log the reason.

import Testing

@testable import Media

@Suite struct MediaRefusalTests {
    @Test(arguments: [
        (MediaRefusal.Reason.notRecognised, "Invalid file type"), (.damaged, "Invalid file type"),
        (.tooLarge("jpegScans"), "Invalid file type"), (.tooLarge("maximumSide"), "Too many pixels"), (.tooLarge("maximumPixels"), "Too many pixels"),
    ])
    func clientsHearOnlyPublishedMessages(_ reason: MediaRefusal.Reason, _ says: String) {
        #expect(MediaRefusal(reason, because: "byte 7").says == says)
        #expect(MediaRefusal(reason, because: "byte 7").description == "\(says): byte 7")
    }

    @Test func aSentenceSaysWhatToDo() {
        #expect(MediaRefusal(.damaged, because: "byte 7").detail
            == "The file is damaged, or of a kind that is not supported (byte 7); save it anew in a program, or send another.")
        #expect(MediaRefusal(.tooLarge("gifFrames"), because: "more than 5000 gifFrames").detail.contains("(more than 5000 gifFrames)"))
        let taken = MediaRefusal(.notRecognised, because: "content of no stored type").detail
        #expect(taken.hasPrefix("The content is not recognised as a picture or video: it is of no type that this site takes"))
        for type in MediaType.allCases { #expect(taken.contains(type.fileExtension), "\(type)") }
        #expect(MediaRefusal(.damaged, because: "byte 7", detail: "Other words.").detail == "Other words.")
    }
}
