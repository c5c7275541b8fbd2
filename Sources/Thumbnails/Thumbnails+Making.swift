// Makes a thumbnail once, however many requests wait for it.

import Disk
import Media
import PictureWorker
import Time

extension Thumbnails {
    /// Makes the thumbnail, unless another process made it while this one waited for the lock.
    ///
    /// - Returns: nil if the picture was replaced meanwhile, so that its thumbnail is not that of the new one, or if the thumbnail has no place.
    func shareWork(_ wish: Wish, _ facts: MediaFacts, _ bounds: ThumbnailBounds) throws -> ThumbnailAnswer? {
        // Who has none left does not keep a process waiting for the locks.
        try bounds.allowance?.look()
        // Lock order: the holder of the second lock never waits for the first, so there is no deadlock.
        let turn = try lock(client: bounds.client)
        let lock = try lock("thumbnail-\(wish.hash % Thumbnails.stripes)", "\(wish.file) is being made")
        return try withExtendedLifetime((turn, lock)) {
            if try isFresh(wish) { return .cached(wish.file) }
            let answer = try makeInPlace(wish, facts, bounds)
            // The picture may have been deleted or replaced in the meantime, together with its other thumbnails.
            let now = try existing(uploads, wish.path.text)
            if let now, now.isSame(as: wish.source) { return answer }
            try forget(wish.path)
            return now == nil ? .missing : nil
        }
    }

    /// - Returns: nil if its folder was removed: by trimming, which found it still empty, or with the picture that was deleted or replaced.
    private func makeInPlace(_ wish: Wish, _ facts: MediaFacts, _ bounds: ThumbnailBounds) throws -> ThumbnailAnswer? {
        do {
            return try makeOnce(wish, facts, bounds)
        } catch let error as DiskError where error.kind == .missing {
            return nil
        }
    }

    private func makeOnce(_ wish: Wish, _ facts: MediaFacts, _ bounds: ThumbnailBounds) throws -> ThumbnailAnswer {
        let folder = try cache.folder(wish.path.text, creates: true, isDurable: false)
        guard try ![Thumbnails.unreadable, wish.failure].contains(where: { try isMarked(folder, $0, wish.source) }) else {
            return .notAPicture
        }
        try letRest(folder, wish)
        try bounds.allowance?.take()
        do {
            return try make(wish, facts, bounds, in: folder) ? .cached(wish.file) : .original(facts.type)
        } catch let failure as PictureFailure where failure.isThePicturesFault {
            // A failure that only an expensive shape caused does not mark the picture: otherwise a client could block it for all.
            try mark(folder, wish.shape.isModest || failure.isTheContents ? Thumbnails.unreadable : wish.failure)
            return .notAPicture
        } catch let failure as PictureFailure where failure.isTheMachinesFault {
            countInterruption(folder, wish.source)
            throw failure
        }
    }

    func lock(_ name: String, _ reason: String) throws -> Lock {
        for _ in 0..<Thumbnails.patience * 100 {
            if let lock = try locks.lock(name, waits: false) { return lock }
            pause(microseconds: 10_000)
        }
        throw PictureFailure.busy(because: "\(reason) for over \(Thumbnails.patience) s")
    }

    /// False if the cache has no room for it.
    private func make(_ wish: Wish, _ facts: MediaFacts, _ bounds: ThumbnailBounds, in folder: Folder) throws -> Bool {
        let draft = try Draft(in: folder)
        let geometry = wish.shape.geometry(of: facts)
        try worker.thumbnail(
            of: wish.source.descriptor, facts: facts, geometry: geometry, finish: wish.shape.finish, quality: wish.shape.quality,
            for: .viewing, into: draft.descriptor)
        try draft.measure()
        guard try reserve(draft.size, bounds) else { return false }
        try makeRoom(in: folder, for: wish.name)
        // The name may be lost in a power cut, but must not be kept without the bytes: the web server would send half a picture for ever.
        try draft.sync()
        try draft.publish(as: wish.name, in: folder, isDurable: false)
        return true
    }

    /// Removes the thumbnail that this one replaces, and the oldest ones of a picture that has too many.
    func makeRoom(in folder: Folder, for name: String) throws {
        try folder.remove(name)
        let present = try folder.entries().filter { !Thumbnails.isAboutThePicture($0) && !$0.hasPrefix(".") }
        let surplus = present.count - Thumbnails.mostOfOnePicture + 1
        guard surplus > 0 else { return }
        let byAge = present.map { ($0, (try? folder.file($0))?.modified ?? 0) }.sorted { $0.1 < $1.1 }
        for (oldest, _) in byAge.prefix(surplus) { try folder.remove(oldest) }
    }
}
