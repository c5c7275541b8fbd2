// Cases of the upload queue, with a clock, chance and network of their own.

import {NETWORK, SMALL} from "../assets/item.js";
import {totals} from "../assets/meter.js";
import {Queue} from "../assets/queue.js";
import {equal, test} from "./table.js";

/** A queue whose tries stay open until the case ends them. */
class World {
    time = 0;
    ring = null;
    chance = 0.5;
    tries = [];
    undone = [];
    edited = [];
    told = 0;

    constructor() {
        this.queue = new Queue({
            now: () => this.time, random: () => this.chance, changed: () => { this.told += 1; },
            alarm: milliseconds => { this.ring = milliseconds === null ? null : this.time + milliseconds; },
            edited: item => this.edited.push(item.name), undo: (item, answer) => this.undone.push([item.name, answer]),
            send: (item, report) => {
                const one = {item, report, time: this.time, isAborted: false};
                this.tries.push(one);
                return () => { one.isAborted = true; };
            },
        });
    }

    add(...names) {
        return this.queue.add(names.map(name => file(name)));
    }

    /** Time passes, and the alarm rings when it is due. */
    pass(milliseconds) {
        const end = this.time + milliseconds;
        while (this.ring !== null && this.ring <= end) {
            this.time = this.ring;
            this.ring = null;
            this.queue.tick();
        }
        this.time = end;
    }

    get sent() { return this.tries.map(one => one.item.name); }
    get states() { return this.queue.items.map(item => item.state); }

    /** Ends the open try of a name. */
    end(name, outcome = {type: "done", answer: {url: name}}) {
        this.tries.findLast(one => one.item.name === name).report.end(outcome);
    }
}

const file = (name, more = {}) => ({file: {}, name, size: 1000, identity: name, key: "key of " + name, ...more});
const large = name => file(name, {size: SMALL + 1});
const busy = (after = 0) => ({type: "retry", reason: {word: "serverBusy"}, after});

test("three in flight", () => {
    const world = new World();
    world.add("a", "b", "c", "d", "e");
    equal(world.sent, ["a", "b", "c"]);
    world.end("b");
    equal(world.sent, ["a", "b", "c", "d"]);
    equal(world.states, ["sending", "done", "sending", "sending", "waiting"]);
});

test("a file that the server works on is in flight", () => {
    const world = new World();
    world.add("a", "b", "c", "d");
    world.tries[0].report.processing();
    equal(world.sent, ["a", "b", "c"]);
    equal(world.states, ["processing", "sending", "sending", "waiting"]);
});

test("small before large that were added with it", () => {
    const world = new World();
    world.add("x", "y", "z");
    world.queue.add([large("A"), large("B")]);
    world.pass(4_000);
    world.add("c", "d");
    for (const name of ["x", "y", "z"]) world.end(name);
    equal(world.sent.slice(3), ["c", "d", "A"]);
});

test("a large one waits for no small one that came later", () => {
    const world = new World();
    world.add("x", "y", "z");
    world.queue.add([large("A")]);
    world.pass(5_001);
    world.add("c");
    world.end("x");
    world.end("y");
    equal(world.sent.slice(3), ["A", "c"]);
});

test("the same file once", () => {
    const world = new World();
    equal(world.add("a", "b", "a").length, 2);
    equal(world.add("b", "c").map(item => item.name), ["c"]);
});

test("a cancelled file may come again", () => {
    const world = new World();
    const [item] = world.add("a");
    world.queue.cancel(item);
    equal(world.tries[0].isAborted, true);
    equal(world.add("a").length, 1);
    equal(world.states, ["cancelled", "sending"]);
});

test("a refused file gives way to the same one", () => {
    const world = new World();
    const [item] = world.add("a");
    world.end("a", {type: "refused", reason: {word: "dailyLimit"}});
    equal(world.add("a").length, 1);
    equal([world.states, world.queue.items.includes(item)], [["sending"], false]);
});

test("tries and their pauses", () => {
    const world = new World();
    const [item] = world.add("a");
    const pauses = [];
    for (let number = 0; number < 8; number += 1) {
        world.end("a", busy());
        equal([item.state, item.why, item.tries], ["paused", "retry", number + 1]);
        pauses.push((item.until - world.time) / 1000);
        world.pass(item.until - world.time);
        equal(item.state, "sending");
    }
    equal(pauses, [1, 2, 4, 8, 16, 30, 30, 30]);
    world.end("a", busy());
    equal([item.state, item.reason.word, world.tries.length], ["failed", "serverBusy", 9]);
});

