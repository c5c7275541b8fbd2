// What the server takes, as the page tells it: a file that it would refuse is not sent to it first.

/** The extension of a name in lower case, without the dot; empty without one. */
export function extensionOf(name) {
    return /\.([^.]+)$/.exec(name)?.[1].toLowerCase() ?? "";
}

export class Limits {
    /**
     * @param {object} told
     * @param {string} told.accept      of the file field: extensions with a dot, and media types
     * @param {string} told.videos      extensions of videos, with blanks between them
     * @param {string} told.types       the types to name in a refusal
     * @param {number} told.imageBytes
     * @param {number} told.videoBytes
     */
    constructor({accept, videos, types, imageBytes, videoBytes}) {
        this.accepted = new Set(accept.toLowerCase().split(",").map(one => one.trim()));
        this.videos = new Set(videos.split(" "));
        Object.assign(this, {types, imageBytes, videoBytes});
    }

    /** By its extension, or by the type that the browser knows. The content decides, but that only the server sees. */
    takes({name, type}) {
        const extension = extensionOf(name);
        if (extension === "" && type === "") return true;
        return this.accepted.has("." + extension) || this.accepted.has(type.toLowerCase());
    }

    /** Why the server would refuse a file; null if it would not. */
    refusal(file) {
        if (!this.takes(file)) return {word: "wrongType"};
        if (file.size === 0) return {word: "emptyFile"};
        const isVideo = this.videos.has(extensionOf(file.name)) || file.type.startsWith("video/");
        const limit = isVideo ? this.videoBytes : this.imageBytes;
        return file.size > limit ? {word: "tooLarge", size: file.size, limit} : null;
    }
}
