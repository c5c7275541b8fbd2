// When a worker waits for the next thumbnail, and when not.

extension PictureWorker {
    /// The memory for pictures below which no worker waits: it takes 2 MB, and all of them 10 MB of libraries, beside that of the jobs.
    private static let leastBudgetOfWaiting = 512 << 20

    /// Starts the worker for the next thumbnail, if this process has just made one: thumbnails are wanted in numbers, by a page that shows
    /// them. A worker that waited in vain is buried. To be called when no request waits for an answer, now and then. That none can be started
    /// is no error: the next job finds out.
    public func getReady() {
        if waiting?.hasEnded == true { waiting = nil }
        guard wantsNext else { return }
        wantsNext = false
        guard let environment = try? openEnvironment(), let budget = try? budget(environment), budget >= PictureWorker.leastBudgetOfWaiting
        else { return }
        waiting = try? WaitingChild(executable, environment.variables)
    }

    /// Does the job with the worker that waits; nil if there is none.
    func runWaiting(_ job: PictureJob, _ descriptors: [Int32]) -> ChildEnd? {
        guard case .thumbnail = job else { return nil }
        wantsNext = true
        defer { waiting = nil }
        return waiting?.run(job, descriptors, within: deadline)
    }
}
