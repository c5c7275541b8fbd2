import Events
import Site
import Testing

/// What a receiver reads: stored members with addresses of now in front.
@Suite struct EventMessageTests {
    private func message(_ kind: EventKind, path: String?, owner: String?, _ data: String) -> String {
        let event = StoredEvent(id: 7, kind: kind, happenedAt: 0, owner: owner, path: path, data: data)
        return String(decoding: event.message(Links(base: "http://a/b", uploadsPath: "/i/")), as: UTF8.self)
    }

    @Test func filesHaveAddresses() {
        #expect(message(.deleted, path: "2024/ä\".png", owner: "an\"na", #"{"id":5}"#) == #"{"id":7,"kind":"deleted","time":"1970-01-01T00:00:00Z","site":"http://a/b","owner":"an\"na","#
            + #""file":{"url":"http://a/b/i/2024/%C3%A4%22.png","thumbnail_url":"http://a/b/application/thumb.php?img=/i/2024/%C3%A4%22.png","path":"2024/ä\".png","id":5}}"#)
    }

    @Test func conflictsHaveNone() {
        #expect(message(.conflict, path: nil, owner: nil, #"{"id":5}"#)
            == #"{"id":7,"kind":"conflict","time":"1970-01-01T00:00:00Z","site":"http://a/b","owner":null,"conflict":{"id":5}}"#)
    }
}