for (const [chance, pause] of [[0, 750], [0.5, 1000], [0.999, 1249.5]]) {
    test(`jitter at ${chance}`, () => {
        const world = new World();
        world.chance = chance;
        const [item] = world.add("a");
        world.end("a", busy());
        equal(item.until, pause);
    });
}

test("Retry-After if it is longer", () => {
    const world = new World();
    const [item] = world.add("a");
    world.end("a", busy(20));
    equal(item.until, 20_000);
    world.pass(20_000);
    world.end("a", busy(1));
    equal(item.until - world.time, 2_000);
});

test("a pause leaves its place to others", () => {
    const world = new World();
    world.add("a", "b", "c", "d");
    world.end("a", busy());
    equal(world.sent, ["a", "b", "c", "d"]);
    world.end("b");
    world.pass(1_000);
    equal(world.sent, ["a", "b", "c", "d", "a"]);
});

test("the same key in every try", () => {
    const world = new World();
    const [item] = world.add("a");
    world.end("a", busy());
    world.pass(1_000);
    equal([world.tries.length, item.key], [2, "key of a"]);
});

test("retry at once, and after the last failure", () => {
    const world = new World();
    const [item] = world.add("a");
    world.end("a", busy(60));
    world.queue.retry(item);
    equal(item.state, "sending");
    for (let number = 0; number < 8; number += 1) {
        world.end("a", busy());
        world.pass(60_000);
    }
    equal(item.state, "failed");
    world.queue.retry(item);
    equal([item.state, item.tries], ["sending", 0]);
});

test("bytes that arrived make further failures new ones", () => {
    const world = new World();
    const [item] = world.queue.add([large("A")]);
    for (let number = 0; number < 20; number += 1) {
        world.tries.at(-1).report.confirmed(1000 * (number + 1));
        world.end("A", NETWORK);
        equal(item.tries, 1);
        world.pass(1_000);
    }
    equal(item.state, "sending");
});

test("30 s without progress is a lost connection", () => {
    const world = new World();
    const [item] = world.add("a");
    world.pass(20_000);
    world.tries[0].report.progress(10);
    world.pass(29_999);
    equal([item.state, item.tries], ["sending", 0]);
    world.pass(1);
    equal([item.state, item.why, item.tries, item.reason.word, world.tries[0].isAborted], ["paused", "retry", 1, "connectionLost", true]);
});

test("three connections lost at once are three tries", () => {
    const world = new World();
    world.add("a", "b", "c", "d");
    world.pass(30_000);
    equal(world.queue.items.map(item => item.tries), [1, 1, 1, 0]);
    equal(world.sent, ["a", "b", "c", "d"]);
});

test("the server may work longer on a file", () => {
    const world = new World();
    const [item] = world.add("a");
    world.tries[0].report.processing();
    world.pass(119_999);
    equal(item.state, "processing");
    world.pass(1);
    equal([item.state, item.tries], ["paused", 1]);
});

test("an answer of a try that was given up counts no more", () => {
    const world = new World();
    const [item] = world.add("a");
    world.pass(30_000);
    world.tries[0].report.progress(999);
    world.tries[0].report.end({type: "done", answer: {url: "late"}});
    equal([item.state, item.answer, item.shown], ["paused", null, 0]);
});

test("offline uses up no try", () => {
    const world = new World();
    const [item] = world.add("a");
    world.queue.online(false);
    equal([item.state, item.why, item.tries, world.tries[0].isAborted], ["paused", "stop", 0, true]);
    world.add("b");
    equal(world.sent, ["a"]);
    world.queue.online(true);
    equal([world.sent, item.tries], [["a", "a", "b"], 0]);
});

test("a browser that is wrong about being offline is asked again", () => {
    const world = new World();
    world.queue.online(false);
    const [item] = world.add("a");
    world.pass(29_999);
    equal(world.sent, []);
    world.pass(1);
    equal(world.sent, ["a"]);
    world.end("a", NETWORK);
    equal([item.state, item.tries, [...world.queue.stops.keys()]], ["paused", 0, ["offline"]]);
    world.pass(30_000);
    world.end("a");
    equal(item.state, "done");
});

test("what is processed goes on while offline", () => {
    const world = new World();
    world.add("a", "b");
    world.tries[0].report.processing();
    world.queue.online(false);
    equal(world.states, ["processing", "paused"]);
});

