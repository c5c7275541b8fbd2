// The common part of all responders: start, request loop, preflight, and the one place where errors become responses and log lines.

import Confinement
import FastCGI
import HTTP
import JSONText
import Paths
import Process
import Site
import Time

/// Runs a responder until it is asked to stop.
///
/// - Parameters:
///   - name: of folder, executable, socket and unit. Methods that its `Endpoint` does not list are answered with 405, unless the dialect
///     accepts any.
///   - needsPictures: tests the picture worker at start, and exits if the test fails.
///   - failure: the documented message for an internal error (500).
///   - dialect: the error format and CORS rules.
public func serve(_ name: String, needsPictures: Bool = false, failure: String = "Internal server error",
                  dialect: Dialect = .plain, _ answer: @escaping (Visit) throws -> any Reply) {
    serve(name, needsPictures: needsPictures, failure: failure, dialectOf: { _ in dialect }, answer)
}

/// The same for an executable whose paths have several dialects.
public func serve(_ name: String, needsPictures: Bool = false, failure: String = "Internal server error",
                  dialectOf: @escaping (Request) -> Dialect, _ answer: @escaping (Visit) throws -> any Reply) {
    guard let endpoint = Endpoint.named(name) else { fatalError("the table of paths has no row for \(name)") }
    Confinement.hideMemory()
    Site.useOneThread()
    let opened = OpenedSite(of: name, needsPictures: needsPictures)
    let responder = Responder(name: name, methods: endpoint.methods, failure: failure, dialectOf: dialectOf, opened: opened,
                              counters: (try? DataFolder.ofThisProcess()).map { SiteCounters(run: $0.run) }, answer: answer)
    // If the site cannot be opened, the process goes on: each request reports the error and retries.
    if needsPictures { _ = opened.readiness() }
    let idle = Environment["IMAGEBED_IDLE_SECONDS"].flatMap { Int($0) }
    Server(name: name, idleSeconds: idle).run(readiness: opened.readiness, afterwards: opened.getReady, responder.respond)
}

final class Responder {
    private let name: String
    private let methods: [HTTP.Method]
    private let failure: String
    private let dialectOf: (Request) -> Dialect
    private let opened: OpenedSite
    private let counters: SiteCounters?
    private let answer: (Visit) throws -> any Reply

    /// - Parameter counters: nil where there is no data folder.
    init(name: String, methods: [HTTP.Method], failure: String, dialectOf: @escaping (Request) -> Dialect, opened: OpenedSite,
         counters: SiteCounters?, answer: @escaping (Visit) throws -> any Reply) {
        self.name = name
        self.methods = methods
        self.failure = failure
        self.dialectOf = dialectOf
        self.opened = opened
        self.counters = counters
        self.answer = answer
    }

    /// Answers a request and counts it. What a stream of the answer takes is not counted: the web server reads it as fast as it is written.
    func respond(to request: Request) -> Response {
        let begin = Now.monotonicMicroseconds
        let response = reply(to: request)
        counters?.count(requestTo: request.path, status: response.status.code, microseconds: Now.monotonicMicroseconds - begin)
        return response
    }

    private func reply(to request: Request) -> Response {
        let dialect = dialectOf(request)
        let preflight = request.method == .options && !dialect.takesAnyMethod ? dialect.crossOrigin.preflight(methods) : nil
        var response = preflight == nil || dialect.completesPreflight
            ? answer(to: request, in: dialect, isPreflight: preflight != nil) : Response(.noContent)
        for (name, value) in (preflight ?? []) + dialect.crossOrigin.headers { response.headers.set(name, value) }
        response.headers.set(RequestID.header, request.id.description)
        return response
    }

    private func answer(to request: Request, in dialect: Dialect, isPreflight: Bool) -> Response {
        var visit: Visit?
        do {
            if let bytes = request.lostBytes { throw try Problem.lost(bytes, run: DataFolder.ofThisProcess().run, failure: failure) }
            if !dialect.takesAnyMethod, !isPreflight { try request.require(methods) }
            let opened = try Visit(request, opened.site())
            visit = opened
            try request.takeID { try opened.trustedProxies }
            let response = try answer(opened).response
            for remark in response.remarks { Log.write(remark, from: name, request) }
            if let problem = response.problem { Log.write(problem, from: name, request) }
            return response
        } catch {
            let problem = Problem(error, failure: failure)
            let isLogged = Log.write(problem, from: name, request)
            let failed = FailedRequest(request: request, visit: visit ?? (try? Visit(request, opened.site())), isLogged: isLogged)
            return dialect.failure(problem, failed)
        }
    }
}
