// The checks of `imagebed doctor` that do what users do, through the address that visitors use.

import Disk
import MediaStore
import Paths
import Site
import Time

extension Doctor {
    static let checkUpload: @Sendable (Round) throws -> [Finding] = { round in
        let trial: TrialPicture
        do { trial = try TrialPicture(round.settings) } catch let obstacle as TrialPicture.Obstacle {
            return [.skipped("upload", because: obstacle.description)]
        }
        let body = try round.draft(trial.bytes)
        let answer = try round.send(to: .upload, body: .file(body, named: "doctor.png", type: "image/png"))
        guard answer.status == 200, let id = answer.number("id"), let url = answer.text("url"), let thumbnail = answer.text("thumb"),
              let deletion = answer.text("del") else { return [round.trouble("upload", answer, from: .upload)] }
        round.picture = Round.Trial(id: id, url: url, thumbnail: thumbnail, deletion: deletion)
        return [.ok("upload", "a picture of \(trial.width) x \(trial.height) came through \(round.links.base) onto the disk")]
    }

    /// The bytes that come are those on the disk.
    static let checkFetch: @Sendable (Round) throws -> [Finding] = { round in
        guard let picture = round.picture else { return [] }
        guard let file = try round.site.store.file(picture.id) else {
            return [.problem("fetch", "the uploaded picture has no row", advice: "imagebed verify")]
        }
        let answer = try round.client.send(WebRequest(url: picture.url))
        guard answer.status == 200 else { return [round.unsent("fetch", picture.url, answer)] }
        let stored = try round.site.uploads.bytes(of: file.path.text, limit: 1 << 20) ?? []
        guard stored == answer.body else {
            return [.problem("fetch", "\(picture.url): other bytes come than are on the disk (\(answer.body.count) of \(stored.count), \(answer.type))",
                             advice: "a proxy or CDN in front changes pictures: turn its optimization of pictures off")]
        }
        return [.ok("fetch", "it comes back as it is on the disk")]
    }

    static let checkThumbnail: @Sendable (Round) throws -> [Finding] = { round in
        guard let picture = round.picture else { return [] }
        let answer = try round.client.send(WebRequest(url: picture.thumbnail))
        guard answer.status == 200, answer.type.hasPrefix("image/"), !answer.body.isEmpty else { return [round.trouble("thumbnail", answer, from: .thumbnail)] }
        return [.ok("thumbnail", "it was made: \(answer.body.count) bytes")]
    }

    /// By the link of the upload's answer; afterwards the picture is not there.
    static let checkDeletion: @Sendable (Round) throws -> [Finding] = { round in
        guard let picture = round.picture else { return [] }
        let answer = try round.client.send(WebRequest(url: picture.deletion))
        guard answer.status == 200 else { return [round.trouble("deletion", answer, from: .deletion)] }
        let gone = try round.client.send(WebRequest(url: picture.url))
        guard gone.status == 404 else {
            return [.problem("deletion", "\(picture.url) still answers \(gone.status) after it was deleted",
                             advice: "a cache in front keeps pictures: let it ask again (Cache-Control), or purge it when one is deleted")]
        }
        return [.ok("deletion", "its link deletes it, and its address is empty")]
    }

    /// A push, a pull and a deletion.
    static let checkJSON: @Sendable (Round) throws -> [Finding] = { round in
        let content = "{\"file_key\":\"doctor\",\"device_id\":\"doctor\",\"content\":{\"doctor\":true}}"
        let pushed = try round.send(to: .sync, body: .raw(round.draft(Array(content.utf8)), type: "application/json"))
        guard pushed.status == 200 else { return [round.trouble("JSON", pushed, from: .sync)] }
        let pulled = try round.send(to: .sync, query: "?file_key=doctor&device_id=doctor")
        guard pulled.status == 200, pulled.number("current_version") == 1 else { return [round.trouble("JSON", pulled, from: .sync)] }
        let deleted = try round.send(to: .sync, query: "?file_key=doctor&device_id=doctor", method: "DELETE")
        guard deleted.status == 200 else { return [round.trouble("JSON", deleted, from: .sync)] }
        return [.ok("JSON", "a file was pushed, pulled and deleted")]
    }

    /// A form as large as the settings allow, of zeros: it has to be refused by the program behind the web server, for what it is.
    static let checkLargestBody: @Sendable (Round) throws -> [Finding] = { round in
        let name = "largest body", size = round.settings.imageMaxBytes
        guard try round.site.uploads.freeBytes() - 2 * size > round.settings.leastFreeBytes else {
            return [.warning(name, "not tried: too little space is left for \(size >> 20) MB more", advice: "make room: imagebed gc --recycle-days 0")]
        }
        let body = try Draft(in: round.client.scratch)
        try body.enlarge(to: size)
        var answer = try round.send(bodyOnly: body)
        // (A web server that was just told to read its configuration again lets a former worker take requests for a moment.)
        for _ in 1...3 where answer.status == 413 && answer.isOurs {
            pause(microseconds: 500_000)
            answer = try round.send(bodyOnly: body)
        }
        guard (400...422).contains(answer.status), answer.status != 413, answer.isOurs else { return [round.trouble(name, answer, from: .upload)] }
        return [.ok(name, "\(size) bytes arrive (and are refused, because they are no picture)")]
    }
}

extension Round {
    func send(to path: Path, query: String = "", body: WebBody = .none, method: String? = nil, patience: Int = 30) throws -> WebAnswer {
        try client.send(WebRequest(url: links.address(path) + query, method: method, headers: [key()], body: body, patience: patience))
    }

    /// A form whose picture is this draft.
    fileprivate func send(bodyOnly body: Draft) throws -> WebAnswer {
        try send(to: .upload, body: .file(body, named: "doctor.bin", type: "application/octet-stream"), patience: 300)
    }

    /// A file that the web server does not send.
    fileprivate func unsent(_ name: String, _ url: String, _ answer: WebAnswer) -> Finding {
        let says = "\(url) answers \(answer.status) \(answer.excerpt)"
        guard answer.status == 403 || answer.status == 404 else { return trouble(name, answer, from: .home) }
        return .problem(name, "\(says): the web server cannot read \(site.data.uploads), or a rule in front takes the address away",
                        advice: "chmod a+x \(site.data.path) \(site.data.uploads), then sudo imagebed reload; a proxy in front: imagebed proxy-block nginx")
    }
}
