// The installer's lock. While it is held, executables, picture worker and database may not match.

import Disk
import Time

public enum Upgrade {
    /// How long whatever can wait waits for the end of an upgrade. (The web server's timeout for sending a body is 60 seconds.)
    public static let patienceSeconds = 50

    /// Whether the installer holds its lock. The kernel releases it when the installer ends. (Only root and the service's group may open its
    /// file, and it exists before the installer locks it and changes anything; if it cannot be opened, no installation is in progress.)
    public static var isAtWork: Bool { Lock.isHeld("\(Site.folderOfThisProgram)/upgrade.lock") }

    /// Waits until no upgrade is at work, for `patienceSeconds` at most. A program that was replaced meanwhile waits no longer: the installer
    /// waits for the end of former programs, and migrates the database after that.
    public static func wait() {
        let end = Now.monotonicSeconds + Double(patienceSeconds)
        while isAtWork, !Site.isProgramReplaced, Now.monotonicSeconds < end { pause(microseconds: 200_000) }
    }
}
