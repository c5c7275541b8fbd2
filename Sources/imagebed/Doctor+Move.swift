// The check of `imagebed doctor` whether a move of the rows to another database came to its end. Until then nothing is changed.

import Database
import Disk
import Site
import Time

extension Doctor {
    static let checkMove: @Sendable (Site) throws -> [Finding] = { site in
        let data = site.data
        guard let mark = try site.unfinishedMove else { return try leftovers(site) }
        let minutes = max(0, Now.seconds - mark.beganAt) / 60
        let target = mark.target == "local" ? "local" : "\(data.clusterFile).moving"
        guard try site.node.map({ $0 == mark.node }) ?? true else {
            return [.problem("move", "\(mark.node) is moving the rows to SQLite's file, or has moved them: nothing is changed here any more",
                             advice: "stop the site on this node; on \(mark.node), imagebed doctor tells how far it is")]
        }
        let isHere = mark.target == "local" || FileSystem.exists(target)
        let goOn = isHere ? "sudo imagebed move --to \(target), which goes on with it; or " : ""
        return [.problem("move", "the rows are being moved to \(mark.target == "local" ? "SQLite's file" : "a server") since \(minutes) minutes"
                         + (mark.node.isEmpty ? "" : ", by \(mark.node)") + ", and nothing is changed meanwhile",
                         advice: goOn + "sudo imagebed move --cancel, which goes back")]
    }

    /// What a move leaves that was killed in its last step.
    private static func leftovers(_ site: Site) throws -> [Finding] {
        let data = site.data
        if try site.holdsMarkOfCopy {
            let target = site.database.engine == .postgresql ? data.clusterFile : "local"
            return [.warning("move", "the rows were moved here, but what the move needed is not cleared away", advice: "sudo imagebed move --to \(target), which does that")]
        }
        guard site.database.engine == .postgresql, FileSystem.exists(data.database) else { return [] }
        return [.warning("move", "\(data.database) is there, though the rows are in \(try DatabasePlace(of: data))",
                         advice: "sudo imagebed move --to \(data.clusterFile), which gives it another name if it was left by a move")]
    }
}
