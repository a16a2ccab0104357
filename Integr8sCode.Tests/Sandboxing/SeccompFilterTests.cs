using System.Buffers.Binary;
using Integr8sCode.Sandboxing.Seccomp;

namespace Integr8sCode.Sandboxing;

/// <summary>Runs the generated filters on a BPF machine of twenty lines, because one computer can load only one of the two.</summary>
public sealed class SeccompFilterTests
{
    private const uint Ptrace = 101;

    [Fact]
    public void An_instruction_is_laid_out_as_the_kernel_reads_it()
    {
        var bytes = new byte[BpfInstruction.Size];
        BpfInstruction.IfEqual(0xC000003E, 1, 2).Write(bytes);

        Assert.Equal([0x15, 0x00, 0x01, 0x02, 0x3E, 0x00, 0x00, 0xC0], bytes);
    }

    [Fact]
    public void Every_denied_call_of_both_architectures_is_refused_and_others_pass()
    {
        foreach (var table in new[] { SyscallTable.X64, SyscallTable.Arm64 })
        {
            var program = SeccompFilter.Build(table);
            uint[] special = [table.CloneCall, table.Clone3Call, table.SocketCall, table.SocketPairCall, table.IoctlCall];
            for (uint call = 0; call < 470; call++)
            {
                var expected = table.Denied.Contains(call) ? SeccompFilter.NotPermitted : SeccompFilter.Allow;
                Assert.Equal(special.Contains(call) ? Run(program, table, call) : expected, Run(program, table, call));
            }
        }
    }

    [Fact]
    public void The_numbers_are_those_of_each_architecture()
    {
        Assert.Contains(Ptrace, SyscallTable.X64.Denied);
        Assert.Contains(117u, SyscallTable.Arm64.Denied);
        Assert.DoesNotContain(Ptrace, SyscallTable.Arm64.Denied); // nanosleep
        Assert.Equal(SyscallTable.X64.Denied.Count, SyscallTable.X64.Denied.Distinct().Count());
        Assert.Equal(SyscallTable.Arm64.Denied.Count, SyscallTable.Arm64.Denied.Distinct().Count());
    }

    [Fact]
    public void A_call_of_another_architecture_kills_the_process()
    {
        Assert.Equal(SeccompFilter.KillProcess, Run(SeccompFilter.Build(SyscallTable.X64), SyscallTable.Arm64, 0));
        Assert.Equal(SeccompFilter.KillProcess, Run(SeccompFilter.Build(SyscallTable.Arm64), SyscallTable.X64, 0));
        Assert.Equal(SeccompFilter.NoSuchCall, Run(SeccompFilter.Build(SyscallTable.X64), SyscallTable.X64, 0x40000000 + 39));
    }

    [Fact]
    public void Calls_are_judged_by_their_arguments()
    {
        foreach (var table in new[] { SyscallTable.X64, SyscallTable.Arm64 })
        {
            var program = SeccompFilter.Build(table);
            Assert.Equal(SeccompFilter.NoSuchCall, Run(program, table, table.Clone3Call));
            Assert.Equal(SeccompFilter.Allow, Run(program, table, table.CloneCall, 17));
            Assert.Equal(SeccompFilter.NotPermitted, Run(program, table, table.CloneCall, 0x10000000));
            Assert.All([1u, 2u, 10u, 16u], family => Assert.Equal(SeccompFilter.Allow, Run(program, table, table.SocketCall, family)));
            Assert.All([0u, 17u, 38u, 40u], family => Assert.Equal(SeccompFilter.NoSuchAddressFamily, Run(program, table, table.SocketPairCall, family)));
            Assert.Equal(SeccompFilter.Allow, Run(program, table, table.IoctlCall, 0, 0x5413));
            Assert.Equal(SeccompFilter.NotPermitted, Run(program, table, table.IoctlCall, 0, 0x5412));
            Assert.Equal(SeccompFilter.NotPermitted, Run(program, table, table.IoctlCall, 0, 0x541c));
        }
    }

    private static uint Run(byte[] program, SyscallTable machine, uint call, uint first = 0, uint second = 0)
    {
        var data = new Dictionary<uint, uint> { [0] = call, [4] = machine.AuditArchitecture, [16] = first, [24] = second };
        uint accumulator = 0;
        for (var at = 0; ; at++)
        {
            var instruction = program.AsSpan(at * BpfInstruction.Size, BpfInstruction.Size);
            var value = BinaryPrimitives.ReadUInt32LittleEndian(instruction[4..]);
            switch (BinaryPrimitives.ReadUInt16LittleEndian(instruction))
            {
                case 0x20: accumulator = data[value]; break;
                case 0x06: return value;
                case 0x15: at += instruction[accumulator == value ? 2 : 3]; break;
                case 0x35: at += instruction[accumulator >= value ? 2 : 3]; break;
                case 0x45: at += instruction[(accumulator & value) != 0 ? 2 : 3]; break;
                case var other: throw new InvalidOperationException($"Unknown instruction {other:x}");
            }
        }
    }
}
