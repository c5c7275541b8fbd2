// How the picture worker is isolated from the site, in case a picture exploits it.

import Confinement
import Disk

/// - Parameters:
///   - layers: those of the worker that this process started.
///   - services: those of a worker that a service started; nil if unknown.
func confinement(_ layers: ConfinementLayers, ofServices services: ConfinementLayers?) -> Finding {
    let worst = services?.isLandlockRefused == true ? services! : layers
    guard layers.isMemoryHidden, layers.hasNoNewPrivileges else {
        return .problem("confinement", "the picture worker cannot give up its privileges", advice: "install the site's programs again")
    }
    switch worst.landlock {
    case .active(let version):
        return .ok("confinement", "picture workers have Landlock \(version), a list of system calls, no new privileges, and memory that is closed "
            + "to others")
    case .missing:
        return .warning("confinement", "this kernel has no Landlock: a list of system calls alone keeps picture workers from files, and one that "
            + "writes a watermark's text could read them", advice: "run Linux 5.13 or later, with landlock among those that lsm= names at boot")
    case .refused(let code):
        return .problem("confinement", "picture workers may not use Landlock (\(DiskError.reason(of: code))): one that a picture takes over "
            + "while it writes a watermark's text could read files",
            advice: "sudo ./install.sh writes the units anew; in a container, let its filter allow landlock_create_ruleset, landlock_add_rule and "
            + "landlock_restrict_self. Then start the services again")
    }
}

extension ConfinementLayers {
    fileprivate var isLandlockRefused: Bool { if case .refused = landlock { true } else { false } }
}
