// The check of `imagebed doctor` of what keeps this node like the others of its site.

import Site

extension Doctor {
    /// Seconds; `imagebed follow` says every minute that it is there.
    private static let longestSilence = 300

    static let checkNodes: @Sendable (Site) throws -> [Finding] = { site in
        guard let node = try site.node else { return [] }
        let others = try site.followingNodes.filter { $0 != node }
        let silence = try site.silence(of: node)
        if let silence, silence <= longestSilence {
            return [.ok("nodes", others.isEmpty ? "\(node) would follow other nodes; none has followed within a week"
                        : "\(node) follows \(others.joined(separator: ", "))")]
        }
        // (Where nothing is installed a node is mostly alone.)
        guard !others.isEmpty || Remedy(site.data).isInstalled else { return [.ok("nodes", "\(node) is the only one that is known")] }
        let since = silence.map { "has not followed the other nodes for \($0 / 60) minutes" } ?? "does not follow other nodes"
        return [.problem("nodes", "\(node) \(since): it may show what was deleted there, and work by former settings", advice: Remedy(site.data).startFollowing)]
    }
}
