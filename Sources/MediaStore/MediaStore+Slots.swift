// What slots of counters hold is added up daily, and so few rows are read where many processes have counted.

extension MediaStore {
    /// In short transactions, each of one table. No sum changes by it. (Uploads make slots anew meanwhile, which are left for the next time.)
    func addUpSlots() throws {
        guard slots.canBe else { return }
        for table in SlottedTable.all {
            while try addUpSome(table) {}
        }
    }

    /// - Returns: whether more may be left.
    private func addUpSome(_ table: SlottedTable) throws -> Bool {
        try beforeStep()
        return try database.write {
            let isMore = try slots.addUp(table) == SlotRows.batch
            if table.name == SlottedTable.shelf.name { try shelves.divide() }
            return isMore
        }
    }
}