test("401 stops all until the person signed in", () => {
    const world = new World();
    world.add("a", "b", "c", "d");
    world.end("a", {type: "signIn"});
    equal([world.states, [...world.queue.stops.keys()]], [["paused", "sending", "sending", "waiting"], ["signIn"]]);
    world.pass(10_000);
    equal(world.sent.length, 3);
    world.queue.go("signIn");
    equal(world.sent, ["a", "b", "c", "a"]);
    equal(world.queue.items[0].tries, 0);
});

test("429 and 507 stop the queue, not the file", () => {
    const world = new World();
    const [item] = world.add("a", "b", "c", "d");
    world.end("a", {type: "site", reason: {word: "tooManyRequests"}, after: 7});
    equal([item.state, item.tries, world.sent.length], ["paused", 0, 3]);
    equal(world.queue.stops.get("site"), {until: 7_000, reason: {word: "tooManyRequests"}});
    world.end("b");
    world.pass(6_999);
    equal(world.sent.length, 3);
    world.pass(1);
    equal(world.sent, ["a", "b", "c", "a", "d"]);
});

test("after many answers for the whole site the queue waits for the person", () => {
    const world = new World();
    const [item] = world.add("a");
    for (let number = 0; number < 9; number += 1) {
        world.end("a", {type: "site", reason: {word: "diskFull"}});
        if (number < 8) world.pass(30_000);
    }
    world.pass(3_600_000);
    equal([world.tries.length, world.queue.stops.get("site").until, item.state], [9, Infinity, "paused"]);
    world.queue.go("site");
    equal(world.tries.length, 10);
    world.end("a");
    equal(item.state, "done");
});

test("refused at once, and the others go on", () => {
    const world = new World();
    const [item] = world.add("a", "b", "c", "d");
    world.end("a", {type: "refused", reason: {word: "wrongType"}});
    equal([item.state, item.reason.word, world.sent.length], ["refused", "wrongType", 4]);
    world.queue.retry(item);
    equal(item.state, "refused");
});

test("what is refused before sending is never sent", () => {
    const world = new World();
    world.queue.add([file("a", {reason: {word: "tooLarge"}}), file("b")]);
    equal([world.states, world.sent], [["refused", "sending"], ["b"]]);
});

test("progress never falls, and is whole with the answer only", () => {
    const world = new World();
    const [item] = world.add("a");
    world.tries[0].report.progress(600);
    equal(item.shown, 0.6);
    world.end("a", NETWORK);
    world.pass(1_000);
    world.tries[1].report.progress(100);
    equal(item.shown, 0.6);
    world.tries[1].report.progress(1000);
    world.tries[1].report.processing();
    equal([item.shown, item.state], [0.99, "processing"]);
    world.end("a");
    equal([item.shown, item.state], [1, "done"]);
});

test("pause and go on", () => {
    const world = new World();
    world.add("a", "b", "c", "d");
    world.queue.stop("user", {isAtOnce: true});
    equal(world.states, ["paused", "paused", "paused", "waiting"]);
    equal(world.tries.every(one => one.isAborted), true);
    world.pass(100_000);
    equal(world.tries.length, 3);
    world.queue.go("user");
    equal(world.sent.slice(3), ["a", "b", "c"]);
});

test("two stops have to end both", () => {
    const world = new World();
    world.queue.stop("turn");
    world.queue.stop("user");
    world.add("a");
    world.queue.go("turn");
    equal(world.sent, []);
    world.queue.go("user");
    equal(world.sent, ["a"]);
});

test("held files wait for the button", () => {
    const world = new World();
    world.queue.add([file("a", {held: true}), file("b")]);
    equal([world.sent, world.queue.isActive], [["b"], true]);
    world.end("b");
    equal(world.queue.isActive, false);
    world.queue.start();
    equal(world.sent, ["b", "a"]);
    equal(world.edited, ["a"], "a reload does not hold it again");
});

test("a term is changed before it is sent only", () => {
    const world = new World();
    const [tried] = world.queue.add([file("a", {term: "P7D"})]);
    world.end("a", busy());
    const [waiting, same, begun] = world.queue.add([file("b", {held: true}), file("c", {held: true, term: "PT1H"}), file("d", {held: true, isFresh: false})]);
    world.queue.setTerm("PT1H");
    equal([tried, waiting, same, begun].map(item => item.term), ["P7D", "PT1H", "PT1H", ""]);
    equal(world.edited, ["b"]);
    world.pass(2_000);
    equal(world.tries.at(-1).item.term, "P7D");
});

test("a name is changed before it is sent only", () => {
    const world = new World();
    const [sending] = world.add("a");
    const [waiting] = world.queue.add([file("b", {held: true})]);
    world.queue.rename(sending, "x");
    world.queue.rename(waiting, "  new.jpg ");
    world.queue.rename(waiting, "   ");
    equal(world.edited, ["new.jpg"]);
    equal([sending.name, waiting.name], ["a", "new.jpg"]);
});

