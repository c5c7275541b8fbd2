// The operand of a command: a JSON file of an account.

import Accounts
import Database
import Site
import SyncRules
import SyncStore

struct JsonFile {
    let key: FileKey
    let caller: SyncCaller

    /// The file named by the first operand.
    init(_ invocation: Invocation, _ site: Site) throws {
        key = try fileKey(invocation.operands[0])
        let name = try invocation.value(jsonUser) ?? onlyAccount(site.accounts)
        guard let account = try site.accounts.account(named: name) else { throw AccountsError.noAccount(name) }
        // Reading as an administrator must not count as a pull of a device.
        caller = SyncCaller(accountID: account.id, device: nil, key: nil, address: "", userAgent: "imagebed", isSent: false)
    }
}

func fileKey(_ text: String) throws -> FileKey {
    guard let key = FileKey(text) else { throw CommandFailure(.usage, "a file key has 1 to 190 bytes without control characters") }
    return key
}

extension Site {
    /// The newest versions of a file, newest first.
    func versions(of file: JsonFile, newest count: Int) throws -> [StoredVersion] {
        var found: [StoredVersion] = []
        var page = 1
        while found.count < count {
            let next = try sync.history(file.key, of: file.caller.accountID, page: Paging(page, size: Paging.sizeLimit)).versions
            found += next
            if next.count < Paging.sizeLimit { break }
            page += 1
        }
        return Array(found.prefix(count))
    }
}

extension SyncError {
    var exitCode: ExitCode {
        switch self {
        case .noFile, .noVersion, .noConflict, .noDevice: .notFound
        case .invalid: .usage
        default: .failed
        }
    }
}
