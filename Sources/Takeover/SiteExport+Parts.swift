// The content of each exported file: the stored original with the changes made here. Passwords and keys that were created here exist only
// as digests and cannot be exported; the report says so.

import Accounts
import Administration
import Crypto
import Disk
import EasyImages
import Media
import MediaStore
import Settings
import Site
import Text

extension SiteExport {
    func makeConfig(_ config: OldConfig) throws {
        let settings = try site.settings
        let root = try kept.bytes(of: KeptFiles.rootFile).map { String(decoding: $0, as: UTF8.self) } ?? ""
        let (array, changed) = config.updated(root: root) { Settings.declaration(of: $0)?.value(in: settings) ?? "" }
        report.settings = changed
        let zone = config.value("timezone").string
        if settings.timeZone.isEmpty, TimeZoneFile.exists(zone) {
            report.remaining.append("time_zone, which is this machine's own: it has no name in PHP, which goes on with \(zone)")
        }
        try make(OldSite.configFile, "config", array, isChanged: !changed.isEmpty)
    }

    func makeTokens() throws {
        var array = try array(OldSite.tokenFile)
        let accounts = Dictionary(uniqueKeysWithValues: try site.accounts.all().map { ($0.name, $0) })
        var known = Set<Int>()
        for token in OldToken.all(array) where token.canMatch {
            guard let key = try site.accounts.key(withText: token.text) else { continue }
            known.insert(key.id)
            let end = [key.expiresAt, key.revokedAt, accounts[key.account]?.disabledAt].compactMap { $0 }.min()
            guard let end, end != token.expiresAt, var fields = array[ByteText(token.text)]?.array else { continue }
            fields["expired"] = .integer(end)
            array[ByteText(token.text)] = .array(fields)
            report.tokens.append(token.id)
        }
        let new = try site.accounts.keys().filter { !known.contains($0.id) && $0.scopes.contains(.upload) && $0.revokedAt == nil }
        if !new.isEmpty {
            report.remaining.append("\(new.count) API keys that were made here: only their digests are kept, so make tokens for them in PHP")
        }
        try make(OldSite.tokenFile, "tokenList", array, isChanged: !report.tokens.isEmpty)
    }

    func makeUploaders(admin: OldAccount) throws {
        var array = try array(OldSite.uploaderFile)
        let uploaders = OldAccount.uploaders(array)
        for old in uploaders {
            guard let account = try site.accounts.account(named: old.name) else { continue }
            let end = [account.expiresAt, account.disabledAt].compactMap { $0 }.min()
            if let end, end != old.expiresAt, var fields = array[ByteText(old.name)]?.array {
                fields["expired"] = .integer(end)
                array[ByteText(old.name)] = .array(fields)
                report.accounts.append(old.name)
            }
        }
        for old in [admin] + uploaders where try hasNewPassword(old) {
            report.remaining.append("the password of \(old.name), which was changed here: PHP has the old one")
        }
        let known = Set(([admin] + uploaders).map { $0.name.lowercased() })
        for account in try site.accounts.all() where !known.contains(account.name.lowercased()) {
            report.remaining.append("the account \(account.name), which was made here")
        }
        try make(OldSite.uploaderFile, "guestConfig", array, isChanged: !report.accounts.isEmpty)
    }

    private func hasNewPassword(_ old: OldAccount) throws -> Bool {
        guard let digest = PasswordDigest(hexadecimal: old.password),
              let account = try site.accounts.account(named: old.name), account.disabledAt == nil else { return false }
        return try site.accounts.account(named: old.name, digest) == nil
    }

    func makeLogs(_ config: OldConfig) throws {
        var months: [String: [(ByteText, PHPValue)]] = [:]
        for sent in try site.store.sentFiles() {
            let (path, date) = (sent.file.path, DateText.local(sent.file.createdAt))
            guard let entry = try logEntry(of: sent, date, path: config.storePath + path.text) else { continue }
            months["\(OldSite.logFolder)/\(date.format("Y-m")).php", default: []].append((ByteText(path.name), entry))
            report.uploads += 1
        }
        for name in try Set(kept.files(in: OldSite.logFolder)).union(months.keys).sorted() {
            guard let new = months[name] else {
                try make(name, "logs", PHPArray(), isChanged: false)
                continue
            }
            var array: PHPArray
            do { array = try self.array(name) } catch let error as PHPArrayError {
                report.remaining.append("\(new.count) uploads of \(name), which cannot be read: \(error)")
                try make(name, "logs", PHPArray(), isChanged: false)
                continue
            }
            for (key, entry) in new { array[key] = entry }
            try make(name, "logs", array, isChanged: true)
        }
    }

    /// - Returns: nil if the file is gone.
    private func logEntry(of sent: SentFile, _ date: DateText, path: String) throws -> PHPValue? {
        guard let stored = site.store.content(of: sent) else { return nil }
        let (file, sender) = (sent.file, sent.sender)
        let md5 = MD5()
        try stored.forEachPiece(md5.update)
        return .array(PHPArray([
            ("source", PHPValue(OldLogEntry.escaped(file.originalName))), ("date", PHPValue(date.format("Y-m-d H:i:s"))),
            ("ip", PHPValue(sender.address)), ("port", sender.port.map(PHPValue.integer) ?? ""),
            ("user_agent", PHPValue(sender.userAgent)), ("path", PHPValue(path)), ("size", PHPValue(SizeText.format(file.size))),
            ("md5", PHPValue(Hexadecimal.encode(md5.finish()))), ("checkImg", "OFF"), ("from", PHPValue(sender.way)),
        ]))
    }

    func makeCounters() throws {
        let counts = Dictionary(grouping: try site.store.uploadCounts()) { "\(OldSite.countFolder)/\($0.day).php" }
        for name in try Set(kept.files(in: OldSite.countFolder)).union(counts.keys).sorted() {
            guard var array = try? self.array(name) else {
                try make(name, "ipcounts", PHPArray(), isChanged: false)
                continue
            }
            let different = (counts[name] ?? []).filter { array[ByteText($0.address)]?.number ?? 0 < $0.count }
            for each in different { array[ByteText(each.address)] = .integer(each.count) }
            try make(name, "ipcounts", array, isChanged: !different.isEmpty)
        }
    }
}
