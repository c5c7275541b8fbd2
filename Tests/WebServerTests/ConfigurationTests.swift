import Disk
import Glibc
import Settings
import Site
import TestSupport
import Testing

@testable import WebServer

/// A configuration that follows the values of a site, with a web server of some lines of shell: it refuses what holds "bad", and writes
/// down that it was reloaded.
@Suite struct ConfigurationTests {
    let temporary = TemporaryFolder()
    let configuration: Configuration
    let data: DataFolder
    let server: WebServerControl

    init() throws {
        data = DataFolder(temporary.path)
        configuration = Configuration(folder: temporary.path + "/conf")
        for folder in ["conf", "web", "run"] { try #require(mkdir(temporary.path + "/" + folder, 0o755) == 0) }
        temporary.write(Array("at most @largest_body@; below @tree@;\n".utf8), as: "conf/limits.conf.in")
        temporary.write(Array("""
            case $2 in
                test) if grep -q bad \(temporary.path)/conf/*.conf; then echo "it is bad"; echo "in line 7"; exit 1; fi ;;
                reload) cat \(temporary.path)/conf/limits.conf >> \(temporary.path)/reloads ;;
            esac
            """.utf8), as: "control.sh")
        server = WebServerControl(name: "nginx", control: temporary.path + "/control.sh")
    }

    private func set(_ path: String, largest: Int = 50 * ByteCount.megabyte) {
        var settings = Settings()
        (settings.naming.uploadsPath, settings.imageMaxBytes) = (path, largest)
        temporary.write(Array(WebValues(settings).text.utf8), as: "web/values")
    }

    private func text(_ name: String) throws -> String? {
        try Folder(temporary.path).bytes(of: name, limit: 4096).map { String(decoding: $0, as: UTF8.self) }
    }

    @Test func aChangeReachesTheWebServerOnce() throws {
        set("/i/")
        let first = try configuration.reload(data, through: server)
        #expect(first.changed == ["limits.conf"] && first.isReloaded)
        #expect(try text("conf/limits.conf") == "at most 53477376; below /i/;\n" && text("reloads") == text("conf/limits.conf"))
        let again = try configuration.reload(data, through: server)
        #expect(again.changed.isEmpty && !again.isReloaded)
        #expect(try text("reloads") == "at most 53477376; below /i/;\n")
        #expect(try configuration.applied == text("web/values") && configuration.problem == nil)
    }

    /// Everybody may look into the folder, and so could lock that.
    @Test func whoMayOnlyReadLocksNobodyOut() throws {
        set("/i/")
        let descriptor = open(configuration.folder, O_RDONLY)
        defer { close(descriptor) }
        #expect(flock(descriptor, LOCK_EX) == 0)
        #expect(try configuration.reload(data, through: server).isReloaded)
        var status = stat()
        #expect(stat(configuration.folder + "/reload.lock", &status) == 0 && status.st_mode & 0o777 == 0o600)
        let held = try configuration.lock()
        #expect(throws: WebServerError.locked(by: configuration.folder + "/reload.lock")) { _ = try configuration.lock(patience: 0) }
        withExtendedLifetime(held) {}
    }

    @Test func whatTheWebServerRefusesIsBroughtBack() throws {
        set("/i/")
        _ = try configuration.reload(data, through: server)
        set("/bad/")
        #expect(throws: WebServerError.refused(said: "it is bad; in line 7")) { try configuration.reload(data, through: server) }
        #expect(try text("conf/limits.conf") == "at most 53477376; below /i/;\n" && text("reloads") == text("conf/limits.conf"))
        #expect(configuration.problem?.hasSuffix("it is bad; in line 7") == true && configuration.applied?.contains("/i/") == true)
        set("/j/")
        #expect(try configuration.reload(data, through: server).isReloaded && configuration.problem == nil)
    }

    @Test func whoDiedBeforeTheTestIsCleanedUpAfter() throws {
        set("/i/")
        _ = try configuration.reload(data, through: server)
        set("/bad/")
        _ = try configuration.render(WebValues(of: data, as: nil))
        #expect(throws: WebServerError.self) { try configuration.reload(data, through: server) }
        #expect(try text("conf/limits.conf") == "at most 53477376; below /i/;\n")
    }

    @Test func aFileThatWasNotThereGoesAgain() throws {
        set("/bad/")
        #expect(throws: WebServerError.self) { try configuration.reload(data, through: server) }
        #expect(try text("conf/limits.conf") == nil && configuration.applied == nil)
    }

    @Test func templatesThatDoNotFitChangeNothing() throws {
        temporary.write(Array("@nothing@".utf8), as: "conf/zzz.conf.in")
        set("/i/")
        #expect(throws: WebServerError.template("nothing")) { try configuration.reload(data, through: server) }
        #expect(try text("conf/limits.conf") == nil && text("conf/zzz.conf") == nil)
    }

    @Test func whatIsNoFileOfValuesIsNotWaitedFor() throws {
        let path = temporary.path + "/web/values"
        set("/i/")
        _ = try configuration.reload(data, through: server)
        let makers: [() -> Int32] = [
            { 0 }, { mkfifo(path, 0o666) }, { mkdir(path, 0o755) }, { symlink("/etc/passwd", path) }, { symlink("/dev/zero", path) },
            { self.temporary.write([UInt8](repeating: 10, count: 65_537), as: "web/values"); return 0 },
            { self.temporary.write(Array("uploads_path /etc/;\n".utf8), as: "web/values"); return 0 },
        ]
        for make in makers {
            if unlink(path) != 0 { rmdir(path) }
            try #require(make() == 0)
            let error = #expect(throws: WebServerError.self) { try configuration.reload(data, through: server) }
            #expect(error?.description.hasPrefix("\(path) is not taken: ") == true && configuration.problem == error?.description)
            #expect(try text("conf/limits.conf") == "at most 53477376; below /i/;\n" && text("reloads") == text("conf/limits.conf"))
        }
    }

    @Test func configurationOfFormerVersionsGoes() throws {
        set("/i/")
        for name in ["limits.nginx.conf", "tree.apache.conf", "mine.conf"] { temporary.write([], as: "web/\(name)") }
        _ = try configuration.reload(data, through: server)
        #expect(try Set(Folder(temporary.path + "/web").entries()) == ["values", "mine.conf"])
    }

    @Test func whoWaitsForChangesIsToldBeforeTheyAreRead() throws {
        set("/i/")
        temporary.write([], as: "web/changed")
        _ = try configuration.reload(data, through: server)
        #expect(try text("web/changed") == nil)
    }

    /// What waits for the name would else begin anew for ever.
    @Test func whateverStandsForAChangeIsCleared() throws {
        set("/i/")
        let path = temporary.path + "/web/changed"
        temporary.write([1], as: "kept")
        let makers: [() -> Bool] = [
            { mkfifo(path, 0o666) == 0 }, { mkdir(path, 0) == 0 }, { symlink(self.temporary.path, path) == 0 }, { symlink("/nowhere", path) == 0 },
            {
                for folder in ["", "/a", "/a/b", "/empty"] where mkdir(path + folder, 0o700) != 0 { return false }
                self.temporary.write([], as: "web/changed/a/b/file")
                return symlink(self.temporary.path, path + "/a/link") == 0 && mkfifo(path + "/a/pipe", 0o600) == 0
            },
        ]
        for make in makers {
            try #require(make())
            _ = try configuration.reload(data, through: server)
            #expect(try Folder(temporary.path + "/web").entries() == ["values"])
        }
        #expect(try text("kept") == "\u{1}")
    }

    @Test func whatCannotBeRemovedIsOutOfTheWay() throws {
        set("/i/")
        let path = temporary.path + "/web/changed"
        try #require(mkdir(path, 0o755) == 0)
        var deep = open(path, O_RDONLY)
        for _ in 0..<40 {
            try #require(mkdirat(deep, "d", 0o755) == 0)
            let next = openat(deep, "d", O_RDONLY)
            close(deep)
            deep = next
        }
        close(deep)
        _ = try configuration.reload(data, through: server)
        let entries = try Folder(temporary.path + "/web").entries().sorted()
        #expect(entries.count == 2 && entries[0].hasPrefix(".changed.") && entries[0].utf8.count == 25 && entries[1] == "values")
    }
}
