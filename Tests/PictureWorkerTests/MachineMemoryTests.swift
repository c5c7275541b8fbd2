// What a machine and its control groups tell, on trees that look like theirs.

import Glibc
import TestSupport
import Testing
@testable import PictureWorker

@Suite struct MachineMemoryTests {
    private let scratch = TemporaryFolder()

    private func put(_ text: String, _ path: String) {
        var folder = scratch.path
        for name in path.split(separator: "/").dropLast() {
            folder += "/\(name)"
            mkdir(folder, 0o755)
        }
        scratch.write(Array(text.utf8), as: path)
    }

    private func machine(megabytes: Int, groups: String = "", mounts: String = "") -> MachineMemory {
        put("MemTotal:       \(megabytes << 10) kB\nMemFree: 1 kB\n", "proc/meminfo")
        put(groups, "proc/self/cgroup")
        put(mounts, "proc/self/mountinfo")
        return MachineMemory(root: scratch.path)
    }

    @Test func withoutGroupsItIsTheMachines() {
        let machine = machine(megabytes: 1024)
        #expect(machine.total == 1 << 30 && machine.forPictures == 832 << 20)
    }

    @Test func firstVersionCountsAllAround() {
        let mounts = "30 25 0:26 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n"
        let machine = machine(megabytes: 4096, groups: "5:cpu:/a\n4:memory:/site/worker\n0::/\n", mounts: mounts)
        put("9223372036854771712\n", "sys/fs/cgroup/memory/memory.limit_in_bytes")
        put("\(512 << 20)\n", "sys/fs/cgroup/memory/site/memory.limit_in_bytes")
        put("9223372036854771712\n", "sys/fs/cgroup/memory/site/worker/memory.limit_in_bytes")
        #expect(machine.total == 512 << 20 && machine.forPictures == 384 << 20)
    }

    @Test func secondVersionMayHaveNoLimit() {
        let mounts = "30 25 0:26 / /sys/fs/cgroup rw shared:4 - cgroup2 cgroup2 rw,nsdelegate\n"
        let machine = machine(megabytes: 4096, groups: "0::/system.slice/a.service\n", mounts: mounts)
        put("max\n", "sys/fs/cgroup/system.slice/memory.max")
        put("max\n", "sys/fs/cgroup/system.slice/a.service/memory.max")
        #expect(machine.total == 4 << 30)
        put("\(1 << 30)\n", "sys/fs/cgroup/system.slice/memory.max")
        #expect(machine.total == 1 << 30)
    }

    @Test func containersMountTheirOwnGroup() {
        let mounts = "30 25 0:26 /docker/abc /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n"
        let machine = machine(megabytes: 4096, groups: "4:memory:/docker/abc\n", mounts: mounts)
        put("\(256 << 20)\n", "sys/fs/cgroup/memory/memory.limit_in_bytes")
        #expect(machine.total == 256 << 20)
    }

    @Test func verySmallMachinesMakeSmallPictures() {
        #expect(machine(megabytes: 64).forPictures == MemoryNeed.leastBudget)
    }
}
