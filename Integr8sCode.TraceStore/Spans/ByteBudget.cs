namespace Integr8sCode.Spans;

/// <summary>A number of bytes that all export requests in hand share: past it they are refused, so memory stays bounded.</summary>
internal sealed class ByteBudget(long bytes)
{
    private long _left = bytes;

    public bool TryTake(long count)
    {
        if (Interlocked.Add(ref _left, -count) >= 0)
        {
            return true;
        }

        Return(count);
        return false;
    }

    public void Return(long count) => Interlocked.Add(ref _left, count);
}
