// The check of `imagebed doctor` for PHP files that the web server would still run: it is asked for each of them.

import Disk
import Paths
import Site
import Text

extension Doctor {
    static let checkLeftovers: @Sendable (Round) throws -> [Finding] = { round in
        let site = round.site
        var found = Leftovers.below(site.data.uploads).map { (file: "\(site.data.uploads)/\($0)", path: round.links.uploadsPath + $0) }
        if let old = InstalledSite.recorded?["old_site"], !old.isEmpty {
            found += Leftovers.below(old).map { (file: "\(old)/\($0)", path: "/" + $0) }
        }
        // (Such addresses are this site's own; the last one is a picture, which the web server sends itself.)
        let own = Set(Endpoint.all.flatMap { $0.paths.map(\.path.text) } + Redirect.all.map(\.from) + ["/index.php", "/app/bing.php"])
        let asked = Array(found.filter { !own.contains($0.path) }.prefix(Leftovers.asked))
        let urls = asked.map { round.links.base + PercentCoding.encode($0.path) { PercentCoding.isUnreserved($0) || $0 == UInt8(ascii: "/") } }
        let statuses = try round.client.statuses(of: urls, method: "GET", patience: 60)
        let open = zip(asked, statuses).filter { (200...299).contains($0.1) || $0.1 >= 500 }.map(\.0)
        guard let first = open.first else {
            return [.ok("PHP", found.isEmpty ? "no PHP files lie where the web server looks" : "the web server answers for none of the \(found.count) PHP files that are left")]
        }
        return [.problem("PHP", "the web server answers for \(open.count) PHP files, such as \(first.path)",
                         advice: "sudo rm \(first.file), or take fastcgi_pass and proxy_pass for .php out of the web server's configuration: sudo nginx -T shows it")]
    }
}

private enum Leftovers {
    /// How many are asked for.
    static let asked = 50
    private static let most = 1_000, deepest = 8, mostFolders = 5_000

    /// PHP files below a folder, by their paths in it.
    static func below(_ folder: String) -> [String] {
        var found: [String] = []
        var folders = 0
        collect(folder, "", 0, &found, &folders)
        return found
    }

    private static func collect(_ root: String, _ path: String, _ depth: Int, _ found: inout [String], _ folders: inout Int) {
        folders += 1
        guard depth <= deepest, folders <= mostFolders, let entries = try? Folder("\(root)/\(path)").listing() else { return }
        for entry in entries where found.count < most {
            guard let name = entry.name else { continue }
            if entry.kind == .folder { collect(root, path + name + "/", depth + 1, &found, &folders) }
            if entry.kind == .file, isPHP(name) { found.append(path + name) }
        }
    }

    private static func isPHP(_ name: String) -> Bool {
        let ending = name.utf8.split(separator: UInt8(ascii: ".")).last.map { String(Substring($0)).lowercased() } ?? ""
        return ["php", "php3", "php4", "php5", "php7", "php8", "phtml", "phar", "pht"].contains(ending)
    }
}
