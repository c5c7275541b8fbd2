// Reads the list that a form asks for.

import Accounts
import FilePages
import MediaStore
import Site

struct SiteFiles {
    let site: Site

    /// A part of the list, and the names of the accounts that own its files, by their ids; nothing for fields that cannot be as they were entered.
    func shown(_ list: FileListForm) throws -> (gallery: Gallery, owners: [Int: String]) {
        guard list.place.filters?.isValid ?? true else { return (.none, [:]) }
        let gallery = try site.store.gallery(list.request, withMonths: false)
        let owners = Set(gallery.part.files.compactMap(\.owner))
        return (gallery, try owners.reduce(into: [:]) { names, id in names[id] = try site.accounts.account(id)?.name })
    }
}
