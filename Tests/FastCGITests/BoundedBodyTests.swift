@testable import FastCGI
import HTTP
import Testing

@Suite struct BoundedBodyTests {
    /// What a body of `pieces` gives when it was declared to be `limit` bytes long.
    private func read(_ pieces: [Int], limit: Int?) throws -> Int {
        var rest = pieces[...]
        let body = BoundedBody(limit: limit) { buffer in min(rest.popFirst() ?? 0, buffer.count) }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 100, alignment: 1)
        defer { buffer.deallocate() }
        var total = 0
        while true {
            let count = try body.read(into: buffer)
            if count == 0 { return total }
            total += count
        }
    }

    @Test(arguments: [([], 0, 0), ([10], 10, 10), ([10, 20], 30, 30), ([10, 100], 40, 40), ([10, 20], nil, 30), ([], nil, 0)]
        as [([Int], Int?, Int)])
    func noMoreThanDeclared(pieces: [Int], limit: Int?, total: Int) throws {
        #expect(try read(pieces, limit: limit) == total)
    }

    @Test(arguments: [([], 1), ([10], 11), ([10, 20], 1_000_000)] as [([Int], Int)])
    func lessThanDeclaredIsRefused(pieces: [Int], limit: Int) {
        let problem = #expect(throws: Problem.self) { try read(pieces, limit: limit) }
        #expect(problem?.status == .badRequest)
    }

    @Test(arguments: [([-1], nil), ([10, -1], nil), ([10, -1], 20), ([-1], 1)] as [([Int], Int?)])
    func aStreamThatBreaksOffIsRefused(pieces: [Int], limit: Int?) {
        let problem = #expect(throws: Problem.self) { try read(pieces, limit: limit) }
        #expect(problem?.status == .badRequest && problem?.says == "Request body cut short")
    }
}
