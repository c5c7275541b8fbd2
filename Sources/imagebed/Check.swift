// A line of the doctor's table of checks (Doctor+Table.swift).

import Site

/// One check.
struct Check: Sendable {
    /// What a check looks at, and so when it can be made.
    enum Look: Sendable {
        /// What root has seen of the machine before it became the site's user.
        case machine(@Sendable (Patient) -> [Finding])
        /// The data folder, also of a site that does not open.
        case files(@Sendable (DataFolder) -> [Finding])
        case site(@Sendable (Site) throws -> [Finding])
        /// The way to the site, as visitors go it.
        case visit(@Sendable (Round) throws -> [Finding])
        /// The check of the line above finds this too.
        case above
    }

    /// The subject of its findings.
    let name: String
    let tries: String
    /// What mends it, where a finding does not know better.
    let repair: String
    /// The check without which this one is not tried.
    var needs: String?
    /// Whether it takes long or moves much, so that a timer leaves it out.
    var isHeavy = false
    let look: Look

    init(_ name: String, _ tries: String, repair: String, needs: String? = nil, isHeavy: Bool = false, _ look: Look) {
        (self.name, self.tries, self.repair, self.needs, self.isHeavy, self.look) = (name, tries, repair, needs, isHeavy, look)
    }

    var isVisit: Bool { if case .visit = look { true } else { false } }
}

/// What a process needs of the machine to examine a site, seen with root's rights where it has them.
struct Patient {
    let data: DataFolder
    /// The site that this one replaced.
    let place: ReplacedSite?
    /// What runs it; nil without systemd.
    let units: Units?

    init(_ data: DataFolder) { (self.data, place, units) = (data, ReplacedSite(data.path), Units(of: data)) }
}
