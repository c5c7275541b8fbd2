// Every container, as ffmpeg writes it, must be read as ffprobe reads it.

import Media
import Testing

@testable import MediaHeader
import Text

struct ProbeCase: CustomTestStringConvertible {
    let name: String
    let type: MediaType
    let arguments: String
    var size = "322x180"
    var sound = false
    var copying: String?
    var isTurned = false
    /// False for recordings whose header was written before the end was known.
    var hasDuration = true

    var testDescription: String { name }
}

private let h264 = "-c:v libx264 -preset ultrafast -g 10"

private let cases: [ProbeCase] = [
    ProbeCase(name: "mp4, moov at the end", type: .mp4, arguments: "\(h264) -f mp4"),
    ProbeCase(name: "mp4, moov in front", type: .mp4, arguments: "\(h264) -movflags faststart -f mp4"),
    ProbeCase(name: "mp4 with sound", type: .mp4, arguments: "\(h264) -c:a aac -f mp4", sound: true),
    ProbeCase(name: "mp4, sound first", type: .mp4, arguments: "-map 1 -map 0 \(h264) -c:a aac -f mp4", sound: true),
    ProbeCase(name: "mp4, MPEG-4", type: .mp4, arguments: "-c:v mpeg4 -f mp4"),
    ProbeCase(name: "mp4, VP9", type: .mp4, arguments: "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -f mp4"),
    ProbeCase(name: "mp4, pixels not square", type: .mp4, arguments: "-vf setsar=4/3 \(h264) -f mp4"),
    ProbeCase(name: "mp4, odd size", type: .mp4, arguments: "-c:v mpeg4 -f mp4", size: "321x179"),
    ProbeCase(
        name: "mp4, 90 degrees", type: .mp4, arguments: "\(h264) -f mp4", copying: "-metadata:s:v:0 rotate=90 -f mp4", isTurned: true),
    ProbeCase(
        name: "mp4, 180 degrees", type: .mp4, arguments: "\(h264) -f mp4", copying: "-metadata:s:v:0 rotate=180 -f mp4"),
    ProbeCase(
        name: "mp4, 270 degrees", type: .mp4, arguments: "\(h264) -f mp4", copying: "-metadata:s:v:0 rotate=270 -f mp4", isTurned: true),
    ProbeCase(name: "mp4, fragments", type: .mp4, arguments: "\(h264) -movflags frag_keyframe+empty_moov -f mp4"),
    ProbeCase(name: "mp4, begun in the header, then fragments", type: .mp4, arguments: "\(h264) -movflags frag_keyframe -f mp4"),
    ProbeCase(name: "mp4, fragments for DASH", type: .mp4, arguments: "\(h264) -movflags dash -f mp4"),
    ProbeCase(
        name: "mp4, fragments of each track by turns", type: .mp4,
        arguments: "\(h264) -c:a aac -movflags frag_keyframe+empty_moov+separate_moof+default_base_moof -f mp4", sound: true),
    ProbeCase(
        name: "mp4, fragments without samples' durations", type: .mp4,
        arguments: "\(h264) -bf 0 -movflags frag_keyframe+empty_moov+omit_tfhd_offset -f mp4"),
    ProbeCase(name: "3gp", type: .mp4, arguments: "-c:v h263 -f 3gp", size: "176x144"),
    ProbeCase(name: "3g2", type: .mp4, arguments: "-c:v mpeg4 -f 3g2", size: "176x144"),
    ProbeCase(name: "f4v", type: .mp4, arguments: "\(h264) -f f4v"),
    ProbeCase(name: "psp", type: .mp4, arguments: "\(h264) -c:a aac -f psp", sound: true),
    ProbeCase(name: "m4v", type: .m4v, arguments: "\(h264) -c:a aac -f ipod", sound: true),
    ProbeCase(name: "mov", type: .mov, arguments: "\(h264) -f mov"),
    ProbeCase(name: "mov, moov in front", type: .mov, arguments: "\(h264) -movflags faststart -f mov"),
    ProbeCase(name: "mov, Motion JPEG and PCM", type: .mov, arguments: "-c:v mjpeg -c:a pcm_s16le -f mov", sound: true),
    ProbeCase(
        name: "mov, 90 degrees", type: .mov, arguments: "\(h264) -f mov", copying: "-metadata:s:v:0 rotate=90 -f mov", isTurned: true),
    ProbeCase(name: "mov with a time code track", type: .mov, arguments: "\(h264) -timecode 10:00:00:00 -f mov"),
    ProbeCase(name: "webm, VP8", type: .webm, arguments: "-c:v libvpx -deadline realtime -cpu-used 8 -f webm"),
    ProbeCase(
        name: "webm, VP9 and Opus", type: .webm,
        arguments: "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -c:a libopus -f webm", sound: true),
    ProbeCase(name: "webm, pixels not square", type: .webm, arguments: "-vf setsar=4/3 -c:v libvpx -deadline realtime -f webm"),
    ProbeCase(
        name: "webm, live", type: .webm, arguments: "-c:v libvpx -deadline realtime -live 1 -f webm", hasDuration: false),
    ProbeCase(name: "mkv", type: .mkv, arguments: "\(h264) -f matroska"),
    ProbeCase(name: "mkv with sound first", type: .mkv, arguments: "-map 1 -map 0 \(h264) -c:a aac -f matroska", sound: true),
    ProbeCase(name: "mkv, index in front", type: .mkv, arguments: "\(h264) -reserve_index_space 4096 -f matroska"),
    ProbeCase(name: "mkv, short clusters", type: .mkv, arguments: "\(h264) -cluster_time_limit 100 -f matroska"),
    ProbeCase(name: "mkv, live", type: .mkv, arguments: "\(h264) -live 1 -f matroska", hasDuration: false),
    ProbeCase(name: "avi", type: .avi, arguments: "-c:v mpeg4 -f avi"),
    ProbeCase(name: "avi, Motion JPEG and PCM", type: .avi, arguments: "-c:v mjpeg -c:a pcm_s16le -f avi", sound: true),
    ProbeCase(name: "avi, sound first, MP3", type: .avi, arguments: "-map 1 -map 0 -c:v mpeg4 -c:a libmp3lame -f avi", sound: true),
    ProbeCase(name: "avi, raw", type: .avi, arguments: "-c:v rawvideo -f avi", size: "64x48"),
    ProbeCase(name: "avi, 29.97 frames", type: .avi, arguments: "-r 30000/1001 -c:v mpeg4 -f avi"),
    ProbeCase(name: "wmv", type: .wmv, arguments: "-c:v wmv2 -f asf"),
    ProbeCase(name: "wmv with sound", type: .wmv, arguments: "-c:v wmv1 -c:a wmav2 -f asf", sound: true),
    ProbeCase(name: "wmv, sound first", type: .wmv, arguments: "-map 1 -map 0 -c:v wmv2 -c:a wmav2 -f asf", sound: true),
]

