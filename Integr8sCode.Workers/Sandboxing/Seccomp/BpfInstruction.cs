using System.Buffers.Binary;

namespace Integr8sCode.Sandboxing.Seccomp;

/// <summary>One instruction of classic BPF, the kernel's <c>struct sock_filter</c>. Jumps skip that many instructions.</summary>
internal readonly record struct BpfInstruction(ushort Code, byte IfTrue, byte IfFalse, uint Value)
{
    public const int Size = 8;

    public static BpfInstruction Load(uint offset) => new(0x20, 0, 0, offset);

    public static BpfInstruction Return(uint action) => new(0x06, 0, 0, action);

    public static BpfInstruction IfEqual(uint value, byte ifTrue, byte ifFalse) => new(0x15, ifTrue, ifFalse, value);

    public static BpfInstruction IfAtLeast(uint value, byte ifTrue, byte ifFalse) => new(0x35, ifTrue, ifFalse, value);

    public static BpfInstruction IfAnyBit(uint mask, byte ifTrue, byte ifFalse) => new(0x45, ifTrue, ifFalse, mask);

    public void Write(Span<byte> target)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(target, Code);
        target[2] = IfTrue;
        target[3] = IfFalse;
        BinaryPrimitives.WriteUInt32LittleEndian(target[4..], Value);
    }
}
