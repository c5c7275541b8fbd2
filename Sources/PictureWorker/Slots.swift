// All responders together run at most as many workers as there are cores: each running one holds a lock file, which the
// kernel gives back whatever happens to its owner.

import Disk
import Glibc

/// A counting semaphore across processes, made of flock(2).
struct Slots {
    let folder: Folder
    let count: Int
    /// Seconds to wait for a free one.
    var patience = 5.0

    /// A held slot, free again when it goes.
    ///
    /// - Throws: `PictureFailure.busy` when none came free in time.
    func take() throws -> Lock {
        let limit = monotonicSeconds() + patience
        let first = Int.random(in: 0..<count)
        while true {
            for number in 0..<count {
                if let lock = try folder.lock("\((first + number) % count)", waits: false) { return lock }
            }
            guard monotonicSeconds() < limit else {
                throw PictureFailure.busy(because: "all \(count) picture slots taken for \(patience) s")
            }
            poll(nil, 0, 10)
        }
    }
}
