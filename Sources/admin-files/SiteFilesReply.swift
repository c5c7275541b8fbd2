// The page of everybody's files: a list, the question before something is done with all of them, or how far that is.

import FilePages
import HTTP
import JSONText
import MediaStore
import Pages

struct SiteFilesReply: Reply {
    let outcome: SiteFilesOutcome
    let frame: PageFrame
    /// What was done with files before the browser came here.
    let done: DoneFiles
    let wantsJSON: Bool

    var response: Response {
        switch outcome {
        case .list(let list, let gallery, let owners, let count, let task): FileListReply(gallery, list, frame, done, owners: owners, count: count, isTaskWaiting: task != nil).response
        case .question(let all, let isWrong): AllFilesPage(all: all, isWrong: isWrong, frame: frame).response
        case .task(let task, _) where wantsJSON: json(task)
        case .task(let task, let list): TaskPage(task: task, list: list, frame: frame).response
        case .suspects(let view, let files, let isMore, let done): SuspectsPage(view: view, files: files, isMore: isMore, done: done, frame: frame).response
        case .suspectsDone(let done): frame.redirect(to: done.address)
        case .toTask: frame.redirect(to: TaskPage.address)
        case .toList: frame.redirect(to: PageAddress(.files))
        case .bulk(let reply): reply.response
        }
    }

    private func json(_ task: FileTask) -> Response {
        Response(.ok, json: [
            "success": true, "done": .int(Int64(task.done)), "failed": .int(Int64(task.failed)), "total": task.total.map { .int(Int64($0)) } ?? .null,
            "over": .bool(task.isOver),
        ])
    }
}
