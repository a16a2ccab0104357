namespace Integr8sCode.Events;

/// <summary>Which group of this process handles which topics, and how it fares.</summary>
internal sealed class Subscription(string group, IReadOnlyList<string> topics, IEventHandler handler)
{
    private volatile string? _trouble;
    private int _partitions;

    public string Group { get; } = group;

    public IReadOnlyList<string> Topics { get; } = topics;

    public IEventHandler Handler { get; } = handler;

    /// <summary>Why no message is being finished; <see langword="null"/> while all is well.</summary>
    public string? Trouble
    {
        get => _trouble;
        set => _trouble = value;
    }

    /// <summary>Partitions assigned to this process.</summary>
    public int Partitions
    {
        get => Volatile.Read(ref _partitions);
        set => Volatile.Write(ref _partitions, value);
    }
}
