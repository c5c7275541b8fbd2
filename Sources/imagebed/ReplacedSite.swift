// The place that this site has instead of a replaced one in the web server's configuration, as the installation recorded it.

import Disk
import PictureWorker

struct ReplacedSite {
    /// The replaced site's.
    let folder: String
    /// The address that visitors use, and the host of this machine where it is answered.
    let url: String
    private let host: String
    /// The name in its address.
    let name: String
    /// Files that another program, such as a panel, has saved again since they were put aside.
    let savedFiles: [String]
    /// Files beside this site's that name it too.
    let filesWithItsName: [String]

    /// Files of the web server's that were put aside, named by their paths with % for /.
    private static let aside = "/etc/imagebed/replaced"
    private static let own = "# Written by install.sh "
    /// Bytes of a file of the web server's.
    private static let limit = 1 << 20

    /// The one on this machine; nil if no site is replaced now. Panels let only root read their files, so it is looked at before root's
    /// rights are given up.
    ///
    /// - Parameter data: of this site.
    init?(_ data: String) {
        guard let recorded = InstalledSite.recorded, recorded["data"] == data, recorded["beside"] == nil, let folder = recorded["old_site"],
              let url = recorded["site_url"], let host = recorded["site_host"],
              let link = recorded[recorded["web"] == "apache" ? "apache_link" : "nginx_link"],
              let names = try? Folder(ReplacedSite.aside).entries(), !names.isEmpty else { return nil }
        (self.folder, self.url, self.host) = (folder, url, host)
        let bare = url.firstRange(of: "://").map { url[$0.upperBound...] } ?? url[...]
        let name = String(bare.prefix { $0 != ":" && $0 != "/" })
        self.name = name
        savedFiles = names.map { String($0.map { $0 == "%" ? "/" : $0 }) }.filter { path in
            FileStatus(at: path, followsLink: false) != nil && !ReplacedSite.text(of: path).hasPrefix(ReplacedSite.own)
        }.sorted()
        let place = String(link[..<(link.lastIndex(of: "/") ?? link.startIndex)])
        let files = ((try? Folder(place).entries()) ?? []).map { "\(place)/\($0)" }
        filesWithItsName = files.filter { $0 != link && ReplacedSite.names(in: ReplacedSite.text(of: $0)).contains(name) }.sorted()
    }

    /// The names of server blocks (nginx) and virtual hosts (Apache) in a file.
    private static func names(in text: String) -> Set<String> {
        let lines = text.split(whereSeparator: \.isNewline).map { $0.split { " \t;{}".contains($0) } }
        return Set(lines.flatMap { (words: [Substring]) -> [String] in
            words.indices.filter { ["server_name", "servername", "serveralias"].contains(words[$0].lowercased()) && words[0].first != "#" }
                .flatMap { words[($0 + 1)...].map(String.init) }
        })
    }

    private static func text(of path: String) -> String {
        guard let real = try? FileSystem.resolve(path), let slash = real.lastIndex(of: "/"),
              let bytes = try? Folder(String(real[...slash])).bytes(of: String(real[real.index(after: slash)...]), limit: limit) else {
            return ""
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    enum Answer { case ours, anothers, nobodys, unknown }

    /// Who answers at its address. (The installer needs curl too.)
    func answer() -> Answer {
        let child = Child(
            executable: "/usr/bin/curl",
            arguments: ["-sk", "-m", "10", "-L", "--proto-redir", "=http,https", "--noproxy", "*", "--connect-to", "::\(host):", "\(url)/api/v1/stats.php"],
            environment: ["PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8"], descriptors: [], deadline: 20)
        guard let end = try? child.run() else { return .unknown }
        guard end.manner == .exited(0) else { return .nobodys }
        return end.output.starts(with: Array(#"{"success":true,"#.utf8)) ? .ours : .anothers
    }
}
