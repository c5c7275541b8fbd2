// A visit to the site, from the name in its address to the disk, with an account that is removed afterwards. What one step learns the next
// ones need; the steps are in Doctor+Way.swift and Doctor+Uses.swift.

import Accounts
import Disk
import JSONText
import MediaStore
import Paths
import Settings
import Site

final class Round {
    let site: Site
    let settings: Settings
    let links: Links
    let client: WebClient
    /// The answer to the first request, which wants no rights and leaves nothing.
    private(set) lazy var greeting = Result<WebAnswer, any Error> { try self.client.send(WebRequest(url: links.address(.statistics))) }
    private var examiner: Examiner?
    /// The uploaded picture.
    var picture: Trial?

    /// What the answer to the upload tells.
    struct Trial {
        let id: Int
        let url, thumbnail, deletion: String
    }

    init(_ site: Site) throws {
        self.site = site
        settings = try site.settings
        links = Links(settings)
        client = WebClient(scratch: try Folder(site.data.run))
    }

    /// "img.example.org".
    var host: String {
        let authority = settings.baseURL.text.split(separator: "/", omittingEmptySubsequences: true)[1]
        if authority.hasPrefix("[") { return String(authority.prefix { $0 != "]" } + "]") }
        return String(authority.prefix { $0 != ":" })
    }

    /// The header with the key of an account that is made for this visit.
    func key() throws -> String {
        if examiner == nil { examiner = try site.accounts.openExaminer() }
        return "X-API-Key: \(examiner?.key ?? "")"
    }

    /// A file for a request's body.
    func draft(_ bytes: [UInt8]) throws -> Draft {
        let draft = try Draft(in: client.scratch)
        try bytes.withUnsafeBytes { try draft.write($0) }
        return draft
    }

    /// Removes all that this visit has left, and what one left that was killed.
    ///
    /// - Returns: what could not be removed.
    func end() -> [String] {
        var ids = (try? site.accounts.endedExaminers()) ?? []
        if let examiner { ids.append(examiner.id) }
        examiner = nil
        return ids.flatMap { id in
            // (The key first, so that nothing comes any more.)
            [
                { try self.site.accounts.disarmExaminer(id) }, { try self.site.store.erase(uploadsOf: id) }, { try self.site.sync.erase(account: id) },
                { try self.site.accounts.removeExaminer(id) },
            ].compactMap { (step: () throws -> Void) -> String? in
                do { try step() } catch { return CommandFailure(explaining: error).message }
                return nil
            }
        }
    }
}

extension WebAnswer {
    /// A text member of an answer in JSON.
    func text(_ name: String) -> String? { member(name)?.string }

    func number(_ name: String) -> Int? { member(name)?.int }

    /// Whether it is in the words of this program.
    var isOurs: Bool { text("result") != nil || flag("success") != nil }

    func flag(_ name: String) -> Bool? { member(name)?.bool }

    private func member(_ name: String) -> (string: String?, int: Int?, bool: Bool?)? {
        body.withUnsafeBytes { bytes -> (string: String?, int: Int?, bool: Bool?)? in
            guard let member = (try? JSONObjectSlices(bytes))?[name] else { return nil }
            return (member.string, member.int, member.bool)
        }
    }
}