test("a file whose name is being changed is not sent", () => {
    const world = new World();
    const [, , , item] = world.add("a", "b", "c", "d");
    world.queue.edit(item, true);
    world.end("a");
    equal(world.sent.length, 3);
    world.queue.edit(item, false);
    equal(world.sent.length, 4);
});

test("cancelled while the server works on it: taken back", () => {
    const world = new World();
    const [item] = world.add("a");
    world.tries[0].report.processing();
    world.queue.cancel(item);
    equal([item.state, world.tries[0].isAborted], ["processing", false]);
    world.end("a", {type: "done", answer: {del: "x"}});
    equal([item.state, world.undone], ["cancelled", [["a", {del: "x"}]]]);
});

test("cancelled while the server works on it, and the answer is lost", () => {
    const world = new World();
    const [item] = world.add("a");
    world.tries[0].report.processing();
    world.queue.cancel(item);
    world.end("a", NETWORK);
    equal([item.state, world.undone, world.queue.isActive], ["cancelled", [], false]);
});

test("cancelled while it waits", () => {
    const world = new World();
    const [item] = world.add("a");
    world.end("a", busy());
    world.queue.cancel(item);
    world.pass(100_000);
    equal([item.state, world.tries.length], ["cancelled", 1]);
});

test("only what ended is removed", () => {
    const world = new World();
    const [one, other] = world.add("a", "b");
    world.end("a");
    world.queue.remove(one);
    world.queue.remove(other);
    equal(world.queue.items.map(item => item.name), ["b"]);
});

test("a kept upload waits for its file", () => {
    const world = new World();
    const [item] = world.queue.add([file("A", {file: null, why: "choose", upload: {url: "/t?id=1"}, shown: 0.4, size: SMALL * 3})]);
    world.pass(60_000);
    equal([item.state, world.sent, world.queue.isActive, item.shown], ["paused", [], false, 0.4]);
    world.queue.found(item, {});
    equal([world.sent, item.upload.url], [["A"], "/t?id=1"]);
});

test("speed over the last five seconds", () => {
    const world = new World();
    const [item, other] = world.queue.add([file("a", {size: SMALL}), file("b", {size: SMALL})]);
    world.pass(2_000);
    world.tries[0].report.progress(200);
    world.tries[1].report.progress(100);
    equal([world.queue.speed(item), world.queue.speed(other), world.queue.speed()], [100, 50, 150]);
    world.pass(4_000);
    equal(world.queue.speed(), 300 / 5);
    world.pass(1_000);
    equal(world.queue.speed(), 0);
});

test("tiny files do not tell how fast the queue is", () => {
    const world = new World();
    world.add("a");
    const [second] = world.queue.add([file("b", {size: SMALL * 40})]);
    world.pass(1_000);
    world.tries[0].report.progress(130);
    world.end("a");
    equal(world.queue.speed(), 0);
    world.tries[1].report.progress(1_000_000);
    equal([world.queue.speed(), world.queue.speed(second)], [1_000_000, 1_000_000]);
});

test("there is no speed while nothing is sent", () => {
    const world = new World();
    world.queue.add([file("a", {size: SMALL})]);
    world.pass(1_000);
    world.tries[0].report.progress(1_000_000);
    equal(world.queue.speed(), 1_000_000);
    world.queue.stop("user", {isAtOnce: true});
    equal(world.queue.speed(), 0);
});

test("numbers of a queue", () => {
    const world = new World();
    world.add("a", "b", "c", "d");
    world.end("a");
    world.end("b", {type: "refused", reason: {text: "no"}});
    world.tries[2].report.progress(500);
    const {files, done, failed, fraction, left} = totals(world.queue.items);
    equal([files, done, failed, fraction, left], [4, 1, 1, 0.5, 1500]);
});

test("an idle queue rings no alarm", () => {
    const world = new World();
    world.add("a");
    world.end("a");
    equal([world.ring, world.queue.isActive], [null, false]);
});

test("a try that ends while it begins", () => {
    const world = new World();
    world.queue = new Queue({
        now: () => 0, random: () => 0, changed: () => {}, alarm: () => {}, undo: () => {},
        send: (item, report) => { report.end({type: "refused", reason: {word: "fileUnreadable"}}); return () => { throw new Error("aborted"); }; },
    });
    const items = world.add("a", "b", "c", "d");
    equal(items.map(item => item.state), ["refused", "refused", "refused", "refused"]);
});
