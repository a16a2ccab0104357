using System.Diagnostics;
using Integr8sCode.Infrastructure;

namespace Integr8sCode.Sqlite;

/// <summary>
/// Another process that writes to the same database until it is killed: this test program again, running only
/// <see cref="StoreWriterProgram"/>. Every acknowledged write is noted in a file, which outlives the process.
/// </summary>
internal sealed class StoreWriter : IDisposable
{
    public const string DatabaseVariable = "INTEGR8SCODE_TEST_DATABASE";
    public const string AcknowledgedVariable = "INTEGR8SCODE_TEST_ACKNOWLEDGED";

    private readonly Process _process;
    private readonly string _acknowledged;

    private StoreWriter(Process process, string acknowledged) => (_process, _acknowledged) = (process, acknowledged);

    public static StoreWriter Start(string database)
    {
        var acknowledged = $"{database}.{Guid.CreateVersion7()}.acknowledged";
        File.Create(acknowledged).Dispose();
        var start = TestProgram.Of<StoreWriterProgram>();
        start.Environment[DatabaseVariable] = database;
        start.Environment[AcknowledgedVariable] = acknowledged;
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        return new(process, acknowledged);
    }

    /// <summary>Acknowledged writes so far: the execution's id and its sequence after the write.</summary>
    public IEnumerable<(Guid Id, long Sequence)> ReadAcknowledged()
    {
        using var file = new StreamReader(new FileStream(_acknowledged, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        while (file.ReadLine() is { Length: 38 } line)
        {
            yield return (Guid.Parse(line.AsSpan(0, 36)), line[37] - '0');
        }
    }

    /// <summary>kill -9.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }
}
