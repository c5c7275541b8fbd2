// The buttons of EasyImages' pages, recognized by their fields.

import HTTP

/// The action that an administrator requests.
enum AdminForm {
    case delete(String?)
    case recycle(String?)
    /// A flat name in the recycle bin, or in the folder of suspected pictures.
    case restore(String?)
    case restoreSuspect(String?)
    /// A folder in the uploads folder; the field's presence determines the response.
    case deleteFolder(String?)
    case deleteDay(String)
    /// A picture's full URL.
    case deleteAddress(String)
    case deleteAll([String])
    case recycleAll([String])
    /// Clears EasyImages' cached release number or PHP's opcode cache, neither of which exists here.
    case forgetRelease(String?)
    case forgetCode
    case nothing

    init(_ form: Query) {
        let url = form.all("url").last
        switch form.all("mode").last {
        case "delete": self = .delete(url)
        case "recycle": self = .recycle(url)
        case "recycle_reimg": self = .restore(url)
        case "suspic_reimg": self = .restoreSuspect(url)
        case "delDir": self = .deleteFolder(url)
        case "del_version_file": self = .forgetRelease(url)
        case "OPcache": self = .forgetCode
        default: self = AdminForm(byField: form)
        }
    }

    private init(byField form: Query) {
        let (deleted, recycled) = (form.all("del_url_array[]"), form.all("recycle_url_array[]"))
        if let folder = form.all("dateDir").last {
            self = .deleteDay(folder)
        } else if let address = form.all("url_admin_inc").last {
            self = .deleteAddress(address)
        } else if !deleted.isEmpty {
            self = .deleteAll(deleted)
        } else {
            self = recycled.isEmpty ? .nothing : .recycleAll(recycled)
        }
    }
}
