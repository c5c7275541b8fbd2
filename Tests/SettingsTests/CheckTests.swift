// What a new value cannot be, though a stored one may be it.

import Settings
import Testing

@Suite struct CheckTests {
    private let path = Settings.declaration(of: "uploads_path")!

    @Test(arguments: [
        "/api/", "/api/v1/json/", "/app/", "/application/", "/admin/", "/Admin/logs/", "/user/", "/user/files/", "/assets/", "/install/", "/config/",
        "/uploads/more/", "/_imagebed/",
    ]) func filesAreNotBelowTheSitesOwnPaths(folder: String) throws {
        let first = "/\(folder.split(separator: "/")[0])/"
        let error = #expect(throws: SettingError.self) { try path.check(folder) }
        #expect(error == .ownFolder(key: "uploads_path", value: folder, folder: first))
        #expect(error?.description.contains("has paths of its own below \(first)") == true)
        // A site that has it goes on.
        let stored = Settings(stored: ["uploads_path": folder])
        #expect(stored.naming.uploadsPath == folder && Settings.problems(in: ["uploads_path": folder]).count == 1)
    }

    /// The web server's rules against programs match at any depth.
    @Test(arguments: [("/x.php/", "x.php"), ("/i/x.PHP7/more/", "x.PHP7"), ("/a.b.phtml/", "a.b.phtml"), ("/a.js/", "a.js"), ("/x.htm/y/", "x.htm")])
    func filesAreNotBelowWhatLooksLikeAProgram(folder: String, part: String) throws {
        let error = #expect(throws: SettingError.self) { try path.check(folder) }
        #expect(error == .programFolder(key: "uploads_path", value: folder, folder: part))
        #expect(Settings(stored: ["uploads_path": folder]).naming.uploadsPath == folder && Settings.problems(in: ["uploads_path": folder]) == [error])
    }

    @Test(arguments: ["/uploads/", "/i/", "/apis/", "/img/app/", "/image/admin/", "/pictures/", "/php/", "/x.phpx/", "/i.example.org/", "/v1.0/"]) func othersAreTaken(folder: String) throws { try path.check(folder) }
}
