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

    @Test(arguments: ["/uploads/", "/i/", "/apis/", "/img/app/", "/image/admin/", "/pictures/"]) func othersAreTaken(folder: String) throws { try path.check(folder) }
}
