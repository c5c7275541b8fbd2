// The active sandbox layers, as the confined process found them: not every kernel has all of them, and systemd's system call filter may
// deny one. They are passed from the worker to its parent, and to a file for `imagebed doctor`.

/// The layers of a confined process. The system call filter is always active; without it the process exits.
public struct ConfinementLayers: Hashable, Sendable {
    public enum Landlock: Hashable, Sendable {
        /// With the kernel's version of Landlock.
        case active(version: Int)
        /// The kernel has no Landlock, or it was disabled at boot.
        case missing
        /// The kernel has it, but its system calls were denied (errno).
        case refused(code: Int32)
    }

    public let landlock: Landlock
    public let isMemoryHidden: Bool
    public let hasNoNewPrivileges: Bool

    public init(landlock: Landlock, isMemoryHidden: Bool, hasNoNewPrivileges: Bool) {
        (self.landlock, self.isMemoryHidden, self.hasNoNewPrivileges) = (landlock, isMemoryHidden, hasNoNewPrivileges)
    }

    /// Parses `words`; nil for any other text.
    public init?(words: [Substring]) {
        guard words.count == 5, words[0] == "layers", let number = Int(words[2]), let hidden = ConfinementLayers.flag(words[3]),
            let unprivileged = ConfinementLayers.flag(words[4]) else { return nil }
        switch (words[1], number) {
        case ("landlock", 1...): landlock = .active(version: number)
        case ("no-landlock", 0): landlock = .missing
        case ("no-landlock", 1...4095): landlock = .refused(code: Int32(number))
        default: return nil
        }
        (isMemoryHidden, hasNoNewPrivileges) = (hidden, unprivileged)
    }

    /// ASCII, on one line.
    public var words: [String] {
        let first = switch landlock {
        case .active(let version): ["landlock", "\(version)"]
        case .missing: ["no-landlock", "0"]
        case .refused(let code): ["no-landlock", "\(code)"]
        }
        return ["layers"] + first + [isMemoryHidden, hasNoNewPrivileges].map { $0 ? "yes" : "no" }
    }

    private static func flag(_ word: Substring) -> Bool? {
        switch word {
        case "yes": true
        case "no": false
        default: nil
        }
    }
}
