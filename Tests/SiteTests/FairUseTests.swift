// Limits of addresses, keys and accounts, whose clock is set by hand.

import Disk
import HTTP
import Settings
@testable import Site
import TestSupport
import Testing

@Suite final class FairUseTests {
    private let folder = TemporaryFolder()
    private var time = 1000
    private var limits = LimitSettings()
    private lazy var counters = SiteCounters(run: folder.path)
    private lazy var use = FairUse(run: folder.path, secret: [1, 2, 3], counters: counters, now: { [unowned self] in time })

    private func refusal(_ limit: FairUseLimit, _ subject: FairUseSubject, isTrial: Bool = false) -> LimitReached? {
        do {
            try use.take(limit, subject, limits, isTrial: isTrial)
            return nil
        } catch { return error as? LimitReached }
    }

    @Test func theAnswer() throws {
        limits.anonymousUploads = 2
        let subject = FairUseSubject.network("2001:db8::/64")
        for _ in 0..<2 { #expect(refusal(.anonymousUploads, subject) == nil) }
        let problem = try #require(refusal(.anonymousUploads, subject)).problem(failure: "")
        #expect(problem.status == .tooManyRequests && problem.says == "Too many requests" && problem.retryAfter == 1800)
        #expect(problem.detail == "From one address without an account or a key this site takes 2 files an hour; send the request again in 1,800 seconds.")
        #expect(problem.because == "the address 2001:db8::/64 has reached the setting anonymous_uploads_per_hour (2); further refusals within a minute are not logged")
        time += 1_799_999
        let last = try #require(refusal(.anonymousUploads, subject)).problem(failure: "")
        #expect(last.retryAfter == 1 && last.detail?.hasSuffix("again in 1 second.") == true)
        time += 1
        #expect(refusal(.anonymousUploads, subject) == nil)
    }

    @Test func onceAMinuteInTheLog() {
        limits.thumbnails = 1
        func news(_ network: String) -> Bool { refusal(.thumbnails, .network(network))?.because != nil }
        for network in ["192.0.2.1", "192.0.2.2"] { #expect(refusal(.thumbnails, .network(network)) == nil && news(network) && !news(network)) }
        time += 59_999
        #expect(!news("192.0.2.1"))
        time += 1
        #expect(refusal(.thumbnails, .network("192.0.2.1")) == nil && news("192.0.2.1") && !news("192.0.2.1"))
    }

    @Test func eachCountsByItself() {
        (limits.keyUploads, limits.keyPushes, limits.anonymousUploads) = (1, 1, 1)
        for subject in [FairUseSubject.key(1), .key(2), .account(1)] {
            #expect(refusal(.keyUploads, subject) == nil && refusal(.keyUploads, subject) != nil)
            #expect(refusal(.keyPushes, subject) == nil)
        }
        #expect(refusal(.anonymousUploads, .network("192.0.2.1")) == nil)
        #expect(counters.refusals.first { $0.limit == .keyUploads }?.count == 3 && counters.refusals.reduce(0) { $0 + $1.count } == 3)
    }

    /// What was taken of another limit is no debt.
    @Test func aChangedLimitBeginsAnew() {
        for value in [1, 3, 1000] {
            limits.keyUploads = value
            for _ in 0..<value { #expect(refusal(.keyUploads, .key(1)) == nil) }
            #expect(refusal(.keyUploads, .key(1)) != nil)
        }
    }

    @Test func noLimitAndATrialWriteNothing() throws {
        for _ in 0..<3 { #expect(refusal(.keyUploads, .key(1)) == nil) }
        #expect(try !Folder(folder.path).entries().contains(RateTable.fileName))
        limits.keyUploads = 1
        for _ in 0..<3 { #expect(refusal(.keyUploads, .key(1), isTrial: true) == nil) }
        #expect(refusal(.keyUploads, .key(1)) == nil)
    }

    @Test func turnsEndWithTheirHolder() throws {
        limits.anonymousAtOnce = 2
        let subject = FairUseSubject.network("192.0.2.1")
        func turn(_ subject: FairUseSubject = subject) throws -> ByteLock? { try use.turn(.anonymousAtOnce, subject, limits) }
        var held = try [turn(), turn()]
        #expect(held.allSatisfy { $0 != nil })
        #expect(throws: LimitReached.self) { try turn() }
        #expect(try turn(.network("192.0.2.2")) != nil)
        held.removeFirst()
        #expect(try turn() != nil)
        limits.anonymousAtOnce = 0
        #expect(try turn() == nil)
    }

    /// Without a folder, or room in it, everything goes on.
    @Test func withoutAFolder() throws {
        (limits.keyUploads, limits.keyAtOnce) = (1, 1)
        let use = FairUse(run: folder.path + "/none", secret: [], counters: counters)
        for _ in 0..<3 { try use.take(.keyUploads, .key(1), limits) }
        #expect(try use.turn(.keyAtOnce, .key(1), limits) == nil)
    }

    @Test(arguments: FairUseLimit.allCases) func everyLimitIsASetting(limit: FairUseLimit) throws {
        let declaration = try #require(Settings.declaration(of: limit.rawValue))
        #expect(declaration.group == .limits && limit.rule(1234).contains("1,234"))
        var settings = Settings()
        try declaration.read("7", into: &settings)
        #expect(limit.value(in: settings.limits) == 7)
        #expect(Settings.declarations.filter { $0.group == .limits }.count == FairUseLimit.allCases.count)
    }
}
