import Disk
@testable import Site
import TestSupport
import Testing

@Suite struct ClusterFileTests {
    let folder = TemporaryFolder()
    var data: DataFolder { DataFolder(folder.path) }

    private func write(_ text: String, mode: UInt32 = 0o600) throws {
        try Folder(folder.path).replace(ClusterFile.name, with: Array(text.utf8), mode: mode)
    }

    @Test func aSiteWithoutTheFileHasItsRowsInAFile() throws {
        #expect(try ClusterFile(of: data) == nil)
        guard case .file(data.database) = try DatabasePlace(of: data) else { throw Unexpected() }
        try write("node = web1\n")
        guard case .file(data.database) = try DatabasePlace(of: data) else { throw Unexpected() }
    }

    private struct Unexpected: Error {}

    @Test func theFileSaysNodeAndDatabase() throws {
        try write("# here\n\n  node=web-1.example \r\n\tdatabase = host=db1,db2 dbname='a b'\n")
        let file = try #require(try ClusterFile(of: data))
        #expect(file.node == "web-1.example" && file.database == "host=db1,db2 dbname='a b'")
        guard case .server("host=db1,db2 dbname='a b'", data.clusterFile) = try DatabasePlace(of: data) else { throw Unexpected() }
    }

    @Test(arguments: [
        ("blobs = s3", "line 1: there is no key \"blobs\": take the line out; the keys are node and database"),
        ("node = a\nnode = b", "line 2: node stands there twice: take one of the lines out"),
        ("# x\ndatabase host", "line 2: there is no \"=\": write KEY = VALUE, or begin a remark with #"),
        ("database =", "line 1: database has no value: write one, or take the line out"),
        ("node = a b", "line 1: a node's name has up to 64 letters, digits, dots and hyphens: write another one, such as web1"),
    ])
    func aRefusalNamesLineAndRepair(_ text: String, _ expected: String) throws {
        try write(text)
        let error = try #require(throws: ClusterFileError.self) { try ClusterFile(of: data) }
        #expect(error.description == "\(data.clusterFile), \(expected)")
    }

    @Test(arguments: [0o640, 0o604, 0o622] as [UInt32]) func aFileThatOthersMayReadIsRefused(_ mode: UInt32) throws {
        try write("node = a", mode: mode)
        let error = try #require(throws: ClusterFileError.self) { try ClusterFile(of: data) }
        #expect(error.repair == "chmod 600 \(data.clusterFile)")
    }

    @Test func aFileTooLargeIsRefused() throws {
        try write(String(repeating: "#", count: 70_000))
        #expect(throws: ClusterFileError.self) { try ClusterFile(of: data) }
    }
}
