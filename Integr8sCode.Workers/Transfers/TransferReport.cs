using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json.Serialization;

namespace Integr8sCode.Transfers;

/// <summary>Counts lines by their kind; from any number of threads.</summary>
internal sealed class TransferReport
{
    private readonly ConcurrentDictionary<string, (long All, long New)> _kinds = [];

    public long Lines => _kinds.Values.Sum(kind => kind.All);

    public void Count(TransferLine line, bool isNew) =>
        _kinds.AddOrUpdate(KindOf(line), _ => (1, isNew ? 1 : 0), (_, sum) => (sum.All + 1, sum.New + (isNew ? 1 : 0)));

    /// <summary>One row a kind, in alphabetical order.</summary>
    public override string ToString() => _kinds.IsEmpty
        ? "nothing"
        : string.Join(Environment.NewLine, _kinds.OrderBy(kind => kind.Key, StringComparer.Ordinal).Select(kind => Row(kind.Key, kind.Value)));

    public static string KindOf(TransferLine line) => typeof(TransferLine)
        .GetCustomAttributes<JsonDerivedTypeAttribute>()
        .Single(kind => kind.DerivedType == line.GetType())
        .TypeDiscriminator!.ToString()!;

    private static string Row(string kind, (long All, long New) count) =>
        count.All == count.New ? $"{kind}: {count.All}" : $"{kind}: {count.All}, of which {count.All - count.New} were there already";
}
