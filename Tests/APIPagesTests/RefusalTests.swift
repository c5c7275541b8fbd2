// The table has every error that the programs behind it can answer with, and those that the web servers word themselves.

@testable import APIPages
import Disk
@testable import EasyImagesAPI
import HTTP
import Paths
import Site
import Testing

extension APIOperation {
    /// The refusals that a problem can be.
    fileprivate func refusals(of problem: Problem) -> [APIRefusal] {
        allRefusals.filter { refusal in
            refusal.status == (errors == .easyImages ? 200 : problem.status.code) && refusal.code == problem.status.code
                && refusal.message.covers(problem.says) && !refusal.isOfWebServer
        }
    }
}

extension APIRefusal.Message {
    fileprivate func covers(_ text: String) -> Bool {
        switch self {
        case .exactly(let whole): whole == text
        case .begins(let beginning): text.hasPrefix(beginning)
        }
    }
}

/// A text of the sources, by its path in the checkout.
private func source(_ path: String) throws -> String {
    let bytes = try Folder(checkout).bytes(of: path, limit: 1 << 20)
    return String(decoding: try #require(bytes, "\(path)"), as: UTF8.self)
}

private let checkout = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()

@Suite struct RefusalTests {
    private func operation(_ id: String) throws -> APIOperation { try #require(APIOperation.all.first { $0.id == id }, "\(id)") }

    @Test func everyErrorOfAServiceIsListed() throws {
        for error in AnsweredErrors.all {
            #expect(!error.operations.isEmpty)
            for operation in try error.operations.map(operation) {
                let problem = Problem(error, failure: operation.failure)
                let found = operation.refusals(of: problem)
                #expect(!found.isEmpty, "\(operation.id): \(problem.status.code) \(problem.says)")
                #expect(problem.detail != nil || problem.status.code == 500, "\(operation.id): \(problem.says) without a sentence")
                guard operation.errors != .easyImages else { continue }
                let headers = found.flatMap(\.headers).map(\.name)
                #expect(problem.headers.allSatisfy { headers.contains($0.name) }, "\(operation.id): \(problem.says)")
            }
        }
    }

    /// The other way round: no operation claims a refusal that only others can answer with.
    @Test func nothingElseIsListed() {
        check(AnsweredErrors.ofUploads, only: APIOperation.files.filter { $0.access == .upload } + APIOperation.resumable + APIOperation.easyImages)
        check(AnsweredErrors.ofSync, only: APIOperation.sync)
    }

    private func check(_ errors: [any AnsweredError], only listed: [APIOperation]) {
        var operations: [String: Set<String>] = [:]
        for error in errors {
            let problem = Problem(error, failure: "")
            operations["\(problem.status.code) \(problem.says)", default: []].formUnion(error.operations)
        }
        for operation in listed {
            for refusal in operation.refusals {
                guard let known = operations["\(refusal.code) \(refusal.text)"] else { continue }
                #expect(known.contains(operation.id), "\(operation.id): \(refusal.text)")
            }
        }
    }

    @Test func everyRefusalOfEasyImagesAPIIsListed() throws {
        let operation = try operation("uploadWithToken")
        for refusal in FormRefusal.ofAPI {
            let members = refusal.members(naming: [])
            guard case .int(let code)? = members.first(where: { $0.0 == "code" })?.1,
                  case .string(let message)? = members.first(where: { $0.0 == "message" })?.1 else {
                Issue.record("\(members)")
                continue
            }
            #expect(operation.refusals.contains { $0.code == Int(code) && $0.message.covers(message) }, "\(code) \(message)")
        }
    }

    /// Errors that a program or a library throws in its own words, by the texts of the sources.
    @Test func everySentenceOfTheSourcesIsListed() throws {
        let statuses = try source("Sources/HTTP/Status.swift").matches(of: /static let (\w+) = Status\(code: (\d+)/)
        let codes = Dictionary(uniqueKeysWithValues: statuses.map { (String($0.1), Int($0.2)!) })
        for (folder, operations) in RefusalTests.places {
            for name in try Folder("\(checkout)/Sources/\(folder)").entries() where name.hasSuffix(".swift") {
                let text = try source("Sources/\(folder)/\(name)")
                let thrown = text.matches(of: /Problem\(\s*\.(\w+),\s*says: "([^"\\]+)/).map { (codes[String($0.1)]!, String($0.2)) }
                    + text.matches(of: /\.(?:invalid|badField)\("([^"\\]+)"/).map { (400, "Invalid parameter: \($0.1)") }
                for (code, says) in thrown where !RefusalTests.ofPages.contains(says) {
                    #expect(operations.contains { $0.says(says, code) }, "\(folder)/\(name): \(code) \(says)")
                }
            }
        }
    }

    /// Folders of the sources with the operations that run them.
    private static let places: [(folder: String, operations: [APIOperation])] =
        Endpoint.all.compactMap { endpoint in
            let operations = APIOperation.all.filter { operation in endpoint.paths.contains { $0.path == operation.path } }
            return operations.isEmpty ? nil : (endpoint.name, operations)
        } + ["Accounts", "EasyImagesAPI", "FastCGI", "HTTP", "Responder", "Site", "SyncAPI", "UploadAPI", "UploadPipeline"].map { ($0, APIOperation.all) }

    /// Said of the forms of pages alone.
    private static let ofPages: Set = ["Invalid form: application/x-www-form-urlencoded is expected", "Form too large: over "]

    @Test func theMessageOfAFailureIsThePrograms() throws {
        for operation in APIOperation.all {
            let endpoint = try #require(Endpoint.all.first { $0.paths.contains { $0.path == operation.path } })
            let main = try source("Sources/\(endpoint.name)/main.swift")
            let said = main.firstMatch(of: /failure: "([^"]+)"/).map { String($0.1) } ?? "Internal server error"
            #expect(operation.failure == said, "\(operation.id)")
        }
    }

    // The web servers

    /// Of files that they send themselves, and of methods that OpenAPI has no place for; 500 is a responder's answer in their place.
    private static let ofFiles: Set = [403, 404, 405, 412, 416, 500]

    @Test func whatTheWebServersWordIsListed() throws {
        let apache = try source("apache/errors.conf").matches(of: /\nErrorDocument (\d+) '.*"error":"([^"]+)"/).map { (Int($0.1)!, String($0.2)) }
        let map = try #require(try source("nginx/http.conf").firstMatch(of: /map \$status \$imagebed_error \{([^}]+)\}/)).1
        let words = Dictionary(uniqueKeysWithValues: map.matches(of: /(\w+) "([^"]+)";/).map { (String($0.1), String($0.2)) })
        let handled = try #require(try source("nginx/locations.conf").firstMatch(of: /\nerror_page ([\d ]+) \/_imagebed/)).1
        let nginx = try handled.split(separator: " ").map { (Int($0)!, try #require(words[String($0)] ?? words["default"])) }
        let worded = (apache + nginx).filter { !RefusalTests.ofFiles.contains($0.0) }
        let listed = APIRefusal.ofWebServer(.plain)
        #expect(apache.count > 10 && nginx.count > 10)
        for (status, message) in worded {
            #expect(listed.contains { $0.status == status && $0.text == message }, "\(status) \(message)")
        }
        #expect(Set(listed.map(\.status)) == Set(worded.map { $0.0 }))
    }
}

extension APIOperation {
    /// Whether a refusal begins with a text of the sources, or the text is one that the table knows the beginning of.
    fileprivate func says(_ text: String, _ code: Int) -> Bool {
        allRefusals.contains { $0.code == code && !$0.isOfWebServer && ($0.message.covers(text) || $0.text.hasPrefix(text)) }
    }
}

extension FormRefusal {
    /// Those of `/api/index.php`.
    fileprivate static let ofAPI: [FormRefusal] = samples.filter(\.isOfAPI) + FileFault.samples.map(badFile) + [
        .says(201, "API Closed"), .says(202, "Token Error"), .says(203, "Token Expired"), .says(204, noFile), .says(400, badPiece),
        .says(400, tooManyPieces),
    ]

    private static let samples: [FormRefusal] = [
        .notLoggedIn, .address(UploadPolicy.api.refusedAddress), .dailyLimit(1), .signature(now: 0),
        .activeGraphic(code: UploadPolicy.api.graphicCode), .blockedFile, .pieceKept,
        .quota(.files(used: 1, limit: 1)), .quota(.bytes(used: 1, more: 2, limit: 3)), .expiry(InvalidExpiry(text: "soon")),
    ]

    private var isOfAPI: Bool {
        switch self {
        case .address, .activeGraphic, .blockedFile, .quota, .expiry, .says, .file: true
        // The token takes the place of login, signature and daily limit; a piece is answered with nothing.
        case .notLoggedIn, .dailyLimit, .signature, .pieceKept: false
        }
    }
}

extension FileFault {
    fileprivate static let samples: [FileFault] = [
        .notChosen, .empty, .several, .wrongType, .overSize(2, limit: 1), .tooWide, .tooNarrow, .tooHigh, .tooLow, .tooManyPixels,
        .undecodable(.jpeg), .undecodable(nil),
    ]
}
