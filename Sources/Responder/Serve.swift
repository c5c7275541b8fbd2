// What every responder has in common, so that a main says only what is its own: start, loop, preflight, and one place where
// a failure becomes an answer and a line in the log.

import FastCGI
import Glibc
import House
import HTTP

/// Runs a responder until it is asked to stop.
///
/// - Parameters:
///   - name: the word of folder, executable, socket and unit.
///   - methods: what the path answers to; others are refused with 405.
///   - needsPictures: tests the picture worker at start, and does not start without it.
///   - failure: the message of the contract for a failure of ours (500).
public func serve(_ name: String, methods: [HTTP.Method], needsPictures: Bool = false, failure: String = "Internal server error",
                  _ answer: @escaping (Request, House) throws -> Response) {
    let responder = Responder(name: name, methods: methods, failure: failure, answer: answer)
    if needsPictures { responder.refuseToStartWithoutPictures() }
    let idle = getenv("IMAGEBED_IDLE_SECONDS").flatMap { Int(String(cString: $0)) }
    Server(name: name, idleSeconds: idle).run(responder.respond)
}

final class Responder {
    private let name: String
    private let methods: [HTTP.Method]
    private let failure: String
    private let answer: (Request, House) throws -> Response
    private var opened: House?

    init(name: String, methods: [HTTP.Method], failure: String, answer: @escaping (Request, House) throws -> Response) {
        self.name = name
        self.methods = methods
        self.failure = failure
        self.answer = answer
    }

    func respond(to request: Request) -> Response {
        var response: Response
        do {
            response = try request.method == .options ? preflight() : answerAllowed(request)
        } catch {
            let problem = Problem(explaining: error, failure: failure)
            Log.write(problem, from: name, request)
            response = Response(problem)
        }
        CrossOrigin.allow(&response)
        return response
    }

    private func answerAllowed(_ request: Request) throws -> Response {
        try request.require(methods)
        return try answer(request, house())
    }

    private func preflight() -> Response {
        var response = Response(.noContent)
        CrossOrigin.allowPreflight(&response, methods)
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

    func refuseToStartWithoutPictures() {
        do {
            try house().worker.selfTest()
        } catch {
            Log.write("cannot start: \(error)", from: name)
            exit(1)
        }
    }
}

/// Any page may call the API with a key; cookies never go along (no Allow-Credentials).
enum CrossOrigin {
    static func allow(_ response: inout Response) {
        response.headers.set("Access-Control-Allow-Origin", "*")
    }

    static func allowPreflight(_ response: inout Response, _ methods: [HTTP.Method]) {
        response.headers.set("Access-Control-Allow-Methods", (methods + [.options]).map(\.name).joined(separator: ", "))
        response.headers.set("Access-Control-Allow-Headers",
                             "Content-Type, X-API-Key, X-Requested-With, Authorization, If-Match, If-None-Match")
        response.headers.set("Access-Control-Max-Age", "86400")
    }
}
