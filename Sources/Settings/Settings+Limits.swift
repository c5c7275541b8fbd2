// How much one address, key or account may ask of the site.

extension Settings {
    /// The allowed values: a number of milliseconds stands between two of the highest.
    static let timesAnHour = 0...100_000
    static let timesAMinute = 0...10_000

    static let limitsOfUse: [Declaration] = [
        .integer("anonymous_uploads_per_hour", \.limits.anonymousUploads, timesAnHour,
                 "How many files an hour are taken from one address without an account or a key, by any way; 0 for any number. IPv6 addresses count by "
                     + "their first 64 bits, here as below."),
        .integer("anonymous_pieces_per_minute", \.limits.anonymousPieces, timesAMinute,
                 "How many further pieces of files that are sent in pieces are taken from one such address a minute; 0 for any number."),
        .integer("anonymous_uploads_at_once", \.limits.anonymousAtOnce, 0...100,
                 "How many uploads from one such address are worked on at once; 0 for any number. A program of the site has 4 processes, so that fewer "
                     + "than 4 leave room for others, and 8 are reached by several ways of uploading together."),
        .integer("key_uploads_per_hour", \.limits.keyUploads, timesAnHour,
                 "How many files an hour are taken with one API key or token, or from one account that is signed in; 0 for any number."),
        .integer("key_pieces_per_minute", \.limits.keyPieces, timesAMinute,
                 "How many further pieces of files are taken with one key, or from one account, a minute; 0 for any number."),
        .integer("key_uploads_at_once", \.limits.keyAtOnce, 0...100,
                 "How many uploads with one key, or from one account, are worked on at once; 0 for any number."),
        .integer("key_pushes_per_minute", \.limits.keyPushes, timesAMinute,
                 "How many pushes of JSON files are taken with one key, or from one account, a minute; 0 for any number."),
        .integer("thumbnails_per_minute", \.limits.thumbnails, timesAMinute,
                 "How many thumbnails are made for one address a minute; 0 for any number. Those that are kept already do not count."),
        .integer("sign_in_attempts_per_minute", \.limits.signIns, 0...1000,
                 "How often a minute an address may try a password that is wrong, four times as often an hour and twelve times as often a day; 0 for "
                     + "any number, so that passwords are guessed as fast as the machine compares them."),
    ]
}
