// The checks of `imagebed doctor` for the way from a visitor to a responder: each hop by itself, so that it is clear which one fails.

import Paths
import Site
import Takeover
import Time

extension Doctor {
    static let checkName: @Sendable (Round) throws -> [Finding] = { round in
        if let failure = round.stop(at: .name) {
            return [.problem("name", "\(round.host), of base_url, is not found from here: \(failure)",
                             advice: "put \(round.host) into the DNS, or into /etc/hosts, or: \(Remedy(round.site.data).setAddress(insteadOf: round.links.base))")]
        }
        return [.ok("name", round.host + ((try? round.greeting.get()).map { " is \($0.address)" } ?? " is found"))]
    }

    static let checkConnection: @Sendable (Round) throws -> [Finding] = { round in
        if let failure = round.stop(at: .connection) {
            let remedy = Remedy(round.site.data)
            return [.problem("connection", "nobody answers at \(round.links.base) from here: \(failure)",
                             advice: "\(remedy.startWebServer); where it runs: \(remedy.setAddress(insteadOf: round.links.base)). (Visitors may reach an address of a router "
                                 + "that this machine does not: then put 127.0.0.1 \(round.host) into /etc/hosts)")]
        }
        return [.ok("connection", round.links.base)]
    }

    static let checkTLS: @Sendable (Round) throws -> [Finding] = { round in
        if let failure = round.stop(at: .tls) {
            return [.problem("TLS", "browsers refuse \(round.host): \(failure)",
                             advice: "sudo certbot renew, or the panel's button for certificates, and reload the web server that has it")]
        }
        return [.ok("TLS", round.settings.baseURL.isSecure ? "the certificate is trusted here" : "none, base_url is http")]
    }

    static let checkAnswer: @Sendable (Round) throws -> [Finding] = { round in
        let answer = try round.greeting.get()
        if answer.status == 200, answer.flag("success") == true { return [.ok("answer", "this site answers at \(round.links.base)")] }
        return [round.trouble("answer", answer, from: .statistics)]
    }

    /// One request to each responder: whether somebody answers, whatever.
    static let checkResponders: @Sendable (Round) throws -> [Finding] = { round in
        let endpoints = Endpoint.all.filter { $0.paths.first != nil }
        let statuses = try round.client.statuses(of: endpoints.map { round.links.address($0.paths[0].path) }, patience: 120)
        let silent = zip(endpoints, statuses).filter { [0, 502, 503, 504].contains($0.1) }
        guard let first = silent.first?.0 else { return [.ok("responders", "all \(endpoints.count) answer")] }
        let names = silent.map { "\($0.0.name) (\($0.1))" }.joined(separator: ", ")
        return [.problem("responders", "the web server gets no answer from \(names)", advice: Remedy(round.site.data).restart(first.name))]
    }
}

extension Round {
    /// The failure of the first request, if it failed at this hop.
    func stop(at hop: WebFailure.Hop) -> WebFailure? {
        guard case .failure(let failure as WebFailure) = greeting, failure.hop == hop else { return nil }
        return failure
    }

    /// What an answer that is not the wanted one tells about the hop that gave it.
    func trouble(_ name: String, _ answer: WebAnswer, from path: Path) -> Finding {
        let remedy = Remedy(site.data)
        let responder = Endpoint.all.first { $0.paths.contains { $0.path == path } }?.name ?? "upload"
        let says = "\(links.address(path)) answers \(answer.status)"
        let because = answer.isOurs ? (answer.text("detail") ?? answer.text("error") ?? "") : answer.excerpt
        switch answer.status {
        case 301, 302, 303, 307, 308:
            let target = answer.redirect.hasSuffix(path.text) ? String(answer.redirect.dropLast(path.text.utf8.count)) : "https://YOUR.SITE"
            return .problem(name, "\(says): it leads to \(answer.redirect)", advice: "imagebed settings set base_url \(target)")
        case 401 where answer.isOurs, 403 where answer.isOurs:
            return .problem(name, "\(says): the API key does not arrive, a proxy on the way takes the header X-API-Key away",
                            advice: "imagebed proxy-block nginx (or apache, bt, 1panel) prints what that proxy is told")
        case 413: return tooLarge(name, says, isOurs: answer.isOurs)
        case 502, 503, 504:
            return .problem(name, "\(says): " + (answer.isOurs ? "the web server gets no answer from the responder \(responder), by its socket (\(because))"
                                                     : "a proxy in front gets no answer from this site's web server (\(because))"),
                            advice: answer.isOurs ? remedy.restart(responder) : remedy.startWebServer)
        case 507: return .problem(name, "\(says): the disk is full", advice: "make room: imagebed gc --recycle-days 0")
        case 500... where answer.isOurs:
            return .problem(name, "\(says): the responder \(responder) failed (\(because))",
                            advice: "its reason is in the log: journalctl -u 'imagebed-\(responder)*', or /var/log/imagebed.log")
        default:
            let who = answer.isOurs ? because : "that is not this site: \(answer.type) \(answer.excerpt)"
            return .problem(name, "\(says): \(who)", advice: remedy.setAddress(insteadOf: links.base))
        }
    }

    private func tooLarge(_ name: String, _ says: String, isOurs: Bool) -> Finding {
        guard isOurs else {
            return .problem(name, "\(says): a proxy in front of the site takes no body of \(settings.largestBody) bytes, which the settings allow",
                            advice: "client_max_body_size 0; in its server block (imagebed proxy-block nginx prints all lines; apache, bt and 1panel "
                                + "too). Where that cannot be changed: imagebed settings set image_max_bytes and video_max_bytes lower")
        }
        return .problem(name, "\(says): the site's own web server has another limit than the settings", advice: "sudo imagebed reload")
    }
}

extension Doctor {
    /// Days before a certificate's end that are told: certbot and panels renew at 30.
    private static let daysOfWarning = 14

    static let checkCertificate: @Sendable (Round) throws -> [Finding] = { round in
        guard round.settings.baseURL.isSecure else { return [] }
        let said = try round.client.handshake(with: round.links.base + "/")
        guard let line = said.split(separator: "\n").first(where: { $0.contains("expire date:") }), let end = CertificateDate.seconds(String(line)) else {
            return [.warning("certificate", "its end is not known", advice: "openssl s_client -connect \(round.host):443 shows it")]
        }
        let days = (end - Now.seconds) / 86_400, day = SiteDay(of: end).dashed
        guard days <= daysOfWarning else { return [.ok("certificate", "it ends on \(day)")] }
        return [.warning("certificate", "it ends in \(days) days, on \(day): nobody has renewed it",
                         advice: "sudo certbot renew, or the panel's button for certificates, and reload the web server that has it")]
    }
}

/// The end of a certificate as OpenSSL and GnuTLS print it by curl: "*  expire date: Feb  1 09:49:37 2027 GMT".
private enum CertificateDate {
    static func seconds(_ line: String) -> Int? {
        let words = line.split(separator: " ").map(String.init)
        guard let start = words.firstIndex(of: "date:"), words.count > start + 4 else { return nil }
        let (month, day, time, year) = (words[start + 1], words[start + 2], words[start + 3], words[start + 4])
        return HTTPDate.seconds("Mon, \(day.count == 1 ? "0" + day : day) \(month) \(year) \(time) GMT")
    }
}
