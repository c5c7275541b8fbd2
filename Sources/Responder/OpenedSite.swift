// The site of a responder process, opened once. Whether the schema of its database is the one that this program knows is asked
// before a connection is taken, so that during an upgrade no request meets a program that cannot serve it: before the migration
// it waits in the queue of the socket, and an older program leaves it to its successor.

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
    /// When this process first found that the migration has not been made (`CLOCK_MONOTONIC`).
    private var waitsSince: Int?

    /// How long requests are left to wait for a migration. The web server gives up on a body that nobody takes after 60 seconds.
    private static let patienceSeconds = 50

    /// - Parameters:
    ///   - name: of the responder, for the log.
    ///   - needsPictures: tests the picture worker when the site is opened, and ends the process where it fails for good.
    init(of name: String, needsPictures: Bool) {
        self.name = name
        self.needsPictures = needsPictures
    }

    /// A database that cannot be opened now may be there at the next request, so the process lives on and tries again.
    func site() throws -> Site {
        if let opened { return opened }
        let site = try Site(data: .ofThisProcess())
        for problem in site.tidyUp() { Log.write(problem, from: name) }
        if needsPictures { refuseToServeWithoutPictures(site) }
        opened = site
        return site
    }

    /// What is wrong with the site beyond its schema is for the request to say.
    func readiness() -> Readiness {
        if opened == nil && isBeingInstalled {
            if hasPatience() { return .notYet }
            Log.write("an installation has been at work for \(OpenedSite.patienceSeconds) s; no longer waiting for its end", from: name)
        }
        do {
            guard try site().hasKnownSchema() else { return .outdated }
        } catch is SchemaTooOld {
            return hasPatience() ? .notYet : .ready
        } catch is SchemaTooNew where Site.isProgramReplaced {
            return .outdated
        } catch {}
        return .ready
    }

    /// Whether the installer is at work, which it shows by a lock: until it is done, executables, picture worker and database do not
    /// belong together. The lock ends with the installer, however that ends. (Its file opens for root and the service's group alone,
    /// and it does before the installer locks it and changes anything; where it does not open, nothing is being installed.)
    private var isBeingInstalled: Bool {
        Lock.isHeld("\(Site.folderOfThisProgram)/upgrade.lock")
    }

    /// Patience is spent once: a migration that nobody makes must not hold every request up.
    private func hasPatience() -> Bool {
        let now = Int(Now.monotonicSeconds), start = waitsSince ?? now
        waitsSince = start
        return now - start < OpenedSite.patienceSeconds
    }

    /// The doctor is no service, and would not find out.
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
            // That is over at the next picture, or its answer says so; the worker confines itself each time.
            Log.write("the picture worker was not tried at the start: \(failure)", from: name)
        } catch {
            Log.write("cannot start: \(error)", from: name)
            // The process manager starts another at once.
            pause(microseconds: 1_000_000)
            ThisProcess.end(1)
        }
    }
}
