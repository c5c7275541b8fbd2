// What every responder has in common, so that a main says only what is its own: start, loop, preflight, and one place where
// a failure becomes an answer and a line in the log.

import FastCGI
import Glibc
import House
import HTTP
import JSONText

/// Runs a responder until it is asked to stop.
///
/// - Parameters:
///   - name: the word of folder, executable, socket and unit.
///   - methods: what the path answers to; others are refused with 405.
///   - needsPictures: tests the picture worker at start, and does not start without it.
///   - failure: the message of the contract for a failure of ours (500).
///   - dialect: what this part of the API does differently.
public func serve(_ name: String, methods: [HTTP.Method], needsPictures: Bool = false, failure: String = "Internal server error",
                  dialect: Dialect = .plain, _ answer: @escaping (Request, House) throws -> Response) {
    let responder = Responder(name: name, methods: methods, failure: failure, dialect: dialect, answer: answer)
    if needsPictures { responder.refuseToStartWithoutPictures() }
    let idle = getenv("IMAGEBED_IDLE_SECONDS").flatMap { Int(String(cString: $0)) }
    Server(name: name, idleSeconds: idle).run(responder.respond)
}

/// What one part of the API does differently from the others.
public struct Dialect: Sendable {
    /// Members that stand first in the body of every error.
    let errorMembers: [(String, JSONValue)]
    /// Request headers that pages of other origins may send beside the usual ones.
    let requestHeaders: [String]
    /// Response headers that pages of other origins may read.
    let exposedHeaders: [String]

    public static let plain = Dialect(errorMembers: [], requestHeaders: [], exposedHeaders: [])
    /// JSON synchronisation.
    public static let sync = Dialect(errorMembers: [("success", false)], requestHeaders: ["X-Device-ID", "Idempotency-Key"],
                                     exposedHeaders: ["ETag"])
}

final class Responder {
    private let name: String
    private let methods: [HTTP.Method]
    private let failure: String
    private let dialect: Dialect
    private let answer: (Request, House) throws -> Response
    private var opened: House?

    init(name: String, methods: [HTTP.Method], failure: String, dialect: Dialect,
         answer: @escaping (Request, House) throws -> Response) {
        self.name = name
        self.methods = methods
        self.failure = failure
        self.dialect = dialect
        self.answer = answer
    }

    func respond(to request: Request) -> Response {
        var response: Response
        do {
            response = try request.method == .options ? preflight() : answerAllowed(request)
        } catch {
            let problem = Problem(explaining: error, failure: failure)
            Log.write(problem, from: name, request)
            response = Response(problem, first: dialect.errorMembers)
        }
        CrossOrigin.allow(&response, dialect)
        return response
    }

    private func answerAllowed(_ request: Request) throws -> Response {
        try request.require(methods)
        return try answer(request, house())
    }

    private func preflight() -> Response {
        var response = Response(.noContent)
        CrossOrigin.allowPreflight(&response, methods, dialect)
        return response
    }

    /// A database that cannot be opened now may be there at the next request, so the process lives on and tries again.
    private func house() throws -> House {
        if let opened { return opened }
        let house = try House(data: .ofThisProcess())
        try house.tidyUp()
        opened = house
        return house
    }

    /// A site that cannot be opened is no reason to end: each request says so, and tries again.
    func refuseToStartWithoutPictures() {
        guard let house = try? house() else { return }
        do {
            try house.worker.selfTest()
        } catch {
            Log.write("cannot start: \(error)", from: name)
            // The process manager starts another at once.
            sleep(1)
            exit(1)
        }
    }
}

/// Any page may call the API with a key; cookies never go along (no Allow-Credentials).
enum CrossOrigin {
    static func allow(_ response: inout Response, _ dialect: Dialect) {
        response.headers.set("Access-Control-Allow-Origin", "*")
        if !dialect.exposedHeaders.isEmpty {
            response.headers.set("Access-Control-Expose-Headers", dialect.exposedHeaders.joined(separator: ", "))
        }
    }

    private static let requestHeaders = ["Content-Type", "X-API-Key", "X-Requested-With", "Authorization", "If-Match", "If-None-Match"]

    static func allowPreflight(_ response: inout Response, _ methods: [HTTP.Method], _ dialect: Dialect) {
        response.headers.set("Access-Control-Allow-Methods", (methods + [.options]).map(\.name).joined(separator: ", "))
        response.headers.set("Access-Control-Allow-Headers", (requestHeaders + dialect.requestHeaders).joined(separator: ", "))
        response.headers.set("Access-Control-Max-Age", "86400")
    }
}
