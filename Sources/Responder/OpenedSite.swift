// The site of a responder process, opened once. Before a connection is accepted, the database's schema version is checked, so that during
// an upgrade no request reaches a program that cannot serve it: before the migration, requests wait in the socket's queue; after it, the
// old program exits and its successor serves them.

import Confinement
import Database
import Disk
import FastCGI
import PictureWorker
import Process
import Site
import Time

final class OpenedSite {
    private let name: String
    private let needsPictures: Bool
    private var opened: Site?
    /// When this process first found that the migration is missing (`CLOCK_MONOTONIC`).
    private var waitsSince: Int?

    /// - Parameters:
    ///   - name: of the responder, for the log.
    ///   - needsPictures: tests the picture worker when the site is opened, and exits if the test fails for a lasting reason.
    init(of name: String, needsPictures: Bool) {
        self.name = name
        self.needsPictures = needsPictures
    }

    /// A database that cannot be opened now may be available at the next request, so the process stays alive and retries.
    func site() throws -> Site {
        if let opened { return opened }
        let site = try Site(data: .ofThisProcess())
        for problem in site.tidyUp() { Log.write(problem, from: name) }
        if needsPictures { refuseToServeWithoutPictures(site) }
        opened = site
        return site
    }

    /// Only what `imagebed setup` brings up to date is checked here; other errors are reported by the request.
    func readiness() -> Readiness {
        if opened == nil && Upgrade.isAtWork {
            if hasPatience() { return .notYet }
            Log.write("an installation has been at work for \(Upgrade.patienceSeconds) s; no longer waiting for its end", from: name)
        }
        do {
            guard try site().hasKnownSchema() else { return .outdated }
        } catch let other as OtherSchema where !other.isNewer {
            return hasPatience() ? .notYet : .ready
        } catch is IncompleteDatabase {
            return hasPatience() ? .notYet : .ready
        } catch is OtherSchema where Site.isProgramReplaced {
            return .outdated
        } catch {}
        return .ready
    }

    /// To be called when no request waits.
    func getReady() { opened?.worker.getReady() }

    /// Waits only once: a missing migration must not delay every request.
    private func hasPatience() -> Bool {
        let now = Int(Now.monotonicSeconds), start = waitsSince ?? now
        waitsSince = start
        return now - start < Upgrade.patienceSeconds
    }

    /// Recorded for `imagebed doctor`, which is not confined itself and cannot find out.
    private func remember(_ layers: ConfinementLayers, _ site: Site) {
        if case .refused(let code) = layers.landlock {
            Log.write("the picture worker has no Landlock (\(DiskError.reason(of: code))): sudo imagebed doctor tells what to do", from: name)
        }
        do {
            try site.worker.remember(layers)
        } catch {
            Log.write("\(error)", from: name)
        }
    }

    private func refuseToServeWithoutPictures(_ site: Site) {
        do {
            remember(try site.worker.selfTest(), site)
        } catch let failure as PictureFailure where failure.retryAfter != nil {
            // A temporary error: a later request reports it if it persists, and the worker confines itself at each start.
            Log.write("the picture worker was not tried at the start: \(failure)", from: name)
        } catch {
            Log.write("cannot start: \(error)", from: name)
            // The process manager starts a new process at once.
            pause(microseconds: 1_000_000)
            ThisProcess.end(1)
        }
    }
}