@Suite struct VideoProbeTests {
    @Test(arguments: cases) func agreesWithProbe(_ example: ProbeCase) throws {
        let sample = try VideoSample(example.arguments, size: example.size, sound: example.sound, copying: example.copying)
        #expect(sample.isTurned == example.isTurned)
        let facts = try MediaHeader.read(MemorySource(sample.bytes))
        #expect(facts.type == example.type)
        #expect(facts.width == (example.isTurned ? sample.height : sample.width))
        #expect(facts.height == (example.isTurned ? sample.width : sample.height))
        #expect(facts.frames == 1)
        guard example.hasDuration else {
            // ffprobe does not look for the last block; the drawn picture has two seconds at 25 frames a second.
            #expect(sample.duration == nil)
            #expect(abs(try #require(facts.duration) - 1.96) < 0.01)
            return
        }
        let (ours, theirs) = (try #require(facts.duration), try #require(sample.duration))
        #expect((ours - theirs).magnitude <= 0.06, "\(ours) against ffprobe's \(theirs)")
    }

    /// Fractions and minutes, where a wrong time scale would show.
    @Test(arguments: [("-f mp4", 125.48), ("-f matroska", 125.48), ("-f avi", 125.48), ("-f mov", 3_725.0)])
    func longer(_ format: String, _ seconds: Double) throws {
        let sample = try VideoSample("-c:v mpeg4 -r 5 \(format)", size: "32x32", seconds: seconds)
        let duration = try #require(MediaHeader.read(MemorySource(sample.bytes)).duration)
        #expect((duration - seconds).magnitude <= 0.5)
        #expect((duration - (try #require(sample.duration))).magnitude <= 0.06)
    }

    /// Sound alone is none of the stored types, whatever the container is called.
    @Test(arguments: [
        "-c:a aac -f mp4", "-c:a libopus -f webm", "-c:a flac -f matroska", "-c:a wmav2 -f asf", "-c:a pcm_s16le -f avi",
    ])
    func soundAloneIsRefused(_ format: String) throws {
        #expect {
            let sample = try SoundSample(format)
            _ = try MediaHeader.read(MemorySource(sample.bytes))
        } throws: { ($0 as? MediaRefusal)?.reason == .damaged }
    }
}
