using System.Buffers;

namespace Integr8sCode.Events;

/// <summary>How a file of events is written.</summary>
internal interface IEventFormat
{
    string ContentType { get; }

    /// <summary>Of the file's name.</summary>
    string Extension { get; }

    void WriteHead(IBufferWriter<byte> file);

    void Write(IBufferWriter<byte> file, Event recorded);
}
