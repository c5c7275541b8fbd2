// The statements on the table `file_task`.

import Database

struct FileTaskRows {
    let database: any Database

    func task(of account: Int) throws -> FileTask? {
        try database.first(
            "SELECT action, filter, last_id, total, started_at, done, failed, is_over, position FROM file_task WHERE account_id = ?", account
        ) { row in
            BulkAction(rawValue: row.text(0)).map { action in
                FileTask(action: action, filter: row.text(1), lastID: row.integer(2), total: row.optionalInteger(3), startedAt: row.integer(4),
                         done: row.integer(5), failed: row.integer(6), isOver: row.integer(7) != 0, position: row.optionalText(8).flatMap { ListPosition($0) })
            }
        } ?? nil
    }

    /// In the place of an earlier one.
    func insert(_ task: FileTask, by account: Int) throws {
        try database.write {
            try remove(of: account)
            try database.run("INSERT INTO file_task (account_id, action, filter, last_id, total, started_at) VALUES (?, ?, ?, ?, ?, ?)",
                             account, task.action.rawValue, task.filter, task.lastID, task.total, task.startedAt)
        }
    }

    func update(_ task: FileTask, by account: Int) throws {
        try database.run("UPDATE file_task SET position = ?, done = ?, failed = ?, is_over = ? WHERE account_id = ?",
                         task.position?.text, task.done, task.failed, task.isOver, account)
    }

    func remove(of account: Int) throws { try database.run("DELETE FROM file_task WHERE account_id = ?", account) }
}
