// How errors of the services are answered: status, words for the client, words for the log.

import Database
import Disk
import Glibc
import HTTP
import Media
import PictureWorker
import Responder
import Testing

@Suite struct ProblemTests {
    private struct Unknown: Error {}

    private static func database(_ kind: DatabaseError.Kind) -> DatabaseError { DatabaseError(kind, message: "m", description: "d") }

    @Test(arguments: [
        (DiskError("write", "a", code: ENOSPC), "507 Insufficient storage"), (DiskError("lock", "a", code: ETIMEDOUT), "503 Server busy"),
        (DiskError("open", "a", code: ENOENT), "500 Upload failed"),
        (database(.full), "507 Insufficient storage"), (database(.busy), "503 Server busy"), (database(.corrupt), "500 Upload failed"),
        (database(.moving), "503 Site is being moved"), (database(.unavailable), "503 Server busy"), (database(.unknownOutcome), "503 Server busy"),
        (MediaRefusal(.damaged, because: "x"), "400 Invalid file type"), (MediaRefusal(.tooLarge("maximumSide"), because: "x"), "400 Too many pixels"),
        (PictureFailure.busy(because: "x"), "503 Server busy"), (PictureFailure.full(because: "x"), "507 Insufficient storage"),
        (PictureFailure.crashed(because: "x"), "400 Invalid file type"), (PictureFailure.broken(because: "x"), "500 Upload failed"),
        (Problem(.notFound, says: "File not found"), "404 File not found"), (Unknown(), "500 Upload failed"),
    ] as [(any Error, String)])
    func statusAndWords(error: any Error, expected: String) {
        let problem = Problem(error, failure: "Upload failed")
        #expect("\(problem.status.code) \(problem.says)" == expected)
        // (Of a missing file, and of a move, the operator need not hear.)
        #expect(problem.because != nil || problem.status == .notFound || problem.says == "Site is being moved")
        #expect(problem.headers.map(\.name) == (problem.status == .serviceUnavailable ? ["Retry-After"] : []))
    }

    @Test func thePictureSaysWhenToComeAgain() {
        let problem = Problem(PictureFailure.resting(seconds: 77, because: "x"), failure: "")
        #expect(problem.headers.first?.value == "77")
    }
}
