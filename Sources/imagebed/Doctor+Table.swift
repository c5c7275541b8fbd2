// The table of the checks of `imagebed doctor`, in the order of its findings; `imagebed doctor --list` prints it.

extension Doctor {
    static let table = files + contents + way

    /// What can be seen of a site that does not open.
    private static let files = [
        Check("folders", "whether the folders are there and open to the site's user", repair: "imagebed setup", .files(checkFolders)),
        Check("owners", "owners and modes of every folder and of a sample of files", repair: "sudo chown -R USER: FOLDER", .files(checkOwners)),
        Check("secret", "the key of delete links", repair: "a backup, or imagebed setup --new-secret", .files(checkSecret)),
        Check("modes", "that secret and database are closed to others", repair: "chmod 600", .files(checkModes)),
        Check("programs", "that all programs are there", repair: "install.sh", .files(checkExecutables)),
        Check("old site", "the folders of a replaced site", repair: "imagebed import easyimages DIR", .files(checkTakeover)),
        Check("units", "units, sockets, timers and paths, or the start script's sockets", repair: "sudo systemctl enable --now UNIT", .machine(checkUnits)),
        Check("timers", "when they last ran, and how that ended", repair: "sudo systemctl restart UNIT", .machine(checkTimers)),
        Check("address", "who answers at a replaced site's address", repair: "sudo ./install.sh --from-easyimages DIR", .machine(checkPlace)),
    ]

    private static let contents = [
        Check("database", "every page of the database, or what imagebed cluster check tries", repair: "a backup", isHeavy: true, .site(checkDatabase)),
        Check("move", "whether imagebed move was interrupted", repair: "imagebed move", .site(checkMove)),
        Check("settings", "stored settings that this version does not take", repair: "imagebed settings set KEY VALUE", .site(checkStoredSettings)),
        Check("base_url", "whether links begin with an address of the site's", repair: "imagebed settings set base_url", .site(checkBaseURL)),
        Check("time_zone", "the time zone's file", repair: "apt install tzdata", .site(checkTimeZone)),
        Check("web server", "whether the web server works by the settings", repair: "sudo imagebed reload", .site(checkWebServer)),
        Check("visitors", "whether a proxy hides who visits", repair: "imagebed settings set trusted_proxies", .site(checkVisitors)),
        Check("free space", "the disk of the pictures", repair: "imagebed gc --recycle-days 0", .site(checkFreeSpace)),
        Check("accounts", "whether somebody can administer the site", repair: "imagebed user add NAME --role admin", .site(checkAdmins)),
        Check("passwords", "weak passwords that were imported", repair: "imagebed user password NAME", .site(checkPasswords)),
        Check("hide_key", "EasyImages' public key of hidden links", repair: "imagebed settings set hide_key ''", .site(checkHideKey)),
        Check("default token", "EasyImages' public token", repair: "imagebed import easyimages DIR --default-token refuse", .site(checkDefaultToken)),
        Check("index", "search and the numbers of days, recounted", repair: "imagebed index --rebuild", isHeavy: true, .site(checkDays)),
        Check("operator texts", "scripts in texts that do not run", repair: "imagebed settings set operator_scripts on", .site(checkOperatorTexts)),
        Check("rows", "whether rows have their files, of a sample", repair: "imagebed verify", .site(checkRows)),
        Check("files", "whether files have their rows, of a sample", repair: "imagebed gc --yes", .site(checkStrays)),
        Check("clock", "whether it is before what has happened", repair: "sudo timedatectl set-ntp true", .site(checkClock)),
        Check("memory", "the machine's memory against picture_memory and decode_max_pixels", repair: "imagebed settings set picture_memory 0",
              .site(checkMemory)),
        Check("daily work", "when imagebed gc last ran", repair: "sudo imagebed gc", .site(checkDailyWork)),
        Check("expiry", "files whose time is over and that are still there", repair: "sudo imagebed expire", .site(checkExpiry)),
        Check("events", "whether receivers get their events", repair: "sudo systemctl restart imagebed-events.service", .site(checkEvents)),
        Check("nodes", "whether this node follows the others of its site", repair: "sudo systemctl restart imagebed-follow.service", .site(checkNodes)),
        Check("view log", "the log from which views are counted", repair: "install.sh", .site(checkViewLog)),
        Check("pictures", "every type of picture in a confined process", repair: "sudo apt install libmagickcore-6.q16-6-extra", .site(checkPictureWorker)),
        Check("confinement", "what keeps such a process from the rest of the machine", repair: "install the site's programs again", .above),
        Check("watermark", "the watermark, drawn", repair: "imagebed settings set watermark off", .site(checkWatermark)),
    ]

    /// The way of visitors, hop by hop, and what they do there.
    private static let way = [
        Check("name", "the name in base_url", repair: "imagebed settings set base_url", .visit(checkName)),
        Check("connection", "a connection to where it leads", repair: "sudo systemctl start nginx", needs: "name", .visit(checkConnection)),
        Check("TLS", "the handshake, and whether the certificate is trusted", repair: "sudo certbot renew", needs: "connection", .visit(checkTLS)),
        Check("certificate", "when it ends", repair: "sudo certbot renew", needs: "TLS", .visit(checkCertificate)),
        Check("answer", "whether it is this site that answers there", repair: "imagebed settings set base_url", needs: "TLS", .visit(checkAnswer)),
        Check("web clock", "the clock against that of the answer", repair: "sudo timedatectl set-ntp true", needs: "answer", .visit(checkClockOfAnswer)),
        Check("PHP", "PHP files that are left, asked for", repair: "sudo rm FILE", needs: "answer", isHeavy: true, .visit(checkLeftovers)),
        Check("responders", "a request to each program behind the web server", repair: "sudo systemctl restart imagebed-NAME.socket",
              needs: "answer", isHeavy: true, .visit(checkResponders)),
        Check("upload", "a picture, uploaded with a key", repair: "imagebed gc --recycle-days 0", needs: "answer", .visit(checkUpload)),
        Check("fetch", "the picture, byte for byte", repair: "sudo imagebed reload", needs: "upload", .visit(checkFetch)),
        Check("thumbnail", "its thumbnail", repair: "sudo systemctl restart imagebed-thumb.socket", needs: "upload", .visit(checkThumbnail)),
        Check("deletion", "its delete link", repair: "sudo systemctl restart imagebed-del.socket", needs: "upload", .visit(checkDeletion)),
        Check("JSON", "a JSON file: push, pull, deletion", repair: "sudo systemctl restart imagebed-json-sync.socket", needs: "answer", .visit(checkJSON)),
        Check("largest body", "a body as large as the settings allow", repair: "client_max_body_size of the proxy in front",
              needs: "upload", isHeavy: true, .visit(checkLargestBody)),
    ]
}
